"""The only place where a connection to a site is opened.

Every address is tested against the policy at the moment of connecting, waits its turn at the gate of its
server, and is counted in the ledger of the visit. `Net` lives as long as a worker, `VisitNet` as long as one
visit.
"""

import asyncio
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from scanner import __version__
from scanner.collect import address
from scanner.collect.dns.direct import Authorities
from scanner.collect.dns.resolve import Lookup, Resolver
from scanner.collect.failure import missing_from
from scanner.collect.limits import KIB, Limits
from scanner.collect.pace import NEIGHBOURS, Gate, street_of
from scanner.collect.pki.shelf import Shelf
from scanner.errors import ProbeError
from scanner.model.evidence import DnsEvidence, Ledger, LedgerLine, PolicyFetch, Why
from scanner.model.reference import Reference, SuffixTable
from scanner.model.settings import NetworkSettings, ScanSettings
from scanner.model.visit import Job
from scanner.reference import load_reference, load_suffixes

AUTHORITY = "authority"  # the purpose of traffic to certificate authorities
READ_AHEAD = 64 * KIB
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Connector(Protocol):
    """What a probe needs of the net."""

    async def connect(self, address: str, port: int, *, timeout_s: float, kind: str) -> Streams:
        """A plain connection, or ProbeError."""
        ...


@dataclass(slots=True)
class Tally:
    """The ledger while it is being written."""

    connections: dict[str, int] = field(default_factory=dict)
    requests: dict[str, int] = field(default_factory=dict)
    received: dict[str, int] = field(default_factory=dict)
    dns_queries: int = 0
    purpose: str = ""
    others: "list[Tally]" = field(default_factory=list)  # of nets for another purpose within the same visit

    def ledger(self) -> Ledger:
        """The ledger, one line for each address in the order of first use."""
        lines = tuple(
            LedgerLine(a, n, self.requests.get(a, 0), self.received.get(a, 0), self.purpose)
            for a, n in self.connections.items()
        )
        further = [other.ledger() for other in self.others]
        queries = self.dns_queries + sum(f.dns_queries for f in further)
        return Ledger((*lines, *(line for f in further for line in f.lines)), queries)


class Net:
    """What all visits of a worker share: resolver, gates, TLS context, answers of authorities.

    Belongs to one event loop. `cache` is a folder for those answers; `outside` is the policy for addresses that
    strangers name: the public Internet, unless a test opens more.
    """

    def __init__(
        self,
        network: NetworkSettings,
        scan: ScanSettings,
        *,
        limits: Limits | None = None,
        tables: Reference | None = None,
        cache: Path | None = None,
        outside: address.AddressPolicy | None = None,
        key: bytes = b"",
    ) -> None:
        self._tables = tables
        self.shelf = Shelf(cache)
        self.outside = outside or address.AddressPolicy()
        self.network = network
        self.limits = limits or Limits()
        self.resolver = Resolver(network, self.limits)
        self.authorities = Authorities(network, self.limits)
        self.policies: dict[str, asyncio.Task[PolicyFetch]] = {}  # MTA-STS, by mail domain
        self.key = key  # of the installation: what a secret leaves behind in its place depends on it
        self._rate = scan.per_address_rate
        self._gates: dict[str, Gate] = {}

    def visit(self, job: Job) -> "VisitNet":
        """The net as one job may use it; an async context manager that closes what it opened."""
        return VisitNet(self, address.policy(self.network.allow_addresses, job.allow_addresses))

    def gate(self, address: str) -> Gate:
        """The limiter of one server address, behind that of its street."""
        if address not in self._gates:
            street = street_of(address)
            if street and street not in self._gates:
                self._gates[street] = self._new_gate(NEIGHBOURS)
            self._gates[address] = self._new_gate(1, self._gates.get(street))
        return self._gates[address]

    def _new_gate(self, times: int, street: Gate | None = None) -> Gate:
        connections, rate = times * self.limits.connections, times * self._rate
        return Gate(connections=connections, rate=rate, street=street)

    @property
    def user_agent(self) -> str:
        """Who we say we are; an owner finds the contact in it."""
        if self.network.user_agent:
            return self.network.user_agent
        contact = f"; +{self.network.contact}" if self.network.contact else ""
        return f"Mozilla/5.0 (compatible; rasoat/{__version__}{contact})"

    @cached_property
    def tables(self) -> Reference:
        """What tells which files to ask a site for; those that ship unless the worker was given others."""
        return self._tables or load_reference()

    @cached_property
    def suffixes(self) -> SuffixTable:
        """The public suffixes, read when the first domain is asked about."""
        return load_suffixes()

    @cached_property
    def lenient_tls(self) -> ssl.SSLContext:
        """The context that reaches every page: any certificate, any version, any suite.

        It judges nothing; versions, suites and certificates are judged from the TLS probe. One for the whole
        worker, because building a context costs more than a visit.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.set_ciphers("ALL:!aNULL:!eNULL:@SECLEVEL=0")
        context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
        context.options |= getattr(ssl, "OP_IGNORE_UNEXPECTED_EOF", 0)
        return context


class VisitNet:
    """The net during one visit: its policy, its pinned addresses, its ledger, its open connections."""

    def __init__(self, net: Net, policy: address.AddressPolicy, tally: Tally | None = None) -> None:
        self.net = net
        self.policy = policy
        self.tally = tally or Tally()
        self._pinned: dict[str, DnsEvidence] = {}
        self._open: set[_Line] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for line in tuple(self._open):
            line.drop()

    def outside(self) -> "VisitNet":
        """The net as addresses of strangers may use it: nothing but the public Internet, in the same ledger."""
        tally = Tally(purpose=AUTHORITY)
        self.tally.others.append(tally)
        return VisitNet(self.net, self.net.outside, tally)

    async def resolve(self, host: str) -> DnsEvidence:
        """Addresses of a host, those the policy allows; the same answer for the whole visit."""
        if host not in self._pinned:
            lookup = await self.net.resolver.addresses(host, count=self.count_query)
            self._pinned[host] = self._allowed(lookup)
        return self._pinned[host]

    async def connect(
        self,
        address: str,
        port: int,
        *,
        timeout_s: float,
        kind: str,
        on_wait: Callable[[float], None] | None = None,
    ) -> Streams:
        """A plain TCP connection, or ProbeError.

        `kind` is "hello" (a TLS hello, paced here) or "http" (requests are paced one by one with `turn`).
        Politeness does not count against `timeout_s`; `on_wait` is told the seconds it took.
        """
        if refusal := self.policy.refusal(address):
            raise ProbeError(Why.OUT_OF_SCOPE, f"address policy: {address} {refusal}")
        gate = self.net.gate(address)
        began = time.monotonic()
        await gate.enter()
        line = _Line(self, address, gate)
        self._open.add(line)
        try:
            if kind == "hello":
                await gate.turn("hello")
            if on_wait:
                on_wait(time.monotonic() - began)
            return await self._dial(line, port, timeout_s)
        except BaseException:
            line.drop()
            raise

    def drop(self, reader: asyncio.StreamReader) -> None:
        """End the connection this reader belongs to, at once and without waiting for the other side."""
        if isinstance(reader, CountingReader):
            reader.line.drop()

    async def turn(self, address: str) -> None:
        """Wait until one more HTTP request may be sent to the address, and count it."""
        await self.net.gate(address).turn("http")
        self.tally.requests[address] = self.tally.requests.get(address, 0) + 1

    def received(self, address: str, size: int) -> None:
        """Count bytes of one address."""
        self.tally.received[address] = self.tally.received.get(address, 0) + size

    def closed(self, line: "_Line") -> None:
        """Forget a connection that has ended."""
        self._open.discard(line)

    async def _dial(self, line: "_Line", port: int, timeout_s: float) -> Streams:
        loop = asyncio.get_running_loop()
        reader = CountingReader(line, loop)
        self.tally.connections[line.address] = self.tally.connections.get(line.address, 0) + 1
        port = self.net.network.ports.get(str(port), port)
        try:
            async with asyncio.timeout(timeout_s):
                transport, protocol = await loop.create_connection(
                    lambda: _Protocol(line, reader, loop), line.address, port
                )
        except OSError as error:
            why, detail = missing_from(error)
            raise ProbeError(why, f"connect: {detail}") from error
        line.transport = transport
        return reader, asyncio.StreamWriter(transport, protocol, reader, loop)

    def _allowed(self, lookup: Lookup) -> DnsEvidence:
        refusals = {a: self.policy.refusal(a) for a in lookup.addresses}
        return DnsEvidence(
            answers=lookup.answers,
            addresses=self._chosen([a for a, refusal in refusals.items() if not refusal]),
            refused=tuple(f"{a} {refusal}" for a, refusal in refusals.items() if refusal),
            resolver=self.net.resolver.names,
        )

    def _chosen(self, allowed: list[str]) -> tuple[str, ...]:
        limits = self.net.limits
        families = [[a for a in allowed if ":" not in a], [a for a in allowed if ":" in a]]
        return tuple(a for f in families for a in f[: limits.addresses_per_family])[: limits.addresses]

    def count_query(self) -> None:
        """Count one DNS query."""
        self.tally.dns_queries += 1


class _Line:
    """One connection's place at the gate, given back exactly once."""

    def __init__(self, visit: VisitNet, address: str, gate: Gate) -> None:
        self.address = address
        self.transport: asyncio.Transport | None = None
        self._visit = visit
        self._gate = gate
        self._is_held = True

    def received(self, size: int) -> None:
        self._visit.received(self.address, size)

    def release(self) -> None:
        if self._is_held:
            self._is_held = False
            self._gate.leave()
            self._visit.closed(self)

    def drop(self) -> None:
        """End the connection without waiting for the other side."""
        if self.transport is not None:
            self.transport.abort()
        self.release()


class CountingReader(asyncio.StreamReader):
    """A reader that tells the ledger what came in."""

    def __init__(self, line: _Line, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(limit=READ_AHEAD, loop=loop)
        self.line = line

    def feed_data(self, data: bytes) -> None:  # type: ignore[override]  # the event loop gives bytes
        """Take what the socket gave, and count it."""
        self.line.received(len(data))
        super().feed_data(data)


class _Protocol(asyncio.StreamReaderProtocol):
    """A protocol that gives its place at the gate back when the connection ends."""

    def __init__(self, line: _Line, reader: asyncio.StreamReader, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(reader, loop=loop)
        self._line = line

    def connection_lost(self, exc: Exception | None) -> None:
        self._line.release()
        super().connection_lost(exc)
