"""From our evidence to what the HTTP Observatory would have seen of the same site."""

from collections.abc import Iterable

from scanner.identify.observatory_rules import Answer, KeptCookie, Seen
from scanner.identify.page import html_of
from scanner.model.evidence import Exchange, Fetch, HttpEvidence, Missing, Response, Why
from scanner.model.reference import SuffixTable
from scanner.parse.cookies import parse_cookie
from scanner.parse.suffix import registrable
from scanner.parse.url import host_of

# headers of which its client keeps the first line only; of all others repeats are joined
FIRST_ONLY = frozenset(
    {"content-type", "location", "server", "etag", "expires", "age", "retry-after", "content-length"}
)


def seen_of(http: HttpEvidence, *, host: str, verified: bool, suffixes: SuffixTable) -> Seen | Missing:
    """What the service would have seen; Missing when the site answers over neither scheme."""
    secure, plain = http.fetch("https"), http.fetch("http")
    secure_last, plain_last = _last(secure), _last(plain)
    chosen = secure if secure_last else plain
    auto = secure_last or plain_last
    if chosen is None or auto is None:
        return Missing(Why.REFUSED, "the site answers over neither scheme")
    options = http.fetch("options")
    tags = html_of(auto, chosen.last.url).tags
    return Seen(
        host=host,
        url=chosen.exchanges[0].url,
        auto=answer_of(auto),
        https=answer_of(secure_last) if secure_last else None,
        http=answer_of(plain_last) if plain_last else None,
        is_verified=verified,
        route=tuple(e.url for e in plain.exchanges if isinstance(e.response, Response)) if plain else (),
        cookies=kept_cookies(chosen.exchanges, suffixes),
        cors=answer_of(last) if (last := _last(options)) else None,
        cors_origin=dict(options.last.sent).get("Origin", "") if options and options.exchanges else "",
        metas=tuple(tag for tag in tags if tag[0] == "meta"),
        scripts=tuple(tag for tag in tags if tag[0] == "script"),
        suffixes=suffixes,
    )


def answer_of(response: Response) -> Answer:
    """An answer with repeated headers joined as the service's client joins them."""
    joined: dict[str, str] = {}
    cookies = []
    for name, value in response.headers:
        key = name.lower()
        if key == "set-cookie":
            cookies.append(value)
        elif key not in joined:
            joined[key] = value
        elif key not in FIRST_ONLY:
            joined[key] = f"{joined[key]}, {value}"
    return Answer(response.status, joined, tuple(cookies))


def kept_cookies(exchanges: Iterable[Exchange], suffixes: SuffixTable) -> tuple[KeptCookie, ...]:
    """The jar after a walk: cookies for foreign names and broken prefixes are dropped, deleted ones are kept."""
    jar: dict[tuple[str, str, str], KeptCookie] = {}
    for exchange in exchanges:
        if not isinstance(exchange.response, Response):
            continue
        host = host_of(exchange.url)
        for name, raw in exchange.response.headers:
            cookie = (
                parse_cookie(raw) if name.lower() == "set-cookie" and "=" in raw.partition(";")[0] else None
            )
            if cookie is None or not cookie.name:
                continue
            domain = (cookie.get("domain") or "").removeprefix(".").lower()
            path = cookie.get("path") or "/"
            if domain and not _fits(host, domain, suffixes):
                continue
            if cookie.name.startswith("__Secure-") and not cookie.is_secure:
                continue
            if cookie.name.startswith("__Host-") and (not cookie.is_secure or domain or path != "/"):
                continue
            said = (cookie.get("samesite") or "").lower()
            same_site = said if said in ("strict", "lax", "none") else ""
            kept = KeptCookie(cookie.name, cookie.is_secure, cookie.is_http_only, same_site)
            jar[domain or host, path, cookie.name] = kept
    return tuple(jar.values())


def _fits(host: str, domain: str, suffixes: SuffixTable) -> bool:
    is_below = host == domain or host.endswith(f".{domain}")
    return is_below and (not suffixes.rules or registrable(domain, suffixes) is not None)


def _last(fetch: Fetch | None) -> Response | None:
    if fetch is None or not fetch.exchanges:
        return None
    response = fetch.last.response
    return response if isinstance(response, Response) else None
