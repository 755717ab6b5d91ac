"""Addresses written in certificates: which of them are fetched, and the question put to a responder.

They come from the scanned party, so they could name anything. Only plain http on its own port is taken: authorities
publish that way (RFC 5280 section 8), and nobody can use us to knock at other doors.
"""

import base64
from urllib.parse import quote, urljoin, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from scanner.parse.certificate import load_certificate
from scanner.parse.host import spelt_host

MOST = 12  # addresses fetched in one visit
LONGEST = 1000
PORTS = (None, 80)


def fetchable(url: str) -> bool:
    """True for an http address on port 80 with a usable host, without a user name, in printable ASCII."""
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme == "http"
        and port in PORTS
        and "@" not in parts.netloc
        and spelt_host(parts.hostname or "") is not None
    )


def led_to(url: str, location: str) -> str | None:
    """Where a redirect leads, or None when we do not go there."""
    try:
        target = urljoin(url, location.strip())
    except ValueError:
        return None
    return target if fetchable(target) else None


def question_url(responder: str, der: bytes, issuer: bytes) -> str:
    """The question about a certificate as an address to GET (RFC 6960 appendix A.1; SHA-1: RFC 5019 section 2.1.1)."""
    builder = ocsp.OCSPRequestBuilder().add_certificate(
        load_certificate(der),
        load_certificate(issuer),
        hashes.SHA1(),  # noqa: S303 - names a key, protects nothing
    )
    request = builder.build().public_bytes(Encoding.DER)
    return f"{responder.rstrip('/')}/{quote(base64.b64encode(request), safe='')}"
