"""Raw servers of the collect tests: every byte and every pause is the script's."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from scanner.collect.limits import Limits
from scanner.collect.net import Net
from scanner.model.evidence import Target
from scanner.model.settings import NetworkSettings, ScanSettings
from scanner.model.visit import Job

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
LOOPBACK = "127.0.0.1"
HOST = "so.example"
QUICK = Limits(
    dns_try_s=0.2,
    dns_name_s=0.4,
    connect_s=0.5,
    handshake_s=0.4,
    headers_s=0.4,
    body_s=0.4,
    slow_after_s=0.2,
    probe_s=2.0,
)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@dataclass
class RawServer:
    """Runs a script for each connection and counts them."""

    script: Script
    tls: ssl.SSLContext | None = None
    connections: int = 0
    open_now: int = 0
    most_open: int = 0
    heads: list[bytes] = field(default_factory=list)
    port: int = 0

    async def start(self, address: str = LOOPBACK) -> int:
        self._tasks: set[asyncio.Task[None]] = set()
        self._server = await asyncio.start_server(self._serve, address, 0, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self.port

    async def stop(self) -> None:
        self._server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        self.open_now += 1
        self.most_open = max(self.most_open, self.open_now)
        _note_heads(reader, self.heads)
        try:
            await self.script(reader, writer)
        except (OSError, EOFError, asyncio.CancelledError):
            pass  # the client left, or the test is over
        finally:
            self.open_now -= 1
            self._tasks.discard(task)
            writer.transport.abort()


def _note_heads(reader: asyncio.StreamReader, heads: list[bytes]) -> None:
    """Have every request head that is read from this connection written down."""
    read = reader.readuntil

    async def noted(separator: bytes = b"\n") -> bytes:
        head = await read(separator)
        heads.append(head)
        return head

    reader.readuntil = noted  # type: ignore[method-assign,assignment]  # our own reader, for the length of a test


def saying(*parts: bytes, then_wait: bool = False) -> Script:
    """Reads one request head, says its piece, and closes - or falls silent."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for part in parts:
            writer.write(part)
            await writer.drain()
        if then_wait:
            await reader.read()
        writer.close()
        await writer.wait_closed()

    return script


def dripping(start: bytes, drop: bytes, pause_s: float = 0.02) -> Script:
    """Says the start, then drop after drop for ever."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(start)
        while True:
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(pause_s)

    return script


def answering(answer: Callable[[str, int], bytes]) -> Script:
    """A well-behaved keep-alive server: `answer(path, number of the request on this connection)`."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        count = 0
        while head := await reader.readuntil(b"\r\n\r\n"):
            count += 1
            writer.write(answer(head.split(b" ")[1].decode("latin-1"), count))
            await writer.drain()

    return script


@asynccontextmanager
async def running(script: Script, tls: ssl.SSLContext | None = None) -> AsyncIterator[RawServer]:
    """A raw server for the length of a block."""
    server = RawServer(script, tls)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


def net_to(
    *, http: int = 9, https: int = 9, limits: Limits = QUICK, rate: float = 1000, **network: Any
) -> Net:
    """A net that finds `so.example` on loopback, 80 and 443 at the ports given; port 9 answers nobody."""
    settings: dict[str, Any] = {
        "allow_addresses": ("127.0.0.0/8",),
        "hosts": {HOST: (LOOPBACK,), f"www.{HOST}": (LOOPBACK,)},
        "ports": {"80": http, "443": https},
    }
    return Net(NetworkSettings(**settings | network), ScanSettings(per_address_rate=rate), limits=limits)


def job(**changes: Any) -> Job:
    """The order to visit so.example."""
    return replace(Job(scan_id="s1", site_id="so", target=Target(HOST), budget_s=5.0), **changes)
