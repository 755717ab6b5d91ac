"""S/MIME: a finished message signed, and encrypted to whoever may read it (RFC 8551).

Only the content goes into the seal; the headers that relays need stay outside. Everything is done on the bytes that
will travel, so that no library writes them a second time and breaks the signature.
"""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.ciphers import algorithms
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs7 import (
    PKCS7EnvelopeBuilder,
    PKCS7Options,
    PKCS7SignatureBuilder,
)

from scanner.config_rules import is_open_to_others
from scanner.errors import ConfigError, Problem
from scanner.model.text import Text

END = b"\r\n"
LINE = 76  # characters of base64 (RFC 2045 section 6.8)
SIGNED = 'multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256;\r\n boundary="{}"'
SIGNATURE = {
    "Content-Type": 'application/pkcs7-signature; name="smime.p7s"',
    "Content-Transfer-Encoding": "base64",
    "Content-Disposition": 'attachment; filename="smime.p7s"',
}
ENVELOPED = {
    "Content-Type": 'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"',
    "Content-Transfer-Encoding": "base64",
    "Content-Disposition": 'attachment; filename="smime.p7m"',
}


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the certificate, its key, and the certificates between it and the authority."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    chain: tuple[x509.Certificate, ...] = ()


def signed(eml: bytes, signer: Signer) -> bytes:
    """The message with its content signed in the clear, readable without S/MIME (RFC 8551 section 3.5.3)."""
    outside, entity = _apart(eml)
    builder = PKCS7SignatureBuilder().set_data(entity).add_signer(signer.certificate, signer.key, SHA256())
    for certificate in signer.chain:
        builder = builder.add_certificate(certificate)
    seal = builder.sign(Encoding.DER, [PKCS7Options.DetachedSignature, PKCS7Options.Binary])
    boundary = f"=_{secrets.token_hex(16)}"
    mark = b"--" + boundary.encode()
    parts = [mark, END, entity, END, mark, END, _entity(SIGNATURE, seal), mark, b"--", END]
    return outside + _headers({"Content-Type": SIGNED.format(boundary)}) + END + b"".join(parts)


def encrypted(eml: bytes, readers: Sequence[x509.Certificate]) -> bytes:
    """The message with its content readable by these only, AES-256 in CBC mode (RFC 8551 section 3.3)."""
    outside, entity = _apart(eml)
    builder = PKCS7EnvelopeBuilder().set_data(entity).set_content_encryption_algorithm(algorithms.AES256)
    for reader in readers:
        builder = builder.add_recipient(reader)
    return outside + _entity(ENVELOPED, builder.encrypt(Encoding.DER, [PKCS7Options.Binary]))


def load_signer(certificates: Path, key: Path, password: str) -> Signer:
    """Certificate, chain and key from PEM files. ConfigError names what is wrong with which file."""
    chain = _certificates("sign_certificate", certificates)
    if is_open_to_others(key):
        raise _fault(
            "sign_key",
            Text(f"người khác đọc được {key}", f"others may read {key}"),
            Text(f"chạy: chmod 600 {key}", f"run: chmod 600 {key}"),
        )
    try:
        loaded = load_pem_private_key(key.read_bytes(), password.encode() or None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _fault("sign_key", Text(f"{key}: {error}", f"{key}: {error}")) from error
    if not isinstance(loaded, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise _fault("sign_key", Text(f"{key}: cần khóa RSA hoặc EC", f"{key}: an RSA or EC key is needed"))
    if loaded.public_key() != chain[0].public_key():
        raise _fault(
            "sign_key",
            Text(
                f"{key} không phải khóa của chứng thư đầu tiên trong {certificates}",
                f"{key} is not the key of the first certificate in {certificates}",
            ),
        )
    return Signer(chain[0], loaded, tuple(chain[1:]))


def load_reader(path: Path) -> x509.Certificate:
    """The certificate of a recipient. ConfigError when it is none, or one that content cannot be encrypted to."""
    certificate = _certificates("certificates", path)[0]
    if not isinstance(certificate.public_key(), rsa.RSAPublicKey):
        raise _fault(
            "certificates",
            Text(
                f"{path}: chỉ mã hóa được cho chứng thư RSA",
                f"{path}: only RSA certificates can be encrypted to",
            ),
        )
    return certificate


def _certificates(key: str, path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _fault(
            key,
            Text(f"{path}: không đọc được chứng thư PEM ({error})", f"{path}: no PEM certificate ({error})"),
        ) from error


def _apart(eml: bytes) -> tuple[bytes, bytes]:
    """The headers that stay outside, MIME-Version among them, and the MIME entity (RFC 8551 section 3.1)."""
    head, blank, body = eml.partition(END + END)
    fields = head.replace(END + b" ", b"\0 ").replace(END + b"\t", b"\0\t").split(END)
    inside = [field for field in fields if field.lower().startswith(b"content-")]
    outside = [field for field in fields if field not in inside]

    def joined(lines: list[bytes]) -> bytes:
        return END.join(lines).replace(b"\0", END)

    return joined(outside) + END, joined(inside) + blank + body


def _entity(headers: dict[str, str], der: bytes) -> bytes:
    words = base64.b64encode(der)
    lines = [words[at : at + LINE] for at in range(0, len(words), LINE)]
    return _headers(headers) + END + END.join(lines) + END


def _headers(headers: dict[str, str]) -> bytes:
    return b"".join(f"{name}: {value}\r\n".encode("ascii") for name, value in headers.items())


def _fault(key: str, message: Text, hint: Text | None = None) -> ConfigError:
    told = Text(f"[mail] {key}: {message.vi}", f"[mail] {key}: {message.en}")
    return ConfigError([Problem("rasoat.toml", None, told, hint)])
