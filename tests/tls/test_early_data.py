"""Tickets that allow early data, and bytes that are none."""

from hypothesis import given
from hypothesis import strategies as st

from scanner.collect.tls.early_data import early_data_of


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
