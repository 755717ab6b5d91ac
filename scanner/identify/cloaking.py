"""The view `FourViews`: the home page as shown to a browser, a crawler, a visitor from a search and a phone.

What differs is the proof: another host at the end, planted content only one is shown, or another page altogether.
Honest sites differ too - a mobile edition, a page drawn by scripts, a firewall that turns crawlers away, news of the
minute - so a difference counts only where none of these explains it.
"""

from dataclasses import dataclass, replace

from scanner.identify.compromise import Compromise, signs_of
from scanner.identify.kinship import Family, Kin, host_in
from scanner.identify.page import Page, best_fetch, page_of
from scanner.identify.page_kind import PageKind, kind_of
from scanner.identify.revealed import off_site
from scanner.model.check import NotApplicable
from scanner.model.evidence import Body, End, Evidence, Fetch, HttpEvidence, Missing, Why
from scanner.model.question import VIEWS
from scanner.model.reference import Reference
from scanner.parse import headers as header
from scanner.parse.charset import declared_charset
from scanner.parse.html import summarise
from scanner.parse.url import resolve
from scanner.parse.writing import foreign_share

PHONE = "as-phone"
LOST = "canary"
MORE = {"inner": ("inner-from-search", "inner-as-crawler"), LOST: ("canary-as-crawler",)}
ENOUGH_TEXT = 400  # characters; a page drawn by scripts has less
ALIKE = 0.25  # share of three-word runs two showings of one page have at least
RUN = 3
RUNS_LIMIT = 20_000
NEW_HOSTS = 5
FOREIGN_SHARE = 0.15  # of the letters of a page, written in a script the other showing hardly has


@dataclass(frozen=True, slots=True)
class Showing:
    """What one kind of visitor got."""

    name: str
    url: str
    status: int = 0
    title: str = ""
    lang: str = ""
    text: str = ""
    hosts: frozenset[str] = frozenset()  # strangers that are linked
    leads_to: str = ""  # a host outside, when the showing ends there
    signs: Compromise | None = None
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One telling difference between the browser's showing and another."""

    kind: str  # host planted lost page
    base: Showing
    other: Showing
    detail: str


@dataclass(frozen=True, slots=True)
class FourViews:
    """All showings, the browser's first, and what differs."""

    showings: tuple[Showing, ...]
    differences: tuple[Difference, ...] = ()


def four_views_of(evidence: Evidence, ref: Reference) -> FourViews | Missing | NotApplicable:
    """The showings of a visit compared, or why there is nothing to compare."""
    http = evidence.http
    if isinstance(http, Missing):
        return http
    if away := off_site(http):
        return away
    fetch = best_fetch(http)
    if isinstance(fetch, Missing):
        return fetch
    others = [f for f in http.fetches if f.purpose in VIEWS]
    family = Family(host_in(fetch.last.url), ref)
    if others and all(_is_same(f, fetch) for f in others):
        home = _all_the_same(evidence, ref, others)
    elif not others:
        return Missing(Why.NOT_ASKED, "the page was not asked for in other views")
    else:
        home = _beside(fetch, others, family, ref)
    if not isinstance(home, FourViews):
        return home
    return _with_more(home, http, family, ref)


def _with_more(home: FourViews, http: HttpEvidence, family: Family, ref: Reference) -> FourViews:
    """The same with a further page and a page that cannot exist, where these were asked for too.

    Either only adds to what the home page proves; a view of them that did not come closes nothing.
    """
    showings, differences = list(home.showings), list(home.differences)
    for purpose, views in MORE.items():
        base = http.fetch(purpose)
        others = [f for f in http.fetches if f.purpose in views]
        seen = _beside(base, others, family, ref, is_lost=purpose == LOST) if base and others else None
        if isinstance(seen, FourViews):
            showings += seen.showings
            differences += seen.differences
    return FourViews(tuple(showings), tuple(differences))


def _beside(
    fetch: Fetch, others: list[Fetch], family: Family, ref: Reference, *, is_lost: bool = False
) -> FourViews | Missing:
    """One page and its other views; `is_lost`: a page that cannot exist, whose status is an error's."""
    name = fetch.purpose if fetch.purpose in MORE else "browser"
    base = replace(_showing(fetch, family, ref, is_lost=is_lost), name=name)
    if base.missing is not None:
        return base.missing
    showings = [
        replace(base, name=f.purpose) if _is_same(f, fetch) else _showing(f, family, ref, is_lost=is_lost)
        for f in others
    ]
    differences = [d for s in showings if (d := difference(base, s, is_lost=is_lost)) is not None]
    return FourViews((base, *showings), tuple(differences))


def _all_the_same(
    evidence: Evidence, ref: Reference, others: list[Fetch]
) -> FourViews | Missing | NotApplicable:
    """Showings of one and the same bytes: there is nothing to compare, so nothing is read again."""
    page = page_of(evidence, ref)
    if not isinstance(page, Page):
        return page
    base = Showing("browser", page.url, page.status, page.html.title, page.html.lang, page.html.text)
    return FourViews((base, *(replace(base, name=f.purpose) for f in others)))


def _is_same(one: Fetch, other: Fetch) -> bool:
    """True when two fetches ended with the same bytes at the same address, so that nothing need be read twice."""
    first, second = one.last.response, other.last.response
    if isinstance(first, Missing) or isinstance(second, Missing) or one.end is not other.end:
        return False
    return (one.last.url, first.status, first.body) == (other.last.url, second.status, second.body)


def difference(base: Showing, other: Showing, *, is_lost: bool = False) -> Difference | None:
    """The most telling difference of one showing, or None. Of a page that cannot exist only what is planted counts."""
    if other.missing is not None:
        return None
    if other.leads_to and other.leads_to != base.leads_to:
        return Difference("host", base, other, f"{other.name}: → {other.leads_to}")
    planted = _planted(base.signs, other.signs)
    if planted:
        return Difference("lost" if is_lost else "planted", base, other, f"{other.name}: {planted}")
    if other.name != PHONE and not is_lost and (told := _another_page(base, other)):
        return Difference("page", base, other, f"{other.name}: {told}")
    return None


def _planted(base: Compromise | None, other: Compromise | None) -> str:
    """Signs only the other showing has."""
    if base is None or other is None:
        return ""
    known = {sign.saw for sign in base.spam}
    spam = [sign.saw for sign in other.spam if sign.saw not in known]
    if spam and not base.spam:
        return "; ".join(spam[:3])
    leaves = [leave.saw for leave in other.departures if leave.host not in {d.host for d in base.departures}]
    return "; ".join(leaves[:3])


def _another_page(base: Showing, other: Showing) -> str:
    """In words, why the other showing is another page; empty when it is the same or too little is there to tell."""
    if min(len(base.text), len(other.text)) < ENOUGH_TEXT or likeness(base.text, other.text) >= ALIKE:
        return ""
    reasons = []
    if base.title != other.title:
        reasons.append(f"title {other.title[:100]!r} for {base.title[:100]!r}")
    if (
        _primary(base.lang) != _primary(other.lang)
        or foreign_share(other.text) - foreign_share(base.text) > FOREIGN_SHARE
    ):
        reasons.append(f"language {other.lang or '?'} for {base.lang or '?'}")
    new = other.hosts - base.hosts
    if len(new) >= NEW_HOSTS:
        reasons.append(f"{len(new)} new outside hosts: {', '.join(sorted(new)[:5])}")
    return "; ".join(reasons) if len(reasons) >= 2 else ""


def likeness(one: str, other: str) -> float:
    """The share of three-word runs of the shorter text that the longer has too: 1.0 for the same words."""
    first, second = sorted((_runs(one), _runs(other)), key=len)
    return len(first & second) / len(first) if first else 1.0


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()[:RUNS_LIMIT]
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def _primary(lang: str) -> str:
    return lang.lower().replace("_", "-").partition("-")[0]


def _showing(fetch: Fetch, family: Family, ref: Reference, *, is_lost: bool = False) -> Showing:
    name, last = fetch.purpose, fetch.last
    response = last.response
    if isinstance(response, Missing):
        return Showing(name, last.url, missing=response)
    if fetch.end is End.OUT_OF_SCOPE:
        to = host_in(resolve(last.url, header.first(response.headers, "location") or ""))
        leads = to if family.kin(to) is Kin.STRANGER else ""
        missing = None if leads else Missing(Why.OUT_OF_SCOPE, f"leads to {to}")
        return Showing(name, last.url, response.status, leads_to=leads, missing=missing)
    kind = kind_of(response)
    is_page = kind is PageKind.CONTENT or (is_lost and kind in (PageKind.ERROR, PageKind.EMPTY))
    if not is_page or not isinstance(response.body, Body) or fetch.end is not End.FINAL:
        return Showing(name, last.url, response.status, missing=Missing(Why.BLOCKED, f"{name}: {kind.value}"))
    charset = declared_charset(header.first(response.headers, "content-type") or "")
    page = _page(response.body.content, charset, last.url, family, ref)
    return replace(page, name=name, status=response.status)


def _page(content: bytes, charset: str, url: str, family: Family, ref: Reference) -> Showing:
    html = summarise(content, charset=charset, base_url=url)
    hosts = {host for link in html.links if family.kin(host := host_in(link.url)) is Kin.STRANGER}
    signs = signs_of(content, url=url, html=html, ref=ref, charset=charset)
    return Showing("", url, 0, html.title, html.lang, html.text, frozenset(hosts), signs=signs)
