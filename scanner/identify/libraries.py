"""Script libraries a page loads: by the number in their address, by the first lines of the file, or by name alone.

A number in an address is what a file is called, the first lines are what it is: both are said by their method. A
file name without a number names the library and no release.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scanner.identify.sights import own_addresses
from scanner.model.reference import Library
from scanner.parse.html import HtmlSummary

ADDRESS_LIMIT = 400
ADDRESS_LENGTH = 500
HEAD_LENGTH = 4_096
USE_LIMIT = 30
SAW_LENGTH = 120
CODE = frozenset({"script", "style", "preload"})
ADDRESS, BANNER, NAME = "address", "banner", "name"


@dataclass(frozen=True, slots=True)
class LibraryUse:
    """One library in one release, and where it is loaded from."""

    key: str
    name: str
    version: str  # "" when only its name is known
    url: str
    method: str = ADDRESS  # address | banner | name
    saw: str = ""  # the first lines that hold the number, verbatim
    is_own: bool = False  # on the site's own host


def libraries_of(
    html: HtmlSummary,
    libraries: Iterable[Library],
    *,
    heads: Mapping[str, str] | None = None,
    hosts: Iterable[str] = (),
) -> tuple[LibraryUse, ...]:
    """Every library the page loads, each release once, in the order of the page.

    `heads` are first lines of files by address without query; `hosts` those of the site. A copy whose release is
    not known is told only where no other copy of the library is.
    """
    addresses = dict.fromkeys(a.url[:ADDRESS_LENGTH] for a in html.assets if a.kind in CODE)
    looked_at = tuple(addresses)[:ADDRESS_LIMIT]
    own = frozenset(own_addresses(looked_at, hosts))
    known, heads = tuple(libraries), heads or {}
    found: dict[tuple[str, str], LibraryUse] = {}
    for url in looked_at:
        for use in _uses(url, known, heads.get(bare_address(url), ""), is_own=url in own):
            found.setdefault((use.key, use.version), use)
    read = {key for key, version in found if version}
    return tuple(use for use in found.values() if use.version or use.key not in read)[:USE_LIMIT]


def bare_address(url: str) -> str:
    """An address without query and fragment."""
    return url.partition("#")[0].partition("?")[0]


def _uses(url: str, libraries: Iterable[Library], head: str, *, is_own: bool) -> Iterator[LibraryUse]:
    folded = url.lower()
    for library in libraries:
        if library.hint not in folded:
            continue
        number = next((hit["version"] for rule in library.patterns if (hit := rule.search(url))), "")
        if number:
            yield LibraryUse(library.key, library.name, number, url, ADDRESS, is_own=is_own)
        elif any(file.search(url) for file in library.files):
            yield _by_head(library, url, head, is_own=is_own)


def _by_head(library: Library, url: str, head: str, *, is_own: bool) -> LibraryUse:
    """What the first lines of the file say, or its name alone."""
    for rule in library.banners if head else ():
        hit = rule.search(head[:HEAD_LENGTH])
        if hit:
            saw = " ".join(head[max(hit.start() - 20, 0) : hit.end() + 20].split())[:SAW_LENGTH]
            return LibraryUse(library.key, library.name, hit["version"], url, BANNER, saw, is_own)
    return LibraryUse(library.key, library.name, "", url, NAME, is_own=is_own)
