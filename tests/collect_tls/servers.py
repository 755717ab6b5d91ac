"""Servers on loopback for the TLS prober: real ones, and ones that misbehave on purpose."""

import asyncio
import ssl
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scanner.collect.tls.inquiry import Patience
from scanner.collect.tls.probe import probe_tls
from scanner.errors import ProbeError
from scanner.model.agency import Depth
from scanner.model.evidence import TlsEndpoint, TlsEvidence, Why
from tests.lab.pki import Authority, Leaf, write_pem

HOST = "so.example"
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
QUICK = Patience(first_s=(0.6, 0.4, 0.2), least_s=0.4, gap_s=0.05, longest_gap_s=0.8, pause_s=0.05)


@dataclass
class Connector:
    """The plainest net there is: connects, counts, and reports refusals as the real one does."""

    opened: list[str] = field(default_factory=list)
    waits_s: float = 0.0

    async def connect(
        self,
        address: str,
        port: int,
        *,
        timeout_s: float,
        kind: str,
        on_wait: Callable[[float], None] | None = None,
    ) -> Streams:
        self.opened.append(kind)
        if on_wait:
            on_wait(self.waits_s)
        try:
            async with asyncio.timeout(timeout_s):
                return await asyncio.open_connection(address, port)
        except TimeoutError as error:
            raise ProbeError(Why.TIMEOUT, "connect: timed out") from error
        except OSError as error:
            raise ProbeError(Why.REFUSED, f"connect: {error.strerror}") from error


@asynccontextmanager
async def raw_server(handler: Handler) -> AsyncIterator[int]:
    """A TCP server whose connections the handler serves; gives its port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await handler(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@asynccontextmanager
async def tls_server(context: ssl.SSLContext) -> AsyncIterator[int]:
    """A TLS server that says nothing once the handshake is done; gives its port."""

    async def serve(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def context_of(
    folder: Path,
    leaf: Leaf,
    *issuers: Authority,
    oldest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2,
    newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3,
    ciphers: str = "ALL:@SECLEVEL=0",
) -> ssl.SSLContext:
    """The context of a server with this chain and these versions."""
    chain, key = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(write_pem(leaf.certificate, *(a.certificate for a in issuers)))
    key.write_bytes(leaf.key_pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    context.set_ciphers(ciphers)
    with warnings.catch_warnings():  # old versions are deprecated, which is why they are served here
        warnings.simplefilter("ignore")
        context.minimum_version, context.maximum_version = oldest, newest
    return context


async def look(
    port: int, *, deadline_s: float = 12.0, host: str = HOST, listing: str = "verdict"
) -> TlsEndpoint:
    """What the prober says of the one address of a server."""
    evidence = await look_at(("127.0.0.1",), port, deadline_s=deadline_s, host=host, listing=listing)
    return evidence.endpoints[0]


async def look_at(
    addresses: tuple[str, ...],
    port: int,
    *,
    deadline_s: float = 12.0,
    host: str = HOST,
    listing: str = "verdict",
) -> TlsEvidence:
    """What the prober says of all addresses."""
    return await probe_tls(
        Connector(),
        host,
        port,
        addresses,
        depth=Depth.PASSIVE,
        deadline_s=deadline_s,
        patience=QUICK,
        listing=listing,
    )


def answers(endpoint: TlsEndpoint) -> dict[str, str]:
    """Version -> outcome."""
    assert endpoint.versions is not None, endpoint.missing
    return {offer.name: offer.answer.value for offer in endpoint.versions}


def accepted(endpoint: TlsEndpoint) -> set[str]:
    """The versions a server took; every other one must have been rejected."""
    found = answers(endpoint)
    assert set(found.values()) <= {"accepted", "rejected"}, endpoint.versions
    return {version for version, answer in found.items() if answer == "accepted"}
