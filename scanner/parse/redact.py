"""Takes secrets out of what a site sent, before anything is kept.

A secret is replaced by `redacted-<length>-<kind>-<mark>`: enough to see that it was there and to recognise it
again on another day (the mark is a keyed hash), nothing of its characters. Redacting twice changes nothing.
This is a net, not a proof: it knows private keys, tokens of a fixed shape, and values beside a word such as
password.
"""

import hashlib
import hmac
import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from scanner.parse.cookies import big_ip_address

MARK_LENGTH = 12
MARK = rb"redacted-\d{1,8}-[a-z]{1,12}-[0-9a-f]{12}"
ALREADY = re.compile(MARK + rb"\Z")

Redactor = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class _Shape:
    """One kind of secret; the group `secret` of the pattern is what is taken out."""

    kind: str
    hints: tuple[bytes, ...]  # lower case; without one of them the pattern is not tried
    pattern: re.Pattern[bytes]


# Every quantifier is bounded, so that hostile input costs linear time.
SHAPES = (
    _Shape(
        "pem",
        (b"private key",),
        re.compile(
            rb"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?P<secret>(?:[^-]|-(?!----)){1,20000})"
        ),
    ),
    _Shape(
        "jwt",
        (b"eyj",),
        re.compile(rb"(?P<secret>\beyJ[\w-]{5,4000}\.[\w-]{5,8000}\.[\w-]{0,1000})"),
    ),
    _Shape("aws", (b"akia", b"asia"), re.compile(rb"\b(?P<secret>(?:AKIA|ASIA)[A-Z0-9]{16})\b")),
    _Shape(
        "token",
        (b"ghp_", b"gho_", b"ghs_", b"github_pat_", b"glpat-", b"xox", b"sk_live_", b"aiza"),
        re.compile(
            rb"\b(?P<secret>gh[pos]_\w{30,255}|github_pat_\w{30,255}|glpat-[\w-]{16,255}"
            rb"|xox[abprs]-[\w-]{10,255}|sk_live_\w{16,255}|AIza[\w-]{35})"
        ),
    ),
    _Shape(
        "userinfo",
        (b"@",),
        re.compile(rb"\b[a-zA-Z][a-zA-Z0-9+.-]{1,20}://(?P<secret>[^\s/?#@\"'<>]{1,256})(?=@)"),
    ),
    _Shape(
        "password",
        (b"passw", b"passwd", b"pwd", b"secret", b"api_key", b"api-key", b"apikey", b"access_token"),
        re.compile(
            rb"(?i)(?:password|passwd|pwd|secret|api[_-]?key|access_token)[\"']?"
            rb"(?:=|%3D|[ \t]{0,8}[:=][ \t]{0,8}[\"'])(?P<secret>[^\s&\"'<>;,(){}]{1,256})"
        ),
    ),
)

HINTS = tuple(hint for shape in SHAPES for hint in shape.hints)


def scrub(data: bytes, *, key: bytes) -> bytes:
    """The same bytes with every known secret replaced by its mark."""
    lowered = data.lower()
    for shape in SHAPES if _has_hint(lowered) else ():
        if any(hint in lowered for hint in shape.hints):
            data = shape.pattern.sub(_replacement(shape.kind, key), data)
    return data


def _has_hint(lowered: bytes) -> bool:
    """True when any shape is worth trying: most headers hold no hint at all."""
    for hint in HINTS:  # noqa: SIM110 - a generator would cost several times the search
        if hint in lowered:
            return True
    return False


def scrub_text(text: str, *, key: bytes) -> str:
    """`scrub` for text."""
    data = text.encode("utf-8", "surrogatepass")
    scrubbed = scrub(data, key=key)
    return text if scrubbed == data else scrubbed.decode("utf-8", "surrogatepass")


def scrub_cookie(line: str, *, key: bytes) -> str:
    """A Set-Cookie value without the cookie's: name, attributes, length and a class of randomness stay.

    The kind in the mark is the class: low, medium or high (`randomness`). An empty value stays empty.
    """
    pair, semicolon, attributes = line.partition(";")
    name, equals, value = pair.partition("=")
    if not equals:
        name, value = "", pair  # RFC 6265bis section 5.6: no sign, so all of it is the value
    core = value.strip(" \t")
    if not core or big_ip_address(core):  # an address is no secret, and a check tells it
        return line
    marked = value.replace(core, _mark(core.encode("utf-8"), randomness(core), key), 1)
    return f"{name}{equals}{marked}{semicolon}{attributes}"


def randomness(value: str) -> str:
    """How hard a value looks to guess, by its apparent entropy: low below 40 bits, high from 100 on."""
    counts = Counter(value)
    bits = -sum(n * math.log2(n / len(value)) for n in counts.values())
    if bits < 40:
        return "low"
    return "medium" if bits < 100 else "high"


def _replacement(kind: str, key: bytes) -> Callable[[re.Match[bytes]], bytes]:
    def replace(match: re.Match[bytes]) -> bytes:
        start, end = match.span("secret")
        whole, offset = match.group(), match.start()
        mark = _mark(match.group("secret"), kind, key).encode("ascii")
        return whole[: start - offset] + mark + whole[end - offset :]

    return replace


def _mark(secret: bytes, kind: str, key: bytes) -> str:
    if ALREADY.match(secret):
        return secret.decode("ascii")
    digest = hmac.new(key, secret, hashlib.sha256).hexdigest()[:MARK_LENGTH]
    return f"redacted-{len(secret)}-{kind}-{digest}"
