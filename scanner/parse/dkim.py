"""One DKIM key record (RFC 6376 section 3.6.1, RFC 8301, RFC 8463)."""

import base64
import binascii
from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from scanner.parse.tag_list import read_tags

ED25519_BYTES = 32
BITS_LEAST = {"rsa": 1024}  # RFC 8301 section 3.2: below it verifiers ignore the key


@dataclass(frozen=True, slots=True)
class DkimKey:
    """A published key. `bits` is 0 for a revoked one (empty p=)."""

    kind: str  # rsa, ed25519
    bits: int
    testing: bool = False
    hashes: tuple[str, ...] = ()  # h=; empty: all
    services: tuple[str, ...] = ("*",)  # s=

    @property
    def is_revoked(self) -> bool:
        """True when the owner withdrew the key."""
        return self.bits == 0


@dataclass(frozen=True, slots=True)
class DkimError:
    """Why a record is no usable key."""

    reason: str


def read_dkim(text: str) -> DkimKey | DkimError:
    """The key of a TXT record, or why verifiers ignore it."""
    tags = read_tags(text)
    if isinstance(tags, str):
        return DkimError(tags)
    named = dict(tags)
    if "v" in named and (tags[0] != ("v", "DKIM1")):
        return DkimError("v=DKIM1 does not stand first")
    if "p" not in named:
        return DkimError("no key: p is missing")
    kind = named.get("k", "rsa").lower()
    testing = "y" in (flag.strip() for flag in named.get("t", "").split(":"))
    packed = "".join(named["p"].split())
    bits = _bits(kind, packed) if packed else 0
    if isinstance(bits, str):
        return DkimError(bits)
    return DkimKey(kind, bits, testing, _list(named.get("h", "")), _list(named.get("s", "*")))


def _list(value: str) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in value.split(":") if part.strip())


def _bits(kind: str, packed: str) -> int | str:
    try:
        data = base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError):
        return "the key is no base64"
    if kind == "ed25519":
        return ED25519_BYTES * 8 if len(data) == ED25519_BYTES else "an Ed25519 key has 32 bytes"
    if kind != "rsa":
        return f"unknown kind of key: {kind[:20]}"
    try:
        key = load_der_public_key(data)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return "the key cannot be read"
    return key.key_size if isinstance(key, RSAPublicKey) else "the key is not RSA"
