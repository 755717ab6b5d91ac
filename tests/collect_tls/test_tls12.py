"""The pieces of a whole TLS 1.2 handshake: the function that derives keys, and records that open what they sealed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.collect.tls import tls12
from scanner.collect.tls.records import WireError

SUITES = sorted(tls12.SUITES)


def test_the_pseudorandom_function_gives_the_published_vector() -> None:
    """P_SHA256 as posted to the TLS working group (2009), in use by every implementation's tests."""
    output = tls12.prf(
        "sha256",
        bytes.fromhex("9bbe436ba940f017b17652849a71db35"),
        b"test label",
        bytes.fromhex("a0ba9f936cda311827a6f796ffd5198c"),
        100,
    )

    assert output.hex() == (
        "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a"
        "6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab"
        "4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701"
        "87347b66"
    )


@pytest.mark.parametrize("suite", SUITES)
@given(contents=st.lists(st.binary(max_size=100), min_size=1, max_size=4))
def test_what_was_sealed_opens_in_order(suite: int, contents: list[bytes]) -> None:
    ours, theirs = (
        tls12.session(suite, b"s" * 32, (b"c" * 32, b"r" * 32), b"", is_extended=True) for _ in "ab"
    )
    opened = theirs.client.opener()

    for content in contents:
        record = ours.client.seal(22, content)
        assert opened(record[:5], record[5:]) == (22, content)


@pytest.mark.parametrize("suite", SUITES)
def test_a_record_that_was_touched_is_refused(suite: int) -> None:
    session = tls12.session(suite, b"s" * 32, (b"c" * 32, b"r" * 32), b"", is_extended=False)
    again = tls12.session(suite, b"s" * 32, (b"c" * 32, b"r" * 32), b"", is_extended=False)
    record = bytearray(session.server.seal(22, b"hello"))
    record[-1] ^= 1

    with pytest.raises(WireError):
        again.server.opener()(bytes(record[:5]), bytes(record[5:]))


def test_the_extended_master_secret_is_another_one() -> None:
    plain, extended = (
        tls12.session(0xC02F, b"s" * 32, (b"c" * 32, b"r" * 32), b"messages", is_extended=e)
        for e in (False, True)
    )

    assert plain.master != extended.master
    assert len(plain.finished(b"client finished", b"")) == tls12.VERIFY_BYTES
