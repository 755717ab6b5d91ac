"""The prober against servers that misbehave: it ends in time, and concludes nothing it has not seen."""

import asyncio
import socket
import ssl
import struct
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from scanner.collect.tls.probe import probe_tls
from scanner.model.agency import Depth
from scanner.model.evidence import TlsEndpoint, Why
from scanner.parse.tls_names import OUT_OF_TIME, PLAIN_HTTP
from tests.collect_tls.servers import (
    HOST,
    QUICK,
    Connector,
    Handler,
    accepted,
    answers,
    context_of,
    look,
    look_at,
    raw_server,
    tls_server,
)
from tests.lab.pki import Authority

ROOT = Authority.root("Tỉnh Mẫu Root")
LEAF = ROOT.leaf(HOST)
TLS12_ONLY = ssl.TLSVersion.TLSv1_2


async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    while await reader.read(4096):
        pass


async def resetting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    reset(writer)


def reset(writer: asyncio.StreamWriter) -> None:
    """End a connection with RST instead of FIN."""
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


async def closing(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read(4096)


def saying(data: bytes) -> Handler:
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(4096)
        writer.write(data)
        await writer.drain()
        await reader.read(1)

    return say


async def dripping(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(4096)
    for byte in b"\x16\x03\x03\x40\x00" + bytes(1000):
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.05)


def probed(handler: Handler, *, deadline_s: float = 12.0, listing: str = "verdict") -> TlsEndpoint:
    async def run() -> TlsEndpoint:
        async with raw_server(handler) as port:
            return await look(port, deadline_s=deadline_s, listing=listing)

    return asyncio.run(run())


@pytest.mark.parametrize("listing", ["verdict", "full"])
@pytest.mark.parametrize(
    ("handler", "why", "told"),
    [
        (silent, Why.TIMEOUT, "no answer"),
        (resetting, Why.RESET, "reset"),
        (closing, Why.RESET, "closed"),
        (dripping, Why.TIMEOUT, "never ended"),
        (saying(b"HTTP/1.1 400 Bad Request\r\n\r\n"), Why.TLS, PLAIN_HTTP),
        (saying(b"SSH-2.0-OpenSSH_9.2p1\r\n"), Why.MALFORMED, "no TLS"),
        (saying(b"\x16\x03\x03\xff\xff" + bytes(100)), Why.MALFORMED, "65535"),
        (saying(b"\x16\x03\x03\x00\x04\x02\xff\xff\xff"), Why.TOO_LARGE, "handshake message"),
        (saying(b"\x15\x03\x03\x00\x02\x02\x28"), Why.TLS, "alert 40"),
        (saying(b"\x16\x03\x03\x00\x00" * 1000), Why.TOO_LARGE, "records"),
    ],
)
def test_no_sign_of_tls_gives_no_verdict_but_a_reason(
    handler: Handler, why: Why, told: str, listing: str
) -> None:
    endpoint = probed(handler, listing=listing)

    assert endpoint.versions is None
    assert endpoint.chains == ()
    assert endpoint.missing is not None
    assert endpoint.missing.why is why
    assert told in endpoint.missing.detail


def test_a_closed_port_is_final_after_one_connection() -> None:
    async def run() -> TlsEndpoint:
        async with raw_server(silent) as port:
            pass
        return await look(port)

    endpoint = asyncio.run(run())

    assert endpoint.missing is not None
    assert endpoint.missing.why is Why.REFUSED
    assert endpoint.connections == 1


def test_the_deadline_of_the_host_holds_for_a_silent_server() -> None:
    began = time.monotonic()

    endpoint = probed(silent, deadline_s=0.3)

    assert time.monotonic() - began < 5
    assert endpoint.missing is not None


def test_a_flight_cut_off_in_the_middle_still_proves_the_version(tmp_path: Path) -> None:
    endpoint = through(tmp_path, lambda data, _n: data[:120])

    assert answers(endpoint)["TLSv1.2"] == "accepted"
    assert endpoint.chains == ()


# ---- a real server behind a gate that misbehaves ---------------------------------------------------------------

Gate = Callable[[bytes, int], bytes | None]
"""(answer of the server, number of the connection) -> what is let through; None resets."""


def through(
    folder: Path, gate: Gate, *, before: Callable[[int], Awaitable[bool]] | None = None
) -> TlsEndpoint:
    """What is seen of a TLS 1.2 server behind the gate; `before` may refuse a connection by number."""

    async def run() -> TlsEndpoint:
        count = 0
        async with tls_server(context_of(folder, LEAF, newest=TLS12_ONLY)) as back:

            async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                nonlocal count
                count += 1
                mine = count
                hello = await reader.read(4096)
                if before and not await before(mine):
                    return
                real_reader, real_writer = await asyncio.open_connection("127.0.0.1", back)
                real_writer.write(hello)
                answer = gate(await real_reader.read(16_384), mine)
                real_writer.close()
                if answer is None:
                    reset(writer)
                else:
                    writer.write(answer)
                    await writer.drain()

            async with raw_server(relay) as port:
                return await look(port, deadline_s=30)

    return asyncio.run(run())


def test_resets_of_old_hellos_are_rejections_once_the_canary_confirms_them(tmp_path: Path) -> None:
    """Windows answers a version it does not speak with a reset."""
    endpoint = through(tmp_path, lambda answer, _n: answer or None)

    assert accepted(endpoint) == {"TLSv1.2"}


def test_a_server_with_a_rate_limit_is_told_rightly_after_slowing_down(tmp_path: Path) -> None:
    """Three connections, then a second of closing every further one."""
    limiter = Limiter(burst=3, per_s=4.0)

    endpoint = through(tmp_path, lambda answer, _n: answer, before=limiter.admits)

    assert accepted(endpoint) == {"TLSv1.2"}


def test_a_server_that_has_had_enough_leaves_unknowns_and_never_rejections(tmp_path: Path) -> None:
    async def twice(number: int) -> bool:
        return number <= 2

    endpoint = through(tmp_path, lambda answer, _n: answer, before=twice)

    found = answers(endpoint)
    assert found["TLSv1.2"] == "accepted"
    assert set(found.values()) == {"accepted", "unknown"}
    assert endpoint.versions is not None
    assert {o.detail for o in endpoint.versions if o.answer == "unknown"} == {"throttled"}


def test_a_penalty_for_somebody_else_is_waited_out(tmp_path: Path) -> None:
    async def later(number: int) -> bool:
        return number > 8

    endpoint = through(tmp_path, lambda answer, _n: answer, before=later)

    assert accepted(endpoint) == {"TLSv1.2"}


def test_hellos_that_vanish_are_unknown_and_no_rejection(tmp_path: Path) -> None:
    """A firewall drops what it does not like."""

    async def run() -> TlsEndpoint:
        async with tls_server(context_of(tmp_path, LEAF, newest=TLS12_ONLY)) as back:

            async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                hello = await reader.read(4096)
                if hello[9:11] in (b"\x03\x01", b"\x03\x02"):
                    await reader.read(1)
                    return
                real_reader, real_writer = await asyncio.open_connection("127.0.0.1", back)
                real_writer.write(hello)
                writer.write(await real_reader.read(16_384))
                await writer.drain()
                real_writer.close()

            async with raw_server(relay) as port:
                return await look(port)

    found = answers(asyncio.run(run()))

    assert found["TLSv1.2"] == "accepted"
    assert found["TLSv1.1"] == found["TLSv1.0"] == "unknown"
    assert found["SSLv3"] == "rejected"


class Limiter:
    """A token bucket: closes what comes too fast."""

    def __init__(self, *, burst: int, per_s: float) -> None:
        self._tokens = float(burst)
        self._burst, self._per_s = burst, per_s
        self._at = time.monotonic()

    async def admits(self, _number: int) -> bool:
        now = time.monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._per_s)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


# ---- several addresses -----------------------------------------------------------------------------------------


def test_two_addresses_are_probed_and_every_one_is_listed(tmp_path: Path) -> None:
    async def run() -> tuple[TlsEndpoint, ...]:
        async with tls_server(context_of(tmp_path, LEAF)) as port:
            addresses = ("127.0.0.1", "127.0.0.2", "127.0.0.3", "::1")
            return (await look_at(addresses, port)).endpoints

    first, second, third, sixth = asyncio.run(run())

    assert first.chains
    assert [e.missing.why for e in (second, third) if e.missing] == [Why.NOT_ASKED, Why.NOT_ASKED]
    assert sixth.missing is not None
    assert sixth.missing.why is Why.REFUSED  # it listens on IPv4 only, and was asked


def test_waiting_out_of_politeness_costs_the_host_no_time(tmp_path: Path) -> None:
    async def run() -> TlsEndpoint:
        async with tls_server(context_of(tmp_path, LEAF)) as port:
            net = Connector(waits_s=5.0)
            evidence = await probe_tls(
                net, HOST, port, ("127.0.0.1",), depth=Depth.PASSIVE, deadline_s=5.0, patience=QUICK
            )
            assert set(net.opened) == {"hello"}
            return evidence.endpoints[0]

    assert accepted(asyncio.run(run())) == {"TLSv1.2", "TLSv1.3"}


def test_when_the_time_is_up_the_open_questions_say_so(tmp_path: Path) -> None:
    """A server that stops answering after the first good hello, on a visit with little time left."""

    async def run() -> TlsEndpoint:
        async with tls_server(context_of(tmp_path, LEAF, newest=TLS12_ONLY)) as back:
            count = 0

            async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                nonlocal count
                count += 1
                hello = await reader.read(4096)
                if count > 2:
                    await reader.read(1)
                    return
                real_reader, real_writer = await asyncio.open_connection("127.0.0.1", back)
                real_writer.write(hello)
                writer.write(await real_reader.read(16_384))
                await writer.drain()
                real_writer.close()

            async with raw_server(relay) as port:
                return await look(port, deadline_s=0.6)

    endpoint = asyncio.run(run())

    assert answers(endpoint)["TLSv1.2"] == "accepted"
    assert endpoint.versions is not None
    assert {o.detail for o in endpoint.versions if o.answer == "unknown"} == {OUT_OF_TIME}
