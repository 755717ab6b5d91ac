"""How sites of the invented province behave: from one as it should be to one that was taken over."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.lab import pages
from tests.lab.demo_site import DemoSite
from tests.lab.web import Handler, Request, answer

GOOD_HEADERS = (
    ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
    (
        "Content-Security-Policy",
        "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
)
SECURITY_TXT = "/.well-known/security.txt"
PLAIN_TEXT = "text/plain; charset=utf-8"
SLOW_S = 30.0  # longer than any deadline of the demo


def to_https(site: DemoSite) -> Handler:
    """Redirect as it should be."""

    async def serve(request: Request) -> bytes:
        return answer("301 Moved Permanently", ("Location", f"https://{site.host}{request.path}"))

    return serve


def served(html: Callable[[DemoSite], str], *headers: tuple[str, str]) -> Callable[[DemoSite], Handler]:
    """The home page with these headers; anything else is a real 404."""

    def build(site: DemoSite) -> Handler:
        async def serve(request: Request) -> bytes:
            if request.path == SECURITY_TXT and site.security_until is not None:
                return answer(body=security_text(site.security_until), content_type=PLAIN_TEXT)
            if request.path.partition("?")[0] != "/":
                return answer(
                    "404 Not Found", *headers, body=pages.page("Không tìm thấy trang", "<p>404</p>")
                )
            return answer("200 OK", *headers, body=html(site))

        return serve

    return build


def with_file(path: str, text: str, build: Callable[[DemoSite], Handler]) -> Callable[[DemoSite], Handler]:
    """The same site with one more file."""

    def rebuilt(site: DemoSite) -> Handler:
        usual = build(site)

        async def serve(request: Request) -> bytes | None:
            if request.path == path:
                return answer("200 OK", body=text, content_type="application/xml")
            return await usual(request)

        return serve

    return rebuilt


def security_text(until: timedelta) -> str:
    """Where to report a weakness, valid until so long from now (RFC 9116)."""
    end = (datetime.now(UTC) + until).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"Contact: mailto:annm@mau.example\nExpires: {end}\nPreferred-Languages: vi, en\n"


def home(site: DemoSite, *, head: str = "", footer: str = "") -> str:
    """An ordinary home page of the agency."""
    return pages.news(site.name, head=head, footer=footer)


def with_head(head: str) -> Callable[[DemoSite], str]:
    """An ordinary home page with something in its head."""
    return lambda site: home(site, head=head)


def blocked(_site: DemoSite) -> Handler:
    """A firewall that turns everybody away."""

    async def serve(_request: Request) -> bytes:
        return answer("403 Forbidden", ("Server", "WAF"), body=pages.BLOCK)

    return serve


def taken_over(site: DemoSite) -> Handler:
    """An intruder's site: links nobody sees, searchers sent away, and the file of settings left in the open."""
    left = {"/.env": pages.SETTINGS, "/uploads/": pages.LISTING}

    async def serve(request: Request) -> bytes:
        path = request.path.partition("?")[0]
        if path in left:
            return answer("200 OK", *GOOD_HEADERS, body=left[path])
        if path != "/":
            return answer(
                "404 Not Found", *GOOD_HEADERS, body=pages.page("Không tìm thấy trang", "<p>404</p>")
            )
        if "referer: https://www.google." in request.headers.lower():
            return answer("302 Found", ("Location", "https://nhacai-la.example/vao"))
        return answer("200 OK", *GOOD_HEADERS, body=home(site, footer=pages.PLANTED))

    return serve


def slow(_site: DemoSite) -> Handler:
    """A server that drips its answer byte by byte, so that no read time-out ever fires."""

    async def serve(_request: Request) -> bytes | None:
        await asyncio.sleep(SLOW_S)
        return None

    return serve
