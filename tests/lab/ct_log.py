"""Transparency logs of the lab: they sign what they are shown, as real ones do (RFC 6962 section 3.2)."""

import struct
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from scanner.model.reference import CtLog

AT_MS = 1_790_000_000_000
ECDSA, RSA = 3, 1


def spki_of(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    """The public key in DER."""
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def spki_hash(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    """SHA-256 of the public key."""
    return sha256(spki_of(key)).digest()


@dataclass(frozen=True)
class LabLog:
    """One log and its key."""

    name: str
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

    @property
    def row(self) -> tuple[str, CtLog]:
        """The entry of the table of logs."""
        return spki_hash(self.key).hex(), CtLog(spki_of(self.key), self.name, "Lab", "usable")

    def stamp(self, kind: int, entry: bytes) -> bytes:
        """A timestamp of an entry: 0 a certificate, 1 one before its timestamps."""
        signed = struct.pack(">BBQH", 0, 0, AT_MS, kind) + entry + b"\x00\x00"
        if isinstance(self.key, rsa.RSAPrivateKey):
            signature, how = self.key.sign(signed, padding.PKCS1v15(), hashes.SHA256()), RSA
        else:
            signature, how = self.key.sign(signed, ec.ECDSA(hashes.SHA256())), ECDSA
        head = struct.pack(">B32sQH", 0, spki_hash(self.key), AT_MS, 0)
        return head + struct.pack(">BBH", 4, how, len(signature)) + signature


def sct_list(*stamps: bytes) -> bytes:
    """Timestamps as one list (RFC 6962 section 3.3)."""
    entries = b"".join(len(s).to_bytes(2) + s for s in stamps)
    return len(entries).to_bytes(2) + entries


@lru_cache(maxsize=1)
def lab_logs() -> tuple[LabLog, ...]:
    """The logs that sign the lab's certificates unless a test wants others."""
    return tuple(LabLog(f"Lab {n}", ec.generate_private_key(ec.SECP256R1())) for n in range(1, 4))


def lab_table() -> dict[str, CtLog]:
    """The table that knows them."""
    return dict(log.row for log in lab_logs())
