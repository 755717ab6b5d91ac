"""The view `Page`: the page a visitor ends up on, with the headers that came with it.

Preferred is the final answer of the https chain; without HTTPS the final answer of the http chain. A wall before the
site, an error or an unreadable answer is `Missing`, so that every check on it says unknown.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from scanner.identify.once import once
from scanner.identify.page_kind import PageKind, kind_of
from scanner.identify.secure_transport import Https, certificate_trusted, https_of
from scanner.model.check import NotApplicable
from scanner.model.evidence import (
    Body,
    End,
    Evidence,
    Exchange,
    Fetch,
    Headers,
    HttpEvidence,
    Missing,
    Response,
    Why,
)
from scanner.model.question import QUESTIONS
from scanner.model.reference import Reference
from scanner.parse import headers as header
from scanner.parse.charset import declared_charset, stated_charset
from scanner.parse.html import HtmlSummary, summarise

REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Hop:
    """One answer on the way, page bodies left out."""

    url: str
    status: int
    headers: Headers

    @property
    def is_secure(self) -> bool:
        """True over https."""
        return self.url.startswith("https:")


@dataclass(frozen=True, slots=True)
class Answered:
    """A further question and the answer to it."""

    url: str
    method: str
    sent: Headers
    response: Response

    def first(self, name: str) -> str | None:
        """The first value of a header of the answer."""
        return header.first(self.response.headers, name)

    def lines(self, name: str) -> tuple[str, ...]:
        """Every line of a header of the answer, as it was sent."""
        return header.lines(self.response.headers, name)

    @property
    def line(self) -> str:
        """The question in one line: the proof begins with it."""
        told = "".join(f", {name}: {value}" for name, value in self.sent)
        return f"{self.method} {self.url}{told}: {self.response.status}"


@dataclass(frozen=True, slots=True)
class Page:
    """The page a visitor ends up on. `hops` holds every answer of both chains in order, the page's own too.

    `certificate_trusted` is None when not known. `https_unseen` is set on a page over http when it is not known
    whether the site serves HTTPS, and says why.
    """

    url: str
    status: int
    headers: Headers
    html: HtmlSummary
    kind: PageKind = PageKind.CONTENT
    hops: tuple[Hop, ...] = ()
    certificate_trusted: bool | None = None
    https_unseen: Missing | None = None
    asked: tuple[Fetch, ...] = ()  # answers to the further questions of scanner.model.question
    charset: str = ""  # as a header, a byte order mark or a meta element states it; empty when none does

    def answer(self, purpose: str) -> Answered | Missing:
        """How a further question was answered, redirects left out; or why there is no answer."""
        fetch = next((f for f in self.asked if f.purpose == purpose), None)
        if fetch is None or not fetch.exchanges:
            return Missing(Why.NOT_ASKED, purpose)
        last = fetch.last
        if isinstance(last.response, Missing):
            return last.response
        return Answered(last.url, last.method, last.sent, last.response)

    @property
    def is_secure(self) -> bool:
        """True when the page came over https."""
        return self.url.startswith("https:")

    @property
    def host(self) -> str:
        """The host the page came from, lower case."""
        return urlsplit(self.url).hostname or ""

    def values(self, name: str) -> tuple[str, ...]:
        """Every value of a header, in wire order."""
        return header.values(self.headers, name)

    def lines(self, name: str) -> tuple[str, ...]:
        """Every line of a header as it was sent: the proof of a finding."""
        return header.lines(self.headers, name)

    @property
    def set_cookies(self) -> tuple[tuple[str, str], ...]:
        """Pairs of (url, raw Set-Cookie value) over all hops."""
        return tuple((hop.url, v) for hop in self.hops for v in header.values(hop.headers, "set-cookie"))


@once
def page_of(evidence: Evidence, ref: Reference) -> Page | Missing | NotApplicable:
    """The page of a visit, why none was seen, or that the site only leads elsewhere."""
    http = evidence.http
    if isinstance(http, Missing):
        return http
    fetch = best_fetch(http)
    if isinstance(fetch, Missing):
        return fetch
    if fetch.end is End.OUT_OF_SCOPE:
        location = header.first(_response(fetch.last).headers, "location") or ""
        return NotApplicable(because="off-site", saw=f"Location: {location}")
    if fetch.end in (End.LOOP, End.HOP_LIMIT, End.MALFORMED):
        return Missing(Why.MALFORMED, f"redirects end without a page: {fetch.end.value}")
    page = _page(http, fetch.last)
    return page if isinstance(page, Missing) else _with_transport(page, fetch.last, evidence, ref)


def _with_transport(page: Page, exchange: Exchange, evidence: Evidence, ref: Reference) -> Page:
    """The page, with what the TLS part says about the way it came."""
    if page.is_secure:
        peer = _response(exchange).peer_sha256
        trusted = certificate_trusted(evidence, ref, host=page.host, peer_sha256=peer)
        return replace(page, certificate_trusted=trusted)
    https = https_of(evidence)
    return replace(page, https_unseen=https.why if https.state is Https.UNKNOWN else None)


def best_fetch(http: HttpEvidence) -> Fetch | Missing:
    """The chain whose end is the page: https if it answered at all, else http."""
    chains = [f for f in (http.fetch("https"), http.fetch("http")) if f is not None and f.exchanges]
    if not chains:
        return Missing(Why.NOT_ASKED, "no page was asked for")
    answered = [f for f in chains if isinstance(f.last.response, Response)]
    if answered:
        return answered[0]
    missing = chains[0].last.response
    assert isinstance(missing, Missing)
    return missing


def _page(http: HttpEvidence, exchange: Exchange) -> Page | Missing:
    response = _response(exchange)
    kind = kind_of(response)
    if kind is PageKind.LOGIN:
        return Missing(Why.BLOCKED, f"{exchange.url} asks for a log-in before it shows anything")
    if kind is PageKind.BLOCKED:
        return Missing(Why.BLOCKED, f"{exchange.url} answers with a block page, status {response.status}")
    if kind is PageKind.NOT_HTML and isinstance(response.body, Missing):
        return response.body
    if kind is not PageKind.CONTENT:
        detail = f"{exchange.url} shows no page of the site: {kind.value}, status {response.status}"
        return Missing(Why.MALFORMED, detail)
    if isinstance(response.body, Missing):
        return response.body
    summary = html_of(response, exchange.url)
    if response.body.truncated:
        summary = replace(summary, truncated=True, text_truncated=True)
    charset = declared_charset(header.first(response.headers, "content-type") or "")
    return Page(
        exchange.url,
        response.status,
        response.headers,
        summary,
        kind,
        hops_of(http),
        asked=tuple(f for f in http.fetches if f.purpose in QUESTIONS),
        charset=stated_charset(response.body.content, charset),
    )


def html_of(response: Response, url: str) -> HtmlSummary:
    """What the page in an answer holds; an empty summary when there is none."""
    if isinstance(response.body, Missing):
        return HtmlSummary()
    charset = declared_charset(header.first(response.headers, "content-type") or "")
    return _summary(response.body.content, charset, url)


@lru_cache(maxsize=4)
def _summary(content: bytes, charset: str, url: str) -> HtmlSummary:
    """The summary of a page; the last few are kept, because collect and judge ask for the same."""
    return summarise(content, charset=charset, base_url=url)


def hops_of(http: HttpEvidence) -> tuple[Hop, ...]:
    """Every answer of the chains a visitor takes, https first."""
    return tuple(
        Hop(e.url, e.response.status, e.response.headers)
        for purpose in ("https", "http")
        for fetch in http.fetches
        if fetch.purpose == purpose
        for e in fetch.exchanges
        if isinstance(e.response, Response)
    )


def _response(exchange: Exchange) -> Response:
    assert isinstance(exchange.response, Response)
    return exchange.response


SHOWN = (
    "server",
    "x-powered-by",
    "content-type",
    "location",
    "strict-transport-security",
    "content-security-policy",
    "x-frame-options",
    "x-content-type-options",
    "referrer-policy",
)


def http_facts(evidence: Evidence) -> dict[str, Any]:
    """What was fetched: purpose, hops with status and telling headers, how it ended; and the page's title and kind."""
    http = evidence.http
    if isinstance(http, Missing):
        return {"missing": http.why.value, "detail": http.detail}
    fetch = best_fetch(http)
    final: dict[str, Any] | None = None
    if not isinstance(fetch, Missing):
        response = _response(fetch.last)
        page = _page(http, fetch.last) if fetch.end is End.FINAL else None
        final = {
            "url": fetch.last.url,
            "status": response.status,
            "kind": kind_of(response).value,
            "title": page.html.title if isinstance(page, Page) else "",
            "bytes": response.body.size_bytes if isinstance(response.body, Body) else 0,
        }
    return {"final": final, "fetches": [_fetch_facts(f) for f in http.fetches]}


def _fetch_facts(fetch: Fetch) -> dict[str, Any]:
    return {
        "purpose": fetch.purpose,
        "end": fetch.end.value,
        "hops": [_hop_facts(exchange) for exchange in fetch.exchanges],
    }


def _hop_facts(exchange: Exchange) -> dict[str, Any]:
    response = exchange.response
    if isinstance(response, Missing):
        return {"url": exchange.url, "missing": response.why.value, "detail": response.detail}
    shown = [[k, v] for k, v in response.headers if k.lower() in SHOWN]
    return {"url": exchange.url, "address": exchange.address, "status": response.status, "headers": shown}
