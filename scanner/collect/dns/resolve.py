"""Names to addresses: our own stub resolver over dnspython, with three outcomes and a cache.

A silent or failing resolver says nothing about a record: that is `unknown`, never `absent`. An answer is
asked for once per worker; A and AAAA go out together.
"""

import asyncio
import ipaddress
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import dns.asyncquery
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.resolver

from scanner.collect.failure import missing_from
from scanner.collect.limits import Limits
from scanner.model.evidence import DnsAnswer, DnsState
from scanner.model.settings import NetworkSettings

ROUNDS = 2  # how often each resolver is asked before we give up
EDNS_PAYLOAD = 1232  # DNS flag day 2020: fits every path without fragments
SPEAKS_OF_THE_NAME = (dns.rcode.NOERROR, dns.rcode.NXDOMAIN)
LOOPBACK = ("127.0.0.1", "::1")
CHECKING_DISABLED = ("cd",)
VALIDATED = ("ad",)
DENIALS = (dns.rdatatype.NSEC, dns.rdatatype.NSEC3)

Count = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the resolver said about a host, and the addresses in it: IPv4 first, then by number.

    Servers shuffle their answers; two scans should still look at the same address.
    """

    answers: tuple[DnsAnswer, ...]
    addresses: tuple[str, ...]


class Resolver:
    """Asks the configured resolvers, else the system's. Belongs to one event loop."""

    def __init__(self, network: NetworkSettings, limits: Limits) -> None:
        self._limits = limits
        self._ipv6 = network.ipv6
        self._hosts = {name.lower().rstrip("."): given for name, given in network.hosts.items()}
        self._is_configured = bool(network.resolver)
        self._servers = tuple(_server(text) for text in network.resolver) or _system_servers()
        self._asked: dict[tuple[str, str, bool], asyncio.Task[tuple[DnsAnswer, ...]]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The resolvers in use, "IP:port"."""
        return tuple(_spelt(server) for server in self._servers)

    async def addresses(self, host: str, *, count: Count) -> Lookup:
        """Answers and addresses of a host. `count` is called for each query sent."""
        given = self._given(host)
        if given is not None:
            return Lookup(_configured(host, given), tuple(a for a in given if self._ipv6 or ":" not in a))
        kinds = ("A", "AAAA") if self._ipv6 else ("A",)
        replies = await asyncio.gather(*(self.lookup(host, kind, count=count) for kind in kinds))
        answers = tuple(dict.fromkeys(answer for reply in replies for answer in reply))
        found = {ipaddress.ip_address(r) for a in answers if a.rrtype in kinds for r in a.records}
        return Lookup(answers, tuple(str(a) for a in sorted(found, key=lambda a: (a.version, a))))

    def knows_zone_of(self, host: str) -> bool:
        """True when questions about the domain of a host have somewhere to go.

        A host whose addresses are configured, while no resolver is, lives where the system's resolver cannot see.
        """
        return self._given(host) is None or self._is_configured

    async def lookup(
        self, name: str, rrtype: str, *, count: Count, unchecked: bool = False
    ) -> tuple[DnsAnswer, ...]:
        """The answers to one question: the CNAME hops on the way, then the record asked for.

        With `unchecked` a validating resolver is asked not to judge (CD, RFC 4035 section 3.2.2) and to hand the
        signatures over (DO); they stand before the record, as an answer of the type RRSIG(type).
        """
        key = (name.lower().rstrip("."), rrtype, unchecked)
        task = self._asked.get(key)
        if task is None:
            task = self._asked[key] = asyncio.create_task(self._follow(*key, count=count))
        answers = await asyncio.shield(task)
        if answers[-1].state is DnsState.UNKNOWN:
            self._asked.pop(key, None)  # the next visit may ask again
        return answers

    def _given(self, host: str) -> tuple[str, ...] | None:
        """Addresses that need no question: configured, literal, or localhost (RFC 6761 section 6.3)."""
        name = host.lower().rstrip(".")
        if name in self._hosts:
            return self._hosts[name]
        if name == "localhost" or name.endswith(".localhost"):
            return LOOPBACK
        try:
            return (str(ipaddress.ip_address(host)),)
        except ValueError:
            return None

    async def _follow(
        self, name: str, rrtype: str, unchecked: bool, *, count: Count
    ) -> tuple[DnsAnswer, ...]:
        hops: list[DnsAnswer] = []
        flags = CHECKING_DISABLED if unchecked else ()
        until = time.monotonic() + self._limits.dns_name_s
        for _ in range(self._limits.cname_hops + 1):
            reply = await self._ask(name, rrtype, until=until, count=count, unchecked=unchecked)
            if isinstance(reply, str):
                return (*hops, DnsAnswer(name, rrtype, DnsState.UNKNOWN, detail=reply, flags=flags))
            new_hops, last = _read(reply, name, rrtype, self._limits)
            seen = flags + (VALIDATED if reply.flags & dns.flags.AD else ())
            hops += [replace(hop, flags=flags) for hop in new_hops]
            if last is not None:
                proofs = (*_signatures(reply, last, flags), *_denials(reply, last, flags))
                return (*hops, *proofs, replace(last, flags=seen))
            name = hops[-1].records[0]
            if len(hops) > self._limits.cname_hops:
                break
        detail = f"more than {self._limits.cname_hops} CNAME hops"
        return (*hops, DnsAnswer(name, rrtype, DnsState.UNKNOWN, detail=detail, flags=flags))

    async def _ask(
        self, name: str, rrtype: str, *, until: float, count: Count, unchecked: bool = False
    ) -> dns.message.Message | str:
        """The first reply that speaks of the name, or why there was none. AD asks for a verdict (RFC 6840)."""
        flags = dns.flags.RD | dns.flags.AD | (dns.flags.CD if unchecked else 0)
        try:
            query = dns.message.make_query(
                name, rrtype, use_edns=0, payload=EDNS_PAYLOAD, flags=flags, want_dnssec=unchecked
            )
        except (dns.exception.DNSException, UnicodeError, ValueError):
            return "not a DNS name"
        trouble = "no resolver is configured"
        for server in self._servers * ROUNDS:
            left = min(until - time.monotonic(), self._limits.dns_try_s)
            if left <= 0:
                break
            count()
            try:
                async with asyncio.timeout(left):
                    reply, _ = await dns.asyncquery.udp_with_fallback(
                        query,
                        server[0],
                        port=server[1],
                        timeout=left,
                        ignore_unexpected=True,
                        ignore_errors=True,
                    )
            except (dns.exception.DNSException, OSError, EOFError, ValueError) as error:
                trouble = _trouble(error)
                continue
            if reply.rcode() in SPEAKS_OF_THE_NAME:
                return reply
            if reply.rcode() == dns.rcode.FORMERR and not unchecked:
                query.use_edns(-1)  # an old forwarder (RFC 6891 section 6.2.2)
            trouble = _refusal(reply)
        return trouble


def _refusal(reply: dns.message.Message) -> str:
    """The response code, with the extended errors of RFC 8914 a validator explains itself by."""
    codes = ", ".join(f"EDE {int(error.code)}" for error in reply.extended_errors())
    return dns.rcode.to_text(reply.rcode()) + (f" ({codes})" if codes else "")


def _read(
    reply: dns.message.Message, name: str, rrtype: str, limits: Limits
) -> tuple[list[DnsAnswer], DnsAnswer | None]:
    """The CNAME hops in a reply, and the record asked for - None when the chain leads out of the reply."""
    hops: list[DnsAnswer] = []
    for _ in range(limits.cname_hops + 1):
        records, ttl = _records(reply, name, rrtype, limits.dns_records)
        if records:
            return hops, DnsAnswer(name, rrtype, DnsState.VALUE, records, ttl_s=ttl)
        targets, ttl = _records(reply, name, "CNAME", 1)
        if not targets:
            break
        hops.append(DnsAnswer(name, "CNAME", DnsState.VALUE, targets, ttl_s=ttl))
        name = targets[0]
    if hops and reply.rcode() == dns.rcode.NOERROR and not reply.flags & dns.flags.RA:
        return hops, None  # a server that does not recurse leaves the rest to us
    if len(hops) > limits.cname_hops:
        return hops, None
    return hops, DnsAnswer(name, rrtype, DnsState.ABSENT, detail=dns.rcode.to_text(reply.rcode()))


def _records(
    reply: dns.message.Message, name: str, rrtype: str, most: int
) -> tuple[tuple[str, ...], int | None]:
    owner = dns.name.from_text(name)
    kind = dns.rdatatype.from_text(rrtype)
    for rrset in reply.answer:
        if rrset.name == owner and rrset.rdtype == kind:
            texts = tuple(rdata.to_text() for _, rdata in zip(range(most), rrset, strict=False))
            return tuple(t.lower().rstrip(".") if rrtype == "CNAME" else t for t in texts), rrset.ttl
    return (), None


def _signatures(reply: dns.message.Message, last: DnsAnswer, flags: tuple[str, ...]) -> Iterator[DnsAnswer]:
    """The signatures over the record asked for, when they were asked for too."""
    if not flags or last.state is not DnsState.VALUE:
        return
    owner, kind = dns.name.from_text(last.name), dns.rdatatype.from_text(last.rrtype)
    found = [
        s for s in reply.answer if s.name == owner and s.rdtype == dns.rdatatype.RRSIG and s.covers == kind
    ]
    records = tuple(rdata.to_text() for rrset in found for rdata in rrset)
    if records:
        yield DnsAnswer(last.name, f"RRSIG({last.rrtype})", DnsState.VALUE, records, flags=flags)


def _denials(reply: dns.message.Message, last: DnsAnswer, flags: tuple[str, ...]) -> Iterator[DnsAnswer]:
    """The NSEC and NSEC3 records that prove an absence, each with its signatures (RFC 4035 section 3.1.3)."""
    if not flags or last.state is not DnsState.ABSENT:
        return
    for rrset in reply.authority:
        covers = rrset.covers if rrset.rdtype == dns.rdatatype.RRSIG else rrset.rdtype
        if covers in DENIALS:
            kind = dns.rdatatype.to_text(covers)
            rrtype = kind if rrset.rdtype == covers else f"RRSIG({kind})"
            records = tuple(rdata.to_text() for rdata in rrset)
            owner = rrset.name.to_text(omit_final_dot=True).lower()
            yield DnsAnswer(owner, rrtype, DnsState.VALUE, records, flags=flags)


def _configured(host: str, given: tuple[str, ...]) -> tuple[DnsAnswer, ...]:
    if given == (host,):
        return ()
    by_type = (("A", tuple(a for a in given if ":" not in a)), ("AAAA", tuple(a for a in given if ":" in a)))
    return tuple(
        DnsAnswer(host, rrtype, DnsState.VALUE, records, detail="configured")
        for rrtype, records in by_type
        if records
    )


def _trouble(error: Exception) -> str:
    if isinstance(error, dns.exception.Timeout | TimeoutError):
        return "timeout"
    if isinstance(error, dns.exception.DNSException | ValueError):
        return f"malformed: {type(error).__name__}"
    return missing_from(error).detail or str(missing_from(error).why)


def _server(text: str) -> tuple[str, int]:
    """Address and port (else 53) of "IP:port", IPv6 in brackets; ValueError for anything else."""
    host, _, port = text.rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        return str(ipaddress.ip_address(host[1:-1])), int(port)
    if host and ":" not in host:
        return str(ipaddress.ip_address(host)), int(port)
    return str(ipaddress.ip_address(text.strip("[]"))), 53


def _system_servers() -> tuple[tuple[str, int], ...]:
    return tuple(_each_system_server())


def _each_system_server() -> Iterator[tuple[str, int]]:
    try:
        system = dns.resolver.Resolver()
    except dns.resolver.NoResolverConfiguration:
        return
    for server in system.nameservers:
        yield str(server), system.port


def _spelt(server: tuple[str, int]) -> str:
    host, port = server
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
