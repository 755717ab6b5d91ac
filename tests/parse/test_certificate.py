"""Certificates from DER: honest, odd, and hostile ones."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ed448, ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from scanner.parse.certificate import SIZE_LIMIT, CertificateError, read_certificate
from tests.lab.pki import Authority, name

ROOT = Authority.root("Tỉnh Mẫu Root")
ISSUING = ROOT.intermediate("Tỉnh Mẫu Issuing")


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


LEAF = der(ISSUING.leaf("so.example", "www.so.example", "192.0.2.7").certificate)


def signed(key: object) -> bytes:
    """A bare certificate of any key, self-signed, without a single extension."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name("so.example"))
        .issuer_name(name("so.example"))
        .public_key(key.public_key())  # type: ignore[attr-defined]  # any private key
        .serial_number(7)
        .not_valid_before(start)
        .not_valid_after(start.replace(year=2027))
    )
    is_edwards = isinstance(key, ed25519.Ed25519PrivateKey | ed448.Ed448PrivateKey)
    digest = None if is_edwards else hashes.SHA256()
    return der(builder.sign(key, digest))  # type: ignore[arg-type]  # any private key


def test_a_leaf_is_read_whole() -> None:
    facts = read_certificate(LEAF)

    assert facts.subject == "CN=so.example"
    assert facts.common_name == "so.example"
    assert facts.dns_names == ("so.example", "www.so.example")
    assert facts.ip_names == ("192.0.2.7",)
    assert (facts.key_type, facts.key_bits, facts.curve) == ("EC", 256, "secp256r1")
    assert facts.signature_hash == "sha256"
    assert facts.issuer_urls == ("http://pki.mau.example/issuing.crt",)
    assert not facts.is_ca
    assert not facts.is_self_issued
    assert facts.faults == ()


def test_an_authority_is_told_from_a_leaf() -> None:
    facts = read_certificate(der(ROOT.certificate))

    assert facts.is_ca
    assert facts.is_self_issued
    assert not facts.has_names
    assert facts.issuer_urls == ()


def test_an_rsa_key_keeps_its_size_and_exponent() -> None:
    facts = read_certificate(der(ISSUING.leaf("so.example", kind="RSA-2048").certificate))

    assert (facts.key_type, facts.key_bits, facts.rsa_exponent) == ("RSA", 2048, 65537)


@pytest.mark.parametrize(
    ("key", "kind", "bits", "digest"),
    [
        (ed25519.Ed25519PrivateKey.generate(), "Ed25519", 256, ""),
        (ed448.Ed448PrivateKey.generate(), "Ed448", 456, ""),
        (dsa.generate_private_key(1024), "DSA", 1024, "sha256"),
    ],
)
def test_rare_keys_are_named(key: object, kind: str, bits: int, digest: str) -> None:
    facts = read_certificate(signed(key))

    assert (facts.key_type, facts.key_bits, facts.signature_hash) == (kind, bits, digest)
    assert not facts.has_names


def test_one_odd_extension_does_not_hide_the_rest() -> None:
    broken = LEAF.replace(b"\x82\x0aso.example", b"\x82\x0a\xff\xffso.examp")

    facts = read_certificate(broken)

    assert facts.subject == "CN=so.example"
    assert facts.dns_names == ()
    assert facts.faults[0].startswith("extensions:")


def test_an_odd_key_is_a_fault_and_no_crash() -> None:
    curve = bytes.fromhex("06082a8648ce3d030107")

    facts = read_certificate(LEAF.replace(curve, curve[:-1] + b"\x63"))

    assert facts.curve == "1.2.840.10045.3.1.99"
    assert any(f.startswith("key:") for f in facts.faults)


@pytest.mark.parametrize(
    "junk",
    [b"", b"0", b"\x30\x82\xff\xff", b"0" * (SIZE_LIMIT + 1), LEAF[:-9]],
    ids=("nothing", "a letter", "a length", "too large", "a part"),
)
def test_what_is_no_certificate_raises_the_one_error(junk: bytes) -> None:
    with pytest.raises(CertificateError):
        read_certificate(junk)


@given(st.integers(0, len(LEAF) - 1), st.integers(0, 255))
def test_one_changed_byte_gives_facts_or_the_one_error(place: int, byte: int) -> None:
    with suppress(CertificateError):
        read_certificate(LEAF[:place] + bytes([byte]) + LEAF[place + 1 :])


@given(st.binary(max_size=300))
def test_noise_raises_the_one_error(noise: bytes) -> None:
    with pytest.raises(CertificateError):
        read_certificate(noise)
