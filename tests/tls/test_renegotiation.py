"""The question about renegotiation against servers that misbehave: an answer or unknown, in time, never a guess."""

import asyncio

import pytest

from scanner.collect.tls.renegotiation import ask_renegotiation
from scanner.collect.tls.wire import Deadline
from scanner.model.evidence import Answer, Offer
from tests.collect_tls.servers import HOST, Connector, Handler, raw_server
from tests.collect_tls.test_hostile_servers import closing, dripping, resetting, saying, silent
from tests.lab.tls_first_flight import FirstFlight, answer, handshake

SUITES = (0xC02F, 0xC030)
RECORD = b"\x16\x03\x03"


def told(handler: Handler) -> Offer | None:
    async def run() -> Offer | None:
        async with raw_server(handler) as port:
            return await ask_renegotiation(
                Connector(), HOST, "127.0.0.1", port, SUITES, deadline=Deadline(3), patience_s=0.2
            )

    return asyncio.run(run())


def flight(*more: bytes) -> Handler:
    """A first flight by hand, with further messages before its end."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readexactly(5)
        body = await reader.readexactly(int.from_bytes(head[3:5], "big"))
        whole = answer(FirstFlight(suites=SUITES), body, [])
        messages = whole[5:-4] + b"".join(more) + whole[-4:]
        writer.write(RECORD + len(messages).to_bytes(2, "big") + messages)
        await writer.drain()
        await reader.read(4096)

    return serve


@pytest.mark.parametrize(
    "handler",
    [
        silent,
        resetting,
        closing,
        dripping,
        saying(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        saying(b"\x15\x03\x03\x00\x02\x02\x28"),
        saying(RECORD + b"\xff\xff" + bytes(70_000)),
        saying((RECORD + b"\x00\x04\x0b\xff\xff\xff") * 60),
        saying(RECORD + b"\x00\x01\x0e"),
        flight(),
    ],
)
def test_no_whole_handshake_is_no_answer(handler: Handler) -> None:
    found = told(handler)

    assert found is not None
    assert found.answer is Answer.UNKNOWN


def test_a_server_that_wants_a_certificate_is_left_alone() -> None:
    request = handshake(13, b"\x01\x01\x00\x02\x04\x01\x00\x00")

    assert told(flight(request)) is None


def test_a_closed_port_is_unknown() -> None:
    async def run() -> Offer | None:
        async with raw_server(silent) as port:
            pass
        return await ask_renegotiation(
            Connector(), HOST, "127.0.0.1", port, SUITES, deadline=Deadline(3), patience_s=0.2
        )

    found = asyncio.run(run())

    assert found is not None
    assert found.answer is Answer.UNKNOWN
