"""The view `Exposed`: what known paths answered, each with its proof, and whether the site answers anything at all.

Proof is content, never a status: a site that says 200 to everything proves nothing. What a page that cannot exist shows
as well is no proof either.
"""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from scanner.identify.ground import ground_of, is_worth
from scanner.identify.revealed import off_site
from scanner.model.agency import Depth
from scanner.model.check import NotApplicable
from scanner.model.evidence import Body, Evidence, Fetch, Missing, Response, Why
from scanner.model.question import BESIDE, KNOWN_PATHS
from scanner.model.reference import Reference
from scanner.parse import headers as header
from scanner.parse.charset import decode
from scanner.parse.exposed import proof_of, proves

MAIN = ("https", "http")
REFUSALS = (401, 403, 405, 406, 444)
BY_HEADER = {
    "known-tomcat": ("www-authenticate", re.compile(r"tomcat (?:host )?manager", re.IGNORECASE)),
    "known-cpanel": ("location", re.compile(r"\Ahttps?://[^/?#]{1,255}:208[2367](?:/|\Z)", re.IGNORECASE)),
}
LISTED_KIND = re.compile(r"(\d{1,7}) \.([a-z0-9]{2,5})\b")
LISTED_PAPERS = re.compile(r"; personal papers by their names: (\d{1,7})")
MANY = 4  # paths that are all refused: a wall, not a rule for each
BUSY = (429, 503)  # says nothing about the path


@dataclass(frozen=True, slots=True)
class Known:
    """One known path: what it answered. `proof` is empty when the fault is not there."""

    purpose: str
    url: str
    status: int = 0
    proof: str = ""
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class Exposed:
    """The known paths that were asked. `ground` is the kind of site; `irrelevant` were not worth asking there."""

    known: tuple[Known, ...] = ()
    irrelevant: frozenset[str] = frozenset()
    ground: str = ""

    def of(self, *purposes: str) -> tuple[Known, ...]:
        """The answers to these purposes, in the order they were asked."""
        return tuple(k for k in self.known if k.purpose in purposes)


@dataclass(frozen=True, slots=True)
class Listed:
    """What the listing of a folder holds, as far as its proof tells."""

    kinds: tuple[tuple[str, int], ...] = ()  # pairs of (ending, how many)
    papers: int = 0  # documents named like identity cards, birth records, petitions
    pages: tuple[str, ...] = ()


def read_listing(proof: str) -> Listed:
    """The proof of a listing (scanner.parse.exposed) in its parts."""
    kinds = tuple((ending, int(count)) for count, ending in LISTED_KIND.findall(proof.partition(";")[0]))
    papers = LISTED_PAPERS.search(proof)
    pages = proof.partition("; pages: ")[2].split()
    return Listed(kinds, int(papers[1]) if papers else 0, tuple(pages))


def exposed_of(evidence: Evidence, _ref: Reference) -> Exposed | Missing | NotApplicable:
    """What the known paths of a visit answered, or why none was asked."""
    http = evidence.http
    if isinstance(http, Missing):
        return http
    if not evidence.depth.covers(Depth.STANDARD):
        return Missing(Why.NOT_ASKED, "known paths are asked at standard depth")
    if away := off_site(http):
        return away
    ground = ground_of(f for f in http.fetches if f.purpose in MAIN)
    if not ground:
        return Missing(Why.BLOCKED, "the site showed no page, so nothing more was asked of it")
    canary = http.fetch("canary")
    asked = (f for f in http.fetches if f.purpose in KNOWN_PATHS)
    known = tuple(_known(f, canary, http.fetch(f"{f.purpose}{BESIDE}")) for f in asked)
    known = _behind_wall(known, canary)
    irrelevant = frozenset(name for name, q in KNOWN_PATHS.items() if not is_worth(q, ground))
    return Exposed(known, irrelevant, ground)


def _behind_wall(known: tuple[Known, ...], canary: Fetch | None) -> tuple[Known, ...]:
    """The same answers; refusals say nothing where every path is refused, also one that cannot exist."""
    answer = canary.last.response if canary is not None else None
    is_wall = isinstance(answer, Response) and answer.status in REFUSALS
    is_alike = len(known) >= MANY and all(k.status in REFUSALS for k in known)
    if not (is_wall or is_alike):
        return known
    return tuple(
        replace(k, missing=Missing(Why.BLOCKED, f"{k.url}: {k.status}, as for every other path"))
        if k.status in REFUSALS
        else k
        for k in known
    )


def _known(fetch: Fetch, canary: Fetch | None, beside: Fetch | None) -> Known:
    first = fetch.exchanges[0]
    last = fetch.last
    if isinstance(last.response, Missing):
        return Known(fetch.purpose, first.url, missing=last.response)
    status = last.response.status
    if status in BUSY:
        return Known(fetch.purpose, first.url, status, missing=Missing(Why.BLOCKED, f"status {status}"))
    if told := _told_by_header(fetch.purpose, last.response):
        return Known(fetch.purpose, first.url, status, told)
    body = last.response.body
    is_itself = urlsplit(first.url).path == urlsplit(last.url).path  # not a page it was sent on to
    if isinstance(body, Missing) or not is_itself or not 200 <= status < 300:
        return Known(fetch.purpose, first.url, status)
    if _answers_same(canary, fetch.purpose) or (beside is not None and proves(beside)):
        return Known(fetch.purpose, first.url, status)
    if body.content and beside is not None and isinstance(beside.last.response, Missing):
        return Known(fetch.purpose, first.url, status, missing=beside.last.response)
    return Known(fetch.purpose, first.url, status, decode(body.content, charset="utf-8"))


def _told_by_header(purpose: str, response: Response) -> str:
    """The line of a header that proves the path, where no page does."""
    if purpose not in BY_HEADER:
        return ""
    name, pattern = BY_HEADER[purpose]
    value = header.first(response.headers, name) or ""
    return f"{name}: {value[:200]}" if pattern.search(value) else ""


def _answers_same(canary: Fetch | None, purpose: str) -> bool:
    """True when a page that cannot exist proves the same."""
    answer = canary.last.response if canary is not None else None
    if not isinstance(answer, Response) or not isinstance(answer.body, Body):
        return False
    return bool(proof_of(purpose, answer.body.content))
