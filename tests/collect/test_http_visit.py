"""A visit over HTTP: redirects, the requests of the plan, the pace, and what hostile answers do to them."""

import asyncio
import gzip
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.collect.http.probe import probe_http, seen_already
from scanner.collect.http.transport import Client
from scanner.collect.limits import Limits
from scanner.errors import ProbeError
from scanner.model.agency import Depth
from scanner.model.evidence import (
    Body,
    End,
    Exchange,
    Fetch,
    HttpEvidence,
    Ledger,
    Missing,
    Response,
    Target,
    Why,
)
from scanner.parse.headers import retry_after_s
from tests.collect.places import (
    HOST,
    OK,
    QUICK,
    Script,
    answering,
    job,
    net_to,
    running,
    saying,
)
from tests.collect.visits import get, soon, visit_pages

HEAD = b"HTTP/1.1 200 OK\r\n"


# ---- redirects -----------------------------------------------------------------------------------


def redirecting(*locations: str, status: int = 302) -> Script:
    """Path / leads to the first address, /1 to the second and so on; what is left answers 200."""

    def answer(path: str, _count: int) -> bytes:
        step = int(path.lstrip("/") or 0) if path.lstrip("/").isdigit() or path == "/" else len(locations)
        if step >= len(locations):
            return OK
        return f"HTTP/1.1 {status} Moved\r\nLocation: {locations[step]}\r\nContent-Length: 0\r\n\r\n".encode(
            "latin-1"
        )

    return answering(answer)


def follow(script: Script, limits: Limits = QUICK) -> Fetch:
    order = job(target=Target(HOST, 80, scheme="http"), scope=("cong.example",))
    evidence, _, _ = visit_pages(script, order=order, limits=limits)
    return evidence.fetches[0]


def test_every_hop_is_recorded() -> None:
    fetch = follow(redirecting("/1", f"http://www.{HOST}/2"))

    assert [e.url for e in fetch.exchanges] == [
        f"http://{HOST}:80/",
        f"http://{HOST}/1",
        f"http://www.{HOST}/2",
    ]
    assert fetch.end is End.FINAL
    assert fetch.last.response.status == 200  # type: ignore[union-attr]  # the last hop has answered


@pytest.mark.parametrize(
    ("location", "end"),
    [
        ("/", End.LOOP),
        ("http://127.0.0.1/", End.OUT_OF_SCOPE),
        ("http://2130706433/", End.OUT_OF_SCOPE),
        ("http://0177.0.0.1/", End.OUT_OF_SCOPE),
        ("http://169.254.169.254/latest/meta-data/", End.OUT_OF_SCOPE),
        (f"http://x@{HOST}/", End.OUT_OF_SCOPE),
        ("http://other.example/", End.OUT_OF_SCOPE),
        (f"http://{HOST}:22/", End.OUT_OF_SCOPE),
        ("file:///etc/passwd", End.MALFORMED),
    ],
)
def test_the_walk_ends_where_it_must_not_go(location: str, end: End) -> None:
    fetch = follow(redirecting(location))

    assert fetch.end is end
    assert len(fetch.exchanges) == 1


def test_a_loop_with_always_new_addresses_ends_at_the_limit() -> None:
    fetch = follow(
        answering(
            lambda path, _: (
                b"HTTP/1.1 302 F\r\nContent-Length: 0\r\nLocation: " + path.encode() + b"x\r\n\r\n"
            )
        )
    )

    assert fetch.end is End.HOP_LIMIT
    assert len(fetch.exchanges) == 11


def test_a_host_of_the_inventory_that_points_inside_is_not_contacted() -> None:
    async def run() -> Fetch:
        async with running(redirecting("http://cong.example/")) as server:
            hosts = {HOST: ("127.0.0.1",), "cong.example": ("10.0.0.5",)}
            order = job(target=Target(HOST, 80, scheme="http"), scope=("cong.example",))
            async with net_to(http=server.port, hosts=hosts).visit(order) as visit:
                return (await probe_http(Client(visit), order, until=soon(), token=str)).fetches[0]

    fetch = asyncio.run(run())
    assert fetch.end is End.FAILED
    assert fetch.last.response == Missing(Why.OUT_OF_SCOPE, "address policy: 10.0.0.5 private")


def test_endless_slow_redirects_end_with_the_probe() -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for count in range(100):
            await reader.readuntil(b"\r\n\r\n")
            await asyncio.sleep(0.15)
            writer.write(b"HTTP/1.1 302 F\r\nContent-Length: 0\r\nLocation: /%d\r\n\r\n" % count)

    fetch = follow(script, Limits(probe_s=0.4))

    assert fetch.end is End.FAILED
    assert fetch.last.response == Missing(Why.TIMEOUT, "all redirects together")


# ---- the matrix ----------------------------------------------------------------------------------


def test_both_schemes_are_asked_and_one_connection_serves_a_scheme() -> None:
    evidence, ledger, server = visit_pages(redirecting("/1"))

    assert [f.purpose for f in evidence.fetches] == ["http", "https"]
    assert [len(f.exchanges) for f in evidence.fetches] == [2, 1]
    assert evidence.fetches[1].end is End.FAILED
    assert server.connections == 1
    assert ledger.connections == 2  # the second was refused
    assert ledger.requests == 2
    assert ledger.bytes_received > 50


def test_the_canary_is_asked_only_with_need_and_permission() -> None:
    def purposes(**changes: object) -> list[str]:
        evidence, _, _ = visit_pages(answering(lambda _p, _c: OK), order=job(**changes))
        return [f.purpose for f in evidence.fetches]

    assert purposes(needs=("canary",), depth=Depth.STANDARD) == ["http", "https", "canary"]
    assert purposes(needs=("canary",), depth=Depth.PASSIVE) == ["http", "https"]
    assert purposes(depth=Depth.THOROUGH) == ["http", "https"]


def test_the_canary_goes_where_the_site_answers() -> None:
    evidence, _, _ = visit_pages(
        answering(lambda _p, _c: OK), order=job(needs=("canary",), depth=Depth.STANDARD)
    )

    assert evidence.fetches[-1].last.url == f"http://{HOST}/0123456789abcdef"


def test_nothing_is_asked_when_the_time_is_over() -> None:
    evidence, ledger, _ = visit_pages(answering(lambda _p, _c: OK), budget_s=-1)

    assert [f.last.response for f in evidence.fetches] == [Missing(Why.BUDGET)] * 2
    assert ledger.connections == 0


def test_the_budget_of_the_site_ends_a_fetch() -> None:
    evidence, _, _ = visit_pages(saying(then_wait=True), limits=Limits(), budget_s=0.3)

    assert {f.last.response.why for f in evidence.fetches if isinstance(f.last.response, Missing)} == {
        Why.BUDGET
    }


def test_a_server_that_asks_for_a_long_pause_is_left_alone() -> None:
    busy = b"HTTP/1.1 503 Busy\r\nRetry-After: 99999\r\nContent-Length: 0\r\n\r\n"

    evidence, _, server = visit_pages(
        answering(lambda _p, _c: busy), order=job(needs=("canary",), depth=Depth.STANDARD)
    )

    assert evidence.fetches[1].last.response == Missing(Why.BLOCKED, "Retry-After: 99999 s")
    assert evidence.fetches[2].last.response == Missing(Why.BLOCKED, "Retry-After: 99999 s")
    assert server.connections == 1


def test_a_short_pause_is_kept() -> None:
    busy = b"HTTP/1.1 429 Slow\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"
    began = time.monotonic()

    visit_pages(
        answering(lambda _p, c: busy if c == 1 else OK), order=job(needs=("canary",), depth=Depth.STANDARD)
    )

    assert time.monotonic() - began >= 1


NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        ((("Retry-After", "120"),), 120),
        ((("retry-after", " 7 "),), 7),
        ((("Retry-After", "Thu, 26 Nov 2026 08:00:30 GMT"),), 30),
        ((("Retry-After", "Thu, 26 Nov 2026 09:00:30 GMT"), ("Date", "Thu, 26 Nov 2026 09:00:00 GMT")), 30),
        ((("Retry-After", "Thu, 26 Nov 2026 07:00:00 GMT"),), 0),
        ((("Retry-After", "soon"), ("Retry-After", "5")), 5),
        ((("Retry-After", "99999999999999"),), 0),
        ((("Retry-After", "-1"),), 0),
        ((), 0),
    ],
)
def test_a_pause_is_asked_for_in_seconds_or_by_the_servers_own_clock(
    lines: tuple[tuple[str, str], ...], seconds: float
) -> None:
    assert retry_after_s(lines, NOW) == seconds


def test_a_date_far_ahead_ends_the_visit() -> None:
    busy = b"HTTP/1.1 503 Busy\r\nRetry-After: Wed, 01 Jan 2098 00:00:00 GMT\r\nContent-Length: 0\r\n\r\n"

    evidence, _, server = visit_pages(answering(lambda _p, _c: busy))

    stopped = evidence.fetches[1].last.response
    assert isinstance(stopped, Missing)
    assert stopped.why is Why.BLOCKED
    assert server.connections == 1


def test_what_http_led_to_is_not_asked_twice() -> None:
    def walk(end: End, *urls: str) -> Fetch:
        page = Response(200, (), Body(b"", "", 0))
        return Fetch("http", tuple(Exchange(url, page) for url in urls), end)

    plain, secure, page = "http://so.example/", "https://so.example/", "https://so.example/vn"
    through = walk(End.FINAL, plain, secure, page)

    again = seen_already("https", secure, [through])

    assert again == Fetch("https", through.exchanges[1:], End.FINAL)
    assert seen_already("https", secure, [walk(End.FINAL, plain, page)]) is None
    assert seen_already("https", secure, [walk(End.FAILED, plain, secure)]) is None  # a second chance
    assert seen_already("https", secure, [walk(End.LOOP, plain, secure)]) is None


def forgetful(*, replies_later: bool) -> Script:
    """Redirects the first request ever and hangs up at the second; later connections answer, or hang up too."""
    connections = 0

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await reader.readuntil(b"\r\n\r\n")
        if connections == 1:
            writer.write(b"HTTP/1.1 302 F\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n")
            await reader.readuntil(b"\r\n\r\n")
        elif replies_later:
            writer.write(OK)
            await writer.drain()
            await reader.read()

    return script


def test_a_connection_that_died_while_idle_is_replaced() -> None:
    fetch = follow(forgetful(replies_later=True))

    assert fetch.end is End.FINAL
    assert [e.url for e in fetch.exchanges][1:] == [f"http://{HOST}/a"]


def test_a_request_is_sent_again_only_once() -> None:
    fetch = follow(forgetful(replies_later=False))

    assert fetch.end is End.FAILED
    assert len(fetch.exchanges) == 2
    assert fetch.last.response == Missing(Why.RESET, "closed without an answer")


def test_the_next_address_is_tried_when_one_refuses() -> None:
    async def run() -> tuple[HttpEvidence, Ledger]:
        async with running(redirecting("/1")) as server:
            hosts = {HOST: ("127.0.0.3", "127.0.0.1")}
            order = job(target=Target(HOST, 80, scheme="http"), needs=("canary",), depth=Depth.STANDARD)
            async with net_to(http=server.port, hosts=hosts).visit(order) as visit:
                seen = await probe_http(Client(visit), order, until=soon(), token=str)
                return seen, visit.tally.ledger()

    seen, ledger = asyncio.run(run())
    assert {e.address for f in seen.fetches for e in f.exchanges} == {"127.0.0.1"}
    assert [(line.address, line.connections) for line in ledger.lines] == [("127.0.0.3", 1), ("127.0.0.1", 1)]


def test_a_target_may_be_an_address() -> None:
    async def run() -> HttpEvidence:
        async with running(redirecting("/1")) as server:
            order = job(target=Target("127.0.0.1", server.port, scheme="http"))
            async with net_to().visit(order) as visit:
                return await probe_http(Client(visit), order, until=soon(), token=str)

    assert asyncio.run(run()).fetches[0].end is End.FINAL


@pytest.mark.parametrize(
    "reply",
    [
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nbytes",
        b"HTTP/1.0 200 OK\r\n\r\nold",
        b"HTTP/0.9 200 OK\r\n\r\nolder",
        b"HTTP/2.0 200 OK\r\n\r\nx",
        b"<html>no head at all</html>\r\n\r\n",
        b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 304 Not Modified\r\n\r\n",
        b"HTTP/1.1 200\r\n\r\n",
        b"HTTP/1.1 200 \xff\x1b[31m\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: a\r\n folded\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX:\r\n: y\r\n\r\n",
        b"HTTP/1.1 302 F\r\nLocation: http://[\r\n\r\n",
        b"HTTP/1.1 302 F\r\nLocation: \xff\xfe//\r\n\r\n",
        b"HTTP/1.1 302 F\r\nLocation:\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=punycode\r\nContent-Encoding: \xff\r\n\r\nx",
        b"\x00" * 100,
        b"\r\n" * 50,
    ],
)
def test_an_odd_answer_is_a_response_or_missing(reply: bytes) -> None:
    seen = get(saying(reply))

    assert isinstance(seen.response, Response | Missing)


WHOLE = (
    b"HTTP/1.1 301 Moved\r\nLocation: https://so.example/a?b#c\r\nSet-Cookie: a=b; Path=/\r\n"
    b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n14\r\n"
    + gzip.compress(b"", mtime=0)
    + b"\r\n0\r\n\r\n"
)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(WHOLE)), st.integers(0, 12), st.binary(max_size=12))
def test_a_damaged_answer_never_surprises(at: int, cut: int, put: bytes) -> None:
    fetch = follow(saying(WHOLE[:at] + put + WHOLE[at + cut :]), Limits(headers_s=0.2, body_s=0.2, probe_s=1))

    assert fetch.exchanges


def test_a_visit_that_is_cancelled_leaves_nothing_open() -> None:
    async def run() -> tuple[int, int]:
        async with running(saying(then_wait=True)) as server:
            net = net_to(http=server.port, limits=Limits())

            async def visit_it() -> None:
                async with net.visit(job()) as visit:
                    await probe_http(Client(visit), job(), until=soon(), token=str)

            visit = asyncio.create_task(visit_it())
            await asyncio.sleep(0.1)
            visit.cancel()
            await asyncio.gather(visit, return_exceptions=True)
            await asyncio.sleep(0.1)
            return server.connections, server.open_now

    assert asyncio.run(run()) == (1, 0)


def test_an_address_httpx_cannot_read_is_malformed() -> None:
    async def run() -> None:
        async with net_to().visit(job()) as visit:
            client = Client(visit)
            with pytest.raises(ProbeError, match="malformed"):
                await client.get("http://[::1")
            await client.aclose()

    asyncio.run(run())


EVERYTHING = ("again", "canary", "options", "origin-lookalike", "origin-null", "origin-suffix", "trace")
SHARED = b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 2\r\n\r\nok"


def test_further_questions_say_what_they_sent() -> None:
    heads: list[bytes] = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            heads.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(SHARED)

    evidence, _, server = visit_pages(script, order=job(needs=EVERYTHING, depth=Depth.STANDARD))
    asked = {f.purpose: f.last for f in evidence.fetches[2:]}

    assert tuple(sorted(asked)) == EVERYTHING
    assert asked["again"].url == f"http://{HOST}/?rasoat=0123456789abcdef"
    assert asked["again"].sent == (("Origin", "https://0123456789abcdef.example"),)
    assert asked["origin-lookalike"].sent == (("Origin", f"https://{HOST}.0123456789abcdef.example"),)
    assert asked["origin-suffix"].sent == (("Origin", f"https://x0123456789abcdef{HOST}"),)
    assert (asked["options"].method, asked["trace"].method) == ("OPTIONS", "TRACE")
    assert heads[4].startswith(b"TRACE / HTTP/1.1\r\n")
    assert b"\r\nX-Rasoat-Echo: 0123456789abcdef\r\n" in heads[4]
    assert b"\r\nOrigin: https://0123456789abcdef.example\r\n" in heads[1]
    assert server.connections == 2  # the try for https took the place of the first


def test_other_origins_are_tried_only_where_one_was_let_in() -> None:
    evidence, _, _ = visit_pages(
        answering(lambda _p, _c: OK), order=job(needs=EVERYTHING, depth=Depth.STANDARD)
    )

    assert [f.purpose for f in evidence.fetches[2:]] == ["again", "canary", "options", "trace"]


def test_a_redirect_of_another_method_is_not_followed() -> None:
    evidence, _, _ = visit_pages(redirecting("/1"), order=job(needs=("trace",), depth=Depth.STANDARD))

    assert [len(f.exchanges) for f in evidence.fetches] == [2, 1, 1]
