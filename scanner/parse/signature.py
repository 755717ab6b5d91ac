"""Whether a key made a signature: the one place where certificates, lists and responses are verified."""

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa

from scanner.parse.certificate import READ_ERRORS

RSA_BITS_LIMIT = 8192  # a larger key costs us more than it proves

How = padding.PSS | padding.PKCS1v15 | ec.ECDSA | None
"""Parameters of a signature as the library reads them; None: those of the usual scheme."""


def is_signed(
    data: bytes,
    signature: bytes,
    *,
    by: x509.Certificate,
    digest: hashes.HashAlgorithm | None,
    how: How = None,
) -> bool:
    """True when the key of that certificate signed the data. Keys and schemes nobody here knows sign nothing."""
    try:
        key = by.public_key()
        if isinstance(key, rsa.RSAPublicKey) and digest and not isinstance(how, ec.ECDSA):
            if key.key_size > RSA_BITS_LIMIT:
                return False
            key.verify(signature, data, how or padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey) and digest:
            key.verify(signature, data, ec.ECDSA(digest))
        elif isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
            key.verify(signature, data)
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm, *READ_ERRORS):
        return False
    return True


def is_issued_by(child: x509.Certificate, issuer: x509.Certificate) -> bool:
    """True when names and signature fit. SHA-1 counts here: it is a fault of its own (tls.sha1-signature)."""
    try:
        if child.issuer != issuer.subject:
            return False
        digest, how = child.signature_hash_algorithm, child.signature_algorithm_parameters
    except (UnsupportedAlgorithm, *READ_ERRORS):
        return False
    return is_signed(child.tbs_certificate_bytes, child.signature, by=issuer, digest=digest, how=how)
