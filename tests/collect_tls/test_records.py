"""The reader of a server's first flight: honest flights, and bytes that want to hurt it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.collect.tls.records import (
    RETRY_RANDOM,
    FlightReader,
    ServerHello,
    WireError,
    is_ssl2_hello,
    read_certificates,
    read_server_hello,
)
from scanner.model.evidence import Why
from scanner.parse.tls_names import PLAIN_HTTP


def vector(data: bytes, size: int) -> bytes:
    return len(data).to_bytes(size, "big") + data


def message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + vector(body, 3)


def record(body: bytes, kind: int = 22) -> bytes:
    return bytes([kind, 3, 3]) + vector(body, 2)


def server_hello(version: int = 0x0303, random: bytes = bytes(32), extensions: bytes = b"") -> bytes:
    body = version.to_bytes(2, "big") + random + b"\x00" + b"\xc0\x2f\x00"
    return message(2, body + (vector(extensions, 2) if extensions else b""))


def certificates(*ders: bytes) -> bytes:
    return message(11, vector(b"".join(vector(d, 3) for d in ders), 3))


def reader() -> FlightReader:
    return FlightReader(lambda _hello: None)


def test_a_whole_flight_of_tls_1_2_is_read() -> None:
    flights = reader()

    flights.feed(record(server_hello() + certificates(b"leaf", b"issuer") + message(14, b"")))

    assert flights.is_complete
    assert flights.flight.certificates == (b"leaf", b"issuer")
    assert flights.flight.hello is not None
    assert flights.flight.hello.suite == 0xC02F


@given(st.lists(st.integers(1, 40), max_size=12))
def test_it_does_not_matter_how_the_bytes_arrive(cuts: list[int]) -> None:
    wire = record(server_hello()) + record(certificates(b"leaf")) + record(message(14, b""))
    flights = reader()

    for size in cuts:
        flights.feed(wire[:size])
        wire = wire[size:]
    flights.feed(wire)

    assert flights.is_complete
    assert flights.flight.certificates == (b"leaf",)


@given(st.binary(max_size=400))
def test_noise_raises_the_one_error_or_nothing(noise: bytes) -> None:
    for wire in (noise, record(noise), record(server_hello() + noise)):
        with suppress(WireError):
            reader().feed(wire)


@given(st.binary(max_size=200), st.booleans())
def test_parsers_of_messages_are_total(noise: bytes, is_13: bool) -> None:
    for parse in (lambda: read_server_hello(noise), lambda: read_certificates(noise, is_13=is_13)):
        with suppress(WireError):
            parse()


def test_a_fatal_alert_ends_the_flight_and_a_warning_does_not() -> None:
    flights = reader()

    flights.feed(record(b"\x01\x70", 21))
    assert not flights.is_complete
    flights.feed(record(b"\x02\x46", 21))

    assert flights.is_complete
    assert flights.flight.alert == 70


def test_a_stapled_response_is_kept() -> None:
    flights = reader()

    flights.feed(record(server_hello() + certificates(b"leaf") + message(22, b"\x01" + vector(b"ocsp", 3))))

    assert flights.flight.staple == b"ocsp"


def test_certificates_of_tls_1_3_carry_their_staple() -> None:
    extra = vector(b"\x00\x05" + vector(b"\x01" + vector(b"ocsp", 3), 2), 2)
    body = b"\x00" + vector(vector(b"leaf", 3) + extra + vector(b"issuer", 3) + vector(b"", 2), 3)

    assert read_certificates(body, is_13=True) == (
        (b"leaf", b"issuer"),
        {5: b"\x01\x00\x00\x04ocsp"},
        False,
    )


def test_no_more_than_ten_certificates_are_kept() -> None:
    body = certificates(*([b"x"] * 11))[4:]

    found, _, is_truncated = read_certificates(body, is_13=False)

    assert len(found) == 10
    assert is_truncated


def test_a_retry_request_is_told_from_a_hello() -> None:
    extensions = b"\x00\x2b\x00\x02\x03\x04\x00\x33\x00\x02\x00\x18"

    hello = read_server_hello(server_hello(random=RETRY_RANDOM, extensions=extensions))

    assert hello.is_retry
    assert hello.version == 0x0304
    assert hello.share == (0x18, b"")


def test_encrypted_records_are_opened_and_the_reader_stops_after_the_signature() -> None:
    inside = message(11, b"\x00" + vector(vector(b"leaf", 3) + b"\x00\x00", 3))
    flights = FlightReader(lambda _hello: lambda _header, body: (22, body))

    flights.feed(record(server_hello(extensions=b"\x00\x2b\x00\x02\x03\x04")) + record(b"\x01", 20))
    flights.feed(record(message(8, b"\x00\x00") + inside + message(15, b"\x08\x04"), 23))

    assert flights.is_complete
    assert flights.flight.certificates == (b"leaf",)


def test_an_encrypted_alert_ends_the_flight() -> None:
    flights = FlightReader(lambda _hello: lambda _header, _body: (21, b"\x01\x74"))

    flights.feed(record(server_hello(extensions=b"\x00\x2b\x00\x02\x03\x04")) + record(b"x", 23))

    assert flights.is_complete
    assert flights.flight.alert == 116


def test_tls_1_3_without_our_key_ends_with_the_hello() -> None:
    flights = reader()

    flights.feed(record(server_hello(extensions=b"\x00\x2b\x00\x02\x03\x04")))

    assert flights.is_complete
    assert flights.flight.certificates is None


@pytest.mark.parametrize(
    ("wire", "why", "told"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n", Why.TLS, PLAIN_HTTP),
        (b"SSH-2.0-OpenSSH_9.2\r\n", Why.MALFORMED, "no TLS"),
        (b"\x16\x04\x00\x00\x01x", Why.MALFORMED, "no TLS"),
        (b"\x16\x03\x03\xff\xff", Why.MALFORMED, "a record of 65535 bytes"),
        (record(b"\x02\xff\xff\xff"), Why.TOO_LARGE, "handshake message"),
        (record(certificates(b"x")), Why.MALFORMED, "before the ServerHello"),
        (record(server_hello() * 2), Why.MALFORMED, "a second ServerHello"),
        (record(b"\x02", 21), Why.MALFORMED, "an alert of 1 bytes"),
        (record(b"data", 23), Why.MALFORMED, "a record of type 23"),
        (record(b"", 20) * 65, Why.TOO_LARGE, "records"),
        (record(server_hello()) + record(message(16, bytes(9000))) * 8, Why.TOO_LARGE, "bytes of handshake"),
        (record(message(2, b"\x03\x03short")), Why.MALFORMED, "a field of"),
    ],
)
def test_foreign_and_hurtful_bytes_are_named(wire: bytes, why: Why, told: str) -> None:
    with pytest.raises(WireError) as caught:
        reader().feed(wire)

    assert caught.value.why is why
    assert told in caught.value.detail


def test_the_start_of_http_is_waited_for() -> None:
    flights = reader()

    flights.feed(b"HTT")

    assert not flights.is_complete
    with pytest.raises(WireError):
        flights.feed(b"P/1.0 400\r\n")


def test_the_server_hello_of_ssl2_is_recognised() -> None:
    assert is_ssl2_hello(b"\x80\x40\x04\x00\x01\x00\x02rest")
    assert not is_ssl2_hello(b"\x80\x03\x00\x00\x01\x00\x02")
    assert not is_ssl2_hello(b"\x80")


def test_a_hello_without_extensions_speaks_its_own_version() -> None:
    assert ServerHello(0x0301, 0x2F, b"").version == 0x0301
    assert ServerHello(0x0303, 0x1301, b"", extensions={43: b"\x03"}).version == 0x0303
