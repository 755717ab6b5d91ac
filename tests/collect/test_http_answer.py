"""One answer over HTTP: what is kept, what is cut, what is missing; most servers are ill-behaved."""

import asyncio
import gzip
import hashlib
import time

import pytest

from scanner.collect.http.probe import probe_http
from scanner.collect.http.transport import PIECES, Client
from scanner.collect.limits import KIB, MIB, Limits
from scanner.model.evidence import (
    Body,
    Exchange,
    Missing,
    Response,
    Target,
    Why,
)
from tests.collect.places import (
    HOST,
    OK,
    Script,
    dripping,
    job,
    net_to,
    running,
    saying,
)
from tests.collect.visits import body, get, get_from, missing, response, soon

HEAD = b"HTTP/1.1 200 OK\r\n"


# ---- what is kept --------------------------------------------------------------------------------


def test_headers_are_kept_as_they_were_on_the_wire() -> None:
    seen = response(
        saying(
            HEAD + b"X-Powered-by: PHP\r\nSet-Cookie: a=1\r\nset-cookie: b=\xe1\xba\xa1\r\n",
            b"Content-Length: 2\r\n\r\nok",
        )
    )

    assert seen.headers == (
        ("X-Powered-by", "PHP"),
        ("Set-Cookie", "a=1"),
        ("set-cookie", "b=\u00e1\u00ba\u00a1"),
        ("Content-Length", "2"),
    )
    assert (seen.status, seen.reason, seen.http_version) == (200, "OK", "HTTP/1.1")
    assert seen.peer_sha256 == ""


def test_the_request_is_polite_and_carries_no_cookie() -> None:
    heads: list[bytes] = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for location in (b"/a", b"/b"):
            heads.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(
                b"HTTP/1.1 302 F\r\nSet-Cookie: s=1\r\nContent-Length: 0\r\nLocation: "
                + location
                + b"\r\n\r\n"
            )
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(OK)

    get(script)

    assert len(heads) == 3
    for head in heads:
        assert b"Host: so.example\r\n" in head
        assert b"Accept-Encoding: gzip, identity\r\n" in head
        assert b"User-Agent: Mozilla/5.0 (compatible; rasoat/" in head
        assert b"ookie" not in head


def test_gzip_is_undone() -> None:
    page = "Cổng thông tin".encode() * 500
    packed = gzip.compress(page)

    seen = body(saying(HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed))

    assert seen == Body(page, hashlib.sha256(page).hexdigest(), len(page))


def test_a_chunked_body_is_put_together() -> None:
    assert (
        body(saying(HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nXin\r\n2;x=y\r\n o\r\n0\r\n\r\n")).content
        == b"Xin o"
    )


def test_a_body_may_end_with_the_connection() -> None:
    seen = body(saying(HEAD + b"\r\nall there is"))

    assert seen.content == b"all there is"
    assert not seen.truncated


# ---- what is cut ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "script",
    [
        saying(HEAD + b"Content-Length: 500\r\n\r\nonly this"),
        saying(HEAD + b"Content-Length: 500\r\n\r\nonly this", then_wait=True),
        saying(HEAD + b"Transfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\nzz\r\n"),
        saying(HEAD + b"Transfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\n", then_wait=True),
        saying(HEAD + b"Transfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\nffffffffffffffffffffffff\r\n"),
    ],
    ids=["closed early", "silent", "broken chunk", "silent between chunks", "giant chunk"],
)
def test_what_came_before_the_wire_failed_is_kept(script: Script) -> None:
    seen = body(script)

    assert seen.content == b"only this"
    assert seen.truncated


def test_a_body_that_never_begins_is_missing() -> None:
    seen = response(saying(HEAD + b"Content-Length: 5\r\n\r\n", then_wait=True)).body

    assert isinstance(seen, Missing)
    assert seen.why is Why.TIMEOUT


def test_a_dripping_body_ends_by_its_average() -> None:
    began = time.monotonic()

    seen = body(dripping(HEAD + b"\r\n", b"x"))

    assert seen.truncated
    assert time.monotonic() - began < 3


def test_an_endless_body_ends_at_the_wire_cap() -> None:
    seen = body(dripping(HEAD + b"\r\n", b"x" * 65_536, pause_s=0), Limits(wire_bytes=300 * KIB))

    assert seen.size_bytes == 300 * KIB
    assert seen.truncated


def test_a_large_gzip_bomb_ends_at_the_decoded_cap() -> None:
    bomb = gzip.compress(b"\0" * (64 * MIB))

    seen = body(saying(HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb), bomb))

    assert (seen.size_bytes, len(seen.content)) == (4 * MIB, 1 * MIB)
    assert seen.truncated


def test_a_small_gzip_bomb_ends_by_its_ratio() -> None:
    bomb = gzip.compress(b"\0" * (2 * MIB))

    seen = response(
        saying(HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb), bomb)
    ).body

    assert isinstance(seen, Missing)
    assert seen.why is Why.TOO_LARGE


def test_one_byte_chunks_end_after_some_pieces() -> None:
    chunks = b"1\r\nx\r\n" * (PIECES + 1000)

    seen = body(saying(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", chunks, then_wait=True), Limits())

    assert seen.size_bytes == PIECES
    assert seen.truncated


def test_the_event_loop_is_not_held_by_a_flood() -> None:
    async def run() -> float:
        worst = 0.0

        async def heartbeat() -> None:
            nonlocal worst
            while True:
                began = time.monotonic()
                await asyncio.sleep(0.01)
                worst = max(worst, time.monotonic() - began)

        beat = asyncio.create_task(heartbeat())
        chunks = b"1\r\nx\r\n" * (PIECES + 1000)
        await get_from(
            saying(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", chunks, then_wait=True), Limits(body_s=3)
        )
        beat.cancel()
        return worst

    assert asyncio.run(run()) < 0.5  # R-T10; a flood held for its whole length takes longer


def test_endless_trailers_end() -> None:
    seen = get(
        dripping(
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n", b"X-A: b\r\n" * 8000, pause_s=0
        )
    )

    assert isinstance(seen.response, Response)
    assert isinstance(seen.response.body, Body)
    assert seen.response.body.truncated


# ---- what is missing -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (saying(then_wait=True), Why.TIMEOUT),
        (dripping(HEAD, b"X"), Why.TIMEOUT),
        (dripping(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.01), Why.TIMEOUT),
        (dripping(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 2000, 0), Why.TOO_LARGE),
        (saying(), Why.RESET),
        (saying(HEAD), Why.MALFORMED),
        (saying(b"SSH-2.0-OpenSSH_9.2\r\n"), Why.MALFORMED),
        (saying(b"\x15\x03\x01\x00\x02\x02\x46"), Why.MALFORMED),
        (saying(HEAD + b"Bad Header : x\r\n\r\n"), Why.MALFORMED),
        (saying(HEAD + b"X: a\x00b\r\n\r\n"), Why.MALFORMED),
        (saying(HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nx"), Why.MALFORMED),
        (saying(HEAD + b"Content-Length: -1\r\n\r\n"), Why.MALFORMED),
        (saying(b"HTTP/1.1 99999 No\r\n\r\n"), Why.MALFORMED),
        (saying(HEAD + b"X: " + b"a" * 200_000 + b"\r\n\r\n"), Why.TOO_LARGE),
        (saying(HEAD + b"X: " + b"a" * 17_000 + b"\r\n\r\n"), Why.TOO_LARGE),
        (saying(HEAD + b"".join(b"X-%d: a\r\n" % i for i in range(201)) + b"\r\n"), Why.TOO_LARGE),
        (saying(HEAD + (b"X: " + b"a" * 8000 + b"\r\n") * 9 + b"\r\n"), Why.TOO_LARGE),
        (dripping(HEAD, b"X: a\r\n" * 5000, 0), Why.TOO_LARGE),
    ],
    ids=[
        "silent", "dripping headers", "dripping 1xx", "1xx flood", "closed", "half a head", "other protocol",
        "tls alert", "blank before colon", "nul", "two lengths", "negative length", "status", "endless value",
        "large value", "many headers", "large head", "endless headers",
    ],
)  # fmt: skip
def test_no_answer_is_missing_with_its_reason(script: Script, why: Why) -> None:
    began = time.monotonic()

    assert missing(script).why is why
    assert time.monotonic() - began < 4


def test_bare_line_feeds_are_read_as_browsers_do() -> None:
    assert response(saying(b"HTTP/1.1 200 OK\nX-A: b\n\nok")).headers == (("X-A", "b"),)


def test_a_closed_port_is_refused() -> None:
    async def run() -> Exchange:
        async with running(saying()) as gone:
            port = gone.port
        async with net_to(http=port).visit(job()) as visit:
            order = job(target=Target(HOST, 80, scheme="http"))
            return (await probe_http(Client(visit), order, until=soon(), token=str)).fetches[0].last

    seen = asyncio.run(run())
    assert isinstance(seen.response, Missing)
    assert seen.response.why is Why.REFUSED
    assert seen.address == "127.0.0.1"
