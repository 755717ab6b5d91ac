"""Proofs that a name or a type does not exist: NSEC (RFC 4034 section 4) and NSEC3 (RFC 5155), from their records.

Everything here is pure and total: a record or None, a name in canonical order or None.
"""

import base64
import hashlib
import re
import struct
from dataclasses import dataclass

ESCAPE = re.compile(rb"\\(\d{3}|.)", re.DOTALL)
LABEL = re.compile(rb"(?:[^.\\]|\\\d{3}|\\.)+", re.DOTALL)
ITERATIONS_MOST = (
    150  # above it validators treat a zone as unsigned (RFC 9276 section 3.2); and hashing costs us
)
SHA1 = 1
OPT_OUT = 1
HASH_FIELDS = 5
BASE32HEX = bytes.maketrans(b"0123456789ABCDEFGHIJKLMNOPQRSTUV", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

Labels = tuple[bytes, ...]
"""A name in canonical order: its labels from the root down, in lower case (RFC 4034 section 6.1)."""

LOW_TYPES = """
- A NS MD MF CNAME SOA MB MG MR NULL WKS PTR HINFO MINFO MX TXT RP AFSDB X25 ISDN RT NSAP NSAP-PTR SIG KEY PX GPOS AAAA
LOC NXT EID NIMLOC SRV ATMA NAPTR KX CERT A6 DNAME SINK OPT APL DS SSHFP IPSECKEY RRSIG NSEC DNSKEY DHCID NSEC3
NSEC3PARAM TLSA SMIMEA - HIP NINFO RKEY TALINK CDS CDNSKEY OPENPGPKEY CSYNC ZONEMD SVCB HTTPS
"""  # by IANA's numbers, from 0 to 65
HIGH_TYPES = {"SPF": 99, "NXNAME": 128, "URI": 256, "CAA": 257, "AVC": 258, "TA": 32768, "DLV": 32769}
TYPES = {name: number for number, name in enumerate(LOW_TYPES.split()) if name != "-"} | HIGH_TYPES


@dataclass(frozen=True, slots=True)
class Nsec:
    """Nothing lies between two names; the first has these types."""

    owner: Labels
    following: Labels
    types: frozenset[str]

    def matches(self, name: Labels) -> bool:
        """True when it speaks of the name itself."""
        return self.owner == name

    def covers(self, name: Labels) -> bool:
        """True when the name lies in the gap; the last gap of a zone leads back to its first name."""
        if self.owner < self.following:
            return self.owner < name < self.following
        return name > self.owner or name < self.following


@dataclass(frozen=True, slots=True)
class Nsec3:
    """The same for hashes of names. `parent` is the zone the hash stands below."""

    parent: Labels
    owner: bytes
    following: bytes
    types: frozenset[str]
    iterations: int
    salt: bytes
    has_opt_out: bool

    def digest(self, name: Labels) -> bytes:
        """The hash of a name by the rule of this record (section 5)."""
        return nsec3_digest(name, self.salt, self.iterations)

    def matches(self, name: Labels) -> bool:
        """True when it speaks of the name itself."""
        return self.digest(name) == self.owner

    def covers(self, name: Labels) -> bool:
        """True when the hash of the name lies in the gap."""
        found = self.digest(name)
        if self.owner < self.following:
            return self.owner < found < self.following
        return found > self.owner or found < self.following


def labels_of(name: str) -> Labels | None:
    """A name in canonical order; None when it cannot be spelt. Escapes are those of RFC 1035 section 5.1."""
    try:
        plain = name.removesuffix(".").encode("ascii")
    except UnicodeEncodeError:
        return None
    if not plain:
        return ()
    parts = LABEL.findall(plain)
    if b".".join(parts) != plain:
        return None
    labels = [_unescaped(part) for part in parts]
    if any(label is None or not 0 < len(label) < 64 for label in labels):
        return None
    return tuple(label.lower() for label in reversed(labels) if label is not None)


def wire_of(labels: Labels) -> bytes:
    """A name on the wire, uncompressed."""
    return b"".join(bytes([len(label)]) + label for label in reversed(labels)) + b"\x00"


def nsec3_digest(name: Labels, salt: bytes, iterations: int) -> bytes:
    """The hash of a name: SHA-1, then as often again as `iterations` says (RFC 5155 section 5)."""
    found = hashlib.sha1(wire_of(name) + salt, usedforsecurity=False).digest()
    for _ in range(iterations):
        found = hashlib.sha1(found + salt, usedforsecurity=False).digest()
    return found


def read_nsec(owner: str, record: str) -> Nsec | None:
    """An NSEC record, or None when it is none."""
    parts = record.split()
    first, following = labels_of(owner), labels_of(parts[0]) if parts else None
    if first is None or following is None:
        return None
    return Nsec(first, following, frozenset(parts[1:]))


def read_nsec3(owner: str, record: str) -> Nsec3 | None:
    """An NSEC3 record whose hash we know how to compute at a bearable cost, or None."""
    parts = record.split()
    names = labels_of(owner)
    if not names or len(parts) < HASH_FIELDS:
        return None
    try:
        algorithm, flags, iterations = (int(part) for part in parts[:3])
        salt = b"" if parts[3] == "-" else bytes.fromhex(parts[3])
    except ValueError:
        return None
    first, following = _unpacked(names[-1]), _unpacked(parts[4].encode("ascii", "replace"))
    if algorithm != SHA1 or not 0 <= iterations <= ITERATIONS_MOST or not first or not following:
        return None
    types = frozenset(parts[5:])
    return Nsec3(names[:-1], first, following, types, iterations, salt, bool(flags & OPT_OUT))


def nsec_wire(record: str) -> bytes | None:
    """The data of an NSEC record. The next name keeps its letter case (RFC 6840 section 5.1)."""
    parts = record.split()
    bitmap = _bitmap(parts[1:])
    try:
        plain = parts[0].removesuffix(".").encode("ascii") if parts else b""
    except UnicodeEncodeError:
        return None
    labels = [_unescaped(part) for part in LABEL.findall(plain)]
    if not parts or labels_of(parts[0]) is None or bitmap is None:
        return None
    return b"".join(bytes([len(x)]) + x for x in labels if x) + b"\x00" + bitmap


def nsec3_wire(record: str) -> bytes | None:
    """The data of an NSEC3 record."""
    parts = record.split()
    if len(parts) < HASH_FIELDS:
        return None
    bitmap, following = _bitmap(parts[5:]), _unpacked(parts[4].encode("ascii", "replace"))
    if bitmap is None or not following:
        return None
    try:
        salt = b"" if parts[3] == "-" else bytes.fromhex(parts[3])
        head = struct.pack("!BBHB", int(parts[0]), int(parts[1]), int(parts[2]), len(salt))
    except (ValueError, struct.error):
        return None
    return head + salt + bytes([len(following)]) + following + bitmap


def _unescaped(label: bytes) -> bytes | None:
    try:
        return ESCAPE.sub(lambda m: bytes([int(m[1])]) if len(m[1]) > 1 else m[1], label)
    except ValueError:
        return None


def _unpacked(text: bytes) -> bytes:
    """Bytes of base32 with the extended hex alphabet, without padding (RFC 4648 section 7); empty when it is none."""
    upper = text.upper()
    if not re.fullmatch(rb"[0-9A-V]+", upper):
        return b""
    try:
        return base64.b32decode(upper.translate(BASE32HEX) + b"=" * (-len(upper) % 8))
    except ValueError:
        return b""


def _bitmap(types: list[str]) -> bytes | None:
    """The types a record lists, window by window (RFC 4034 section 4.1.2)."""
    windows: dict[int, bytearray] = {}
    for name in types:
        number = _number(name)
        if number is None:
            return None
        bits = windows.setdefault(number >> 8, bytearray(32))
        bits[(number & 0xFF) >> 3] |= 0x80 >> (number & 7)
    filled = ((window, bytes(bits).rstrip(b"\x00")) for window, bits in sorted(windows.items()))
    return b"".join(bytes([window, len(bits)]) + bits for window, bits in filled)


def _number(name: str) -> int | None:
    if name in TYPES:
        return TYPES[name]
    digits = name.removeprefix("TYPE")
    is_number = name.startswith("TYPE") and digits.isascii() and digits.isdigit() and len(digits) < 6
    return int(digits) if is_number and int(digits) < 65536 else None
