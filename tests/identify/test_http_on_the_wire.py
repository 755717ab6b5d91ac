"""Faults that need more than one request, shown by a real server and found by the real collector."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from scanner.collect.http.probe import probe_http
from scanner.collect.http.transport import Client
from scanner.collect.wall import decode, encode
from scanner.judge import judge
from scanner.model.agency import Depth
from scanner.model.evidence import Evidence, HttpEvidence, Target
from scanner.model.finding import Verdict
from scanner.model.question import QUESTIONS
from scanner.model.visit import Job
from scanner.registry import load_checks
from scanner.samples import sample_reference
from tests.collect.places import HOST, net_to
from tests.lab.web import Request, Server, answer

PAGE = "<!DOCTYPE html><html lang=vi><meta charset=utf-8><title>Sở Mẫu</title><p>Tin tức</p></html>"
NEEDS = ("again", "canary", "options", "origin-lookalike", "origin-null", "origin-suffix", "trace")
CHECKS = tuple(c for c in load_checks() if c.topic in ("http", "cookies", "content"))
NONCE = ("Content-Security-Policy", "script-src 'nonce-MTIzNDU2Nzg5MDEyMzQ1Ng=='; base-uri 'none'")
CREDENTIALS = ("Access-Control-Allow-Credentials", "true")
Site = Callable[[Request], bytes]


def header(request: Request, name: str) -> str:
    lines = (line.partition(":") for line in request.headers.split("\r\n"))
    return next((value.strip() for key, _, value in lines if key.lower() == name), "")


def verdicts(site: Site) -> dict[str, Verdict]:
    """What every check says of a site that answers so."""

    async def serve(request: Request) -> bytes:
        return site(request)

    async def visit() -> HttpEvidence:
        server = Server(serve)
        port = await server.start("127.0.0.1")
        job = Job("s", "so", Target(HOST, 80, scheme="http"), depth=Depth.STANDARD, needs=NEEDS)
        try:
            async with net_to(http=port).visit(job) as net:
                tokens = iter(f"{n:016x}" for n in range(7_000, 8_000))
                return await probe_http(
                    Client(net), job, until=time.monotonic() + 5, token=lambda: next(tokens)
                )
        finally:
            await server.stop()

    seen = Evidence(
        "so",
        Target(HOST, 80, scheme="http"),
        datetime(2026, 11, 24, tzinfo=UTC),
        depth=Depth.STANDARD,
        http=asyncio.run(visit()),
    )
    kept = decode(encode(seen, key=b"k"))  # judged from behind the wall, as in life
    return {f.check_id: f.verdict for f in judge(kept, CHECKS, sample_reference())}


def good(request: Request) -> bytes:
    """A site that shares nothing, echoes nothing and has honest error pages."""
    if request.method not in ("GET", "HEAD"):
        return answer("405 Method Not Allowed", body="405")
    if request.path.partition("?")[0] != "/":
        return answer("404 Not Found", body="<p>404</p>")
    return answer(body=PAGE)


def reflecting(request: Request) -> bytes:
    origin = header(request, "origin")
    return answer("200 OK", ("Access-Control-Allow-Origin", origin), CREDENTIALS, body=PAGE)


def partner(allowed: Callable[[str], bool]) -> Site:
    """Shares with a fixed partner, and with whatever the test lets in."""

    def serve(request: Request) -> bytes:
        origin = header(request, "origin")
        told = origin if origin and allowed(origin) else "https://doitac.example"
        return answer("200 OK", ("Access-Control-Allow-Origin", told), CREDENTIALS, body=PAGE)

    return serve


def echoing(request: Request) -> bytes:
    if request.method != "TRACE":
        return good(request)
    text = f"TRACE {request.path} HTTP/1.1\r\n{request.headers}"
    return answer(body=text, content_type="message/http")


def counting() -> Site:
    """A nonce that is new every time."""
    counter = iter(range(10**9))

    def serve(request: Request) -> bytes:
        nonce = f"{next(counter):024d}"
        return answer("200 OK", ("Content-Security-Policy", f"script-src 'nonce-{nonce}'"), body=PAGE)

    return serve


@pytest.mark.parametrize(
    ("site", "check", "verdict"),
    [
        (good, "http.cors-reflects-with-credentials", Verdict.PASS),
        (good, "http.cors-null-origin", Verdict.NOTAPPLICABLE),
        (good, "http.trace-enabled", Verdict.PASS),
        (good, "http.csp-nonce-weak", Verdict.NOTAPPLICABLE),
        (reflecting, "http.cors-reflects-with-credentials", Verdict.FAIL),
        (reflecting, "http.cors-null-origin", Verdict.FAIL),
        (reflecting, "http.cors-lookalike-origin", Verdict.NOTAPPLICABLE),
        (partner(lambda o: False), "http.cors-reflects-with-credentials", Verdict.PASS),
        (partner(lambda o: False), "http.cors-null-origin", Verdict.PASS),
        (partner(lambda o: False), "http.cors-lookalike-origin", Verdict.PASS),
        (partner(lambda o: o == "null"), "http.cors-null-origin", Verdict.FAIL),
        (partner(lambda o: o.endswith(HOST)), "http.cors-lookalike-origin", Verdict.FAIL),
        (partner(lambda o: o.startswith(f"https://{HOST}")), "http.cors-lookalike-origin", Verdict.FAIL),
        (echoing, "http.trace-enabled", Verdict.FAIL),
        (lambda _r: answer("200 OK", NONCE, body=PAGE), "http.csp-nonce-weak", Verdict.FAIL),
        (counting(), "http.csp-nonce-weak", Verdict.PASS),
        (lambda _r: answer(body=PAGE), "http.trace-enabled", Verdict.PASS),
    ],
)
def test_a_fault_on_the_wire_is_found_and_nothing_good_is_blamed(
    site: Site, check: str, verdict: Verdict
) -> None:
    assert verdicts(site)[check] is verdict


def test_a_balancers_cookie_is_read_behind_the_wall() -> None:
    def serve(_request: Request) -> bytes:
        return answer("200 OK", ("Set-Cookie", "BIGipServerpool=1677787402.36895.0000; path=/"), body=PAGE)

    assert verdicts(serve)["cookies.internal-address"] is Verdict.FAIL


def test_headers_that_error_pages_lack_are_missed() -> None:
    def serve(request: Request) -> bytes:
        if request.path == "/" or "?" in request.path:
            return answer("200 OK", ("X-Content-Type-Options", "nosniff"), body=PAGE)
        return answer("404 Not Found", body="<p>404</p>")

    assert verdicts(serve)["http.error-pages-differ"] is Verdict.FAIL


def test_the_needs_of_all_checks_are_questions() -> None:
    assert {need for check in CHECKS for need in check.needs} <= set(QUESTIONS)
