"""One connection beyond the first flight: handshake messages one after another, encrypted or not."""

import asyncio
from dataclasses import dataclass

from scanner.collect.tls.records import (
    ALERT,
    CHANGE_CIPHER,
    HANDSHAKE,
    RECORD_LIMIT,
    Opener,
    WireError,
)
from scanner.model.evidence import Why
from scanner.parse.tls_names import alert_name

RECORDS_LIMIT = 40
MESSAGE_LIMIT = 64 * 1024


class AlertError(WireError):
    """The server sent an alert where a message was expected."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(Why.TLS, f"alert {alert_name(code)}")


@dataclass
class Talk:
    """The records of one connection and what is left over of the handshake messages."""

    reader: asyncio.StreamReader
    opener: Opener | None = None
    waits_for_change: bool = False  # TLS 1.2: the opener is for what follows the ChangeCipherSpec
    left: bytes = b""
    records: int = 0
    transcript: bytes = b""

    async def message(self) -> bytes:
        """The next handshake message. Raises WireError, OSError or IncompleteReadError."""
        while len(self.left) < 4 or len(self.left) < 4 + int.from_bytes(self.left[1:4], "big"):
            self.left += await self._content()
            if len(self.left) > MESSAGE_LIMIT:
                raise WireError(Why.TOO_LARGE, f"more than {MESSAGE_LIMIT} bytes of handshake")
        size = 4 + int.from_bytes(self.left[1:4], "big")
        message, self.left = self.left[:size], self.left[size:]
        return message

    async def _content(self) -> bytes:
        self.records += 1
        header = await self.reader.readexactly(5)
        size = int.from_bytes(header[3:5], "big")
        if size > RECORD_LIMIT or self.records > RECORDS_LIMIT:
            raise WireError(Why.TOO_LARGE, "more records than a handshake has")
        body, kind = await self.reader.readexactly(size), header[0]
        if kind == CHANGE_CIPHER:
            self.waits_for_change = False
            return b""
        if self.opener and not self.waits_for_change:
            kind, body = self.opener(header, body)
        if kind == ALERT and len(body) == 2:
            raise AlertError(body[1])
        if kind != HANDSHAKE:
            raise WireError(Why.TLS, f"a record of type {kind}")
        return body
