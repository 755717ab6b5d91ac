"""Script libraries a page loads, by the number in their address."""

from collections.abc import Iterable
from dataclasses import dataclass

from scanner.model.reference import Library
from scanner.parse.html import HtmlSummary

ADDRESS_LIMIT = 400
ADDRESS_LENGTH = 500
USE_LIMIT = 30


@dataclass(frozen=True, slots=True)
class LibraryUse:
    """One library in one release, and where it is loaded from."""

    key: str
    name: str
    version: str
    url: str


def libraries_of(html: HtmlSummary, libraries: Iterable[Library]) -> tuple[LibraryUse, ...]:
    """Every library whose address names its release, each release once, in the order of the page."""
    found: dict[tuple[str, str], LibraryUse] = {}
    known = tuple(libraries)
    addresses = dict.fromkeys(asset.url[:ADDRESS_LENGTH] for asset in html.assets)
    for url in tuple(addresses)[:ADDRESS_LIMIT]:
        for library in known:
            number = next((hit["version"] for rule in library.patterns if (hit := rule.search(url))), "")
            if number:
                found.setdefault((library.key, number), LibraryUse(library.key, library.name, number, url))
    return tuple(found.values())[:USE_LIMIT]
