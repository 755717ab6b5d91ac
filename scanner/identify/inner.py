"""Which further page of a site is worth several views: one its files name for no good reason, else an article."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from scanner.identify.crawled import telling_pages
from scanner.identify.kinship import Family, Kin, host_in
from scanner.identify.page import best_fetch
from scanner.identify.page_kind import PageKind, kind_of
from scanner.model.evidence import Body, End, Fetch, HttpEvidence, Missing, Response
from scanner.model.reference import Reference
from scanner.parse import headers as header
from scanner.parse.charset import declared_charset
from scanner.parse.html import summarise

PAGES = ("", "html", "htm", "php", "aspx", "jsp", "vn")  # endings of pages; others are files
LOOK_AT = 300_000
LENGTH = 400
LEAVING = ("logout", "login", "dang-xuat", "dang-nhap", "signout", "delete", "rss", "print")


def inner_page(fetches: Sequence[Fetch], ref: Reference) -> str:
    """The address of a further page, the same for the same answers; empty when the home page names none."""
    http = HttpEvidence(tuple(fetches))
    home = best_fetch(http)
    if isinstance(home, Missing) or home.end is not End.FINAL:
        return ""
    host = host_in(home.last.url)
    odd = [url for url in telling_pages(http, ref) if host_in(url) == host and len(url) <= LENGTH]
    return odd[0] if odd else _article(home, host, ref)


def _article(home: Fetch, host: str, ref: Reference) -> str:
    """The link of the home page that leads deepest: an article, not a menu."""
    response = home.last.response
    if not isinstance(response, Response) or kind_of(response) is not PageKind.CONTENT:
        return ""
    if not isinstance(response.body, Body):
        return ""
    charset = declared_charset(header.first(response.headers, "content-type") or "")
    page = summarise(response.body.content[:LOOK_AT], charset=charset, base_url=home.last.url)
    family = Family(host, ref)
    links = dict.fromkeys(link.url.partition("#")[0] for link in page.links)
    fit = [url for url in links if family.kin(host_in(url)) is Kin.OWN and _is_fit(url, host)]
    return max(fit, key=lambda url: (urlsplit(url).path.count("/"), len(url)), default="")


def _is_fit(url: str, host: str) -> bool:
    parts = urlsplit(url)
    name = parts.path.rpartition("/")[2]
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    told = url.lower()
    return (
        host_in(url) == host
        and parts.path not in ("", "/")
        and ending in PAGES
        and not parts.query
        and len(url) <= LENGTH
        and not any(word in told for word in LEAVING)
    )
