"""Whether timestamps of transparency logs are real: their signatures, by the keys of known logs (RFC 6962)."""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from scanner.identify.revocation import issuer_among
from scanner.model.reference import CtLog
from scanner.parse.certificate import READ_ERRORS, CertificateError, load_certificate
from scanner.parse.der import DerError, elements
from scanner.parse.sct import (
    CERTIFICATE,
    PRECERTIFICATE,
    Timestamp,
    precert_entry,
    timestamps_in,
    x509_entry,
)

SHA256, RSA, ECDSA = 4, 1, 3  # as in TLS 1.2 (RFC 5246 section 7.4.1.4.1)
OCTET_STRING = 0x04
EMBEDDED, BESIDE = "certificate", "handshake"


class Stamp(StrEnum):
    """What a timestamp is worth."""

    VALID = "valid"
    FORGED = "forged"  # the log it names did not sign this
    UNKNOWN_LOG = "unknown-log"  # the table of logs has no such key
    UNVERIFIED = "unverified"  # the issuer is not known, and it is signed along


@dataclass(frozen=True, slots=True)
class StampSeen:
    """One timestamp, where it stood, and what it is worth."""

    state: Stamp
    place: str  # certificate or handshake
    log: str  # name of the log, or the hash of its key in hex
    operator: str = ""


def stamps_of(
    ders: Sequence[bytes], beside: Sequence[bytes], logs: Mapping[str, CtLog]
) -> tuple[StampSeen, ...]:
    """The timestamps inside a leaf and those beside it; `ders` are it and certificates that may be its issuer's."""
    try:
        leaf, issuer = load_certificate(ders[0]), issuer_among(ders)
    except (IndexError, CertificateError):
        return ()
    inside = tuple(
        _seen(one, EMBEDDED, PRECERTIFICATE, _precertificate(leaf, issuer), logs) for one in embedded_in(leaf)
    )
    sent = (one for data in beside for one in timestamps_in(data))
    return (*inside, *(_seen(one, BESIDE, CERTIFICATE, x509_entry(ders[0]), logs) for one in sent))


def embedded_in(leaf: x509.Certificate) -> Iterator[Timestamp]:
    """The timestamps inside a certificate (RFC 6962 section 3.3)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = leaf.extensions.get_extension_for_class(x509.PrecertificateSignedCertificateTimestamps)
            inner = next(elements(found.value.public_bytes()), None)
    except (x509.ExtensionNotFound, DerError, *READ_ERRORS):
        return
    if inner is not None and inner.tag == OCTET_STRING:
        yield from timestamps_in(inner.content)


def _precertificate(leaf: x509.Certificate, issuer: x509.Certificate | None) -> bytes | None:
    if issuer is None:
        return None
    try:
        spki = issuer.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return precert_entry(leaf.tbs_precertificate_bytes, sha256(spki).digest())
    except READ_ERRORS:
        return None


def _seen(one: Timestamp, place: str, kind: int, entry: bytes | None, logs: Mapping[str, CtLog]) -> StampSeen:
    log = logs.get(one.log)
    if log is None:
        return StampSeen(Stamp.UNKNOWN_LOG, place, one.log)
    if entry is None:
        return StampSeen(Stamp.UNVERIFIED, place, log.name, log.operator)
    is_real = one.hash_kind == SHA256 and _is_signed(log.key, one, one.signed(kind, entry))
    return StampSeen(Stamp.VALID if is_real else Stamp.FORGED, place, log.name, log.operator)


@lru_cache(maxsize=256)  # a visit reads the same few timestamps for several views
def _is_signed(log_key: bytes, one: Timestamp, data: bytes) -> bool:
    try:
        key = load_der_public_key(log_key)
        if isinstance(key, ec.EllipticCurvePublicKey) and one.signature_kind == ECDSA:
            key.verify(one.signature, data, ec.ECDSA(hashes.SHA256()))
        elif isinstance(key, rsa.RSAPublicKey) and one.signature_kind == RSA:
            key.verify(one.signature, data, padding.PKCS1v15(), hashes.SHA256())
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm, *READ_ERRORS):
        return False
    return True
