"""What an OCSP response, stapled or fetched, says about a certificate, and whether it may be believed.

It counts when it speaks of this certificate and its issuer, its signature leads to that issuer, and its time has come
and is not over (RFC 6960 section 3.2). A staple that does not count is a fault of the server and proves nothing.
"""

import hashlib
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from scanner.parse.certificate import READ_ERRORS, CertificateError, CertificateFacts, load_certificate
from scanner.parse.ocsp import OcspError, OcspFacts, load_response, read_response
from scanner.parse.signature import is_issued_by, is_signed

CLOCK_SLACK = timedelta(minutes=10)
LONGEST = timedelta(days=10)  # for responses without an end; Baseline Requirements section 4.9.10


class StapleState(StrEnum):
    """What a response is worth."""

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
    """One response, judged at the moment of the visit."""

    state: StapleState = StapleState.ABSENT
    detail: str = ""
    revoked_at: datetime | None = None
    reason: str = ""


def staple_of(
    der: bytes | None, leaf: CertificateFacts | None, ders: Sequence[bytes], *, at: datetime
) -> Staple:
    """What a response says of the leaf, given certificates that may be its issuer's, the leaf first.

    Only a certificate whose key signed the leaf is its issuer: any server can send another one of that name.
    """
    if not der:
        return Staple()
    if leaf is None:
        return Staple(StapleState.UNVERIFIED, "the certificate cannot be read")
    try:
        facts = read_response(der, leaf.serial)
        if facts.serial != leaf.serial:
            return Staple(StapleState.FOREIGN, f"about serial {facts.serial}")
        issuer = issuer_among(ders)
        if issuer is None:
            return Staple(StapleState.UNVERIFIED, f"status {facts.status}")
        if not _is_vouched(load_response(der), issuer, at):
            return Staple(StapleState.UNSIGNED, f"status {facts.status}")
        if not _is_about(facts, issuer):
            return Staple(StapleState.FOREIGN, f"about serial {facts.serial} of another issuer")
    except (OcspError, CertificateError, *READ_ERRORS) as error:
        return Staple(StapleState.MALFORMED, f"{error}"[:200])
    return _dated(facts, at)


def issuer_among(ders: Sequence[bytes]) -> x509.Certificate | None:
    """The certificate whose key signed the first one, if it is among the others. Raises CertificateError."""
    leaf = load_certificate(ders[0])
    return next((c for c in _readable(ders[1:]) if is_issued_by(leaf, c)), None)


def _readable(ders: Sequence[bytes]) -> Iterator[x509.Certificate]:
    for der in ders:
        try:
            yield load_certificate(der)
        except CertificateError:
            continue


def _dated(facts: OcspFacts, at: datetime) -> Staple:
    window = f"{facts.this_update:%Y-%m-%dT%H:%M:%SZ} - " + (
        f"{facts.next_update:%Y-%m-%dT%H:%M:%SZ}" if facts.next_update else ""
    )
    end = facts.next_update or facts.this_update + LONGEST
    if facts.status == "revoked" and is_lasting(facts.reason):  # an old response says so as well
        return Staple(StapleState.REVOKED, window, facts.revoked_at, facts.reason)
    if end + CLOCK_SLACK < at or facts.this_update - CLOCK_SLACK > at:
        return Staple(StapleState.STALE, window)
    return Staple(StapleState(facts.status), window, facts.revoked_at, facts.reason)


def is_lasting(reason: str) -> bool:
    """True when a revocation is for ever; a hold may be lifted again (RFC 5280 section 5.3.1)."""
    return reason not in ("certificateHold", "removeFromCRL")


def _is_about(facts: OcspFacts, issuer: x509.Certificate) -> bool:
    """True when the response names this very issuer (RFC 6960 section 4.1.1)."""
    name = hashlib.new(facts.hash_name, issuer.subject.public_bytes()).digest()
    bits = _key_bits(issuer)
    return name == facts.name_hash and (
        bits is None or hashlib.new(facts.hash_name, bits).digest() == facts.key_hash
    )


def _key_bits(issuer: x509.Certificate) -> bytes | None:
    """What the BIT STRING of a public key holds; None for kinds nobody issues with."""
    key = issuer.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return key.public_bytes(Encoding.DER, PublicFormat.PKCS1)
    if isinstance(key, ec.EllipticCurvePublicKey):
        return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    if isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
        return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return None


def _is_vouched(response: ocsp.OCSPResponse, issuer: x509.Certificate, at: datetime) -> bool:
    """True when the issuer, or a responder it appointed, signed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        signers = [issuer, *(c for c in response.certificates if _is_appointed(c, issuer, at))]
        data, signature = response.tbs_response_bytes, response.signature
        digest = response.signature_hash_algorithm
        return any(is_signed(data, signature, by=signer, digest=digest) for signer in signers)


def _is_appointed(responder: x509.Certificate, issuer: x509.Certificate, at: datetime) -> bool:
    """True for a responder the issuer appointed, in its time (RFC 6960 section 4.2.2.2)."""
    try:
        usage = responder.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (x509.ExtensionNotFound, *READ_ERRORS):
        return False
    is_current = responder.not_valid_before_utc - CLOCK_SLACK <= at <= responder.not_valid_after_utc
    return is_current and ExtendedKeyUsageOID.OCSP_SIGNING in usage and is_issued_by(responder, issuer)
