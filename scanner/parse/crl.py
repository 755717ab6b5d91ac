"""Revocation lists: DER or PEM -> what they cover and whom they name (RFC 5280 section 5). Facts, or `CrlError`."""

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography import x509

from scanner.parse.certificate import READ_ERRORS

SIZE_LIMIT = 1024 * 1024
PEM = b"-----BEGIN"
UNDERSTOOD = (
    x509.IssuingDistributionPoint,
    x509.DeltaCRLIndicator,
    x509.CRLNumber,
    x509.AuthorityKeyIdentifier,
)


class CrlError(ValueError):
    """The bytes are no revocation list that can be used."""


@dataclass(frozen=True, slots=True)
class CrlFacts:
    """What one list says of itself. Times aware UTC; what it leaves out stays at the default."""

    this_update: datetime
    next_update: datetime | None
    number: int | None = None
    is_delta: bool = False
    is_indirect: bool = False  # may name certificates of other issuers
    only_users: bool = False
    only_authorities: bool = False
    only_attributes: bool = False
    has_some_reasons: bool = False  # what it does not list may be revoked for another reason
    points: tuple[str, ...] = ()  # addresses it is published at; empty: the whole of the issuer
    strange: tuple[str, ...] = ()  # critical extensions nobody here knows (RFC 5280 section 5.2)


@dataclass(frozen=True, slots=True)
class Entry:
    """One revoked certificate."""

    revoked_at: datetime
    reason: str = ""
    is_foreign: bool = False  # of another issuer than that of the list


@lru_cache(maxsize=8)  # a list is read for several certificates, and by the plan of what to ask next
def load_crl(data: bytes) -> x509.CertificateRevocationList:
    """The list as the library holds it. Raises CrlError."""
    if len(data) > SIZE_LIMIT:
        raise CrlError(f"{len(data)} bytes, more than {SIZE_LIMIT}")
    try:
        if data.lstrip()[: len(PEM)] == PEM:
            return x509.load_pem_x509_crl(data)
        return x509.load_der_x509_crl(data)
    except READ_ERRORS as error:
        raise _told(error) from error


def read_crl(data: bytes) -> CrlFacts:
    """What a list says of itself. Raises CrlError."""
    loaded = load_crl(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _facts(loaded)
    except READ_ERRORS as error:
        raise _told(error) from error


def find(data: bytes, serial: int) -> Entry | None:
    """The entry of a serial number, or None when the list has none. Raises CrlError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = load_crl(data).get_revoked_certificate_by_serial_number(serial)
            return _entry(found) if found else None
    except READ_ERRORS as error:
        raise _told(error) from error


def _facts(loaded: x509.CertificateRevocationList) -> CrlFacts:
    values = {type(e.value): e.value for e in loaded.extensions}
    strange = tuple(
        e.oid.dotted_string for e in loaded.extensions if e.critical and not isinstance(e.value, UNDERSTOOD)
    )
    scope = values.get(x509.IssuingDistributionPoint)
    number = values.get(x509.CRLNumber)
    base = CrlFacts(
        this_update=loaded.last_update_utc,
        next_update=loaded.next_update_utc,
        number=number.crl_number if isinstance(number, x509.CRLNumber) else None,
        is_delta=x509.DeltaCRLIndicator in values,
        strange=strange,
    )
    if not isinstance(scope, x509.IssuingDistributionPoint):
        return base
    return CrlFacts(
        base.this_update,
        base.next_update,
        base.number,
        base.is_delta,
        is_indirect=scope.indirect_crl,
        only_users=scope.only_contains_user_certs,
        only_authorities=scope.only_contains_ca_certs,
        only_attributes=scope.only_contains_attribute_certs,
        has_some_reasons=scope.only_some_reasons is not None,
        points=_addresses(scope.full_name or ()) or (("",) if scope.relative_name else ()),
        strange=strange,
    )


def _addresses(names: Iterable[x509.GeneralName]) -> tuple[str, ...]:
    return tuple(str(n.value) for n in names if isinstance(n, x509.UniformResourceIdentifier)) or (
        ("",) if names else ()
    )


def _entry(found: x509.RevokedCertificate) -> Entry:
    values = {type(e.value): e.value for e in found.extensions}
    reason = values.get(x509.CRLReason)
    return Entry(
        found.revocation_date_utc,
        reason.reason.value if isinstance(reason, x509.CRLReason) else "",
        is_foreign=x509.CertificateIssuer in values,
    )


def _told(error: Exception) -> CrlError:
    return error if isinstance(error, CrlError) else CrlError(f"{type(error).__name__}: {error}"[:200])
