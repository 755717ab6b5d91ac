"""Asks one name server itself, past all resolvers: is it an authority, and does it give its zone away.

Each question is asked once per worker. A transfer reads one message and hangs up: that proves the door open, and the
zone stays where it is.
"""

import asyncio
import struct
from typing import TYPE_CHECKING

import dns.asyncquery
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype

from scanner.collect.limits import Limits
from scanner.errors import ProbeError
from scanner.identify.dns_book import FOREIGN, REFERRAL
from scanner.model.evidence import DnsAnswer, DnsState, Why
from scanner.model.settings import NetworkSettings

if TYPE_CHECKING:
    from scanner.collect.net import VisitNet

DNS_PORT = 53
EDNS_PAYLOAD = 1232
EDNS_TRIES = (0, -1)  # version 0, then none at all
EDNS_REFUSALS = frozenset({dns.rcode.FORMERR, dns.rcode.NOTIMP, dns.rcode.BADVERS})
LENGTH = struct.Struct("!H")
CLOSED = frozenset({Why.REFUSED, Why.RESET})


class Authorities:
    """Asks name servers directly and remembers what they said. Belongs to one event loop."""

    def __init__(self, network: NetworkSettings, limits: Limits) -> None:
        self._limits = limits
        self._port = network.ports.get(str(DNS_PORT), DNS_PORT)
        self._asked: dict[tuple[str, str, str], asyncio.Task[DnsAnswer]] = {}

    async def ask(self, visit: "VisitNet", server: str, name: str, rrtype: str) -> DnsAnswer:
        """What the server at an address says; `unknown` also when the address policy forbids to ask."""
        if refusal := visit.policy.refusal(server):
            return DnsAnswer(
                name, rrtype, DnsState.UNKNOWN, detail=f"address policy: {refusal}", server=server
            )
        key = (server, name, rrtype)
        task = self._asked.get(key)
        if task is None:
            how = self._transfer if rrtype == "AXFR" else self._query
            task = self._asked[key] = asyncio.create_task(how(visit, server, name, rrtype))
        return await asyncio.shield(task)

    async def _query(self, visit: "VisitNet", server: str, name: str, rrtype: str) -> DnsAnswer:
        """Asked again without EDNS when that was not understood, or met silence (RFC 6891 section 6.2.2)."""
        trouble = "timeout"
        flags = dns.flags.RD if name == FOREIGN else 0  # would it look the name up?
        for edns in EDNS_TRIES:
            query = dns.message.make_query(name, rrtype, use_edns=edns, payload=EDNS_PAYLOAD, flags=flags)
            visit.count_query()
            try:
                async with asyncio.timeout(self._limits.dns_try_s):
                    reply, _ = await dns.asyncquery.udp_with_fallback(
                        query,
                        server,
                        port=self._port,
                        timeout=self._limits.dns_try_s,
                        ignore_unexpected=True,
                        ignore_errors=True,
                    )
            except (dns.exception.DNSException, OSError, EOFError, ValueError) as error:
                trouble = _trouble(error)
                continue
            if reply.rcode() in EDNS_REFUSALS and edns == 0:
                continue
            return _read(reply, server, name, rrtype)
        return DnsAnswer(name, rrtype, DnsState.UNKNOWN, detail=trouble, server=server)

    async def _transfer(self, visit: "VisitNet", server: str, name: str, _rrtype: str) -> DnsAnswer:
        """One try (RFC 5936 section 4.1). `value` when records came, `absent` when the server declined."""
        visit.count_query()
        try:
            async with asyncio.timeout(self._limits.dns_name_s):
                return await self._first_message(visit, server, name)
        except ProbeError as error:
            state = DnsState.ABSENT if error.why in CLOSED else DnsState.UNKNOWN
            return DnsAnswer(name, "AXFR", state, detail=error.detail, server=server)
        except (asyncio.IncompleteReadError, ConnectionError):
            return DnsAnswer(name, "AXFR", DnsState.ABSENT, detail="connection closed", server=server)
        except (TimeoutError, OSError) as error:
            return DnsAnswer(name, "AXFR", DnsState.UNKNOWN, detail=_trouble(error), server=server)
        except (dns.exception.DNSException, ValueError) as error:
            return DnsAnswer(name, "AXFR", DnsState.UNKNOWN, detail=_trouble(error), server=server)

    async def _first_message(self, visit: "VisitNet", server: str, name: str) -> DnsAnswer:
        reader, writer = await visit.connect(server, DNS_PORT, timeout_s=self._limits.connect_s, kind="hello")
        try:
            query = dns.message.make_query(name, "AXFR", flags=0)
            wire = query.to_wire()
            writer.write(LENGTH.pack(len(wire)) + wire)
            (size,) = LENGTH.unpack(await reader.readexactly(LENGTH.size))
            reply = dns.message.from_wire(await reader.readexactly(size), one_rr_per_rrset=True)
        finally:
            visit.drop(reader)
        return _transferred(reply, query, server, name)


def _transferred(reply: dns.message.Message, query: dns.message.Message, server: str, name: str) -> DnsAnswer:
    rcode = dns.rcode.to_text(reply.rcode())
    if reply.id != query.id:
        return DnsAnswer(name, "AXFR", DnsState.UNKNOWN, detail="malformed: wrong id", server=server)
    starts = bool(reply.answer) and reply.answer[0].rdtype == dns.rdatatype.SOA
    if reply.rcode() != dns.rcode.NOERROR or not starts:
        return DnsAnswer(name, "AXFR", DnsState.ABSENT, detail=rcode, server=server)
    if len(reply.answer) == 1:  # one record per message, as old servers send, or a plain SOA answer
        return DnsAnswer(name, "AXFR", DnsState.UNKNOWN, detail="SOA only", server=server)
    soa = f"SOA {reply.answer[0][0].to_text()}"
    detail = f"{len(reply.answer)} records in the first message"
    return DnsAnswer(name, "AXFR", DnsState.VALUE, (soa,), detail, server=server)


def _read(reply: dns.message.Message, server: str, name: str, rrtype: str) -> DnsAnswer:
    flags = tuple(word for word, bit in (("aa", dns.flags.AA), ("ra", dns.flags.RA)) if reply.flags & bit)
    rcode = dns.rcode.to_text(reply.rcode())
    owner = dns.name.from_text(name)
    found = [rrset for rrset in reply.answer if dns.rdatatype.to_text(rrset.rdtype) == rrtype]
    if not reply.answer and rrtype == "NS" and "aa" not in flags:
        found = [r for r in reply.authority if r.rdtype == dns.rdatatype.NS and r.name == owner]
        flags = (*flags, REFERRAL) if found else flags
    records = tuple(rdata.to_text() for rrset in found for rdata in rrset)
    if reply.rcode() not in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
        return DnsAnswer(name, rrtype, DnsState.UNKNOWN, detail=rcode, server=server, flags=flags)
    state = DnsState.VALUE if records else DnsState.ABSENT
    return DnsAnswer(name, rrtype, state, records[:50], "" if records else rcode, server=server, flags=flags)


def _trouble(error: Exception) -> str:
    if isinstance(error, dns.exception.Timeout | TimeoutError):
        return "timeout"
    if isinstance(error, ConnectionRefusedError):
        return "connection refused"
    return f"malformed: {type(error).__name__}" if not isinstance(error, OSError) else type(error).__name__
