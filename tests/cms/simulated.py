"""Sites made of the shipped hashes themselves: a release as a map from path to hash, asked until nobody asks on."""

from scanner.identify.next_file import next_ask
from scanner.identify.products import Certainty, Clue, Product
from scanner.identify.site_files import with_files
from scanner.identify.support import Reading, reading_of
from scanner.model.agency import Depth
from scanner.model.evidence import Body, Exchange, Fetch, Response
from scanner.model.reference import Fingerprints, HashRange, Reference

URL = "https://so.example/"


def files_of(table: Fingerprints, version: str) -> dict[str, str]:
    """Path -> hash of one release, the files that print the version left out: they are blocked."""
    found: dict[str, str] = {}
    for family in table.families:
        if version not in family.versions:
            continue
        place = family.versions.index(version)
        for file in family.files:
            for mark, ranges in file.hashes.items():
                if file.layer and any(_holds(one, place) for one in ranges):
                    found[file.path] = mark
    return found


def look(ref: Reference, product: str, files: dict[str, str]) -> tuple[Reading | None, int]:
    """What blind files come to at standard depth, and the number of requests."""
    seen: tuple[Fetch, ...] = ()
    plain = Product(product, product, Certainty.FIRM, (Clue("header", URL, product, is_strong=True),))
    while ask := next_ask(
        (plain,), seen, page_url=URL, ref=ref, depth=Depth.STANDARD, token="0123456789abcdef"
    ):
        path = ask.url.removeprefix(URL)
        mark = files.get(path, "")
        status, body = (200, Body(b"x", "", 1, mark=mark)) if mark else (404, Body(b"", "", 0))
        seen = (*seen, Fetch(ask.purpose, (Exchange(ask.url, Response(status, (), body)),)))
    told = with_files(plain, seen, page_url=URL, ref=ref)
    return reading_of(told, ref.products.get(product)), len(seen)


def _holds(one: HashRange, place: int) -> bool:
    return one == place if isinstance(one, int) else one[0] <= place <= one[1]
