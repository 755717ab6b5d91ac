"""Signatures of DNSKEY, DS, SOA and NSEC records, checked from their presentation format (RFC 4034, RFC 4035).

Enough for a chain of trust down to a zone; whole zones are validated elsewhere. Everything here is pure.
"""

import base64
import hashlib
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from scanner.parse.nsec import labels_of, nsec3_wire, nsec_wire, wire_of

TYPES = {"SOA": 6, "DS": 43, "DNSKEY": 48, "NSEC": 47, "NSEC3": 50}
CLASS_IN = 1
ZONE_KEY, REVOKED = 0x0100, 0x0080
RSA_HASHES: dict[int, Callable[[], hashes.HashAlgorithm]] = {
    5: hashes.SHA1,
    7: hashes.SHA1,
    8: hashes.SHA256,
    10: hashes.SHA512,
}
CURVES = {13: (ec.SECP256R1, hashes.SHA256, 32), 14: (ec.SECP384R1, hashes.SHA384, 48)}
ED25519 = 15
DIGESTS = {1: "sha1", 2: "sha256", 4: "sha384"}
SUPPORTED = frozenset({*RSA_HASHES, *CURVES, ED25519})
KEY_FIELDS, DS_FIELDS, SOA_FIELDS, RRSIG_FIELDS = 4, 4, 7, 9
TIME = "%Y%m%d%H%M%S"


@dataclass(frozen=True, slots=True)
class DnsKey:
    """One DNSKEY record."""

    flags: int
    algorithm: int
    wire: bytes  # the whole record data

    @property
    def tag(self) -> int:
        """The number keys are told apart by (RFC 4034 appendix B)."""
        total = sum(byte << 8 if n % 2 == 0 else byte for n, byte in enumerate(self.wire))
        return (total + (total >> 16)) & 0xFFFF

    @property
    def signs_zones(self) -> bool:
        """True for a zone key that is not revoked (RFC 5011 section 2.1)."""
        return bool(self.flags & ZONE_KEY) and not self.flags & REVOKED


@dataclass(frozen=True, slots=True)
class Signature:
    """One RRSIG record."""

    covers: str
    algorithm: int
    labels: int
    ttl_s: int
    expires_at: datetime
    begins_at: datetime
    tag: int
    signer: str
    signature: bytes


def read_key(record: str) -> DnsKey | None:
    """A DNSKEY record, or None when it is none."""
    wire = record_wire("DNSKEY", record)
    return DnsKey(struct.unpack("!H", wire[:2])[0], wire[3], wire) if wire else None


def read_signature(record: str) -> Signature | None:
    """An RRSIG record, or None when it is none."""
    parts = record.split(None, RRSIG_FIELDS - 1)
    try:
        covers, algorithm, labels, ttl, expires, begins, tag, signer, packed = parts
        return Signature(
            covers,
            int(algorithm),
            int(labels),
            int(ttl),
            _moment(expires),
            _moment(begins),
            int(tag),
            signer.lower().rstrip("."),
            base64.b64decode("".join(packed.split()), validate=True),
        )
    except ValueError:
        return None


def is_digest_of(ds: str, owner: str, key: DnsKey) -> bool:
    """True when a DS record at `owner` stands for the key (RFC 4034 section 5.1.4)."""
    parts = ds.split(None, DS_FIELDS - 1)
    name = name_wire(owner)
    try:
        tag, algorithm, kind, digest = int(parts[0]), int(parts[1]), int(parts[2]), parts[3]
    except (ValueError, IndexError):
        return False
    if kind not in DIGESTS or name is None or (tag, algorithm) != (key.tag, key.algorithm):
        return False
    return hashlib.new(DIGESTS[kind], name + key.wire).hexdigest() == "".join(digest.split()).lower()


def is_signed_by(key: DnsKey, signature: Signature, owner: str, records: Sequence[str]) -> bool:
    """True when the signature over a set of records is the key's. Dates are not looked at."""
    if (key.tag, key.algorithm) != (signature.tag, signature.algorithm) or not key.signs_zones:
        return False
    data = _signed_data(signature, owner, records)
    if data is None:
        return False
    try:
        return _verify(key, signature.signature, data)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, struct.error):
        return False


def name_wire(name: str) -> bytes | None:
    """A name in canonical form: lower case, uncompressed (RFC 4034 section 6.2); None when it cannot be spelt."""
    labels = labels_of(name)
    return None if labels is None else wire_of(labels)


def record_wire(rrtype: str, record: str) -> bytes | None:
    """The data of a DNSKEY, DS, SOA, NSEC or NSEC3 record; None for any other and for one that cannot be read."""
    if rrtype == "NSEC":
        return nsec_wire(record)
    if rrtype == "NSEC3":
        return nsec3_wire(record)
    parts = record.split()
    try:
        if rrtype == "DNSKEY" and len(parts) >= KEY_FIELDS:
            key = base64.b64decode("".join(parts[3:]), validate=True)
            return struct.pack("!HBB", int(parts[0]), int(parts[1]), int(parts[2])) + key
        if rrtype == "DS" and len(parts) >= DS_FIELDS:
            head = struct.pack("!HBB", int(parts[0]), int(parts[1]), int(parts[2]))
            return head + bytes.fromhex("".join(parts[3:]))
        if rrtype == "SOA" and len(parts) == SOA_FIELDS:
            names = [name_wire(part) for part in parts[:2]]
            numbers = struct.pack("!5I", *map(int, parts[2:]))
            return None if None in names else b"".join(n for n in names if n) + numbers
    except (ValueError, struct.error):
        return None
    return None


def _signed_data(signature: Signature, owner: str, records: Sequence[str]) -> bytes | None:
    """What the signature covers: its own head, then the records in canonical order (RFC 4034 section 3.1.8.1)."""
    kind = TYPES.get(signature.covers)
    name, signer = name_wire(owner), name_wire(signature.signer)
    wires = [record_wire(signature.covers, record) for record in records]
    is_wildcard = signature.labels != len([label for label in owner.rstrip(".").split(".") if label])
    if kind is None or name is None or signer is None or None in wires or is_wildcard:
        return None
    times = (int(signature.expires_at.timestamp()), int(signature.begins_at.timestamp()))
    try:
        head = struct.pack(
            "!HBBIIIH", kind, signature.algorithm, signature.labels, signature.ttl_s, *times, signature.tag
        )
        fixed = name + struct.pack("!HHI", kind, CLASS_IN, signature.ttl_s)
        lines = (fixed + struct.pack("!H", len(w)) + w for w in sorted({w for w in wires if w is not None}))
        return head + signer + b"".join(lines)
    except struct.error:
        return None


def _verify(key: DnsKey, signature: bytes, data: bytes) -> bool:
    """True, or an exception of the library."""
    material = key.wire[4:]
    if key.algorithm in RSA_HASHES:
        hashed = RSA_HASHES[key.algorithm]()
        _rsa(material).verify(signature, data, padding.PKCS1v15(), hashed)
        return True
    if key.algorithm in CURVES:
        curve, digest, size = CURVES[key.algorithm]
        x, y = int.from_bytes(material[:size]), int.from_bytes(material[size:])
        r, s = int.from_bytes(signature[:size]), int.from_bytes(signature[size:])
        public = ec.EllipticCurvePublicNumbers(x, y, curve()).public_key()
        public.verify(encode_dss_signature(r, s), data, ec.ECDSA(digest()))
        return len(signature) == 2 * size
    if key.algorithm == ED25519:
        ed25519.Ed25519PublicKey.from_public_bytes(material).verify(signature, data)
        return True
    return False


def _rsa(material: bytes) -> rsa.RSAPublicKey:
    """The key of RFC 3110 section 2: length of the exponent, exponent, modulus."""
    length, start = (material[0], 1) if material[0] else (int.from_bytes(material[1:3]), 3)
    exponent, modulus = material[start : start + length], material[start + length :]
    return rsa.RSAPublicNumbers(int.from_bytes(exponent), int.from_bytes(modulus)).public_key()


def _moment(text: str) -> datetime:
    return datetime.strptime(text, TIME).replace(tzinfo=UTC)
