"""Stapled responses and timestamps: what they prove, and what hostile bytes do."""

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given
from hypothesis import strategies as st

from scanner.identify.revocation import StapleState, staple_of
from scanner.parse.certificate import read_certificate
from scanner.parse.ocsp import SIZE_LIMIT, OcspError, read_response
from scanner.parse.sct import log_ids
from tests.lab.pki import Authority, new_key, now

ROOT = Authority.root("Root")
ISSUING = ROOT.intermediate("Issuing", kind="RSA-2048")
CURVED = ROOT.intermediate("Curved")
LEAF = ISSUING.leaf("so.example")
DERS = tuple(c.public_bytes(Encoding.DER) for c in (LEAF.certificate, ISSUING.certificate))
FACTS = read_certificate(DERS[0])
AT = now()


def state(der: bytes | None, ders: tuple[bytes, ...] = DERS, at: datetime = AT) -> StapleState:
    return staple_of(der, read_certificate(ders[0]), ders, at=at).state


def test_a_good_staple_is_believed() -> None:
    assert state(ISSUING.staple(LEAF)) is StapleState.GOOD


def test_the_curve_of_the_issuer_does_not_matter() -> None:
    leaf = CURVED.leaf("so.example")
    ders = tuple(c.public_bytes(Encoding.DER) for c in (leaf.certificate, CURVED.certificate))

    assert state(CURVED.staple(leaf), ders) is StapleState.GOOD


def test_a_revoked_one_tells_when_and_why() -> None:
    staple = staple_of(ISSUING.staple(LEAF, is_revoked=True), FACTS, DERS, at=AT)

    assert (staple.state, staple.reason) == (StapleState.REVOKED, "keyCompromise")
    assert staple.revoked_at is not None


def test_revocation_outlives_the_response_that_tells_it() -> None:
    old = ISSUING.staple(LEAF, is_revoked=True, at=AT - timedelta(days=60))

    assert state(old) is StapleState.REVOKED


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (timedelta(days=-8), StapleState.STALE),
        (timedelta(days=-7), StapleState.GOOD),  # it ends this second
        (timedelta(minutes=5), StapleState.GOOD),  # clocks differ a little
        (timedelta(hours=1), StapleState.STALE),
    ],
)
def test_a_staple_has_its_time(start: timedelta, expected: StapleState) -> None:
    assert state(ISSUING.staple(LEAF, at=AT + start)) is expected


def test_a_staple_about_another_certificate_proves_nothing() -> None:
    assert state(ISSUING.staple(ISSUING.leaf("khac.example"))) is StapleState.FOREIGN


def test_a_staple_signed_by_somebody_proves_nothing() -> None:
    assert state(Authority.root("Somebody").staple(LEAF)) is StapleState.UNSIGNED


def test_without_the_issuer_nobody_can_say() -> None:
    assert state(ISSUING.staple(LEAF), DERS[:1]) is StapleState.UNVERIFIED
    assert staple_of(ISSUING.staple(LEAF), None, DERS, at=AT).state is StapleState.UNVERIFIED


def test_no_staple_is_no_fault() -> None:
    assert state(None) is StapleState.ABSENT


def delegated(*usages: x509.ObjectIdentifier, by: Authority = ISSUING) -> bytes:
    """A response signed by a responder that `by` issued with these usages."""
    key = new_key()
    start = AT - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(by.certificate.subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=30))
        .add_extension(x509.ExtendedKeyUsage(usages), critical=False)
        .sign(by.key, hashes.SHA256())
    )
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=LEAF.certificate,
        issuer=ISSUING.certificate,
        algorithm=hashes.SHA1(),
        cert_status=ocsp.OCSPCertStatus.GOOD,
        this_update=start,
        next_update=None,
        revocation_time=None,
        revocation_reason=None,
    )
    signed = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, certificate).certificates([certificate])
    return signed.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def test_a_responder_must_be_appointed_by_the_issuer() -> None:
    assert state(delegated(ExtendedKeyUsageOID.OCSP_SIGNING)) is StapleState.GOOD
    assert state(delegated(ExtendedKeyUsageOID.SERVER_AUTH)) is StapleState.UNSIGNED
    assert state(delegated(ExtendedKeyUsageOID.OCSP_SIGNING, by=ROOT)) is StapleState.UNSIGNED


def test_a_responder_that_refuses_says_nothing() -> None:
    refused = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER)

    with pytest.raises(OcspError, match="try_later"):
        read_response(refused.public_bytes(Encoding.DER))
    assert state(refused.public_bytes(Encoding.DER)) is StapleState.MALFORMED


def test_an_oversized_response_is_not_read() -> None:
    with pytest.raises(OcspError, match="more than"):
        read_response(bytes(SIZE_LIMIT + 1))


GOOD = ISSUING.staple(LEAF)


@given(st.binary(max_size=300), st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_only_the_promised_error_leaves_the_parser(noise: bytes, place: int, value: int) -> None:
    damaged = GOOD[:place] + bytes([value]) + GOOD[place + 1 :]
    for der in (noise, damaged, GOOD[:place]):
        with suppress(OcspError):
            assert read_response(der).this_update.tzinfo is not None
        assert state(der) in StapleState


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_a_damaged_staple_never_says_revoked(place: int, change: int) -> None:
    damaged = GOOD[:place] + bytes([GOOD[place] ^ change]) + GOOD[place + 1 :]

    assert state(damaged) is not StapleState.REVOKED


def sct(log: int) -> bytes:
    entry = b"\x00" + bytes([log]) * 32 + bytes(10) + b"\x04\x03\x00\x00"
    return len(entry).to_bytes(2, "big") + entry


def listed(*entries: bytes) -> bytes:
    body = b"".join(entries)
    return len(body).to_bytes(2, "big") + body


def test_timestamps_of_different_logs_are_counted() -> None:
    assert len(log_ids(listed(sct(1), sct(2), sct(1)))) == 2
    assert log_ids(listed(sct(1), b"\x00\x40short")) == ("01" * 32,)
    assert log_ids(b"") == ()


@given(st.binary(max_size=400))
def test_any_bytes_give_a_list_of_logs(data: bytes) -> None:
    assert all(len(log) == 64 for log in log_ids(data))
