"""A server that answers hellos by hand and never ends a handshake: for what no library speaks any more.

SSLv2, export suites, DES, compression, a missing renegotiation signal: the first flight is bit-exact, and the
prober asks for no more.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from cryptography.hazmat.primitives.serialization import Encoding

from tests.lab.pki import Authority, Leaf

VERSIONS = {"SSLv3": 0x0300, "TLSv1.0": 0x0301, "TLSv1.1": 0x0302, "TLSv1.2": 0x0303}
FALLBACK, RENEGOTIATION = 0x5600, 0x00FF
RENEGOTIATION_INFO, MASTER_SECRET = 0xFF01, 23
HANDSHAKE_FAILURE, PROTOCOL_VERSION, INAPPROPRIATE_FALLBACK = 40, 70, 86


@dataclass(frozen=True)
class FirstFlight:
    """What the server takes and how it answers. Suites are in the server's order of preference."""

    suites: Sequence[int]
    versions: Sequence[str] = ("TLSv1.2",)
    compresses: bool = False
    knows_renegotiation: bool = True
    knows_fallback: bool = True
    has_master_secret: bool = True
    is_ssl2: bool = False
    prime_bits: int = 2048
    bears_bytes: int = 65_535  # a longer hello is closed
    bears_13: bool = True  # False: a hello that knows TLS 1.3 beside 1.2 is closed
    bears_odd: bool = True  # False: a hello with values of RFC 8701 is closed
    scheme: int = 0x0401  # that signs the key exchange; it refuses hellos without it
    closes: bool = False  # an orderly close where others send an alert


@asynccontextmanager
async def first_flight_server(config: FirstFlight, leaf: Leaf, issuer: Authority) -> AsyncIterator[int]:
    """The server on loopback; gives its port."""
    ders = [c.public_bytes(Encoding.DER) for c in (leaf.certificate, issuer.certificate)]

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readexactly(5)
            if head[0] & 0x80 and head[2] == 1:
                writer.write(ssl2_answer() if config.is_ssl2 else refusal(config))
            else:
                body = await reader.readexactly(int.from_bytes(head[3:5], "big"))
                writer.write(answer(config, body, ders))
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def ssl2_answer() -> bytes:
    """A SERVER-HELLO of SSLv2 with one cipher."""
    body = b"\x04\x00\x01\x00\x02\x00\x00\x00\x03\x00\x10" + b"\x01\x00\x80" + bytes(16)
    return (0x8000 | len(body)).to_bytes(2, "big") + body


def refusal(config: FirstFlight) -> bytes:
    """What the server says to a hello it shares nothing with."""
    return b"" if config.closes else alert(HANDSHAKE_FAILURE)


def answer(config: FirstFlight, message: bytes, ders: Sequence[bytes]) -> bytes:
    """The records that answer a ClientHello."""
    if not _bears(config, message):
        return b""
    asked = int.from_bytes(message[4:6], "big")
    at = 4 + 2 + 32 + 1 + message[38]
    size = int.from_bytes(message[at : at + 2], "big")
    suites = [int.from_bytes(message[at + 2 + i : at + 4 + i], "big") for i in range(0, size, 2)]
    methods = message[at + 3 + size : at + 3 + size + message[at + 2 + size]]
    mine = [VERSIONS[v] for v in config.versions]
    is_13 = b"\x00\x2b\x00\x03\x02\x03\x04" in message
    version = max((v for v in mine if v <= asked), default=0)
    if is_13 or not version:
        return b"" if config.closes else alert(PROTOCOL_VERSION)
    if FALLBACK in suites and config.knows_fallback and version < max(mine):
        return alert(INAPPROPRIATE_FALLBACK)
    suite = next((s for s in config.suites if s in suites), None)
    if suite is None or not _may_agree(config, message, suite, version):
        return refusal(config)
    method = 1 if config.compresses and 1 in methods else 0
    return flight(config, version, suite, method, ders)


def _may_agree(config: FirstFlight, message: bytes, suite: int, version: int) -> bool:
    """False when the hello lacks the curve of ours, or our signature scheme."""
    is_signed = version == VERSIONS["TLSv1.2"] and suite in (*DHE_SUITES, *CURVE_SUITES)
    if is_signed and not _offers(message, SIGNATURES, config.scheme):
        return False
    return suite not in CURVE_SUITES or _offers(message, GROUPS, P256)


def _offers(message: bytes, kind: int, code: int) -> bool:
    """True when an extension that is a list of codes holds this one; a hello without the extension leaves it open."""
    at = 4 + 2 + 32 + 1 + message[38]
    at += 2 + int.from_bytes(message[at : at + 2], "big")
    at += 1 + message[at] + 2
    while at + 4 <= len(message):
        size = int.from_bytes(message[at + 2 : at + 4], "big")
        if int.from_bytes(message[at : at + 2], "big") == kind:
            codes = message[at + 6 : at + 4 + size]
            return code in {int.from_bytes(codes[i : i + 2], "big") for i in range(0, len(codes), 2)}
        at += 4 + size
    return True


def _bears(config: FirstFlight, message: bytes) -> bool:
    """False for what the server falls over."""
    knows_both = b"\x03\x04\x03\x03" in message
    is_odd = b"\x2a\x2a" in message and b"\x6a\x6a" in message
    return (
        len(message) <= config.bears_bytes
        and (config.bears_13 or not knows_both)
        and (config.bears_odd or not is_odd)
    )


def flight(config: FirstFlight, version: int, suite: int, method: int, ders: Sequence[bytes]) -> bytes:
    """ServerHello to ServerHelloDone."""
    extensions = b""
    if config.knows_renegotiation:
        extensions += RENEGOTIATION_INFO.to_bytes(2, "big") + b"\x00\x01\x00"
    if config.has_master_secret:
        extensions += MASTER_SECRET.to_bytes(2, "big") + b"\x00\x00"
    hello = (
        version.to_bytes(2, "big") + bytes(range(32)) + b"\x00" + suite.to_bytes(2, "big") + bytes([method])
    )
    if extensions and version > VERSIONS["SSLv3"]:
        hello += len(extensions).to_bytes(2, "big") + extensions
    certificates = b"".join(len(d).to_bytes(3, "big") + d for d in ders)
    messages = handshake(2, hello) + handshake(11, len(certificates).to_bytes(3, "big") + certificates)
    if suite in CURVE_SUITES:
        messages += handshake(12, curve_exchange(config.scheme, version))
    if suite in DHE_SUITES:
        messages += handshake(12, prime_exchange(config.prime_bits))
    messages += handshake(14, b"")
    return b"\x16" + version.to_bytes(2, "big") + len(messages).to_bytes(2, "big") + messages


CURVE_SUITES = (0xC02F, 0xC013)
GROUPS, SIGNATURES, P256 = 10, 13, 0x0017
DHE_SUITES = (0x0033, 0x0039, 0x0016, 0x009E, 0x009F)


def curve_exchange(scheme: int, version: int) -> bytes:
    """A ServerKeyExchange on P-256 with a point and a signature nobody checks."""
    signed_by = scheme.to_bytes(2, "big") if version == VERSIONS["TLSv1.2"] else b""
    return b"\x03\x00\x17\x41\x04" + bytes(64) + signed_by + b"\x00\x02ab"


def prime_exchange(bits: int) -> bytes:
    """A ServerKeyExchange with a number of that size in the place of the prime; nobody computes with it."""
    prime = ((1 << bits) - 1).to_bytes((bits + 7) // 8, "big")
    return (
        b"".join(len(part).to_bytes(2, "big") + part for part in (prime, b"\x02", prime))
        + b"\x04\x01\x00\x02ab"
    )


def handshake(kind: int, body: bytes) -> bytes:
    """One handshake message."""
    return bytes([kind]) + len(body).to_bytes(3, "big") + body


def alert(code: int) -> bytes:
    """A fatal alert in a record."""
    return b"\x15\x03\x01\x00\x02\x02" + bytes([code])
