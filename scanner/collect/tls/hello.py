"""ClientHello messages: bytes only, no sockets, no chance. Random values and key shares are handed in.

Hygiene learnt from servers that fall over: at most 100 suites; no message of 256-511 bytes (RFC 7685) nor of
a length that is 10 or 14 modulo 256; record version 0x0301; no large key share; the server name always, save
for IP literals (RFC 6066 section 3).
"""

import struct
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import ip_address

from scanner.collect.tls.suites import FALLBACK_SIGNAL, RENEGOTIATION_SIGNAL, SSL2

SSL3, TLS10, TLS11, TLS12, TLS13 = 0x0300, 0x0301, 0x0302, 0x0303, 0x0304
HANDSHAKE, CLIENT_HELLO = 22, 1

SERVER_NAME, STATUS_REQUEST, SUPPORTED_GROUPS, POINT_FORMATS, SIGNATURES = 0, 5, 10, 11, 13
PADDING, MASTER_SECRET, SUPPORTED_VERSIONS, COOKIE, KEY_SHARE = 21, 23, 43, 44, 51
ALPN, SCT, TICKET, PSK_MODES = 16, 18, 35, 45
PROTOCOLS = (b"h2", b"http/1.1")
DEFLATE_OR_NONE = b"\x02\x01\x00"  # RFC 3749; in TLS 1.3 only "none" may be offered
ONLY_NONE = b"\x01\x00"

GROUPS = (0x001D, 0x0017, 0x0018, 0x0019, 0x001E, 0x0100, 0x0101)
SCHEMES = (
    *(0x0403, 0x0503, 0x0603, 0x0807, 0x0808),  # ECDSA on three curves, Ed25519, Ed448
    *(0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B),  # RSA-PSS
    *(0x0401, 0x0501, 0x0601, 0x0301, 0x0303),  # RSA and ECDSA with SHA-2
    *(0x0203, 0x0201, 0x0202, 0x0402),  # SHA-1 and DSA: old servers have nothing else
)
BAD_REMAINDERS = (10, 14)


def client_hello(
    version: int,
    suites: Sequence[int],
    *,
    random: bytes,
    host: str,
    shares: Sequence[tuple[int, bytes]] = (),
    cookie: bytes = b"",
    groups: Sequence[int] = GROUPS,
    schemes: Sequence[int] = SCHEMES,
    is_fallback: bool = False,
    wants_ticket: bool = False,
    also_12: bool = False,
    grease: Sequence[int] = (),
    is_anew: bool = False,
    extra: bytes = b"",
) -> bytes:
    """The handshake message. TLS 1.3 is asked by `supported_versions` (RFC 8446 section 4.2.1), alone or `also_12`.

    `grease` are versions that mean nothing (RFC 8701), `extra` holds further extensions. `is_fallback` says that a
    newer version failed before (RFC 7507), `is_anew` that a handshake went before (RFC 5746 section 3.5). `random` is
    32 bytes; without `host` no server is named. SSLv3 knows no extensions, so it gets none.
    """
    is_13 = version == TLS13
    legacy = min(version, TLS12)
    signals = (*(() if is_anew else (RENEGOTIATION_SIGNAL,)), *((FALLBACK_SIGNAL,) if is_fallback else ()))
    offered = tuple(suites) if is_13 and not also_12 else (*suites, *signals)
    session = random[::-1] if is_13 else b""  # middlebox compatibility, RFC 8446 appendix D.4
    body = legacy.to_bytes(2, "big") + random + _with_length(session, 1)
    body += _with_length(_codes(offered), 2)
    body += ONLY_NONE if is_13 else DEFLATE_OR_NONE
    if version == SSL3:
        return _message(body)
    spoken = (*grease, TLS13, TLS12) if also_12 else (TLS13,)
    extensions = _extensions(
        version, host, shares=shares, cookie=cookie, groups=groups, schemes=schemes, spoken=spoken
    )
    extensions += extra
    if wants_ticket:
        extensions += extension(PSK_MODES, b"\x01\x01")
    padded = extensions if extra else extensions + _padding(len(_message(body)) + 2 + len(extensions))
    return _message(body + _with_length(padded, 2))


def in_record(message: bytes, version: int) -> bytes:
    """The message as the first record of a connection."""
    return bytes([HANDSHAKE]) + min(version, TLS10).to_bytes(2, "big") + _with_length(message, 2)


def ssl2_hello(challenge: bytes) -> bytes:
    """The CLIENT-HELLO of SSLv2 with all its ciphers; `challenge` is 16 bytes."""
    ciphers = b"".join(c.to_bytes(3, "big") for c in SSL2)
    body = b"\x01\x00\x02" + len(ciphers).to_bytes(2, "big") + b"\x00\x00" + len(challenge).to_bytes(2, "big")
    body += ciphers + challenge
    return (0x8000 | len(body)).to_bytes(2, "big") + body


def _extensions(
    version: int,
    host: str,
    *,
    shares: Sequence[tuple[int, bytes]],
    cookie: bytes,
    groups: Sequence[int],
    schemes: Sequence[int],
    spoken: Sequence[int],
) -> bytes:
    found = [_server_name(host)]
    found.append(extension(SUPPORTED_GROUPS, _with_length(_codes(groups), 2)))
    if version != TLS13 or TLS12 in spoken:
        found.append(OLD_EXTENSIONS)
    if version >= TLS12:
        found.append(extension(SIGNATURES, _with_length(_codes(schemes), 2)))
    found.append(COMMON_EXTENSIONS)
    if version == TLS13:
        entries = b"".join(group.to_bytes(2, "big") + _with_length(key, 2) for group, key in shares)
        found.append(extension(SUPPORTED_VERSIONS, _with_length(_codes(spoken), 1)))
        found.append(extension(COOKIE, _with_length(cookie, 2)) if cookie else b"")
        found.append(extension(KEY_SHARE, _with_length(entries, 2)))
    return b"".join(found)


@lru_cache(maxsize=64)  # one host is asked dozens of times
def _server_name(host: str) -> bytes:
    if not host:
        return b""
    try:
        ip_address(host)
    except ValueError:
        name = host.removesuffix(".").encode("ascii")
        return extension(SERVER_NAME, _with_length(b"\x00" + _with_length(name, 2), 2))
    return b""


def _padding(length: int) -> bytes:
    """A padding extension that brings the message to a length servers bear; often none."""
    if 256 <= length < 512:
        return extension(PADDING, bytes(max(0, 508 - length)))
    return extension(PADDING, b"\x00") if length % 256 in BAD_REMAINDERS else b""


def extension(kind: int, data: bytes) -> bytes:
    """One extension."""
    return kind.to_bytes(2, "big") + _with_length(data, 2)


def _codes(codes: Sequence[int]) -> bytes:
    return struct.pack(f">{len(codes)}H", *codes)


def _with_length(data: bytes, size: int) -> bytes:
    return len(data).to_bytes(size, "big") + data


def _message(body: bytes) -> bytes:
    return bytes([CLIENT_HELLO]) + _with_length(body, 3)


OLD_EXTENSIONS = (
    extension(POINT_FORMATS, b"\x01\x00") + extension(MASTER_SECRET, b"") + extension(TICKET, b"")
)
COMMON_EXTENSIONS = (
    extension(STATUS_REQUEST, b"\x01\x00\x00\x00\x00")
    + extension(SCT, b"")
    + extension(ALPN, _with_length(b"".join(_with_length(p, 1) for p in PROTOCOLS), 2))
)
