"""A page as the pieces a signal may speak about; what belongs to third parties is left out here.

Only the site's own host counts for addresses and cookies, with and without `www.`. Main text is not a
piece at all: a page that writes about a product does not run it.
"""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from scanner.identify.recognise import FOOTER, Sight
from scanner.model.evidence import Headers
from scanner.parse.html import HtmlSummary

ADDRESS_LIMIT = 600  # distinct addresses of each kind that are looked at
ADDRESS_LENGTH = 500
PIECE_LIMIT = 200  # comments and inline scripts that are looked at
NAMES_LENGTH = 50_000
HEADER_LIMIT = 100


def sights_of(
    html: HtmlSummary, *, url: str, headers: Headers, cookies: Iterable[str], hosts: Iterable[str] = ()
) -> Iterator[Sight]:
    """Every piece of one page. `hosts` are further names of the same site, `cookies` names it has set."""
    own = (host_of(url), *hosts)
    for content in html.generators[:PIECE_LIMIT]:
        yield Sight("generator", content, f"{url} meta generator")
    assets = dict.fromkeys(asset.url for asset in html.assets)
    for address in own_addresses(assets, own):
        yield Sight("asset", address, address)
    for address in tuple(assets)[:ADDRESS_LIMIT]:
        yield Sight("anywhere", address[:ADDRESS_LENGTH], address[:ADDRESS_LENGTH])
    for address in own_addresses(dict.fromkeys(link.url for link in html.links), own):
        yield Sight("link", address, address)
    for name, value in headers[:HEADER_LIMIT]:
        yield Sight("header", f"{name.lower()}: {value}"[:ADDRESS_LENGTH], f"{url} {name.lower()}")
    for name in dict.fromkeys(cookies):
        yield Sight("cookie", name, f"{url} set-cookie")
    for piece in _markup(html):
        yield Sight("markup", piece, url)
    if html.footer_text:
        yield Sight(FOOTER, html.footer_text, f"{url} footer")


def cookie_names(set_cookies: Iterable[tuple[str, str]], hosts: Iterable[str]) -> tuple[str, ...]:
    """Names of the cookies own answers set, each once. `set_cookies` are pairs of (url, raw value)."""
    own = {_bare(host) for host in hosts}
    names: dict[str, None] = {}
    for url, value in set_cookies:
        name = value.partition(";")[0].partition("=")[0].strip()
        if name and _bare(host_of(url)) in own and len(names) < HEADER_LIMIT:
            names[name[:ADDRESS_LENGTH]] = None
    return tuple(names)


def host_of(url: str) -> str:
    """The host of an address in lower case, "" when it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _markup(html: HtmlSummary) -> Iterator[str]:
    """Class and id names in order, names of data attributes, comments, inline scripts."""
    yield " ".join(html.names)[:NAMES_LENGTH]
    yield " ".join(html.attributes)[:NAMES_LENGTH]
    yield from html.comments[:PIECE_LIMIT]
    yield from html.inline_scripts[:PIECE_LIMIT]


def own_addresses(addresses: Iterable[str], hosts: Iterable[str]) -> Iterator[str]:
    """The addresses on hosts of the site, with and without `www.`, capped in number and length."""
    own = {_bare(host) for host in hosts if host}
    judged: dict[str, bool] = {}  # by scheme and authority: a page repeats a few of them a thousand times
    kept = 0
    for address in addresses:
        if kept >= ADDRESS_LIMIT:
            return
        end = address.find("/", len("https://"))
        origin = address if end < 0 else address[:end]
        if origin not in judged:
            judged[origin] = _bare(host_of(origin)) in own
        if judged[origin]:
            kept += 1
            yield address[:ADDRESS_LENGTH]


def _bare(host: str) -> str:
    return host.lower().rstrip(".").removeprefix("www.")
