"""What an authority hands out under caIssuers (RFC 5280 section 4.2.2.1): DER, PEM, a bundle -> certificates in DER."""

import warnings

from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509 import load_pem_x509_certificates

from scanner.parse.certificate import READ_ERRORS, CertificateError, load_certificate

BUNDLE_LIMIT = 10
SIZE_LIMIT = 256 * 1024
PEM = b"-----BEGIN CERTIFICATE-----"


def issuers_in(data: bytes) -> tuple[bytes, ...]:
    """The certificates in an answer, a few at most; empty when there are none that can be read."""
    if len(data) > SIZE_LIMIT:
        return ()
    try:
        return (load_certificate(data).public_bytes(Encoding.DER),)
    except CertificateError:
        pass
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            read = load_pem_x509_certificates if PEM in data else pkcs7.load_der_pkcs7_certificates
            return tuple(c.public_bytes(Encoding.DER) for c in read(data)[:BUNDLE_LIMIT])
    except READ_ERRORS:
        return ()
