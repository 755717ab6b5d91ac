"""The view `Crawled`: what robots.txt and the sitemap tell search engines about a site.

Intruders make search engines find their pages by naming them there, where no visitor looks. A telling word in an
address counts as in a link: words of police and press beside it take its weight away, everyday words never reach it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from scanner.identify.compromise import NATIONAL
from scanner.identify.kinship import Family, Kin, host_in
from scanner.identify.lexicon import find, is_warned, weight_of, words_of_url
from scanner.identify.page import best_fetch
from scanner.identify.revealed import off_site
from scanner.model.check import NotApplicable
from scanner.model.evidence import Body, Evidence, Fetch, HttpEvidence, Missing, Response, Why
from scanner.model.reference import Reference
from scanner.parse.crawl_files import read_robots, sitemap_addresses
from scanner.parse.url import resolve
from scanner.parse.writing import foreign_share

ROBOTS, SITEMAP = "robots", "sitemap"
TELLING = 3
FOREIGN_LETTERS = 0.3
UPLOADS = ("/uploads/", "/upload/", "/images/", "/temp/", "/cache/")


@dataclass(frozen=True, slots=True)
class Named:
    """One address a file names. `words` are telling ones in it."""

    source: str  # robots sitemap
    url: str
    words: tuple[str, ...] = ()
    is_foreign: bool = False  # written in a script read elsewhere


@dataclass(frozen=True, slots=True)
class Crawled:
    """What the files name. `strange`: addresses on strangers' hosts, and sitemaps among uploads."""

    files: tuple[str, ...] = ()  # lines of proof
    count: int = 0
    spam: tuple[Named, ...] = ()
    foreign: tuple[Named, ...] = ()
    strange: tuple[Named, ...] = ()
    missing: Missing | None = None  # why one of the files was not seen


def crawled_of(evidence: Evidence, ref: Reference) -> Crawled | Missing | NotApplicable:
    """What the files for search engines name, or why neither was seen."""
    http = evidence.http
    if isinstance(http, Missing):
        return http
    if away := off_site(http):
        return away
    fetches = [f for name in (ROBOTS, SITEMAP) if (f := http.fetch(name)) is not None]
    if not fetches:
        return Missing(Why.NOT_ASKED, "the files for search engines were not asked for")
    silent = [f.last.response for f in fetches if isinstance(f.last.response, Missing)]
    if len(silent) == len(fetches):
        return silent[0]
    family = Family(_home(http, evidence), ref)
    named = [one for fetch in fetches for one in _named(fetch, ref)]
    return Crawled(
        files=tuple(_line(f) for f in fetches),
        count=len(named),
        spam=tuple(one for one in named if one.words),
        foreign=tuple(one for one in named if one.is_foreign),
        strange=tuple(one for one in named if _is_strange(one, family)),
        missing=silent[0] if silent else None,
    )


def telling_pages(http: HttpEvidence, ref: Reference) -> tuple[str, ...]:
    """Addresses of the site's own that its files name and that bear telling words, the heaviest first."""
    fetches = [f for name in (ROBOTS, SITEMAP) if (f := http.fetch(name)) is not None]
    fetch = best_fetch(http)
    if isinstance(fetch, Missing) or not fetches:
        return ()
    family = Family(host_in(fetch.last.url), ref)
    named = [one for f in fetches for one in _named(f, ref) if one.words]
    own = [one.url for one in named if family.kin(host_in(one.url)) is Kin.OWN and "*" not in one.url]
    return tuple(dict.fromkeys(own))


def _named(fetch: Fetch, ref: Reference) -> Iterator[Named]:
    """Every address a file names, resolved; nothing where another page or an error stands in its place."""
    response = fetch.last.response
    if not isinstance(response, Response) or response.status != 200 or not isinstance(response.body, Body):
        return
    for url in _addresses(fetch.purpose, response.body.content):
        whole = resolve(fetch.last.url, url)
        path = words_of_url(whole)
        hits = find(path, ref.lexicon)
        is_spam = max((h.term.weight for h in hits), default=0) >= TELLING and weight_of(hits) >= TELLING
        words = tuple(dict.fromkeys(h.found for h in hits)) if is_spam else ()
        if words and is_warned(path, ref.lexicon):
            words = ()
        yield Named(fetch.purpose, whole, words, is_foreign=foreign_share(path) > FOREIGN_LETTERS)


def _addresses(purpose: str, content: bytes) -> Iterable[str]:
    if purpose == SITEMAP:
        return sitemap_addresses(content) or ()
    robots = read_robots(content)
    return (*robots.sitemaps, *robots.paths) if robots else ()


def _is_strange(named: Named, family: Family) -> bool:
    host = host_in(named.url)
    if family.kin(host) is Kin.STRANGER:
        return not host.endswith(NATIONAL)
    path = urlsplit(named.url).path.lower()
    return path.endswith(".xml") and any(folder in path for folder in UPLOADS)


def _home(http: HttpEvidence, evidence: Evidence) -> str:
    fetch = best_fetch(http)
    return evidence.target.host if isinstance(fetch, Missing) else host_in(fetch.last.url)


def _line(fetch: Fetch) -> str:
    response = fetch.last.response
    told = response.status if isinstance(response, Response) else f"{response.why.value}"
    return f"GET {unquote(fetch.exchanges[0].url)}: {told}"
