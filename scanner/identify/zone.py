"""The domain of a site as its name servers present it: the view of the DNS checks."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass

from scanner.identify.dns_book import FOREIGN, Book, line_of
from scanner.identify.dnssec import Dnssec, dnssec_of
from scanner.identify.questions import (
    WILDCARD,
    Subject,
    climb,
    exchanges,
    mail_domains,
    name_servers,
    nobody_of,
    parent_addresses,
)
from scanner.model.agency import Depth
from scanner.model.check import NotApplicable
from scanner.model.evidence import DnsAnswer, DnsEvidence, DnsState, Evidence, Missing, Why
from scanner.model.reference import Reference
from scanner.parse.caa import CaaRecord, read_caa
from scanner.parse.dns_text import spelt_name
from scanner.parse.suffix import registrable

NOBODY_TO_ASK = (
    "the domain was not asked about (addresses are configured, or the evidence is older than the question)"
)
PRIVATE = tuple(
    ipaddress.ip_network(block)
    for block in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "100.64.0.0/10",
        "fc00::/7",
        "fe80::/10",
        "::1/128",
    )
)


@dataclass(frozen=True, slots=True)
class ServerSeen:
    """One address of one name server, and what it said of the domain and of a transfer."""

    name: str
    address: str
    soa: DnsAnswer
    transfer: DnsAnswer
    ns: DnsAnswer
    foreign: DnsAnswer  # a name that is surely not its own

    @property
    def is_authority(self) -> bool:
        """True when it answers for the domain in its own right."""
        return "aa" in self.soa.flags and self.soa.state is DnsState.VALUE

    @property
    def is_silent(self) -> bool:
        """True when nothing came that could be read: that proves nothing."""
        return self.soa.state is DnsState.UNKNOWN and self.soa.detail[:1].islower()


@dataclass(frozen=True, slots=True)
class Caa:
    """The CAA set that applies to a host: the first one on the way up (RFC 8659 section 3)."""

    at: str = ""
    records: tuple[CaaRecord, ...] = ()
    lines: tuple[str, ...] = ()
    unanswered: DnsAnswer | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """All answers about one host and its registrable domain."""

    host: str
    domain: str
    book: Book
    servers: tuple[ServerSeen, ...]
    caa: Caa
    dnssec: Dnssec
    nobody: DnsAnswer  # for a name nobody chose
    delegation: tuple[DnsAnswer, ...] = ()  # what servers of the zone above say, each asked directly
    is_deep: bool = False

    @property
    def server_names(self) -> tuple[str, ...]:
        """The name servers of the domain."""
        return self.book.names(self.domain, "NS")

    @property
    def mail_servers(self) -> tuple[str, ...]:
        """The mail servers of the domain."""
        return exchanges(self.domain, self.book)


def subject_of(evidence: Evidence, ref: Reference) -> tuple[Subject, Book] | Missing | NotApplicable:
    """Whom the answers of a visit are about, and the answers."""
    dns = evidence.dns
    if isinstance(dns, Missing):
        return dns
    domain = registrable(evidence.target.host, ref.suffixes)
    if domain is None:
        return NotApplicable()
    if not dns.zone:
        return Missing(Why.NOT_ASKED, NOBODY_TO_ASK)
    deep = evidence.depth.covers(Depth.STANDARD)
    subject = Subject(evidence.target.host, domain, _selectors(dns, domain), deep=deep, token=_token(dns))
    return subject, Book((*dns.zone, *dns.answers) if _is_asked(dns) else dns.zone)


def zone_of(evidence: Evidence, ref: Reference) -> Zone | Missing | NotApplicable:
    """The view; not applicable to an address and to a name nobody can register."""
    found = subject_of(evidence, ref)
    if isinstance(found, Missing | NotApplicable):
        return found
    subject, book = found
    return Zone(
        host=subject.host,
        domain=subject.domain,
        book=book,
        servers=tuple(
            _server(subject.domain, name, a, book) for name, a in name_servers(subject.domain, book)
        ),
        caa=caa_of(subject.host, book),
        dnssec=dnssec_of(
            subject.domain, book, ref.dnssec_anchors, evidence.seen_at, nobody=nobody_of(subject)
        ),
        nobody=book.get(nobody_of(subject), "A"),
        delegation=tuple(
            book.get(subject.domain, "NS", server=a) for a in parent_addresses(subject.domain, book)
        ),
        is_deep=subject.deep,
    )


def caa_of(host: str, book: Book) -> Caa:
    """The CAA set of a host; the climb ends at the first answer nobody could get."""
    for name in climb(host):
        answer = book.get(name, "CAA")
        if answer.state is DnsState.UNKNOWN:
            return Caa(unanswered=answer)
        if answer.state is DnsState.VALUE:
            records = tuple(r for r in map(read_caa, answer.records) if r is not None)
            return Caa(name, records, tuple(line_of(answer).splitlines()))
    return Caa()


def is_private(address: str) -> bool:
    """True for an address nobody can reach over the Internet, also when it hides in IPv6."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return any((mapped or ip) in block for block in PRIVATE if block.version == (mapped or ip).version)


def has_ipv6(hosts: Sequence[str], book: Book) -> bool | None:
    """True when one of the hosts has a real IPv6 address; None when nobody knows."""
    answers = [book.get(host, "AAAA") for host in hosts]
    if any(_is_ipv6(record) for answer in answers for record in answer.records):
        return True
    return None if any(answer.state is DnsState.UNKNOWN for answer in answers) else False


def has_wildcard(subject: Subject, book: Book) -> bool | None:
    """True when a name nobody chose resolves; None when nobody knows."""
    answer = book.get(nobody_of(subject), "A")
    return None if answer.state is DnsState.UNKNOWN else answer.state is DnsState.VALUE


def mail_names(subject: Subject, book: Book) -> tuple[str, ...]:
    """The domains whose mail speaks for the site."""
    return mail_domains(subject, book)


def _is_ipv6(record: str) -> bool:
    """A mapped IPv4 address is none."""
    try:
        return ipaddress.IPv6Address(record).ipv4_mapped is None
    except ValueError:
        return False


def _server(domain: str, name: str, address: str, book: Book) -> ServerSeen:
    soa, transfer, ns = (book.get(domain, kind, server=address) for kind in ("SOA", "AXFR", "NS"))
    return ServerSeen(name, address, soa, transfer, ns, book.get(FOREIGN, "A", server=address))


def names_in(answer: DnsAnswer) -> frozenset[str]:
    """The records of an NS answer as names, to compare."""
    return frozenset(spelt_name(record) for record in answer.records)


def _selectors(dns: DnsEvidence, domain: str) -> tuple[str, ...]:
    """The DKIM selectors that were asked about: the inventory of then, kept in the questions."""
    middle = f"._domainkey.{domain}"
    names = (spelt_name(answer.name) for answer in dns.zone)
    return tuple(dict.fromkeys(n.removesuffix(middle) for n in names if n.endswith(middle)))


def _token(dns: DnsEvidence) -> str:
    labels = (answer.name.partition(".")[0] for answer in dns.zone)
    return next((label.removeprefix(WILDCARD) for label in labels if label.startswith(WILDCARD)), "")


def _is_asked(dns: DnsEvidence) -> bool:
    return not any(answer.detail == "configured" for answer in dns.answers)
