"""A small authoritative DNS server on loopback, UDP and TCP on one port, whose zone tests write.

It never recurses (RA is not set), answers what the zone holds for a name and type, and misbehaves where the
zone says so.
"""

import asyncio
import struct
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import cast

import dns.edns
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


class Fault(Enum):
    """How a name can be ill."""

    SERVFAIL = "servfail"
    REFUSED = "refused"
    SILENT = "silent"  # no answer at all
    TRUNCATED = "truncated"  # TC over UDP, the whole answer over TCP
    TRUNCATED_SILENT = "truncated-silent"  # TC over UDP, then silence over TCP
    TRUNCATED_DRIPPING = "truncated-dripping"  # TC over UDP, then one byte of length and no more
    TRUNCATED_CLOSED = "truncated-closed"  # TC over UDP, then TCP hangs up
    SLOW = "slow"  # answers, but not at once
    NO_EDNS = "no-edns"  # FORMERR for every query with EDNS
    EDNS_SILENT = "edns-silent"  # drops every query with EDNS
    GARBAGE = "garbage"  # bytes that are no DNS message
    FORGED = "forged"  # a wrong answer under a wrong id first, then the true one
    BOGUS = "bogus"  # SERVFAIL with EDE 6, the truth only with CD: how a validator shows a broken signature
    LAME = "lame"  # answers, but not as an authority (no AA)


TRUNCATED = {Fault.TRUNCATED, Fault.TRUNCATED_SILENT, Fault.TRUNCATED_DRIPPING, Fault.TRUNCATED_CLOSED}
SLOW_S = 0.3

Record = tuple[str, str]  # (type, presentation format)
Zone = Mapping[str, tuple[Record, ...] | Fault | tuple[Fault, tuple[Record, ...]]]
FORGED_ADDRESS = "198.51.100.66"
TTL = 300


@dataclass
class DnsServer:
    """Answers from `zone`: name -> records, a fault, or a fault with records. Counts what it was asked."""

    zone: Zone
    validates: frozenset[str] = frozenset()  # names answered with AD, as a validator does for signed ones
    transfers: frozenset[str] = frozenset()  # zones given away to anybody
    lies: Mapping[str, Fault] = field(default_factory=dict)  # faults of this server alone
    delegates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # zones below, and their servers
    recurses: frozenset[str] = frozenset()  # foreign names looked up for anybody
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def start(self, address: str = "127.0.0.1", port: int = 0) -> str:
        """Listen on a port, a free one by default, and give "IP:port"."""
        loop = asyncio.get_running_loop()
        for _ in range(20):  # the same number must be free for both protocols
            self._tcp = await asyncio.start_server(self._serve, address, port)
            port = self._tcp.sockets[0].getsockname()[1]
            try:
                self._udp, _ = await loop.create_datagram_endpoint(lambda: _Udp(self), (address, port))
            except OSError:
                self._tcp.close()
                port = 0
                continue
            return f"{address}:{port}"
        raise OSError("no port is free for UDP and TCP at once")

    async def stop(self) -> None:
        """Close both sockets and every open connection."""
        self._udp.close()
        self._tcp.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    _tcp: asyncio.Server = field(init=False, repr=False)
    _udp: asyncio.DatagramTransport = field(init=False, repr=False)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set, repr=False)

    def replies(self, wire: bytes) -> list[bytes]:
        """What goes back over UDP."""
        query = dns.message.from_wire(wire)
        name, rrtype = self._question(query)
        self.asked[name, rrtype] += 1
        fault = self._fault(name)
        if fault is Fault.SILENT:
            return []
        if fault is Fault.GARBAGE:
            return [wire[:2] + b"\x85\x80\xff\xff\xff\xff\xc0\x0c\xc0\x0c"]
        if fault is Fault.EDNS_SILENT and query.edns >= 0:
            return []
        if fault in TRUNCATED:
            reply = dns.message.make_response(query)
            reply.flags |= dns.flags.AA | dns.flags.TC
            return [reply.to_wire()]
        answer = self._answer(query).to_wire()
        return [_forged(query), answer] if fault is Fault.FORGED else [answer]

    def is_slow(self, wire: bytes) -> bool:
        """True when the name asked for is answered late."""
        return self._fault(self._question(dns.message.from_wire(wire))[0]) is Fault.SLOW

    def _question(self, query: dns.message.Message) -> tuple[str, str]:
        question = query.question[0]
        return question.name.to_text().lower().rstrip("."), dns.rdatatype.to_text(question.rdtype)

    def _fault(self, name: str) -> Fault | None:
        entry = self.lies.get(name) or self.zone.get(name)
        if isinstance(entry, Fault):
            return entry
        return next((part for part in entry or () if isinstance(part, Fault)), None)

    def _records(self, name: str) -> tuple[Record, ...] | None:
        entry = self.zone.get(name)
        if entry is None or isinstance(entry, Fault):
            return None if entry is None else ()
        if len(entry) == 2 and isinstance(entry[0], Fault):
            return entry[1]
        return entry

    def _answer(self, query: dns.message.Message) -> dns.message.Message:
        """The zone's answer, following CNAMEs inside the zone as authoritative servers do."""
        name, rrtype = self._question(query)
        reply = dns.message.make_response(query)
        fault = self._fault(name)
        reply.flags |= 0 if fault is Fault.LAME else dns.flags.AA
        if name in self.validates:
            reply.flags |= dns.flags.AD
        if self._is_refused(query, fault, reply) or self._is_elsewhere(name, reply):
            return reply
        for _ in range(64):
            records = self._records(name)
            if records is None:
                reply.set_rcode(dns.rcode.NXDOMAIN if not reply.answer else dns.rcode.NOERROR)
                return reply
            targets = [text for kind, text in records if kind == "CNAME"]
            kind = "CNAME" if targets else rrtype
            texts = [text for k, text in records if k == kind]
            if texts:
                reply.answer.append(dns.rrset.from_text(f"{name}.", TTL, "IN", kind, *texts))
                signed = [text for k, text in records if k == "RRSIG" and text.split()[0] == kind]
                if signed and query.ednsflags & dns.flags.DO:
                    reply.answer.append(dns.rrset.from_text(f"{name}.", TTL, "IN", "RRSIG", *signed))
            if not targets:
                return reply
            name = targets[0].lower().rstrip(".")
        return reply

    def _is_refused(
        self, query: dns.message.Message, fault: Fault | None, reply: dns.message.Message
    ) -> bool:
        """True when a fault of the name makes an error of the reply."""
        if fault is Fault.BOGUS and not query.flags & dns.flags.CD:
            reply.set_rcode(dns.rcode.SERVFAIL)
            reply.use_edns(0, options=[dns.edns.EDEOption(dns.edns.EDECode.DNSSEC_BOGUS)])
            return True
        if fault is Fault.NO_EDNS and query.edns >= 0:
            reply.use_edns(-1)
            reply.set_rcode(dns.rcode.FORMERR)
            return True
        codes = {Fault.SERVFAIL: dns.rcode.SERVFAIL, Fault.REFUSED: dns.rcode.REFUSED}
        if fault is None or fault not in codes:
            return False
        reply.set_rcode(codes[fault])
        return True

    def _is_elsewhere(self, name: str, reply: dns.message.Message) -> bool:
        """True when the name is another's: a referral below, or a foreign name looked up for anybody."""
        below = next((zone for zone in self.delegates if name == zone or name.endswith(f".{zone}")), "")
        if below:
            reply.flags &= ~dns.flags.AA
            servers = self.delegates[below]
            reply.authority.append(dns.rrset.from_text(f"{below}.", TTL, "IN", "NS", *servers))
        elif name in self.recurses:
            reply.flags = (reply.flags & ~dns.flags.AA) | dns.flags.RA
            reply.answer.append(dns.rrset.from_text(f"{name}.", TTL, "IN", "A", FORGED_ADDRESS))
        return bool(below) or name in self.recurses

    def _transfer(self, query: dns.message.Message) -> dns.message.Message:
        """The whole zone between two SOA records (RFC 5936 section 2.2), or REFUSED."""
        name, _ = self._question(query)
        reply = dns.message.make_response(query)
        if name not in self.transfers:
            reply.set_rcode(dns.rcode.REFUSED)
            return reply
        inside = [n for n in self.zone if n == name or n.endswith(f".{name}")]
        records = [(n, k, text) for n in inside for k, text in self._records(n) or ()]
        soa = [r for r in records if r[:2] == (name, "SOA")]
        for owner, kind, text in (*soa, *(r for r in records if r not in soa), *soa):
            reply.answer.append(dns.rrset.from_text(f"{owner}.", TTL, "IN", kind, text))
        return reply

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            (length,) = struct.unpack("!H", await reader.readexactly(2))
            query = dns.message.from_wire(await reader.readexactly(length))
            name, rrtype = self._question(query)
            self.asked[name, f"{rrtype}/tcp"] += 1
            fault = self._fault(name)
            if fault is Fault.TRUNCATED_CLOSED:
                return
            if fault is Fault.TRUNCATED_DRIPPING:
                writer.write(b"\x00")
            if fault in {Fault.TRUNCATED_SILENT, Fault.TRUNCATED_DRIPPING}:
                await reader.read()  # until the client gives up
                return
            wire = (self._transfer(query) if rrtype == "AXFR" else self._answer(query)).to_wire()
            writer.write(struct.pack("!H", len(wire)) + wire)
            await writer.drain()
        except (OSError, EOFError, asyncio.CancelledError):
            pass  # the client left, or the lab stops
        finally:
            self._tasks.discard(task)
            writer.close()


class _Udp(asyncio.DatagramProtocol):
    def __init__(self, server: DnsServer) -> None:
        self._server = server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        loop = asyncio.get_running_loop()
        delay = SLOW_S if self._server.is_slow(data) else 0
        for reply in self._server.replies(data):
            loop.call_later(delay, self._transport.sendto, reply, addr)


def _forged(query: dns.message.Message) -> bytes:
    reply = dns.message.make_response(query)
    reply.id = (query.id + 1) & 0xFFFF
    name = query.question[0].name.to_text()
    reply.answer.append(dns.rrset.from_text(name, TTL, "IN", "A", FORGED_ADDRESS))
    return reply.to_wire()
