"""The content of one answer, read and inflated within our bounds. No sockets here.

Only gzip is undone, in small steps whose output we bound; a library that decodes for us would decode a bomb
in one call. Of a body cut short, by us or by the wire, what came is kept and marked `truncated`.
"""

import hashlib
import zlib

from scanner.collect.limits import KIB, Limits
from scanner.model.evidence import Body, Headers, Missing, Why

STEP = 64 * KIB
GZIP = 16 + zlib.MAX_WBITS
GZIP_MAGIC = b"\x1f\x8b"
GZIP_NAMES = ("gzip", "x-gzip")  # RFC 9110 section 8.4.1.3
MEMBERS = 16  # RFC 1952 section 2.2 allows any number; real servers send one


def content_codings(headers: Headers) -> tuple[str, ...]:
    """The content codings in the order they were applied, lower case, without identity."""
    values = ",".join(value for name, value in headers if name.lower() == "content-encoding")
    words = (word.strip().lower() for word in values.split(","))
    return tuple(word for word in words if word not in {"", "identity"})


class BodyBuilder:
    """Takes pieces as they come from the wire and gives the `Body`."""

    def __init__(self, codings: tuple[str, ...], limits: Limits) -> None:
        self._limits = limits
        self._inflater = _Inflater() if codings else None
        self._trouble = _unwanted(codings)
        self._sha256 = hashlib.sha256()
        self._kept = bytearray()
        self._wire_bytes = 0
        self._size_bytes = 0
        self._is_cut = False

    @property
    def wire_bytes(self) -> int:
        """Bytes taken so far, before inflating."""
        return self._wire_bytes

    def feed(self, piece: bytes) -> bool:
        """Take one piece. False means that no more is wanted."""
        if self._trouble:
            return False
        room = self._limits.wire_bytes - self._wire_bytes
        if len(piece) > room:
            self._is_cut = True
        piece = piece[:room]
        self._wire_bytes += len(piece)
        if self._inflater is None:
            self._keep(piece)
        else:
            self._inflate(self._inflater, piece)
        return not (self._is_cut or self._trouble)

    def cut(self) -> None:
        """Note that the server had more to say."""
        self._is_cut = True

    def body(self) -> Body | Missing:
        """What was read, or why it cannot be used."""
        if self._trouble:
            return self._trouble
        is_unfinished = self._inflater is not None and self._inflater.is_unfinished
        is_truncated = self._is_cut or is_unfinished or self._size_bytes > len(self._kept)
        return Body(bytes(self._kept), self._sha256.hexdigest(), self._size_bytes, truncated=is_truncated)

    def _inflate(self, inflater: "_Inflater", piece: bytes) -> None:
        inflater.take(piece)
        try:
            while out := inflater.step():
                self._keep(out)
                if self._is_cut or self._is_bomb():
                    return
        except zlib.error as error:
            if self._size_bytes == 0:
                self._trouble = Missing(Why.MALFORMED, f"gzip: {error}")
            self._is_cut = True

    def _is_bomb(self) -> bool:
        limits = self._limits
        if self._size_bytes <= max(limits.ratio_after_bytes, limits.ratio * self._wire_bytes):
            return False
        self._trouble = Missing(Why.TOO_LARGE, f"gzip: more than {limits.ratio} times its size")
        return True

    def _keep(self, data: bytes) -> None:
        room = self._limits.decoded_bytes - self._size_bytes
        if len(data) > room:
            self._is_cut = True
        data = data[:room]
        self._size_bytes += len(data)
        self._sha256.update(data)
        self._kept += data[: max(0, self._limits.kept_bytes - len(self._kept))]


class _Inflater:
    """A gzip stream, member by member, at most `STEP` bytes out at a time."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(GZIP)
        self._waiting = b""
        self._members = 1
        self._is_begun = False

    @property
    def is_unfinished(self) -> bool:
        """True when the stream stopped inside a member."""
        return self._is_begun and not self._member.eof

    def take(self, piece: bytes) -> None:
        """Add input."""
        self._waiting += piece
        self._is_begun = self._is_begun or bool(piece)

    def step(self) -> bytes:
        """The next bytes; empty when more input is needed or nothing follows."""
        while self._waiting:
            if self._member.eof and not self._next_member():
                return b""
            out = self._member.decompress(self._waiting, STEP)
            self._waiting = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            if out:
                return out
            if not self._member.eof:
                return b""
        return b""

    def _next_member(self) -> bool:
        """Begin the next member; what is no member after the first is padding, as browsers treat it."""
        if not self._waiting.startswith(GZIP_MAGIC) or self._members == MEMBERS:
            self._waiting = b""
            return False
        self._member = zlib.decompressobj(GZIP)
        self._members += 1
        return True


def _unwanted(codings: tuple[str, ...]) -> Missing | None:
    """Why the content cannot be decoded: we ask for gzip alone, once."""
    if not codings or (len(codings) == 1 and codings[0] in GZIP_NAMES):
        return None
    return Missing(Why.MALFORMED, f"content coding not asked for: {', '.join(codings)[:100]}")
