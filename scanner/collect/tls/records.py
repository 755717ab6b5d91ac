"""A server's first flight, read from hostile bytes: bounded, without sockets, one typed error.

    reader = FlightReader(unlock)
    reader.feed(data)            # as it comes; raises WireError
    reader.is_complete           # nothing more is needed
    reader.flight                # what was understood so far

In TLS 1.3 all after the ServerHello is encrypted; `unlock` gives the opener of its records.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from scanner.collect.tls.hello import KEY_SHARE, SCT, STATUS_REQUEST, SUPPORTED_VERSIONS, TLS13
from scanner.model.evidence import Why
from scanner.parse.tls_names import PLAIN_HTTP

RECORD_LIMIT = 16384 + 2048  # RFC 5246 section 6.2.3
RECORDS_LIMIT = 64
HANDSHAKE_LIMIT = 64 * 1024
CERTIFICATES_LIMIT = 10
ALERT, HANDSHAKE, CHANGE_CIPHER, APPLICATION = 21, 22, 20, 23
SERVER_HELLO, CERTIFICATE, STATUS, HELLO_DONE, FINISHED = 2, 11, 22, 14, 20
ENCRYPTED_EXTENSIONS, KEY_EXCHANGE, CERTIFICATE_REQUEST, CERTIFICATE_VERIFY = 8, 12, 13, 15
FATAL = 2
RETRY_RANDOM = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")


class WireError(ValueError):
    """The bytes are no TLS that can be read, or too much of it."""

    def __init__(self, why: Why, detail: str) -> None:
        self.why = why
        self.detail = detail
        super().__init__(detail)


@dataclass(frozen=True, slots=True)
class ServerHello:
    """What the server chose. `raw` is the whole handshake message."""

    legacy_version: int
    suite: int
    raw: bytes
    is_retry: bool = False  # HelloRetryRequest, RFC 8446 section 4.1.4
    compression: int = 0
    extensions: dict[int, bytes] = field(default_factory=dict)

    @property
    def version(self) -> int:
        """The version in use (RFC 8446 section 4.2.1)."""
        chosen = self.extensions.get(SUPPORTED_VERSIONS, b"")
        return int.from_bytes(chosen, "big") if len(chosen) == 2 else self.legacy_version

    @property
    def share(self) -> tuple[int, bytes]:
        """Group and key of the server: no key in a retry request, group 0 when none was sent."""
        data = self.extensions.get(KEY_SHARE, b"")
        return int.from_bytes(data[:2], "big"), data[4:]


@dataclass(frozen=True, slots=True)
class Flight:
    """What a server answered to one hello."""

    hello: ServerHello | None = None
    certificates: tuple[bytes, ...] | None = None
    is_truncated: bool = False
    staple: bytes | None = None
    alert: int | None = None  # fatal
    is_whole: bool = False  # the server said all it had to say before our turn
    key_exchange: bytes = b""  # ServerKeyExchange as sent, TLS 1.2 and older
    asks_certificate: bool = False
    scheme: int = 0  # of CertificateVerify, TLS 1.3
    hidden: dict[int, bytes] = field(default_factory=dict)  # EncryptedExtensions of TLS 1.3
    scts: bytes = b""  # SignedCertificateTimestampList beside the leaf, TLS 1.3

    def extension(self, kind: int) -> bytes | None:
        """What the server answered to an extension, hidden or not; None when it did not."""
        shown = self.hello.extensions if self.hello else {}
        return shown.get(kind, self.hidden.get(kind))


Opener = Callable[[bytes, bytes], tuple[int, bytes]]
"""(record header, encrypted body) -> (content type, content); raises WireError."""

Unlock = Callable[[ServerHello], Opener | None]


class FlightReader:
    """Puts records and messages together and stops when enough is known."""

    def __init__(self, unlock: Unlock) -> None:
        self.flight = Flight()
        self.is_complete = False
        self._unlock = unlock
        self._opener: Opener | None = None
        self._wire = b""
        self._handshake = b""
        self._records = 0
        self._seen = 0

    def feed(self, data: bytes) -> None:
        """Take what came in. Raises WireError."""
        self._wire += data
        while not self.is_complete and (record := self._next_record()):
            self._take(*record)

    @property
    def rest(self) -> bytes:
        """What came in after the flight was complete."""
        return self._wire if self.is_complete else b""

    def _next_record(self) -> tuple[int, bytes, bytes] | None:
        _refuse_foreign(self._wire)
        if len(self._wire) < 5:
            return None
        size = int.from_bytes(self._wire[3:5], "big")
        if size > RECORD_LIMIT:
            raise WireError(Why.MALFORMED, f"a record of {size} bytes")
        if len(self._wire) < 5 + size:
            return None
        header, body = self._wire[:5], self._wire[5 : 5 + size]
        self._wire = self._wire[5 + size :]
        self._records += 1
        if self._records > RECORDS_LIMIT:
            raise WireError(Why.TOO_LARGE, f"more than {RECORDS_LIMIT} records")
        return header[0], header, body

    def _take(self, kind: int, header: bytes, body: bytes) -> None:
        if kind == APPLICATION and self._opener:
            kind, body = self._opener(header, body)
        if kind == ALERT:
            self._alert(body)
        elif kind == HANDSHAKE:
            self._messages(body)
        elif kind != CHANGE_CIPHER:
            raise WireError(Why.MALFORMED, f"a record of type {kind} before the handshake ended")

    def _alert(self, body: bytes) -> None:
        if len(body) != 2:
            raise WireError(Why.MALFORMED, f"an alert of {len(body)} bytes")
        level, code = body
        if level == FATAL or code == 0 or self._opener:  # TLS 1.3 ignores the level, RFC 8446 section 6
            self.flight = replace(self.flight, alert=code)
            self.is_complete = True

    def _messages(self, body: bytes) -> None:
        self._seen += len(body)
        if self._seen > HANDSHAKE_LIMIT:
            raise WireError(Why.TOO_LARGE, f"more than {HANDSHAKE_LIMIT} bytes of handshake")
        self._handshake += body
        while not self.is_complete and len(self._handshake) >= 4:
            size = int.from_bytes(self._handshake[1:4], "big")
            if size > HANDSHAKE_LIMIT:
                raise WireError(Why.TOO_LARGE, f"a handshake message of {size} bytes")
            if len(self._handshake) < 4 + size:
                return
            message, self._handshake = self._handshake[: 4 + size], self._handshake[4 + size :]
            self._message(message)

    def _message(self, message: bytes) -> None:
        kind, body = message[0], message[4:]
        if kind == SERVER_HELLO:
            self._hello(message)
        elif self.flight.hello is None:
            raise WireError(Why.MALFORMED, f"handshake message {kind} before the ServerHello")
        elif kind == CERTIFICATE:
            self._certificates(body)
        elif kind == STATUS:
            self.flight = replace(self.flight, staple=_staple(body))
        elif kind == KEY_EXCHANGE:
            self.flight = replace(self.flight, key_exchange=body)
        elif kind == CERTIFICATE_REQUEST:
            self.flight = replace(self.flight, asks_certificate=True)
        elif kind == ENCRYPTED_EXTENSIONS and self._opener:
            self.flight = replace(self.flight, hidden=_read_extensions(_Cursor(body)))
        elif kind == CERTIFICATE_VERIFY and self._opener:
            self.flight = replace(self.flight, scheme=_Cursor(body).number(2), is_whole=True)
            self.is_complete = True
        elif kind in (HELLO_DONE, FINISHED):
            self.flight = replace(self.flight, is_whole=True)
            self.is_complete = True

    def _hello(self, message: bytes) -> None:
        if self.flight.hello is not None:
            raise WireError(Why.MALFORMED, "a second ServerHello")
        hello = read_server_hello(message)
        self.flight = replace(self.flight, hello=hello)
        if hello.version == TLS13:
            self._opener = None if hello.is_retry else self._unlock(hello)
            self.is_complete = self._opener is None

    def _certificates(self, body: bytes) -> None:
        is_13 = self._opener is not None
        found, extras, is_truncated = read_certificates(body, is_13=is_13)
        self.flight = replace(self.flight, certificates=found, is_truncated=is_truncated)
        if is_13:
            staple = extras.get(STATUS_REQUEST)
            self.flight = replace(
                self.flight, staple=_staple(staple) if staple else None, scts=extras.get(SCT, b"")
            )


def read_server_hello(message: bytes) -> ServerHello:
    """The choice of the server (RFC 5246 section 7.4.1.3, RFC 8446 section 4.1.3). Raises WireError."""
    cursor = _Cursor(message[4:])
    version = cursor.number(2)
    random = cursor.take(32)
    cursor.vector(1)
    suite, compression = cursor.number(2), cursor.number(1)
    extensions = _read_extensions(cursor) if cursor.left else {}
    return ServerHello(version, suite, message, random == RETRY_RANDOM, compression, extensions)


def _read_extensions(cursor: "_Cursor") -> dict[int, bytes]:
    """Extensions by number; of a repeated one the first."""
    found: dict[int, bytes] = {}
    block = _Cursor(cursor.vector(2))
    while block.left:
        kind = block.number(2)
        found.setdefault(kind, block.vector(2))
    return found


def read_certificates(body: bytes, *, is_13: bool) -> tuple[tuple[bytes, ...], dict[int, bytes], bool]:
    """Certificates leaf first, the extensions of the leaf (TLS 1.3), whether some were left out; or WireError."""
    cursor = _Cursor(body)
    if is_13:
        cursor.vector(1)  # certificate_request_context, RFC 8446 section 4.4.2
    entries = _Cursor(cursor.vector(3))
    found: list[bytes] = []
    extras: dict[int, bytes] = {}
    while entries.left:
        der = entries.vector(3)
        if is_13:
            extra = _read_extensions(entries)
            extras = extras if found else extra
        found.append(der)
    return tuple(found[:CERTIFICATES_LIMIT]), extras, len(found) > CERTIFICATES_LIMIT


def is_ssl2_hello(data: bytes) -> bool:
    """True for the first seven bytes of a SERVER-HELLO of SSLv2."""
    return len(data) >= 7 and bool(data[0] & 0x80) and data[2] == 4 and data[5:7] == b"\x00\x02"


def _staple(data: bytes) -> bytes | None:
    """The OCSP response of a CertificateStatus (RFC 6066 section 8)."""
    cursor = _Cursor(data)
    return cursor.vector(3) if cursor.number(1) == 1 else None


def _refuse_foreign(start: bytes) -> None:
    """Raises WireError as soon as the first bytes cannot be TLS."""
    if start[:5] == b"HTTP/"[: len(start)] and start:
        if len(start) >= 5:
            raise WireError(Why.TLS, PLAIN_HTTP)
        return
    looks_like_tls = start[:1] in b"\x14\x15\x16\x17" and start[1:2] in b"\x03"
    if start and not looks_like_tls:
        raise WireError(Why.MALFORMED, f"no TLS: {start[:16]!r}")


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a ServerKeyExchange says: the kind of exchange, its group, its size, the scheme that signs it."""

    kind: str
    group: int = 0
    bits: int = 0
    scheme: int = 0


NAMED_CURVE = 3
PRIME_LIMIT = 4096  # bytes


def read_key_exchange(body: bytes, suite: str, *, is_12: bool) -> Exchange | None:
    """The exchange of a suite by its name (RFC 5246 section 7.4.3, RFC 8422 section 5.4); None when unreadable."""
    exchange = suite.partition("_WITH_")[0]
    cursor = _Cursor(body)
    try:
        if exchange.startswith("TLS_ECDH"):
            found = Exchange("ECDHE", _curve(cursor)[0])
        elif exchange.startswith("TLS_DH"):
            prime = cursor.vector(2)[:PRIME_LIMIT]
            cursor.vector(2)
            cursor.vector(2)
            found = Exchange("DHE", bits=int.from_bytes(prime, "big").bit_length())
        else:
            return Exchange(
                "RSA_EXPORT", bits=int.from_bytes(cursor.vector(2)[:PRIME_LIMIT], "big").bit_length()
            )
        has_scheme = is_12 and "_anon" not in exchange and cursor.left >= 2
        return replace(found, scheme=cursor.number(2)) if has_scheme else found
    except WireError:
        return None


def read_curve(body: bytes) -> tuple[int, bytes]:
    """Group and public point of a ServerKeyExchange on a named curve (RFC 8422 section 5.4). Raises WireError."""
    return _curve(_Cursor(body))


def _curve(cursor: "_Cursor") -> tuple[int, bytes]:
    if cursor.number(1) != NAMED_CURVE:
        raise WireError(Why.MALFORMED, "a curve without a name")
    return cursor.number(2), cursor.vector(1)


class _Cursor:
    """Reads fields one after another and never past the end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        return len(self._data) - self._at

    def take(self, size: int) -> bytes:
        if size > self.left:
            raise WireError(Why.MALFORMED, f"a field of {size} bytes where {self.left} are left")
        self._at += size
        return self._data[self._at - size : self._at]

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def vector(self, size: int) -> bytes:
        return self.take(self.number(size))
