"""What a stapled response says about the certificate it came with, and whether it may be believed.

A staple counts when it speaks of this certificate, its signature leads to the issuer, and its time has come and is
not over (RFC 6960 section 3.2). Whatever else was sent is a fault of the server and proves nothing.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from scanner.parse.certificate import READ_ERRORS, CertificateError, CertificateFacts, load_certificate
from scanner.parse.ocsp import OcspError, OcspFacts, load_response, read_response

CLOCK_SLACK = timedelta(minutes=10)


class StapleState(StrEnum):
    """What a stapled response is worth."""

    ABSENT = "absent"
    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"  # the responder does not know the certificate
    STALE = "stale"  # its time is over, or has not come
    FOREIGN = "foreign"  # about another certificate
    UNSIGNED = "unsigned"  # no signature of the issuer or of whom it appointed
    MALFORMED = "malformed"
    UNVERIFIED = "unverified"  # the issuer was not sent, so nobody can say


@dataclass(frozen=True, slots=True)
class Staple:
    """One stapled response, judged at the moment of the visit."""

    state: StapleState = StapleState.ABSENT
    detail: str = ""
    revoked_at: datetime | None = None
    reason: str = ""


def staple_of(
    der: bytes | None, leaf: CertificateFacts | None, ders: Sequence[bytes], *, at: datetime
) -> Staple:
    """What a staple says of the leaf, given the certificates sent, leaf first."""
    if not der:
        return Staple()
    if leaf is None:
        return Staple(StapleState.UNVERIFIED, "the certificate cannot be read")
    try:
        facts = read_response(der)
        if facts.serial != leaf.serial:
            return Staple(StapleState.FOREIGN, f"about serial {facts.serial}")
        signed = _is_signed(load_response(der), ders)
    except (OcspError, CertificateError, *READ_ERRORS) as error:
        return Staple(StapleState.MALFORMED, f"{error}"[:200])
    if signed is not True:
        state = StapleState.UNVERIFIED if signed is None else StapleState.UNSIGNED
        return Staple(state, f"status {facts.status}")
    return _dated(facts, at)


def _dated(facts: OcspFacts, at: datetime) -> Staple:
    window = f"{facts.this_update:%Y-%m-%dT%H:%M:%SZ} - " + (
        f"{facts.next_update:%Y-%m-%dT%H:%M:%SZ}" if facts.next_update else ""
    )
    is_over = facts.next_update is not None and facts.next_update + CLOCK_SLACK < at
    if facts.status == "revoked":  # revocation is for ever: an old response says so as well
        return Staple(StapleState.REVOKED, window, facts.revoked_at, facts.reason)
    if is_over or facts.this_update - CLOCK_SLACK > at:
        return Staple(StapleState.STALE, window)
    return Staple(StapleState.GOOD if facts.status == "good" else StapleState.UNKNOWN, window)


def _is_signed(response: ocsp.OCSPResponse, ders: Sequence[bytes]) -> bool | None:
    """True when the issuer, or a responder it appointed, signed; None when the issuer was not sent."""
    leaf = load_certificate(ders[0])
    issuer = next((c for c in map(load_certificate, ders[1:]) if c.subject == leaf.issuer), None)
    if issuer is None:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        signers = [issuer, *(c for c in response.certificates if _is_appointed(c, issuer))]
        digest = response.signature_hash_algorithm
        return any(_verifies(s, response.signature, response.tbs_response_bytes, digest) for s in signers)


def _is_appointed(responder: x509.Certificate, issuer: x509.Certificate) -> bool:
    """True for a responder the issuer appointed (RFC 6960 section 4.2.2.2)."""
    try:
        usage = responder.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (x509.ExtensionNotFound, *READ_ERRORS):
        return False
    if ExtendedKeyUsageOID.OCSP_SIGNING not in usage or responder.issuer != issuer.subject:
        return False
    return _verifies(
        issuer, responder.signature, responder.tbs_certificate_bytes, responder.signature_hash_algorithm
    )


def _verifies(
    signer: x509.Certificate, signature: bytes, data: bytes, digest: hashes.HashAlgorithm | None
) -> bool:
    try:
        key = signer.public_key()
        if isinstance(key, rsa.RSAPublicKey) and digest:
            key.verify(signature, data, padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey) and digest:
            key.verify(signature, data, ec.ECDSA(digest))
        elif isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
            key.verify(signature, data)
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm, *READ_ERRORS):
        return False
    return True
