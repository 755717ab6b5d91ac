"""One TLSA record in presentation format, and whether a certificate is the one it names (RFC 6698 section 2)."""

from dataclasses import dataclass
from hashlib import sha256, sha512

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from scanner.parse.certificate import READ_ERRORS, CertificateError, load_certificate

PKIX_TA, PKIX_EE, DANE_TA, DANE_EE = range(4)
FIELDS = 4
SIZES = {1: 64, 2: 128}  # hex digits of SHA-256 and SHA-512
FOR_MAIL = (DANE_TA, DANE_EE)  # RFC 7672 section 3.1.3 leaves the other usages out


@dataclass(frozen=True, slots=True)
class Tlsa:
    """Which certificate is meant, how it is matched, and the data in lower-case hex."""

    usage: int
    selector: int
    matching: int
    data: str

    @property
    def is_usable_for_mail(self) -> bool:
        """True when senders of mail may rely on it (RFC 7672 section 3.1)."""
        return self.usage in FOR_MAIL

    def names(self, der: bytes) -> bool:
        """True when the certificate is the one the record means."""
        selected = der if self.selector == 0 else _spki(der)
        if selected is None:
            return False
        return (
            self.data == (selected, sha256(selected).digest(), sha512(selected).digest())[self.matching].hex()
        )


def read_tlsa(record: str) -> Tlsa | None:
    """The record, or None when its fields are out of range or its digest has the wrong length."""
    parts = record.split(None, FIELDS - 1)
    if len(parts) < FIELDS or not all(p.isascii() and p.isdigit() and len(p) < 4 for p in parts[:3]):
        return None
    usage, selector, matching = (int(part) for part in parts[:3])
    data = "".join(parts[3].split()).lower()
    is_hex = bool(data) and len(data) % 2 == 0 and set(data) <= set("0123456789abcdef")
    if not is_hex or usage > 3 or selector > 1 or matching > 2 or len(data) != SIZES.get(matching, len(data)):
        return None
    return Tlsa(usage, selector, matching, data)


def _spki(der: bytes) -> bytes | None:
    try:
        key = load_certificate(der).public_key()
        return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except (CertificateError, *READ_ERRORS):
        return None
