"""What the targeted requests of a visit brought: version files that spoke, files that are known, files that are not.

An answer that is a page where a file was asked for is a soft 404 and says nothing. A file that prints a version
counts only when a name nobody can have does not answer likewise.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from scanner.identify.products import Claim, Clue, Precision, Product
from scanner.identify.recognise import certainty_of
from scanner.identify.release_index import Candidates, ReleaseIndex, type_of
from scanner.model.evidence import Body, Fetch, Missing, Response
from scanner.model.reference import Reference, VersionFile
from scanner.parse.headers import first

FILE = "cms-file"
HASH = "cms-hash"
CANARY = "cms-canary"
SAW_LIMIT = 160
PAGE_TYPES = ("html", "htm", "php", "")
LOOK_AT = 16_384
PROOF_FILES = 4
NOTHING = Candidates(())


@dataclass(frozen=True, slots=True)
class Seen:
    """One answer, its path counted from the folder the product is installed in."""

    purpose: str
    path: str
    url: str
    status: int = 0  # 0: no answer at all
    text: str = ""
    mark: str = ""
    is_page: bool = False  # a page where a file was asked for

    @property
    def is_file(self) -> bool:
        """True when the server gave a file."""
        return self.status == 200 and not self.is_page

    @property
    def kind(self) -> tuple[str, str]:
        """Folder and type: servers fake and block by these."""
        return self.path.rpartition("/")[0], type_of(self.path)


def seen_files(fetches: Iterable[Fetch], base: str) -> tuple[Seen, ...]:
    """Every targeted answer below the product's folder, in the order it was asked."""
    return tuple(
        seen_of(fetch, fetch.exchanges[0].url[len(base) :])
        for fetch in fetches
        if fetch.exchanges and fetch.exchanges[0].url.startswith(base)
    )


def base_of(product: Product, page_url: str, ref: Reference) -> str:
    """The address of the folder a product is installed in, with a slash at its end; told by its assets."""
    parts = urlsplit(page_url)
    origin = f"{parts.scheme}://{parts.netloc}"
    rules = [s.pattern for s in ref.signals.signals if s.product == product.key and s.kind == "asset"]
    for clue in product.clues:
        path = urlsplit(clue.source).path if clue.kind == "asset" else ""
        hits = [hit.start() for rule in rules if (hit := rule.search(path))]
        if hits and path[min(hits) :].startswith("/"):
            return f"{origin}{path[: min(hits)]}/"
    return f"{origin}/"


@dataclass(frozen=True, slots=True)
class FilesRead:
    """All that the files of one product say."""

    seen: tuple[Seen, ...] = ()
    spoken: tuple[tuple[VersionFile, str, Seen], ...] = ()  # file, number, answer: those that hold
    hits: tuple[tuple[Seen, int], ...] = ()  # known content, and the releases that ship it
    unknown: tuple[Seen, ...] = ()  # a content no release ships: edited, or newer than the data
    candidates: Candidates = NOTHING


def read_files(
    product: Product, fetches: Iterable[Fetch], base: str, ref: Reference, index: ReleaseIndex | None
) -> FilesRead:
    """What the files of a product say, by the tables of today."""
    seen = seen_files(fetches, base)
    spoken = tuple(_spoken(product.key, seen, ref))
    if index is None:
        return FilesRead(seen, spoken)
    told = {answer.path for _file, _number, answer in spoken}  # what a file prints beats what its hash says
    asked = [s for s in seen if s.is_file and s.mark and s.path in index.layer and s.path not in told]
    hits = tuple((s, found) for s in asked if (found := index.releases(s.path, s.mark)))
    unknown = tuple(s for s in asked if not index.releases(s.path, s.mark) and index.layer[s.path] > 0)
    has_unknown = bool(unknown)
    candidates = index.candidates({s.path: s.mark for s, _found in hits}, has_unknown=has_unknown)
    return FilesRead(seen, spoken, hits, unknown, candidates)


def index_of(product: str, ref: Reference) -> ReleaseIndex | None:
    """The release index of a product, or None when no table has its files."""
    table = ref.fingerprints.get(product)
    known = ref.products[product].releases if product in ref.products else ()
    return ReleaseIndex(table, known) if table else None


def claims_of(read: FilesRead, index: ReleaseIndex | None, printed: Iterable[str] = ()) -> tuple[Claim, ...]:
    """The claims of the files. `printed`: exact numbers other signs gave.

    Where a number names a release the tables do not have, hashes say nothing: its files may equal older ones.
    """
    spoken = tuple(
        Claim(number, Precision(file.precision), "literal", seen.url, around(seen.text, number))
        for file, number, seen in read.spoken
    )
    exact = [c.text for c in spoken if c.precision is Precision.EXACT]
    if index is None or not read.hits or not all(map(index.holds, exact or printed)):
        return spoken
    found = read.candidates
    if not found.versions and not found.is_mixed:
        return spoken
    proof = "; ".join(f"{s.path} {s.mark}" for s, _releases in read.hits[:PROOF_FILES])
    source = read.hits[0][0].url
    by_files = Claim(
        found.text,
        Precision.FILES,
        "files",
        source,
        proof,
        is_printed=False,
        candidates=found.versions,
        or_later=found.or_later,
    )
    return (*spoken, by_files)


def clues_of(read: FilesRead) -> tuple[Clue, ...]:
    """The signs: one kind for a file that prints the version, one for files that are the product's."""
    spoken = tuple(
        Clue("file", s.url, around(s.text, number), is_strong=True) for _f, number, s in read.spoken
    )
    known = tuple(Clue("hash", s.url, f"{s.path} {s.mark}", is_strong=True) for s, _releases in read.hits)
    return (*spoken[:2], *known[:PROOF_FILES])


def with_files(product: Product, fetches: Iterable[Fetch], *, page_url: str, ref: Reference) -> Product:
    """The product with what its files say added to its clues and claims."""
    index = index_of(product.key, ref)
    read = read_files(product, fetches, base_of(product, page_url, ref), ref, index)
    printed = [c.text for c in product.claims if c.precision is Precision.EXACT]
    clues = (*product.clues, *clues_of(read))
    claims = (*product.claims, *claims_of(read, index, printed))
    return replace(product, clues=clues, claims=claims, certainty=certainty_of(clues))


def _spoken(product: str, seen: Sequence[Seen], ref: Reference) -> Iterable[tuple[VersionFile, str, Seen]]:
    for file in ref.version_files:
        if file.product != product:
            continue
        for one in seen:
            if one.path == file.path and one.purpose != CANARY and one.is_file:
                number = _number(file, one.text)
                if number and not _is_faked(file, one, seen):
                    yield file, number, one


def _is_faked(file: VersionFile, one: Seen, seen: Sequence[Seen]) -> bool:
    """True when a name nobody can have answers likewise."""
    canaries = [s for s in seen if s.purpose == CANARY and s.kind == one.kind and s.status == 200]
    return any(_number(file, c.text) or (c.mark and c.mark == one.mark) for c in canaries)


def _number(file: VersionFile, text: str) -> str:
    found = file.pattern.search(text)
    return (found["version"] or "") if found else ""


def seen_of(fetch: Fetch, path: str) -> Seen:
    """One targeted answer; `path` as the caller counts it."""
    exchange = fetch.exchanges[0]
    answer = exchange.response
    if isinstance(answer, Missing):
        return Seen(fetch.purpose, path, exchange.url)
    body = answer.body
    if not isinstance(body, Body):
        return Seen(fetch.purpose, path, exchange.url, answer.status)
    text = body.content[:LOOK_AT].decode("utf-8", "replace")
    return Seen(
        fetch.purpose,
        path,
        exchange.url,
        answer.status,
        text,
        body.mark,
        is_page=_is_page(answer, text, path),
    )


def _is_page(answer: Response, text: str, path: str) -> bool:
    """True for a page in the place of a file, by its look or by its type."""
    if type_of(path) in PAGE_TYPES:
        return False
    head = text.lstrip("\ufeff \t\r\n")[:60].lower()
    if head.startswith(("<!doctype html", "<html")):
        return True
    declared = (first(answer.headers, "content-type") or "").partition(";")[0].strip().lower()
    return declared in ("text/html", "application/xhtml+xml") and "<body" in text.lower()


def around(text: str, number: str) -> str:
    """The words around a number, as proof."""
    place = max(text.find(number), 0)
    start = max(0, place - SAW_LIMIT // 2)
    return " ".join(text[start : start + SAW_LIMIT].split())
