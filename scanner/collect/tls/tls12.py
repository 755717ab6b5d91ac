"""The part of TLS 1.2 that ends a handshake: key agreement on a curve, the key block, records with AEAD ciphers.

RFC 5246 sections 5, 6.3 and 8.1, RFC 5288, RFC 7627, RFC 7905. Only ECDHE with AES-GCM or ChaCha20 is spoken.
"""

import hashlib
import hmac
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

from scanner.collect.tls.records import Opener, WireError
from scanner.model.evidence import Why

SUITES = {
    0xC02B: ("sha256", 16),
    0xC02C: ("sha384", 32),
    0xC02F: ("sha256", 16),
    0xC030: ("sha384", 32),
    0xCCA8: ("sha256", 32),
    0xCCA9: ("sha256", 32),
}
"""suite -> (hash of the PRF, key length in bytes)"""
CHACHA = frozenset({0xCCA8, 0xCCA9})
VERSION = b"\x03\x03"
EXPLICIT = 8  # bytes of the nonce that travel with a record of AES-GCM (RFC 5288 section 3)
TAG = 16
VERIFY_BYTES = 12


def prf(digest: str, secret: bytes, label: bytes, seed: bytes, length: int) -> bytes:
    """The pseudorandom function (RFC 5246 section 5)."""
    seed = label + seed
    output, block = b"", seed
    while len(output) < length:
        block = hmac.digest(secret, block, digest)
        output += hmac.digest(secret, block + seed, digest)
    return output[:length]


@dataclass
class Side:
    """What one side encrypts with."""

    suite: int
    key: bytes
    iv: bytes
    sequence: int = field(default=0)

    def seal(self, kind: int, content: bytes) -> bytes:
        """One record."""
        explicit, nonce, extra = self._frame(kind, len(content), self.sequence.to_bytes(8, "big"))
        body = explicit + self._cipher().encrypt(nonce, content, extra)
        return bytes([kind]) + VERSION + len(body).to_bytes(2, "big") + body

    def opener(self) -> Opener:
        """Opens the records of this side, one after another."""

        def opened(header: bytes, body: bytes) -> tuple[int, bytes]:
            size = 0 if self.suite in CHACHA else EXPLICIT
            if len(body) < size + TAG:
                raise WireError(Why.MALFORMED, f"an encrypted record of {len(body)} bytes")
            _, nonce, extra = self._frame(header[0], len(body) - size - TAG, body[:size])
            try:
                return header[0], self._cipher().decrypt(nonce, body[size:], extra)
            except InvalidTag as error:
                raise WireError(Why.MALFORMED, "a record that cannot be decrypted") from error

        return opened

    def _frame(self, kind: int, size: int, explicit: bytes) -> tuple[bytes, bytes, bytes]:
        """What travels of the nonce, the nonce, and what is authenticated besides (RFC 5246 section 6.2.3.3)."""
        extra = self.sequence.to_bytes(8, "big") + bytes([kind]) + VERSION + size.to_bytes(2, "big")
        if self.suite in CHACHA:
            nonce = (int.from_bytes(self.iv, "big") ^ self.sequence).to_bytes(12, "big")
            explicit = b""
        else:
            nonce = self.iv + explicit
        self.sequence += 1
        return explicit, nonce, extra

    def _cipher(self) -> AESGCM | ChaCha20Poly1305:
        return ChaCha20Poly1305(self.key) if self.suite in CHACHA else AESGCM(self.key)


@dataclass(frozen=True)
class Session:
    """The secret both sides share, and what is derived from it."""

    suite: int
    master: bytes
    client: Side
    server: Side

    def finished(self, label: bytes, messages: bytes) -> bytes:
        """The verify_data over all messages so far (RFC 5246 section 7.4.9)."""
        digest, _ = SUITES[self.suite]
        return prf(digest, self.master, label, hashlib.new(digest, messages).digest(), VERIFY_BYTES)


def session(
    suite: int, shared: bytes, randoms: tuple[bytes, bytes], messages: bytes, *, is_extended: bool
) -> Session:
    """The session after a key agreement; `messages` end with ClientKeyExchange, `randoms` are client's and server's."""
    digest, size = SUITES[suite]
    client, server = randoms
    if is_extended:  # RFC 7627 section 4
        master = prf(digest, shared, b"extended master secret", hashlib.new(digest, messages).digest(), 48)
    else:
        master = prf(digest, shared, b"master secret", client + server, 48)
    iv = 12 if suite in CHACHA else 4
    block = prf(digest, master, b"key expansion", server + client, 2 * (size + iv))
    keys, ivs = block[: 2 * size], block[2 * size :]
    return Session(suite, master, Side(suite, keys[:size], ivs[:iv]), Side(suite, keys[size:], ivs[iv:]))
