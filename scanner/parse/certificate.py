"""Certificates: DER -> what they say. Total: facts, or one `CertificateError`.

Reading is lazy in the library below: a certificate loads and then fails on one odd extension. So each part
is read on its own, and a part that cannot be read is named in `faults` and stays empty.
"""

import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import AuthorityInformationAccessOID

from scanner.parse.der import DerError
from scanner.parse.public_key import PublicKey, read_spki, weakness_of

SIZE_LIMIT = 32 * 1024  # of one certificate in DER; the largest honest ones hold some hundred names
URL_LIMIT = 5
TEXT_LIMIT = 1000
READ_ERRORS = (
    ValueError,
    TypeError,
    OverflowError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
    x509.InvalidVersion,
)
"""All that the library raises on certificates it cannot read."""

Names = tuple[tuple[str, ...], tuple[str, ...]]
NO_NAMES: Names = ((), ())
NO_KEY = ("", 0, "", 0, "", "")

T = TypeVar("T")


class CertificateError(ValueError):
    """The bytes are no certificate that can be read."""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What one certificate says about itself. Hashes in lower-case hex, times aware UTC."""

    sha256: str  # of the certificate in DER
    serial: str  # hex
    subject: str  # RFC 4514
    issuer: str  # RFC 4514
    not_before: datetime
    not_after: datetime
    common_name: str = ""
    dns_names: tuple[str, ...] = ()  # of subjectAltName, as printed there
    ip_names: tuple[str, ...] = ()
    key_type: str = ""  # RSA, EC, Ed25519, Ed448, DSA; empty when unreadable
    key_bits: int = 0
    curve: str = ""
    rsa_exponent: int = 0
    signature_hash: str = ""  # sha256, sha1, md5 ...; empty for schemes without one
    spki_sha256: str = ""
    is_ca: bool = False
    is_self_issued: bool = False  # subject and issuer are the same name
    issuer_urls: tuple[str, ...] = ()  # caIssuers of authority information access (RFC 5280 section 4.2.2.1)
    faults: tuple[str, ...] = ()  # parts that could not be read
    is_must_staple: bool = False  # RFC 7633: status_request is asked of the server
    sct_count: int = 0  # timestamps inside the certificate (RFC 6962 section 3.3)
    crl_urls: tuple[str, ...] = ()
    ocsp_urls: tuple[str, ...] = ()
    weakness: str = ""  # small-factor, close-primes, roca: an RSA key that gives its primes away
    issuer_organisation: str = ""  # of the issuer's name

    @property
    def has_names(self) -> bool:
        """True when a subjectAltName with host names or addresses was read."""
        return bool(self.dns_names or self.ip_names)


def load_certificate(der: bytes) -> x509.Certificate:
    """The certificate as the library holds it. Raises CertificateError."""
    if len(der) > SIZE_LIMIT:
        raise CertificateError(f"{len(der)} bytes, more than {SIZE_LIMIT}")
    try:
        with warnings.catch_warnings():  # serial numbers below one are a fault of theirs, not ours
            warnings.simplefilter("ignore")
            return x509.load_der_x509_certificate(der)
    except READ_ERRORS as error:
        raise CertificateError(_told(error)) from error


@lru_cache(maxsize=256)  # a visit reads the same few certificates for many questions
def read_certificate(der: bytes) -> CertificateFacts:
    """What a certificate says. Raises CertificateError when not even its names and dates can be read."""
    loaded = load_certificate(der)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _facts(loaded, der)
    except READ_ERRORS as error:
        raise CertificateError(_told(error)) from error


def _facts(loaded: x509.Certificate, der: bytes) -> CertificateFacts:
    faults: list[str] = []

    def part(name: str, read: Callable[[], T], absent: T) -> T:
        try:
            return read()
        except READ_ERRORS as error:
            faults.append(f"{name}: {_told(error)}")
            return absent

    extensions = part("extensions", lambda: loaded.extensions, x509.Extensions([]))
    dns_names, ip_names = part("subjectAltName", lambda: _names(extensions), NO_NAMES)
    key_type, key_bits, curve, exponent, spki, weakness = part("key", lambda: _key(loaded, faults), NO_KEY)
    return CertificateFacts(
        sha256=sha256(der).hexdigest(),
        serial=f"{loaded.serial_number:x}",
        subject=part("subject", lambda: loaded.subject.rfc4514_string()[:TEXT_LIMIT], ""),
        issuer=part("issuer", lambda: loaded.issuer.rfc4514_string()[:TEXT_LIMIT], ""),
        not_before=loaded.not_valid_before_utc,
        not_after=loaded.not_valid_after_utc,
        common_name=part("subject", lambda: _attribute(loaded.subject, x509.NameOID.COMMON_NAME), ""),
        issuer_organisation=part(
            "issuer", lambda: _attribute(loaded.issuer, x509.NameOID.ORGANIZATION_NAME), ""
        ),
        dns_names=dns_names,
        ip_names=ip_names,
        key_type=key_type,
        key_bits=key_bits,
        curve=curve,
        rsa_exponent=exponent,
        signature_hash=part("signature", lambda: _signature_hash(loaded), ""),
        spki_sha256=spki,
        weakness=weakness,
        is_ca=part("basicConstraints", lambda: _is_ca(extensions), absent=False),
        is_self_issued=part("names", lambda: loaded.subject == loaded.issuer, absent=False),
        issuer_urls=part(
            "authorityInfoAccess",
            lambda: _access_urls(extensions, AuthorityInformationAccessOID.CA_ISSUERS),
            (),
        ),
        ocsp_urls=part(
            "authorityInfoAccess", lambda: _access_urls(extensions, AuthorityInformationAccessOID.OCSP), ()
        ),
        crl_urls=part("crlDistributionPoints", lambda: _crl_urls(extensions), ()),
        is_must_staple=part("tlsFeature", lambda: _is_must_staple(extensions), absent=False),
        sct_count=part("timestamps", lambda: _sct_count(extensions), 0),
        faults=tuple(faults),
    )


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]


def _attribute(name: x509.Name, kind: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(kind)
    return str(found[0].value)[:TEXT_LIMIT] if found else ""


def _names(extensions: x509.Extensions) -> Names:
    """Host names and addresses of subjectAltName (RFC 5280 section 4.2.1.6)."""
    try:
        names = extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return (), ()
    addresses = names.get_values_for_type(x509.IPAddress)
    return tuple(names.get_values_for_type(x509.DNSName)), tuple(str(a) for a in addresses)


def _key(loaded: x509.Certificate, faults: list[str]) -> tuple[str, int, str, int, str, str]:
    """Type, bits, curve, RSA exponent, the hash of the whole public key, and how it gives itself away.

    A key the library refuses is read by hand, and named in `faults`: nothing is worse than one that cannot be told.
    """
    try:
        key = loaded.public_key()
    except READ_ERRORS as error:
        read = _read_by_hand(loaded, error)
        faults.append(f"key: {_told(error)}")
        weak = weakness_of(read.modulus)
        return read.kind, read.bits, read.curve, read.exponent, read.spki_sha256, weak
    spki = sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()
    if isinstance(key, rsa.RSAPublicKey):
        numbers = key.public_numbers()
        return "RSA", key.key_size, "", numbers.e, spki, weakness_of(numbers.n)
    return *_other_key(key, spki), ""


def _read_by_hand(loaded: x509.Certificate, error: Exception) -> PublicKey:
    try:
        return read_spki(loaded.tbs_certificate_bytes)
    except DerError:
        raise error from None


def _other_key(key: object, spki: str) -> tuple[str, int, str, int, str]:
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "EC", key.key_size, key.curve.name, 0, spki
    if isinstance(key, ed25519.Ed25519PublicKey):
        return "Ed25519", 256, "", 0, spki
    if isinstance(key, ed448.Ed448PublicKey):
        return "Ed448", 456, "", 0, spki
    if isinstance(key, dsa.DSAPublicKey):
        return "DSA", key.key_size, "", 0, spki
    return type(key).__name__, 0, "", 0, spki


def _signature_hash(loaded: x509.Certificate) -> str:
    algorithm = loaded.signature_hash_algorithm
    return algorithm.name if algorithm else ""


def _is_ca(extensions: x509.Extensions) -> bool:
    try:
        return extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _access_urls(extensions: x509.Extensions, method: x509.ObjectIdentifier) -> tuple[str, ...]:
    try:
        access = extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except x509.ExtensionNotFound:
        return ()
    return _urls(d.access_location for d in access if d.access_method == method)


def _crl_urls(extensions: x509.Extensions) -> tuple[str, ...]:
    try:
        points = extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return ()
    return _urls(name for point in points for name in point.full_name or ())


def _urls(names: Iterable[x509.GeneralName]) -> tuple[str, ...]:
    found = (str(n.value)[:TEXT_LIMIT] for n in names if isinstance(n, x509.UniformResourceIdentifier))
    return tuple(found)[:URL_LIMIT]


def _is_must_staple(extensions: x509.Extensions) -> bool:
    try:
        features = extensions.get_extension_for_class(x509.TLSFeature).value
    except x509.ExtensionNotFound:
        return False
    return x509.TLSFeatureType.status_request in features


def _sct_count(extensions: x509.Extensions) -> int:
    try:
        return len(extensions.get_extension_for_class(x509.PrecertificateSignedCertificateTimestamps).value)
    except x509.ExtensionNotFound:
        return 0
