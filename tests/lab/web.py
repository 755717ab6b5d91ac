"""Small real web servers on loopback: byte-exact HTTP/1.1 over asyncio, with or without TLS.

A server answers with whatever bytes its handler gives, so every fault of the field can be shown as it is on the wire.
"""

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

Handler = Callable[["Request"], Awaitable[bytes | None]]
"""Gives the raw answer; None closes the connection without a word."""


@dataclass(frozen=True)
class Request:
    """What a client sent: first line split, header block as text."""

    method: str
    path: str
    headers: str
    secure: bool


def answer(
    status: str = "200 OK",
    *headers: tuple[str, str],
    body: str | bytes = b"",
    content_type: str | None = "text/html; charset=utf-8",
) -> bytes:
    """A complete response with exactly these headers, in this order."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}"]
    if content_type is not None:
        lines.append(f"Content-Type: {content_type}")
    lines += [f"{name}: {value}" for name, value in headers]
    lines.append(f"Content-Length: {len(content)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8") + content


@dataclass
class Log:
    """What a server was asked, for tests of politeness."""

    connections: int = 0
    requests: list[str] = field(default_factory=list)


class Server:
    """One listening socket and its handler; `log` counts what came in."""

    def __init__(self, handler: Handler, *, tls: ssl.SSLContext | None = None) -> None:
        self._handler = handler
        self._tls = tls
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.log = Log()

    async def start(self, address: str, port: int = 0) -> int:
        """Listen and give the port."""
        self._server = await asyncio.start_server(self._serve, address, port, ssl=self._tls)
        number: int = self._server.sockets[0].getsockname()[1]
        return number

    async def stop(self) -> None:
        """Close the socket and every open connection."""
        if self._server is not None:
            self._server.close()
        for task in tuple(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self.log.connections += 1
        try:
            await self._answer_all(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass  # the client left, or the lab stops
        finally:
            self._open.discard(task)
            with contextlib.suppress(Exception):
                writer.close()

    async def _answer_all(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            first, _, headers = head.decode("latin-1").partition("\r\n")
            method, path, *_ = [*first.split(" "), "", ""]
            self.log.requests.append(f"{method} {path}")
            reply = await self._handler(Request(method, path, headers, secure=self._tls is not None))
            if reply is None:
                return
            writer.write(reply)
            await writer.drain()


class SilentServer:
    """Accepts connections and never says a word."""

    def __init__(self) -> None:
        self._server: asyncio.Server | None = None
        self._writers: list[asyncio.StreamWriter] = []

    async def start(self, address: str, port: int = 0) -> int:
        """Listen and give the port."""

        async def hold(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self._writers.append(writer)

        self._server = await asyncio.start_server(hold, address, port)
        number: int = self._server.sockets[0].getsockname()[1]
        return number

    async def stop(self) -> None:
        """Close the socket and every open connection."""
        if self._server is not None:
            self._server.close()
        for writer in self._writers:
            writer.close()
