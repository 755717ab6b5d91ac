"""ClientHello bytes: what is offered, and the lengths that servers bear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.collect.tls import tls13
from scanner.collect.tls.hello import (
    SSL3,
    TLS10,
    TLS11,
    TLS12,
    TLS13,
    client_hello,
    in_record,
    ssl2_hello,
)
from scanner.collect.tls.question import hello13, portions
from scanner.collect.tls.suites import HELLO_LIMIT, legacy_suites, tls12_portions
from scanner.collect.tls.suites import TLS13 as SUITES13
from scanner.parse.tls_names import SUITES, alert_name, suite_name, version_name

RANDOM = bytes(range(32))
label = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=63)
host = st.lists(label, min_size=1, max_size=3).map(".".join)


@given(host, st.sampled_from([TLS10, TLS11, TLS12, TLS13]))
def test_no_hello_has_a_length_that_breaks_servers(name: str, version: int) -> None:
    suites = SUITES13 if version == TLS13 else legacy_suites()
    shares = [(0x1D, bytes(32)), (0x17, bytes(65))] if version == TLS13 else []

    message = client_hello(version, suites, random=RANDOM, host=name, shares=shares)

    assert not 256 <= len(message) < 512
    assert len(message) % 256 not in (10, 14)
    assert int.from_bytes(message[1:4], "big") == len(message) - 4


def test_the_server_name_is_sent_for_names_and_not_for_addresses() -> None:
    named = client_hello(TLS12, (0x2F,), random=RANDOM, host="so.example.")
    bare = client_hello(TLS12, (0x2F,), random=RANDOM, host="2001:db8::1")

    assert b"\x00\x00\x0aso.example" in named
    assert b"2001" not in bare


def test_ssl3_gets_no_extensions() -> None:
    message = client_hello(SSL3, (0x2F, 0x35), random=RANDOM, host="so.example")

    assert message[4:6] == b"\x03\x00"
    assert message.endswith(b"\x00\x06\x00\x2f\x00\x35\x00\xff\x02\x01\x00")


def test_the_first_record_says_no_more_than_tls_1_0() -> None:
    assert in_record(b"x", TLS13)[:3] == b"\x16\x03\x01"
    assert in_record(b"x", SSL3)[:3] == b"\x16\x03\x00"


def test_the_ssl2_hello_states_its_own_length() -> None:
    wire = ssl2_hello(bytes(16))

    assert int.from_bytes(wire[:2], "big") & 0x7FFF == len(wire) - 2
    assert wire[2:5] == b"\x01\x00\x02"


def test_every_suite_of_the_table_is_asked_exactly_once_in_tls_1_2() -> None:
    asked = [s for portion in tls12_portions() for s in portion]

    assert sorted(asked) == sorted(s for s in SUITES if s not in SUITES13)
    assert all(len(p) <= HELLO_LIMIT for p in tls12_portions())


def test_the_legacy_hello_holds_no_suite_that_needs_tls_1_2() -> None:
    names = [SUITES[s] for s in legacy_suites()]

    assert "TLS_RSA_WITH_AES_128_CBC_SHA" in names
    assert "TLS_RSA_EXPORT_WITH_RC4_40_MD5" in names
    assert not [n for n in names if n.endswith(("_SHA256", "_SHA384"))]


@pytest.mark.parametrize("version", [TLS13, TLS12, TLS11, TLS10, SSL3])
def test_each_hello_is_made_with_fresh_random_values(version: int) -> None:
    make = portions(version, "so.example")[0]

    assert make().wire != make().wire


def test_an_unknown_code_point_is_printed_as_a_number() -> None:
    assert version_name(0x0305) == "0x0305"
    assert suite_name(0xFFFE) == "0xFFFE"
    assert alert_name(70) == "70 protocol_version"
    assert alert_name(255) == "255 unassigned"


def test_the_tls_1_3_hello_carries_two_key_shares() -> None:
    hello = hello13("so.example")

    assert [s.group for s in hello.shares] == [0x1D, 0x17]
    assert all(s.public in hello.message for s in hello.shares)
    assert tls13.new_share(0x0100) is None
