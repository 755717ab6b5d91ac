"""Makes authorities and certificates for the lab: every kind a province shows, good and bad."""

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from scanner.parse.sct import precert_entry
from tests.lab.ct_log import LabLog, lab_logs, sct_list, spki_hash

SHA256_WITH_RSA = bytes.fromhex("06092a864886f70d01010b")
SHA1_WITH_RSA = bytes.fromhex("06092a864886f70d010105")

SCT_LIST = x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2")

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def now() -> datetime:
    """The present second, aware UTC."""
    return datetime.now(UTC).replace(microsecond=0)


def new_key(kind: str = "P-256") -> PrivateKey:
    """A private key: P-256, P-384, or RSA with a size such as RSA-2048."""
    if kind.startswith("RSA-"):
        return rsa.generate_private_key(public_exponent=65537, key_size=int(kind[4:]))
    return ec.generate_private_key(ec.SECP384R1() if kind == "P-384" else ec.SECP256R1())


def name(common_name: str) -> x509.Name:
    """A subject of one common name."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def write_pem(*certificates: x509.Certificate) -> bytes:
    """Certificates one after another, as servers read them."""
    return b"".join(c.public_bytes(serialization.Encoding.PEM) for c in certificates)


@dataclass(frozen=True)
class Leaf:
    """A certificate for servers and its key."""

    certificate: x509.Certificate
    key: PrivateKey

    @property
    def key_pem(self) -> bytes:
        """The private key, unencrypted: it guards nothing but a lab."""
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


def _access(issuer_url: str, ocsp_url: str = "") -> x509.AuthorityInformationAccess:
    kinds = (
        (AuthorityInformationAccessOID.CA_ISSUERS, issuer_url),
        (AuthorityInformationAccessOID.OCSP, ocsp_url),
    )
    return x509.AuthorityInformationAccess(
        [x509.AccessDescription(kind, x509.UniformResourceIdentifier(url)) for kind, url in kinds if url]
    )


def _published_at(*urls: str) -> x509.CRLDistributionPoints:
    names = [x509.UniformResourceIdentifier(url) for url in urls]
    return x509.CRLDistributionPoints([x509.DistributionPoint([n], None, None, None) for n in names])


def _sct_extension(body: bytes) -> x509.UnrecognizedExtension:
    size = len(body)
    length = (
        bytes([size]) if size < 128 else b"\x81" + bytes([size]) if size < 256 else b"\x82" + size.to_bytes(2)
    )
    return x509.UnrecognizedExtension(SCT_LIST, b"\x04" + length + body)


def _san(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: PrivateKey, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


CA_USAGE = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


@dataclass(frozen=True)
class Authority:
    """A certificate authority that can sign leaves and further authorities."""

    certificate: x509.Certificate
    key: PrivateKey

    @classmethod
    def root(cls, common_name: str, *, kind: str = "P-256") -> Self:
        """A self-signed root, valid for ten years around now."""
        key = new_key(kind)
        start = now() - timedelta(days=365)
        builder = _builder(name(common_name), name(common_name), key, start, start + timedelta(days=3650))
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        builder = builder.add_extension(CA_USAGE, critical=True)
        return cls(builder.sign(key, hashes.SHA256()), key)

    def intermediate(
        self,
        common_name: str,
        *,
        kind: str = "P-256",
        crl_urls: tuple[str, ...] = (),
        issuer_url: str = "",
        length: int | None = 0,
    ) -> "Authority":
        """An issuing authority below this one."""
        key = new_key(kind)
        start = now() - timedelta(days=300)
        builder = _builder(
            name(common_name), self.certificate.subject, key, start, start + timedelta(days=1800)
        )
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=length), critical=True)
        builder = builder.add_extension(CA_USAGE, critical=True).add_extension(self._key_id(), critical=False)
        if crl_urls:
            builder = builder.add_extension(_published_at(*crl_urls), critical=False)
        if issuer_url:
            builder = builder.add_extension(_access(issuer_url), critical=False)
        return Authority(builder.sign(self.key, hashes.SHA256()), key)

    def leaf(
        self,
        *hosts: str,
        not_before: datetime | None = None,
        not_after: datetime | None = None,
        kind: str = "P-256",
        issuer_url: str = "",
        is_sha1: bool = False,
        timestamps: int = 2,
        is_must_staple: bool = False,
        crl_urls: tuple[str, ...] = (),
        ocsp_url: str = "",
        logs: tuple[LabLog, ...] = (),
    ) -> Leaf:
        """A server certificate for these names, 90 days long unless said otherwise.

        `issuer_url` says where the issuer's certificate can be fetched; an issuing authority always says so,
        as public ones do. SHA-1 needs an authority with an RSA key. `logs` sign timestamps; without them, so many
        of the lab's.
        """
        start = not_before or now() - timedelta(days=10)
        end = not_after or start + timedelta(days=90)
        key = new_key(kind)
        builder = (
            _builder(name(hosts[0]), self.certificate.subject, key, start, end)
            .add_extension(x509.SubjectAlternativeName([_san(h) for h in hosts]), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(self._key_id(), critical=False)
        )
        if self.certificate.issuer != self.certificate.subject:
            issuer_url = issuer_url or "http://pki.mau.example/issuing.crt"
        if issuer_url or ocsp_url:
            builder = builder.add_extension(_access(issuer_url, ocsp_url), critical=False)
        if crl_urls:
            builder = builder.add_extension(_published_at(*crl_urls), critical=False)
        if is_must_staple:
            feature = x509.TLSFeature([x509.TLSFeatureType.status_request])
            builder = builder.add_extension(feature, critical=False)
        if logs := logs or lab_logs()[:timestamps]:
            tbs = builder.sign(self.key, hashes.SHA256()).tbs_certificate_bytes
            tbs = tbs.replace(SHA256_WITH_RSA, SHA1_WITH_RSA) if is_sha1 else tbs
            entry = precert_entry(tbs, self.key_hash)
            builder = builder.add_extension(
                _sct_extension(sct_list(*(log.stamp(1, entry) for log in logs))), critical=False
            )
        certificate = builder.sign(self.key, hashes.SHA256())
        return Leaf(self._with_sha1(certificate) if is_sha1 else certificate, key)

    def staple(
        self, leaf: Leaf, *, is_revoked: bool = False, at: datetime | None = None, days: int = 7
    ) -> bytes:
        """An OCSP response about a leaf of this authority, in DER."""
        start = at or now() - timedelta(hours=1)
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=leaf.certificate,
            issuer=self.certificate,
            algorithm=hashes.SHA1(),
            cert_status=ocsp.OCSPCertStatus.REVOKED if is_revoked else ocsp.OCSPCertStatus.GOOD,
            this_update=start,
            next_update=start + timedelta(days=days),
            revocation_time=start - timedelta(days=1) if is_revoked else None,
            revocation_reason=x509.ReasonFlags.key_compromise if is_revoked else None,
        )
        signed = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self.certificate)
        return signed.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def crl(
        self,
        *revoked: x509.Certificate,
        at: datetime | None = None,
        days: float = 7,
        reason: x509.ReasonFlags = x509.ReasonFlags.key_compromise,
        scope: x509.IssuingDistributionPoint | None = None,
        extensions: tuple[tuple[x509.ExtensionType, bool], ...] = (),
        padding_entries: int = 0,
    ) -> bytes:
        """A revocation list of this authority in DER; `extensions` are pairs with whether they are critical."""
        start = at or now() - timedelta(hours=1)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(start)
            .next_update(start + timedelta(days=days))
            .add_extension(x509.CRLNumber(7), critical=False)
        )
        if scope is not None:
            builder = builder.add_extension(scope, critical=True)
        for value, critical in extensions:
            builder = builder.add_extension(value, critical=critical)
        serials = [c.serial_number for c in revoked] + [2**120 + n for n in range(padding_entries)]
        for serial in serials:
            entry = (
                x509.RevokedCertificateBuilder()
                .serial_number(serial)
                .revocation_date(start - timedelta(days=1))
                .add_extension(x509.CRLReason(reason), critical=False)
            )
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    @staticmethod
    def self_signed(*hosts: str) -> Leaf:
        """A certificate that nobody vouches for."""
        key = new_key()
        start = now() - timedelta(days=10)
        builder = _builder(
            name(hosts[0]), name(hosts[0]), key, start, start + timedelta(days=365)
        ).add_extension(x509.SubjectAlternativeName([_san(h) for h in hosts]), critical=False)
        return Leaf(builder.sign(key, hashes.SHA256()), key)

    def _with_sha1(self, certificate: x509.Certificate) -> x509.Certificate:
        """The same certificate signed with SHA-1. No builder makes it: two names of equal length swap."""
        assert isinstance(self.key, rsa.RSAPrivateKey)
        tbs = certificate.tbs_certificate_bytes.replace(SHA256_WITH_RSA, SHA1_WITH_RSA)
        signature = self.key.sign(tbs, padding.PKCS1v15(), hashes.SHA1())
        whole = certificate.public_bytes(serialization.Encoding.DER)
        head = whole[: whole.index(certificate.tbs_certificate_bytes)]
        tail = whole[len(head) + len(tbs) : -len(signature)].replace(SHA256_WITH_RSA, SHA1_WITH_RSA)
        return x509.load_der_x509_certificate(head + tbs + tail + signature)

    @property
    def key_hash(self) -> bytes:
        """SHA-256 of the public key, by which timestamps name an issuer."""
        return spki_hash(self.key)

    def _key_id(self) -> x509.AuthorityKeyIdentifier:
        return x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
