"""Keys nobody should use: read although the library refuses them, and told by arithmetic."""

import random
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.parse.certificate import read_certificate
from scanner.parse.der import DerError
from scanner.parse.public_key import SMALL_PRIMES, read_spki, weakness_of
from tests.lab.pki import Authority, new_key

LEAF = Authority.root("Root", kind="RSA-2048").leaf("so.example", kind="RSA-2048").certificate
DER = LEAF.public_bytes(Encoding.DER)
EXPONENT = bytes.fromhex("0203010001")
CHOSEN = random.Random(20261126)


def is_prime(number: int) -> bool:
    if any(number % p == 0 for p in SMALL_PRIMES):
        return number in SMALL_PRIMES
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for _ in range(12):
        x = pow(CHOSEN.randrange(2, number - 1), odd, number)
        if x not in (1, number - 1) and not any(
            (x := pow(x, 2, number)) == number - 1 for _ in range(twos - 1)
        ):
            return False
    return True


def next_prime(number: int) -> int:
    number |= 1
    while not is_prime(number):
        number += 2
    return number


def roca_prime(bits: int) -> int:
    """A prime as the faulty library made them: k * M + (65537^a mod M), M the product of the first 39 primes."""
    product = 1
    for prime in SMALL_PRIMES:
        product *= prime
    while True:
        k = CHOSEN.getrandbits(bits - product.bit_length())
        prime = k * product + pow(65537, CHOSEN.getrandbits(200), product)
        if is_prime(prime):
            return prime


def with_exponent(replacement: bytes) -> bytes:
    return DER.replace(EXPONENT, replacement)


def test_ordinary_keys_bear_no_mark() -> None:
    assert weakness_of(new_key("RSA-2048").public_key().public_numbers().n) == ""  # type: ignore[union-attr]  # RSA
    primes = [next_prime(CHOSEN.getrandbits(256)) for _ in range(12)]
    assert {weakness_of(p * q) for p in primes for q in primes if p != q} == {""}


def test_roca_is_told_by_its_mark() -> None:
    assert weakness_of(roca_prime(256) * roca_prime(256)) == "roca"


def test_close_primes_and_small_factors_are_proven() -> None:
    p = next_prime(CHOSEN.getrandbits(512) | 1 << 511)

    assert weakness_of(p * next_prime(p + 2)) == "close-primes"
    assert weakness_of(p * p) == "close-primes"
    assert weakness_of(p * 7) == "small-factor"
    assert weakness_of(p * 2) == "small-factor"


def test_no_modulus_costs_much() -> None:
    assert weakness_of(0) == ""
    assert weakness_of((1 << 20_000) + 1) == ""


@pytest.mark.parametrize(
    ("number", "expected"), [(b"\x02\x03\x00\xff\xfe", 65534), (b"\x02\x03\x01\x00\x00", 65536)]
)
def test_an_exponent_the_library_refuses_is_read(number: bytes, expected: int) -> None:
    facts = read_certificate(with_exponent(number))

    assert (facts.key_type, facts.key_bits, facts.rsa_exponent) == ("RSA", 2048, expected)
    assert len(facts.spki_sha256) == 64


def made_by_openssl(folder: Path, *key: str) -> bytes:
    """A self-signed certificate of a key only OpenSSL makes."""
    subprocess.run(["openssl", *key, "-out", str(folder / "key.pem")], check=True, capture_output=True)
    command = ["req", "-x509", "-key", str(folder / "key.pem"), "-subj", "/CN=so.example", "-days", "30"]
    made = subprocess.run(["openssl", *command, "-outform", "DER"], check=True, capture_output=True)
    return made.stdout


def test_curves_the_library_does_not_know_still_have_a_size(tmp_path: Path) -> None:
    facts = read_certificate(made_by_openssl(tmp_path, "ecparam", "-name", "secp112r1", "-genkey", "-noout"))

    assert (facts.key_type, facts.key_bits, facts.curve) == ("EC", 112, "1.3.132.0.6")


def test_the_hand_reads_what_the_library_reads() -> None:
    read, facts = read_spki(LEAF.tbs_certificate_bytes), read_certificate(DER)

    assert (read.kind, read.bits, read.exponent, read.spki_sha256) == (
        facts.key_type,
        facts.key_bits,
        facts.rsa_exponent,
        facts.spki_sha256,
    )
    curved = Authority.root("Root").certificate
    of_curve = read_spki(curved.tbs_certificate_bytes)
    assert (of_curve.kind, of_curve.bits, of_curve.curve) == ("EC", 256, "1.2.840.10045.3.1.7")


TBS = x509.load_der_x509_certificate(DER).tbs_certificate_bytes


@settings(deadline=None)
@given(st.binary(max_size=100), st.integers(0, len(TBS) - 1), st.integers(0, 255))
def test_only_the_promised_error_leaves_the_hand_reader(noise: bytes, place: int, value: int) -> None:
    for data in (noise, TBS[:place] + bytes([value]) + TBS[place + 1 :], TBS[:place]):
        with suppress(DerError):
            assert read_spki(data).bits >= 0
