"""Which file to ask for next; collect asks this after every answer.

First the files of the recognised product that print the version. A hit is tested with a name nobody can have in the
same folder. Only when they say nothing, or contradict the page, ordinary static files are asked whose hash tells
releases apart: always the one that leaves the fewest candidates. What is left of the budget goes to the usual address
of the administration, to manifests of extensions, and to scripts the page loads whose address does not tell a release.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from scanner.identify.extensions import EXTENSION, MANIFEST, Extension
from scanner.identify.libraries import NAME, LibraryUse
from scanner.identify.login import LOGIN, login_of
from scanner.identify.products import Precision, Product
from scanner.identify.release_index import ReleaseIndex, type_of
from scanner.identify.site_files import (
    CANARY,
    FILE,
    HASH,
    FilesRead,
    base_of,
    index_of,
    read_files,
)
from scanner.identify.support import reading_of
from scanner.model.agency import Depth
from scanner.model.evidence import Fetch, Response
from scanner.model.reference import Reference, VersionFile
from scanner.parse.version import version_or_none

SCRIPT = "cms-script"
DEFAULT_PORTS = {"http": 80, "https": 443}
BUDGET = {Depth.STANDARD: 6, Depth.THOROUGH: 16}
FURTHER = {  # asked at most of one purpose
    Depth.STANDARD: {EXTENSION: 2, SCRIPT: 2},
    Depth.THOROUGH: {EXTENSION: 8, SCRIPT: 4},
}
VERSION_FILES = 2  # asked at most; what is left of the budget is for files that tell releases apart
STOP_STATUS = frozenset({429, 503})
REFUSALS = 3  # 403 in a row
GAIN = 0.5  # releases a further file must be expected to rule out


@dataclass(frozen=True, slots=True)
class Ask:
    """One request to make."""

    purpose: str
    url: str


def budget_of(depth: Depth) -> int:
    """How many targeted requests one site gets at most."""
    return BUDGET.get(depth, 0)


def lead_of(products: Sequence[Product], ref: Reference) -> Product | None:
    """The product files are asked of: the surest one that has any in the tables."""
    with_files = {file.product for file in ref.version_files} | {login.product for login in ref.logins}
    with_files |= set(ref.fingerprints)
    return next((p for p in products if p.key in with_files), None)


def further_asks(
    page_url: str, extensions: Sequence[Extension], libraries: Sequence[LibraryUse]
) -> tuple[Ask, ...]:
    """What may be asked beside the product's own files: manifests of extensions, then scripts of unknown release.

    Only below the origin of the page: nobody else is asked, and nothing over another scheme.
    """
    origin = _origin(page_url)
    manifests = (e.manifest for e in extensions if e.manifest and e.method != MANIFEST)
    scripts = (u.url.partition("#")[0] for u in libraries if u.method == NAME and u.is_own)
    return (
        *(Ask(EXTENSION, url) for url in dict.fromkeys(manifests) if _origin(url) == origin),
        *(Ask(SCRIPT, url) for url in dict.fromkeys(scripts) if _origin(url) == origin),
    )


def _origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of an address (RFC 6454 section 4); no port is that of the scheme."""
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname or "", parts.port or DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return "", "", None


def next_ask(
    products: Sequence[Product],
    fetches: Sequence[Fetch],
    *,
    page_url: str,
    ref: Reference,
    depth: Depth,
    token: str,
    further: Sequence[Ask] = (),
) -> Ask | None:
    """The next request, or None when there is nothing to ask or the site has had enough."""
    if len(fetches) >= budget_of(depth) or wants_no_more(fetches):
        return None
    product = lead_of(products, ref)
    if product is not None:
        own = _of_product(product, fetches, page_url=page_url, ref=ref, depth=depth, token=token)
        if own is not None:
            return own
    return _further(further, fetches, depth)


def _of_product(
    product: Product, fetches: Sequence[Fetch], *, page_url: str, ref: Reference, depth: Depth, token: str
) -> Ask | None:
    """The next file of the product itself, then the door of its administration."""
    base, index = base_of(product, page_url, ref), index_of(product.key, ref)
    read = read_files(product, fetches, base, ref, index)
    canary = _canary(read, token)
    if canary:
        return Ask(CANARY, base + canary)
    file = _version_file(product, read, ref)
    if file:
        return Ask(FILE, base + file.path)
    path = _hash_file(product, read, index, ref, verify=depth is Depth.THOROUGH)
    if path:
        return Ask(HASH, base + path)
    login = login_of(product, ref.logins)
    is_asked = any(fetch.purpose == LOGIN for fetch in fetches)
    return Ask(LOGIN, base + login.path) if login and not is_asked else None


def _further(further: Sequence[Ask], fetches: Sequence[Fetch], depth: Depth) -> Ask | None:
    asked = {fetch.exchanges[0].url for fetch in fetches}
    for ask in further:
        count = sum(1 for fetch in fetches if fetch.purpose == ask.purpose)
        if ask.url not in asked and count < FURTHER[depth][ask.purpose]:
            return ask
    return None


def wants_no_more(fetches: Sequence[Fetch]) -> bool:
    """True when the site asked us to stop: 429, 503, no answer, or three refusals in a row."""
    answers = [fetch.exchanges[0].response for fetch in fetches[-REFUSALS:]]
    codes = [answer.status if isinstance(answer, Response) else 0 for answer in answers]
    if not codes:
        return False
    return codes[-1] in STOP_STATUS or codes[-1] == 0 or codes == [403] * REFUSALS


def _canary(read: FilesRead, token: str) -> str:
    """A name nobody can have, beside a file that printed a version and was not tested yet."""
    tested = {s.kind for s in read.seen if s.purpose == CANARY}
    for _file, _number, seen in read.spoken:
        if seen.kind not in tested:
            folder, _slash, _name = seen.path.rpartition("/")
            return f"{folder}/{token}.{type_of(seen.path)}".removeprefix("/")
    return ""


def _version_file(product: Product, read: FilesRead, ref: Reference) -> VersionFile | None:
    """The next file that prints a version, unless one has given the release."""
    if any(file.precision == "exact" for file, _number, _seen in read.spoken):
        return None
    asked = {s.path for s in read.seen}
    if sum(1 for s in read.seen if s.purpose == FILE) >= VERSION_FILES:
        return None
    firsts = _first_numbers(product, ref)
    return next(
        (
            file
            for file in ref.version_files
            if file.product == product.key
            and file.path not in asked
            and (not file.lines or not firsts or set(file.lines) & firsts)
        ),
        None,
    )


def _first_numbers(product: Product, ref: Reference) -> set[str]:
    """The first numbers of the lines the page speaks of; empty when it says nothing or only a lower bound."""
    reading = reading_of(product, ref.products.get(product.key))
    if reading is None or reading.is_lower_bound:
        return set()
    return {line.partition(".")[0] for line in reading.lines}


def _hash_file(
    product: Product, read: FilesRead, index: ReleaseIndex | None, ref: Reference, *, verify: bool
) -> str:
    """The static file expected to leave the fewest releases, or "" when none helps."""
    if index is None or not (verify or _is_open(product, read)):
        return ""
    if read.candidates.is_mixed:
        return ""
    return _best(read, index, _likely(product, read, index, ref, heed_absence=True)) or _best(
        read, index, _likely(product, read, index, ref, heed_absence=False)
    )


def _best(read: FilesRead, index: ReleaseIndex, among: int) -> str:
    """The file that tells most among some releases; where it is one release without proof, any file it ships."""
    total = among.bit_count()
    asked = {s.path for s in read.seen}
    failed = {(s.path.partition("/")[0], type_of(s.path)) for s in read.seen if not s.is_file}
    ranked = sorted(
        (rest + (total if (path.partition("/")[0], type_of(path)) in failed else 0), number, path)
        for number, path in enumerate(index.paths)
        if path not in asked and (rest := index.rest(path, among)) <= total - GAIN
    )
    if not ranked and not read.hits and total == 1:
        return next((p for p in index.paths if p not in asked and index.shipped(p) & among), "")
    return ranked[0][2] if ranked else ""


def _is_open(product: Product, read: FilesRead) -> bool:
    """True when no file gave the release, or the page contradicts the one that did."""
    exact = {version_or_none(number) for file, number, _s in read.spoken if file.precision == "exact"}
    printed = {version_or_none(c.text) for c in product.claims if c.precision is Precision.EXACT}
    return not exact or bool(printed - exact) or len(exact) > 1


def _likely(
    product: Product, read: FilesRead, index: ReleaseIndex, ref: Reference, *, heed_absence: bool
) -> int:
    """The releases to tell apart: those the hits leave, else those of the lines the page speaks of.

    A file that is not there makes releases that ship it less likely, which orders the questions and proves nothing;
    files that print the version are deleted so often that their absence does not even do that.
    """
    likely = index.all
    for _seen, releases in read.hits:
        likely &= releases
    lines = _first_numbers(product, ref)
    narrow = (likely & index.within(lines)) if lines else likely
    likely = narrow or likely
    for seen in read.seen if heed_absence else ():
        if seen.status == 404 and seen.purpose == HASH and (without := likely & ~index.shipped(seen.path)):
            likely = without
    return likely
