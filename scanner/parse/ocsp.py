"""OCSP responses: DER -> what they say (RFC 6960). Total: facts, or one `OcspError`."""

import warnings
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509 import ocsp

from scanner.parse.certificate import READ_ERRORS

SIZE_LIMIT = 64 * 1024


class OcspError(ValueError):
    """The bytes are no response that says anything about a certificate."""


@dataclass(frozen=True, slots=True)
class OcspFacts:
    """What a responder says of one certificate. Times aware UTC."""

    status: str  # good, revoked, unknown
    serial: str  # hex
    this_update: datetime
    next_update: datetime | None = None
    revoked_at: datetime | None = None
    reason: str = ""
    name_hash: bytes = b""  # of the issuer's name and key, by which the responder knows it
    key_hash: bytes = b""
    hash_name: str = ""  # sha1 ...


def load_response(der: bytes) -> ocsp.OCSPResponse:
    """The response as the library holds it, when it answers anything. Raises OcspError."""
    if len(der) > SIZE_LIMIT:
        raise OcspError(f"{len(der)} bytes, more than {SIZE_LIMIT}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            loaded = ocsp.load_der_ocsp_response(der)
            if loaded.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
                raise OcspError(f"the responder says {loaded.response_status.name.lower()}")
            return loaded
    except READ_ERRORS as error:
        raise _told(error) from error


def read_response(der: bytes, serial: str = "") -> OcspFacts:
    """What the response says of the certificate with that serial (hex), else of its first. Raises OcspError."""
    loaded = load_response(der)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _facts(loaded, serial)
    except (IndexError, *READ_ERRORS) as error:
        raise _told(error) from error


def _facts(loaded: ocsp.OCSPResponse, serial: str) -> OcspFacts:
    said = list(loaded.responses)
    one = next((r for r in said if f"{r.serial_number:x}" == serial), said[0])
    reason = one.revocation_reason
    return OcspFacts(
        status=one.certificate_status.name.lower(),
        serial=f"{one.serial_number:x}",
        this_update=one.this_update_utc,
        next_update=one.next_update_utc,
        revoked_at=one.revocation_time_utc,
        reason=reason.value if isinstance(reason, x509.ReasonFlags) else "",
        name_hash=one.issuer_name_hash,
        key_hash=one.issuer_key_hash,
        hash_name=one.hash_algorithm.name,
    )


def _told(error: Exception) -> OcspError:
    return error if isinstance(error, OcspError) else OcspError(f"{type(error).__name__}: {error}"[:200])
