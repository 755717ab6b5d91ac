"""A loopback server of our own that hands out the static files of releases, each under a name of its own."""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from scanner.data.clone import contents
from scanner.data.history import Release

LOOPBACK = "127.0.0.1"
HEAD_LIMIT = 16_384


@dataclass(slots=True)
class Installation:
    """One release as a site: its front page and its files; `blocked` paths are refused."""

    release: Release
    page: str
    files: Mapping[str, str]  # path -> object of the clone
    blocked: frozenset[str] = frozenset()
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> bytes:
        """The whole response to a GET. What a release does not have is 404; code is never run and is 404 too."""
        self.asked.append(path)
        if path == "/":
            return _response("200 OK", self.page.encode())
        name = path.partition("?")[0].removeprefix("/")
        if name in self.blocked:
            return _response("403 Forbidden", b"")
        if name not in self.files:
            return _response("404 Not Found", b"")
        one = self.files[name]
        return _response("200 OK", contents(self.release.clone, [one])[one], kind="text/plain")


class Server:
    """Serves installations by host name until it is left; an async context manager."""

    def __init__(self) -> None:
        self.sites: dict[str, Installation] = {}
        self.port = 0
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, LOOPBACK, 0, limit=HEAD_LIMIT)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                writer.write(self._answer(head))
                await writer.drain()
        writer.close()

    def _answer(self, head: str) -> bytes:
        first, *lines = head.split("\r\n")
        method, _, rest = first.partition(" ")
        hosts = [line.partition(":")[2].strip() for line in lines if line.lower().startswith("host:")]
        site = self.sites.get(hosts[0].partition(":")[0] if hosts else "")
        if site is None or method != "GET":
            return _response("404 Not Found", b"")
        return site.answer(rest.partition(" ")[0])


def _response(status: str, body: bytes, *, kind: str = "text/html; charset=utf-8") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode("ascii") + body
