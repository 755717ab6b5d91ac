"""Lists of signed certificate timestamps (RFC 6962 section 3.3): which logs signed, when, and over what."""

import struct
from dataclasses import dataclass

LOG_ID_BYTES = 32
HEAD = struct.Struct(">B32sQH")  # version, log, time in milliseconds, length of the extensions
TAIL = struct.Struct(">BBH")  # hash, kind of signature, its length
LIMIT = 50
CERTIFICATE, PRECERTIFICATE = 0, 1


@dataclass(frozen=True, slots=True)
class Timestamp:
    """One timestamp of version 1."""

    log: str  # hash of the log's key, hex
    at_ms: int
    extensions: bytes
    hash_kind: int  # as in TLS 1.2: 4 is SHA-256
    signature_kind: int  # 1 RSA, 3 ECDSA
    signature: bytes

    def signed(self, kind: int, entry: bytes) -> bytes:
        """What the log signed about an entry of that kind (RFC 6962 section 3.2)."""
        head = struct.pack(">BBQH", 0, 0, self.at_ms, kind)
        return head + entry + struct.pack(">H", len(self.extensions)) + self.extensions


def timestamps_in(data: bytes) -> tuple[Timestamp, ...]:
    """The timestamps of a list. A damaged list gives those before the damage; other versions are left out."""
    found: list[Timestamp] = []
    end = min(len(data), 2 + int.from_bytes(data[:2]))
    at = 2
    while at + 2 <= end and len(found) < LIMIT:
        size = int.from_bytes(data[at : at + 2])
        if at + 2 + size > end or size <= LOG_ID_BYTES:
            break
        one = _timestamp(data[at + 2 : at + 2 + size])
        if one is not None:
            found.append(one)
        at += 2 + size
    return tuple(found)


def log_ids(data: bytes) -> tuple[str, ...]:
    """The logs that signed, in hex, each once."""
    return tuple(dict.fromkeys(one.log for one in timestamps_in(data)))


def x509_entry(der: bytes) -> bytes:
    """A certificate as logs sign it."""
    return len(der).to_bytes(3) + der


def precert_entry(tbs: bytes, issuer_key_hash: bytes) -> bytes:
    """A certificate without its timestamps as logs sign it; the hash is SHA-256 of the issuer's public key."""
    return issuer_key_hash + len(tbs).to_bytes(3) + tbs


def _timestamp(entry: bytes) -> Timestamp | None:
    if entry[:1] != b"\x00" or len(entry) < HEAD.size:  # version 1 is written as zero
        return None
    _, log, at_ms, length = HEAD.unpack_from(entry)
    extensions, rest = entry[HEAD.size : HEAD.size + length], entry[HEAD.size + length :]
    hash_kind, kind, size = TAIL.unpack_from(rest) if len(rest) >= TAIL.size else (0, 0, 0)
    signature = rest[TAIL.size :]
    return Timestamp(
        log.hex(), at_ms, extensions, hash_kind, kind, signature if len(signature) == size else b""
    )
