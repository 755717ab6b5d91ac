"""Tickets that allow early data, and bytes that are none."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from scanner.collect.tls.early_data import ask_early_data, early_data_of
from scanner.collect.tls.wire import Deadline
from scanner.model.evidence import Answer, Offer
from tests.collect_tls.servers import Connector, raw_server


def ticket(*extensions: bytes) -> bytes:
    """A NewSessionTicket with these extensions."""
    block = b"".join(extensions)
    body = bytes(8) + b"\x01n" + b"\x00\x03tkt" + len(block).to_bytes(2, "big") + block
    return b"\x04" + len(body).to_bytes(3, "big") + body


ALLOWED = b"\x00\x2a\x00\x04\x00\x00\x40\x00"
OTHER = b"\x00\x99\x00\x02ab"


def test_the_extension_says_how_much() -> None:
    assert early_data_of(ticket(ALLOWED)) == 0x4000
    assert early_data_of(ticket(OTHER, ALLOWED)) == 0x4000


def test_without_the_extension_nothing_is_allowed() -> None:
    assert early_data_of(ticket()) == 0
    assert early_data_of(ticket(OTHER)) == 0


@given(st.binary(max_size=60), st.integers(0, 30))
def test_damaged_tickets_allow_a_number_and_raise_nothing(noise: bytes, cut: int) -> None:
    assert early_data_of(noise) >= 0
    assert early_data_of(ticket(ALLOWED)[:cut]) >= 0


def test_a_server_that_leaves_in_the_middle_proves_nothing() -> None:
    async def run() -> Offer | None:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(4096)
            writer.write(b"\x16\x03\x03\x00\x04\x02\x00")

        async with raw_server(serve) as port:
            return await ask_early_data(
                Connector(), "so.example", "127.0.0.1", port, deadline=Deadline(3.0), patience_s=1.0
            )

    told = asyncio.run(run())

    assert told is not None
    assert told.answer is Answer.UNKNOWN


def test_a_closed_port_proves_nothing() -> None:
    async def run() -> Offer | None:
        return await ask_early_data(
            Connector(), "so.example", "127.0.0.1", 1, deadline=Deadline(3.0), patience_s=1.0
        )

    told = asyncio.run(run())

    assert told is not None
    assert told.answer is Answer.UNKNOWN
