"""The view `Compromise`: what on the page already fetched looks planted. Nothing more is asked of the site.

Everything here is suspicion with its proof; a person confirms. What one page cannot show - another face for search
engines, another page than the home page - is not claimed.
"""

from dataclasses import dataclass

from scanner.identify.defacement import DefacedSign, defaced_sign
from scanner.identify.kinship import Family, Kin, host_in
from scanner.identify.page import best_fetch, page_of
from scanner.identify.scripts import ScriptSign, script_signs
from scanner.identify.spam import SpamSign, spam_signs
from scanner.model.check import NotApplicable
from scanner.model.evidence import Body, End, Evidence, Missing, Response, Why
from scanner.model.reference import Reference
from scanner.parse import headers as header
from scanner.parse.charset import declared_charset
from scanner.parse.hiding import Hiding
from scanner.parse.html import HtmlSummary
from scanner.parse.placement import PlacedLink, place
from scanner.parse.url import resolve
from scanner.parse.writing import foreign_share, is_malay

MANY_STRANGERS = 6  # hosts; a closed menu holds a few partners
NATIONAL = ".vn"  # registered under a name the registry has checked
ELSEWHERE = Missing(Why.OUT_OF_SCOPE, "the address only leads to another site")
ENOUGH_TEXT = 400  # characters, before the language of a page is told
MOSTLY, HARDLY = 0.5, 0.2  # shares of a text in one writing
EXCERPT = 200
FEW = 200  # hidden links that are kept as proof


@dataclass(frozen=True, slots=True)
class Departure:
    """Where visitors are sent on without a click, to a stranger's host."""

    way: str  # http meta script
    url: str
    host: str
    saw: str


@dataclass(frozen=True, slots=True)
class Compromise:
    """Signs on one page. `truncated`: the page was too large to be read to its end."""

    url: str
    spam: tuple[SpamSign, ...] = ()
    hidden: tuple[PlacedLink, ...] = ()  # links to strangers that visitors do not see
    scripts: tuple[ScriptSign, ...] = ()
    departures: tuple[Departure, ...] = ()
    defaced: DefacedSign | None = None
    foreign: str = ""  # words in a writing or language nobody expects there
    links: int = 0
    is_page: bool = True  # False: the address only leads elsewhere, no page was read
    truncated: bool = False

    @property
    def unread(self) -> Missing | None:
        """Why something may have been overlooked; None when the whole page was read."""
        if not self.is_page:
            return ELSEWHERE
        return (
            Missing(Why.TOO_LARGE, "the page is too large to be read to its end") if self.truncated else None
        )


def compromise_of(evidence: Evidence, ref: Reference) -> Compromise | Missing | NotApplicable:
    """The signs on the page of a visit, or why no page was read."""
    page = page_of(evidence, ref)
    if isinstance(page, NotApplicable):
        return _of_departure(evidence, ref) or page
    if isinstance(page, Missing):
        return page
    content, charset = _content(evidence)
    return signs_of(content, url=page.url, html=page.html, ref=ref, charset=charset)


def signs_of(content: bytes, *, url: str, html: HtmlSummary, ref: Reference, charset: str = "") -> Compromise:
    """The signs in the bytes of one page."""
    lexicon = ref.lexicon
    family = Family(host_in(url), ref)
    placement = place(content, charset=charset, base_url=url)
    scripts = script_signs(placement.scripts, placement.frames, family, lexicon)
    leaves = [
        Departure("meta", to, host_in(to), f'<meta http-equiv="refresh" content="{written}">')
        for written, to in placement.refreshes
        if family.kin(host_in(to)) is Kin.STRANGER
    ]
    leaves += [Departure("script", f"//{s.host}/", s.host, s.saw) for s in scripts if s.kind == "redirect"]
    leads_to = [d.url if "://" in d.url else f"https:{d.url}" for d in leaves]
    hidden = [
        link for link in placement.links if link.hiding and family.kin(host_in(link.url)) is Kin.STRANGER
    ]
    return Compromise(
        url=url,
        spam=spam_signs(html, placement, family, lexicon, leads_to=leads_to),
        hidden=tuple(hidden[:FEW]),
        scripts=tuple(s for s in scripts if s.kind != "redirect"),
        departures=tuple(leaves),
        defaced=defaced_sign(html, placement, lexicon),
        foreign=foreign_words(html, url),
        links=placement.link_count,
        truncated=placement.truncated or html.truncated,
    )


def suspicious_hiding(links: tuple[PlacedLink, ...]) -> tuple[PlacedLink, ...]:
    """Hidden links no honest design explains: hidden on purpose, or many strangers where a menu may be closed."""
    strong = [link for link in links if link.hiding is not None and link.hiding.is_strong]
    hosts = {host_in(link.url) for link in links if not host_in(link.url).endswith(NATIONAL)}
    after = [link for link in links if link.hiding is Hiding.AFTER_HTML]
    if strong:
        return tuple(strong)
    if len({host_in(link.url) for link in after}) >= 2:
        return tuple(after)
    return links if len(hosts) >= MANY_STRANGERS else ()


def foreign_words(html: HtmlSummary, url: str) -> str:
    """Words of a page in a writing or language it does not declare; empty when nothing is odd.

    A page for guests declares their language, or stands below an address of its own. Odd is a title for other
    eyes than those of the text, and a home page that says it is Vietnamese and is not.
    """
    head = " ".join((html.title, *html.meta("description")))
    if len(html.text) < ENOUGH_TEXT:
        return ""
    in_text = foreign_share(html.text)
    if foreign_share(head) > MOSTLY and in_text < HARDLY:
        return head[:EXCERPT]
    is_home = url.partition("://")[2].partition("/")[2] == ""
    says_vietnamese = html.lang.lower().replace("_", "-").partition("-")[0] == "vi"
    if is_home and says_vietnamese and (in_text > MOSTLY or is_malay(html.text)):
        return html.text[:EXCERPT]
    return ""


def _content(evidence: Evidence) -> tuple[bytes, str]:
    """The bytes of the page a visitor ends up on; the view Page has proven that they are there."""
    assert not isinstance(evidence.http, Missing)
    fetch = best_fetch(evidence.http)
    assert not isinstance(fetch, Missing)
    response = fetch.last.response
    assert isinstance(response, Response)
    assert isinstance(response.body, Body)
    return response.body.content, declared_charset(header.first(response.headers, "content-type") or "")


def _of_departure(evidence: Evidence, ref: Reference) -> Compromise | None:
    """A site that sends everybody away: a sign only where the name of the stranger tells why."""
    if isinstance(evidence.http, Missing):
        return None
    fetch = best_fetch(evidence.http)
    if isinstance(fetch, Missing) or fetch.end is not End.OUT_OF_SCOPE:
        return None
    response = fetch.last.response
    location = header.first(response.headers, "location") if isinstance(response, Response) else None
    to = resolve(fetch.last.url, location or "")
    family = Family(evidence.target.host, ref)
    if family.kin(host_in(to)) is not Kin.STRANGER or host_in(to).endswith(NATIONAL):
        return None
    leave = Departure("http", to, host_in(to), f"HTTP {getattr(response, 'status', 0)} Location: {to}")
    spam = spam_signs(HtmlSummary(), place(b""), family, ref.lexicon, leads_to=(to,))
    return Compromise(fetch.last.url, spam, departures=(leave,), is_page=False) if spam else None
