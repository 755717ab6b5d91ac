"""Public keys of certificates: kind, size and known weaknesses, also of keys that the library refuses to load.

A key nobody should use is exactly what has to be told, so it is read by hand from its SubjectPublicKeyInfo (RFC 5280
section 4.1.2.7): the numbers of RSA, the size of the field for curves the library does not know.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from math import gcd, isqrt

from scanner.parse.der import BIT_STRING, OBJECT, DerError, Element, elements, sequence, unsigned

RSA_OIDS = frozenset({bytes.fromhex("2a864886f70d010101"), bytes.fromhex("2a864886f70d01010a")})
EC_OID = bytes.fromhex("2a8648ce3d0201")
VERSION = 0xA0
SPKI_PLACE = (
    5  # in a TBSCertificate without its version: serial, signature, issuer, validity, subject, then the key
)
UNCOMPRESSED, COMPRESSED = 0x04, (0x02, 0x03)

SMALL_PRIMES = tuple(n for n in range(2, 168) if all(n % d for d in range(2, isqrt(n) + 1)))
ROCA_GENERATOR = 65537
FERMAT_ROUNDS = 20
BITS_TESTED = 16_384  # a larger number costs us more than it proves


@dataclass(frozen=True, slots=True)
class PublicKey:
    """One key as it stands in a certificate."""

    kind: str  # RSA, EC
    bits: int
    curve: str = ""
    exponent: int = 0
    modulus: int = 0
    spki_sha256: str = ""


def read_spki(tbs: bytes) -> PublicKey:
    """The key in the signed part of a certificate. Raises DerError for kinds other than RSA and EC."""
    parts = sequence(tbs)
    at = SPKI_PLACE + (parts[0].tag == VERSION if parts else 0)
    if len(parts) <= at:
        raise DerError("no key")
    algorithm, bits = _two(sequence(parts[at].whole))
    digest = sha256(parts[at].whole).hexdigest()
    oid, *parameters = elements(algorithm.content)
    if oid.tag != OBJECT or bits.tag != BIT_STRING or bits.content[:1] != b"\x00":
        raise DerError("no key")
    if oid.content in RSA_OIDS:
        modulus, exponent = (unsigned(n) for n in _two(sequence(bits.content[1:])))
        return PublicKey("RSA", modulus.bit_length(), "", exponent, modulus, digest)
    if oid.content == EC_OID and parameters and parameters[0].tag == OBJECT:
        return PublicKey("EC", _field_bits(bits.content[1:]), _dotted(parameters[0].content), 0, 0, digest)
    raise DerError("another kind of key")


def weakness_of(modulus: int) -> str:
    """How an RSA modulus gives its primes away: small-factor, close-primes, roca; empty when it does not.

    The first two are proofs, the third is a mark that other keys carry by chance once in 2^154.
    """
    if not 0 < modulus.bit_length() <= BITS_TESTED:
        return ""
    if gcd(modulus, _product()) != 1:
        return "small-factor"
    if _has_close_primes(modulus):
        return "close-primes"
    return "roca" if _has_roca_mark(modulus) else ""


def _has_roca_mark(modulus: int) -> bool:
    """True when the modulus is a power of 65537 modulo every small prime (CVE-2017-15361; Nemec and others, 2017)."""
    return all(modulus % prime in powers for prime, powers in _roca_powers())


@lru_cache(maxsize=1)
def _roca_powers() -> tuple[tuple[int, frozenset[int]], ...]:
    return tuple((p, frozenset(pow(ROCA_GENERATOR, n, p) for n in range(p))) for p in SMALL_PRIMES[1:])


@lru_cache(maxsize=1)
def _product() -> int:
    product = 1
    for prime in SMALL_PRIMES:
        product *= prime
    return product


def _has_close_primes(modulus: int) -> bool:
    """True when a few steps of Fermat's method find the primes (CVE-2022-26320)."""
    middle = isqrt(modulus - 1) + 1
    for _ in range(FERMAT_ROUNDS):
        square = middle * middle - modulus
        root = isqrt(square)
        if root * root == square:
            return True
        middle += 1
    return False


def _two(found: tuple[Element, ...]) -> tuple[Element, Element]:
    if len(found) < 2:
        raise DerError("too short")
    return found[0], found[1]


def _field_bits(point: bytes) -> int:
    """The size of the field, rounded up to bytes, from the length of a point (SEC 1 section 2.3.3)."""
    if point[:1] == bytes([UNCOMPRESSED]):
        return (len(point) - 1) // 2 * 8
    if point[:1] and point[0] in COMPRESSED:
        return (len(point) - 1) * 8
    raise DerError("no point")


def _dotted(oid: bytes) -> str:
    """An object identifier as people write it."""
    numbers, value = [], 0
    for byte in oid:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    if not numbers:
        raise DerError("no identifier")
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))
