"""Hand-made pages and fetches for the examples of checks."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

from scanner.identify.page import Hop, Page
from scanner.model.evidence import (
    Answer,
    Body,
    End,
    Evidence,
    Exchange,
    Fetch,
    Headers,
    HttpEvidence,
    Missing,
    Offer,
    Response,
    Target,
    TlsEndpoint,
    TlsEvidence,
    Why,
)
from scanner.model.question import QUESTIONS
from scanner.parse.html import HtmlSummary, summarise

HOST = "so.example"
HTML = "<!DOCTYPE html><html lang=vi><title>Sở Mẫu</title><body><p>Tin tức</p></body></html>"


def page(
    *headers: tuple[str, str],
    html: str = HTML,
    url: str = f"https://{HOST}/",
    status: int = 200,
    via: Sequence[Hop] = (),
    certificate_trusted: bool | None = None,
    https_unseen: Missing | None = None,
    asked: Sequence[Fetch] = (),
    charset: str = "utf-8",
) -> Page:
    """A page that came with exactly these headers; `via` holds the answers that led to it, `asked` further ones."""
    return Page(
        url,
        status,
        tuple(headers),
        _summary(html, url),
        hops=(*via, Hop(url, status, tuple(headers))),
        certificate_trusted=certificate_trusted,
        https_unseen=https_unseen,
        asked=tuple(asked),
        charset=charset,
    )


@lru_cache(maxsize=64)
def _summary(html: str, url: str) -> HtmlSummary:
    """What a page holds; most examples show the same one, and every start of the program makes them all."""
    return summarise(html.encode(), charset="utf-8", base_url=url)


def answered(
    purpose: str,
    *headers: tuple[str, str],
    status: int = 200,
    html: str = HTML,
    sent: Headers = (),
    url: str = f"https://{HOST}/",
) -> Fetch:
    """The answer to one of the further questions of scanner.model.question; `sent` went with it."""
    method = QUESTIONS[purpose].method
    content = html.encode()
    given = Response(status, tuple(headers), Body(content, "0" * 64, len(content)))
    return Fetch(purpose, (Exchange(url, given, method, sent=sent),))


def plain_page(*headers: tuple[str, str], html: str = HTML, https_unseen: Missing | None = None) -> Page:
    """The same over plain http; `https_unseen` says why it is not known whether there is HTTPS."""
    return page(*headers, html=html, url=f"http://{HOST}/", https_unseen=https_unseen)


def hop(url: str, status: int, *headers: tuple[str, str]) -> Hop:
    """One answer on the way to a page."""
    return Hop(url, status, tuple(headers))


def response(status: int = 200, *headers: tuple[str, str], html: str = HTML) -> Response:
    """One answer with a body."""
    content = html.encode()
    typed: Headers = (("Content-Type", "text/html; charset=utf-8"), *headers)
    return Response(status, typed, Body(content, "0" * 64, len(content)))


def chain(purpose: str, *steps: tuple[str, Response | Missing], end: End = End.FINAL) -> Fetch:
    """One fetch: pairs of (url, answer)."""
    return Fetch(purpose, tuple(Exchange(url, answer) for url, answer in steps), end)


def redirect(to: str, status: int = 301) -> Response:
    """A redirect."""
    return response(status, ("Location", to), html="")


def fetched(*fetches: Fetch) -> HttpEvidence:
    """All that was fetched."""
    return HttpEvidence(fetches)


def silence(why: Why = Why.TIMEOUT) -> Missing:
    """No answer."""
    return Missing(why, "")


def seen(*fetches: Fetch, tls: TlsEvidence | Missing = Missing(Why.NOT_ASKED)) -> Evidence:
    """A whole visit with these fetches."""
    moment = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
    http = HttpEvidence(fetches) if fetches else Missing(Why.NOT_ASKED)
    return Evidence("so-example", Target(HOST), moment, tls=tls, http=http)


def tls_of(why: Why | None = None, detail: str = "") -> TlsEvidence:
    """One address that speaks TLS 1.2, or why it does not."""
    if why is not None:
        return TlsEvidence(HOST, 443, (TlsEndpoint("192.0.2.1", missing=Missing(why, detail)),))
    accepted = (Offer("TLSv1.2", Answer.ACCEPTED),)
    return TlsEvidence(HOST, 443, (TlsEndpoint("192.0.2.1", versions=accepted),))
