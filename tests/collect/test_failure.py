"""Every network failure has its word."""

import asyncio
import errno
import ssl

import dns.exception
import httpcore
import pytest

from scanner.collect.failure import DETAIL_LIMIT, NETWORK_ERRORS, missing_from
from scanner.errors import ProbeError
from scanner.model.evidence import Missing, Why


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (ProbeError(Why.OUT_OF_SCOPE, "x"), Why.OUT_OF_SCOPE),
        (TimeoutError(), Why.TIMEOUT),
        (TimeoutError(errno.ETIMEDOUT, "Connection timed out"), Why.TIMEOUT),
        (httpcore.ReadTimeout("x"), Why.TIMEOUT),
        (httpcore.ConnectTimeout("x"), Why.TIMEOUT),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), Why.TIMEOUT),
        (OSError(errno.EHOSTUNREACH, "No route to host"), Why.TIMEOUT),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), Why.REFUSED),
        (ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"), Why.RESET),
        (BrokenPipeError(), Why.RESET),
        (asyncio.IncompleteReadError(b"", 5), Why.RESET),
        (httpcore.RemoteProtocolError("Server disconnected without sending a response."), Why.RESET),
        (httpcore.RemoteProtocolError("Receive buffer too long"), Why.TOO_LARGE),
        (httpcore.RemoteProtocolError("illegal header line"), Why.MALFORMED),
        (httpcore.LocalProtocolError("x"), Why.MALFORMED),
        (httpcore.ReadError("x"), Why.MALFORMED),
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number"), Why.TLS),
        (ssl.SSLEOFError(8, "EOF occurred in violation of protocol"), Why.TLS),
        (dns.exception.DNSException("x"), Why.DNS),  # type: ignore[no-untyped-call]  # dnspython's
        (UnicodeError("label too long"), Why.MALFORMED),
    ],
)
def test_a_failure_becomes_its_reason(error: Exception, why: Why) -> None:
    assert isinstance(error, NETWORK_ERRORS)
    assert missing_from(error).why is why


def test_the_detail_is_short_and_can_be_stored() -> None:
    missing = missing_from(ProbeError(Why.MALFORMED, "\ud800" + "a" * 1000))

    assert len(missing.detail) == DETAIL_LIMIT
    assert missing.detail.encode("utf-8")


def test_the_words_of_the_system_are_kept() -> None:
    error = ConnectionRefusedError(errno.ECONNREFUSED, "Connect call failed ('127.0.0.1', 9)")

    assert missing_from(error) == Missing(Why.REFUSED, "Connect call failed ('127.0.0.1', 9)")


@pytest.mark.parametrize(
    "error", [ValueError("x"), KeyError("x"), RuntimeError("x"), asyncio.CancelledError()]
)
def test_a_defect_of_ours_is_no_network_error(error: BaseException) -> None:
    assert not isinstance(error, NETWORK_ERRORS)
