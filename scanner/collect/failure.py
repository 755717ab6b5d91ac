"""The only place where a network failure becomes data.

Collectors catch `NETWORK_ERRORS` and nothing wider: whatever is not in that list is a defect of ours and must
stay visible as one.
"""

import errno
import ssl

import httpcore
from dns.exception import DNSException

from scanner.errors import ProbeError
from scanner.model.evidence import Missing, Why

NETWORK_ERRORS = (
    ProbeError,
    OSError,  # also TimeoutError and ssl.SSLError
    EOFError,  # also asyncio.IncompleteReadError
    UnicodeError,  # a host name no codec wants
    DNSException,
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
)

DETAIL_LIMIT = 300
UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.ENETDOWN}
HEAD_TOO_LONG = "Receive buffer too long"  # h11, when a header block does not end
NO_ANSWER = "Server disconnected without sending a response."  # httpcore


def missing_from(error: Exception) -> Missing:
    """Why a part was not seen, from the exception that stopped us. `detail` is capped and encodable."""
    if isinstance(error, ProbeError):
        return _missing(error.why, error.detail)
    if isinstance(error, ssl.SSLError):
        return _missing(Why.TLS, getattr(error, "reason", None) or _words(error))
    if isinstance(error, TimeoutError | httpcore.TimeoutException):
        return _missing(Why.TIMEOUT, _words(error))
    if isinstance(error, OSError | EOFError):
        return _missing(_why_of_system(error), _words(error))
    if isinstance(error, DNSException):
        return _missing(Why.DNS, _words(error))
    return _from_protocol(error)


def _why_of_system(error: OSError | EOFError) -> Why:
    if isinstance(error, ConnectionRefusedError):
        return Why.REFUSED
    if isinstance(error, OSError) and error.errno in UNREACHABLE:
        return Why.TIMEOUT  # nothing came back; the words say which silence it was
    return Why.RESET


def _from_protocol(error: Exception) -> Missing:
    words = _words(error)
    if words == NO_ANSWER:
        return _missing(Why.RESET, "closed without an answer")
    if HEAD_TOO_LONG in words:
        return _missing(Why.TOO_LARGE, "headers")
    return _missing(Why.MALFORMED, words)


def _words(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error)


def _missing(why: Why, detail: str) -> Missing:
    return Missing(why, detail[:DETAIL_LIMIT].encode("utf-8", "replace").decode("utf-8"))
