"""The part of TLS 1.3 that opens the server's certificate: key shares, key schedule, record protection.

RFC 8446 sections 7.1 to 7.3 and 5.2. Nothing is encrypted here: the prober leaves before it would have to.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec, x448, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESCCM, AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from scanner.collect.tls.records import Opener, ServerHello, WireError
from scanner.model.evidence import Why

X25519, X448 = 0x001D, 0x001E
CURVES: dict[int, ec.EllipticCurve] = {0x0017: ec.SECP256R1(), 0x0018: ec.SECP384R1(), 0x0019: ec.SECP521R1()}
SUITES = {
    0x1301: ("sha256", 16),
    0x1302: ("sha384", 32),
    0x1303: ("sha256", 32),
    0x1304: ("sha256", 16),
    0x1305: ("sha256", 16),
}
"""suite -> (hash, key length in bytes)"""

PrivateKey = x25519.X25519PrivateKey | x448.X448PrivateKey | ec.EllipticCurvePrivateKey
Aead = AESGCM | AESCCM | ChaCha20Poly1305


@dataclass(frozen=True, slots=True)
class Share:
    """A fresh key for one group; `public` is what a hello carries."""

    group: int
    private: PrivateKey

    @property
    def public(self) -> bytes:
        """The key as the wire wants it (RFC 8446 section 4.2.8.2)."""
        key = self.private.public_key()
        if isinstance(key, ec.EllipticCurvePublicKey):
            return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return key.public_bytes_raw()

    def agree(self, peer: bytes) -> bytes:
        """The shared secret. Raises WireError for a key that lies on no curve."""
        try:
            if isinstance(self.private, x25519.X25519PrivateKey):
                return self.private.exchange(x25519.X25519PublicKey.from_public_bytes(peer))
            if isinstance(self.private, x448.X448PrivateKey):
                return self.private.exchange(x448.X448PublicKey.from_public_bytes(peer))
            point = ec.EllipticCurvePublicKey.from_encoded_point(self.private.curve, peer)
            return self.private.exchange(ec.ECDH(), point)
        except ValueError as error:
            raise WireError(Why.MALFORMED, f"key share: {error}") from error


def new_share(group: int) -> Share | None:
    """A key for a group we can agree in; None for others, such as ffdhe or post-quantum ones."""
    if group == X25519:
        return Share(group, x25519.X25519PrivateKey.generate())
    if group == X448:
        return Share(group, x448.X448PrivateKey.generate())
    curve = CURVES.get(group)
    return Share(group, ec.generate_private_key(curve)) if curve else None


def unlock(hello: ServerHello, shares: Sequence[Share], before: bytes) -> Opener | None:
    """The opener of the records after a ServerHello; None when its suite or group is none of ours.

    `before` is the transcript up to the ServerHello. Raises WireError.
    """
    group, peer = hello.share
    share = next((s for s in shares if s.group == group), None)
    if share is None or hello.suite not in SUITES:
        return None
    digest, size = SUITES[hello.suite]
    transcript = hashlib.new(digest, before + hello.raw).digest()
    key, iv = server_keys(share.agree(peer), transcript, digest, size)
    return record_opener(_aead(hello.suite, key), iv)


@dataclass(frozen=True, slots=True)
class HandshakeKeys:
    """What both sides derive after a ServerHello: enough to end a handshake and to read what follows it."""

    suite: int
    secret: bytes  # the handshake secret
    transcript: bytes  # hash up to the ServerHello

    def server_opener(self) -> Opener:
        """The opener of the server's handshake records."""
        return self._opener(self._derived(self.secret, "s hs traffic", self.transcript))

    def finished(self, messages: bytes) -> bytes:
        """The client's Finished as a record, given all messages so far (RFC 8446 section 4.4.4)."""
        digest, size = SUITES[self.suite]
        length = hashlib.new(digest).digest_size
        traffic = self._derived(self.secret, "c hs traffic", self.transcript)
        proof_key = expand_label(digest, traffic, "finished", b"", length)
        proof = hmac.digest(proof_key, hashlib.new(digest, messages).digest(), digest)
        inner = b"\x14" + length.to_bytes(3, "big") + proof + b"\x16"
        header = b"\x17\x03\x03" + (len(inner) + self._tag_bytes()).to_bytes(2, "big")
        key, iv = (
            expand_label(digest, traffic, "key", b"", size),
            expand_label(digest, traffic, "iv", b"", 12),
        )
        return header + _aead(self.suite, key).encrypt(iv, inner, header)

    def application_opener(self, messages: bytes) -> Opener:
        """The opener of what the server sends after its Finished, given all messages up to it."""
        digest, _ = SUITES[self.suite]
        length = hashlib.new(digest).digest_size
        derived = self._derived(self.secret, "derived", hashlib.new(digest).digest())
        master = extract(digest, derived, bytes(length))
        return self._opener(self._derived(master, "s ap traffic", hashlib.new(digest, messages).digest()))

    def _derived(self, secret: bytes, label: str, context: bytes) -> bytes:
        digest, _ = SUITES[self.suite]
        return expand_label(digest, secret, label, context, hashlib.new(digest).digest_size)

    def _opener(self, traffic: bytes) -> Opener:
        digest, size = SUITES[self.suite]
        key, iv = (
            expand_label(digest, traffic, "key", b"", size),
            expand_label(digest, traffic, "iv", b"", 12),
        )
        return record_opener(_aead(self.suite, key), iv)

    def _tag_bytes(self) -> int:
        return 8 if self.suite == 0x1305 else 16


def handshake_keys(hello: ServerHello, shares: Sequence[Share], before: bytes) -> HandshakeKeys | None:
    """The keys after a ServerHello; None when its suite or group is none of ours. Raises WireError."""
    group, peer = hello.share
    share = next((s for s in shares if s.group == group), None)
    if share is None or hello.suite not in SUITES:
        return None
    digest, _ = SUITES[hello.suite]
    length = hashlib.new(digest).digest_size
    early = extract(digest, bytes(length), bytes(length))
    derived = expand_label(digest, early, "derived", hashlib.new(digest).digest(), length)
    return HandshakeKeys(
        hello.suite,
        extract(digest, derived, share.agree(peer)),
        hashlib.new(digest, before + hello.raw).digest(),
    )


def retried_transcript(first: bytes, retry: ServerHello) -> bytes:
    """The transcript after a HelloRetryRequest (RFC 8446 section 4.4.1)."""
    digest, _ = SUITES.get(retry.suite, ("sha256", 16))
    hashed = hashlib.new(digest, first).digest()
    return b"\xfe\x00\x00" + bytes([len(hashed)]) + hashed + retry.raw


def server_keys(secret: bytes, transcript: bytes, digest: str, size: int) -> tuple[bytes, bytes]:
    """Key and nonce base of the server's handshake records (RFC 8446 sections 7.1 and 7.3)."""
    length = hashlib.new(digest).digest_size
    empty = hashlib.new(digest).digest()
    early = extract(digest, bytes(length), bytes(length))
    handshake = extract(digest, expand_label(digest, early, "derived", empty, length), secret)
    traffic = expand_label(digest, handshake, "s hs traffic", transcript, length)
    return expand_label(digest, traffic, "key", b"", size), expand_label(digest, traffic, "iv", b"", 12)


def extract(digest: str, salt: bytes, secret: bytes) -> bytes:
    """HKDF-Extract (RFC 5869 section 2.2)."""
    return hmac.digest(salt, secret, digest)


def expand_label(digest: str, secret: bytes, label: str, context: bytes, length: int) -> bytes:
    """HKDF-Expand-Label (RFC 8446 section 7.1)."""
    name = b"tls13 " + label.encode("ascii")
    info = length.to_bytes(2, "big") + bytes([len(name)]) + name + bytes([len(context)]) + context
    block, output, counter = b"", b"", 1
    while len(output) < length:
        block = hmac.digest(secret, block + info + bytes([counter]), digest)
        output += block
        counter += 1
    return output[:length]


def record_opener(aead: Aead, iv: bytes) -> Opener:
    """An opener that counts its records (RFC 8446 section 5.3)."""
    sequence = 0

    def opened(header: bytes, body: bytes) -> tuple[int, bytes]:
        nonlocal sequence
        nonce = (int.from_bytes(iv, "big") ^ sequence).to_bytes(12, "big")
        sequence += 1
        try:
            inner = aead.decrypt(nonce, body, header).rstrip(b"\x00")
        except (InvalidTag, ValueError) as error:
            raise WireError(Why.MALFORMED, "a record that cannot be decrypted") from error
        if not inner:
            raise WireError(Why.MALFORMED, "a record without content type")
        return inner[-1], inner[:-1]

    return opened


def _aead(suite: int, key: bytes) -> Aead:
    if suite == 0x1303:
        return ChaCha20Poly1305(key)
    if suite in (0x1304, 0x1305):
        return AESCCM(key, tag_length=16 if suite == 0x1304 else 8)
    return AESGCM(key)
