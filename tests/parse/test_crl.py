"""Revocation lists, issuers, addresses of certificates: honest ones are read, hostile bytes raise nothing new."""

from contextlib import suppress
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.parse.certificate_url import fetchable, led_to
from scanner.parse.crl import SIZE_LIMIT, CrlError, find, read_crl
from scanner.parse.issuers import issuers_in
from tests.lab.pki import Authority, now

ROOT = Authority.root("Root")
LEAF = ROOT.leaf("so.example")
LIST = ROOT.crl(LEAF.certificate)
DER = ROOT.certificate.public_bytes(Encoding.DER)


def test_a_list_tells_its_time_its_number_and_whom_it_names() -> None:
    said, entry = read_crl(LIST), find(LIST, LEAF.certificate.serial_number)

    assert said.number == 7
    assert said.next_update is not None
    assert said.next_update - said.this_update == timedelta(days=7)
    assert (said.is_delta, said.is_indirect, said.points, said.strange) == (False, False, (), ())
    assert entry is not None
    assert (entry.reason, entry.is_foreign) == ("keyCompromise", False)
    assert entry.revoked_at < now()
    assert find(LIST, 12345) is None


def test_an_oversized_list_is_not_read() -> None:
    with pytest.raises(CrlError, match="more than"):
        read_crl(bytes(SIZE_LIMIT + 1))


@settings(deadline=None)
@given(st.binary(max_size=200), st.integers(0, len(LIST) - 1), st.integers(0, 255))
def test_only_the_promised_error_leaves_the_reader(noise: bytes, place: int, value: int) -> None:
    for data in (noise, LIST[:place] + bytes([value]) + LIST[place + 1 :], LIST[:place]):
        with suppress(CrlError):
            assert read_crl(data).this_update.tzinfo is not None
        with suppress(CrlError):
            find(data, 7)


@settings(deadline=None)
@given(st.binary(max_size=200), st.integers(0, len(DER) - 1), st.integers(0, 255))
def test_issuers_are_read_or_there_are_none(noise: bytes, place: int, value: int) -> None:
    assert issuers_in(DER) == (DER,)
    for data in (
        noise,
        DER[:place] + bytes([value]) + DER[place + 1 :],
        b"-----BEGIN CERTIFICATE-----" + noise,
    ):
        assert all(isinstance(der, bytes) for der in issuers_in(data))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://pki.example/a.crl", True),
        ("http://pki.example:80/a.crl", True),
        ("http://192.0.2.7/a.crl", True),  # the address policy judges it at connect
        ("https://pki.example/a.crl", False),
        ("ldap://pki.example/cn=a", False),
        ("file:///etc/passwd", False),
        ("http://pki.example:6379/", False),
        ("http://admin@pki.example/", False),
        ("http://2130706433/", False),
        ("http://0x7f.1/", False),
        ("http://pki.example\\@10.0.0.1/", False),
        ("http:///a.crl", False),
        ("http://[::1", False),
        ("http://pki.example:99999999/", False),
        ("http://pki.example/a b", False),
        ("http://pki.example/\u0111", False),
        ("http://pki.example/" + "a" * 1000, False),
        ("", False),
    ],
)
def test_what_is_fetched_is_plain_http_on_its_own_port(url: str, expected: bool) -> None:
    assert fetchable(url) is expected


@given(st.text(max_size=60))
def test_no_text_surprises_and_no_redirect_leaves_the_rules(text: str) -> None:
    fetchable(text)
    target = led_to("http://pki.example/a.crl", text)
    assert target is None or target.startswith("http://")
