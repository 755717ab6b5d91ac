"""What a visit asks about the domain of a site: a pure function of the answers so far.

The collector asks what is yielded, adds the answers to the book and calls again, until nothing new comes out. So the
plan of questions is tested without a network, and views read the same book.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from scanner.identify.dmarc_walk import dmarc_of, report_checks, walk_names
from scanner.identify.dns_book import FOREIGN, NXDOMAIN, SERVFAIL, Book, Question
from scanner.identify.spf_tree import spf_tree
from scanner.model.evidence import DnsState
from scanner.model.reference import SuffixTable
from scanner.parse.dns_text import mail_server
from scanner.parse.mta_sts import sts_id
from scanner.parse.suffix import registrable

QUESTIONS_MOST = 150  # per visit; a site in order needs about 60
SERVERS_MOST = 8
ADDRESSES_MOST = 2  # of one name server
EXCHANGES_MOST = 4
PARENTS_MOST = 2  # servers of the zone above
POLICY_PATH = "/.well-known/mta-sts.txt"  # RFC 8461 section 3.3
WILDCARD = "rasoat-"  # begins the label no owner has


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom to ask about. `deep` allows what needs an authorisation: one zone transfer per server."""

    host: str
    domain: str  # the registrable domain
    selectors: tuple[str, ...] = ()  # DKIM selectors the inventory declares
    deep: bool = False
    token: str = ""  # random part of a name that does not exist
    suffixes: SuffixTable = field(default_factory=SuffixTable)

    @property
    def bare_host(self) -> str:
        """The host as the part behind @ in mail addresses."""
        return self.host.removeprefix("www.")


def questions(subject: Subject, book: Book) -> Iterator[Question]:
    """All questions that the answers so far give reason for, in order of importance."""
    yield from _of_host(subject, book)
    yield from _of_domain(subject, book)
    yield from _of_servers(subject, book)
    yield from _of_parent(subject, book)
    yield from _of_mail(subject, book)


def nobody_of(subject: Subject) -> str:
    """A name below the domain that its owner never chose."""
    return f"{WILDCARD}{subject.token}.{subject.domain}"


def climb(host: str) -> tuple[str, ...]:
    """The host and every name above it, without the root."""
    labels = host.split(".")
    return tuple(".".join(labels[n:]) for n in range(len(labels)))


def mail_domains(subject: Subject, book: Book) -> tuple[str, ...]:
    """The domains whose mail speaks for the site: the registrable one, and the host if it has an MX of its own."""
    own = subject.bare_host
    has_mx = own != subject.domain and book.get(own, "MX").state is DnsState.VALUE
    return (subject.domain, own) if has_mx else (subject.domain,)


def name_servers(domain: str, book: Book) -> tuple[tuple[str, str], ...]:
    """Pairs of (name server, address) to ask directly, a few addresses of each."""
    servers = book.names(domain, "NS")[:SERVERS_MOST]
    return tuple((server, a) for server in servers for a in book.addresses(server)[:ADDRESSES_MOST])


def parent_servers(domain: str, book: Book) -> tuple[str, ...]:
    """A few name servers of the zone above: of the first name on the way up that has any."""
    found = (book.names(name, "NS") for name in climb(domain)[1:])
    return next((names[:PARENTS_MOST] for names in found if names), ())


def parent_addresses(domain: str, book: Book) -> tuple[str, ...]:
    """One address of each of them."""
    found = (book.get(server, "A").records[:1] for server in parent_servers(domain, book))
    return tuple(address for records in found for address in records)


def exchanges(domain: str, book: Book) -> tuple[str, ...]:
    """The mail servers of a domain, best first; a null MX gives none."""
    found = sorted(filter(None, (mail_server(record) for record in book.get(domain, "MX").records)))
    return tuple(host for _, host in found if host)


def policy_host(domain: str) -> str:
    """Where the MTA-STS policy of a mail domain is served."""
    return f"mta-sts.{domain}"


def policy_domains(subject: Subject, book: Book) -> tuple[str, ...]:
    """The mail domains that announce an MTA-STS policy, which senders then fetch."""
    return tuple(d for d in mail_domains(subject, book) if sts_id(book.texts(f"_mta-sts.{d}")))


def _of_host(subject: Subject, book: Book) -> Iterator[Question]:
    yield Question(subject.host, "A")
    yield Question(subject.host, "AAAA")
    yield Question(f"_443._tcp.{subject.host}", "TLSA")
    chain = book.chain(subject.host)
    if chain and book.get(chain[-1], "A").detail == NXDOMAIN:
        target = registrable(chain[-1], subject.suffixes)
        if target is not None and target != subject.domain:
            yield Question(target, "SOA")  # may anybody register it?


def _of_domain(subject: Subject, book: Book) -> Iterator[Question]:
    for rrtype in ("SOA", "NS", "DS", "DNSKEY"):
        yield Question(subject.domain, rrtype)
    yield from _of_signatures(subject, book)
    for name in climb(subject.host):
        yield Question(name, "CAA")
        if book.get(name, "CAA").state is not DnsState.ABSENT:
            break
    if subject.token:
        yield Question(nobody_of(subject), "A")


def _of_signatures(subject: Subject, book: Book) -> Iterator[Question]:
    """Keys and delegations from the root down as they are, for our own walk along them and its proofs of absence."""
    yield Question("", "DNSKEY", unchecked=True)
    for name in reversed(climb(subject.domain)):
        yield Question(name, "DS", unchecked=True)
        if book.get(name, "DS", unchecked=True).state is DnsState.VALUE:
            yield Question(name, "DNSKEY", unchecked=True)
    is_ill = book.get(subject.domain, "SOA").detail.startswith(SERVFAIL)
    if is_ill or book.get(subject.domain, "DS").state is DnsState.VALUE:
        yield Question(subject.domain, "SOA", unchecked=True)
        if subject.token:
            yield Question(nobody_of(subject), "A", unchecked=True)


def _of_servers(subject: Subject, book: Book) -> Iterator[Question]:
    for server in book.names(subject.domain, "NS")[:SERVERS_MOST]:
        yield Question(server, "A")
        yield Question(server, "AAAA")
    for _, address in name_servers(subject.domain, book):
        yield Question(subject.domain, "SOA", server=address)
        yield Question(subject.domain, "NS", server=address)
        if subject.deep:
            yield Question(subject.domain, "AXFR", server=address)
            yield Question(FOREIGN, "A", server=address)


def _of_parent(subject: Subject, book: Book) -> Iterator[Question]:
    """What the zone above says of the domain: the referral every resolver follows."""
    for name in climb(subject.domain)[1:]:
        yield Question(name, "NS")
        if book.get(name, "NS").state is not DnsState.ABSENT:
            break
    for server in parent_servers(subject.domain, book):
        yield Question(server, "A")
    for address in parent_addresses(subject.domain, book):
        yield Question(subject.domain, "NS", server=address)


def _of_mail(subject: Subject, book: Book) -> Iterator[Question]:
    yield Question(subject.domain, "MX")
    yield Question(subject.bare_host, "MX")
    for domain in mail_domains(subject, book):
        yield from _of_mail_domain(domain, subject, book)


def _of_mail_domain(domain: str, subject: Subject, book: Book) -> Iterator[Question]:
    yield Question(domain, "TXT")
    for name in walk_names(domain):
        yield Question(f"_dmarc.{name}", "TXT")
        if dmarc_of(domain, book).at == domain or book.find(Question(f"_dmarc.{name}", "TXT")) is None:
            break
    for _, name in report_checks(dmarc_of(domain, book), subject.domain):
        yield Question(name, "TXT")
    for label in ("_mta-sts", "_smtp._tls", "default._bimi"):
        yield Question(f"{label}.{domain}", "TXT")
    if sts_id(book.texts(f"_mta-sts.{domain}")):
        yield Question(policy_host(domain), "A")
        yield Question(policy_host(domain), "AAAA")
    for selector in subject.selectors:
        yield Question(f"{selector}._domainkey.{domain}", "TXT")
    if not subject.selectors:
        yield Question(f"_domainkey.{domain}", "TXT")
    if book.get(domain, "MX").state is DnsState.ABSENT:
        yield Question(domain, "A")  # then mail goes to the domain itself (RFC 5321 section 5.1)
        yield Question(domain, "AAAA")
    yield from spf_tree(domain, book).open
    for host in exchanges(domain, book)[:EXCHANGES_MOST]:
        yield Question(host, "A")
        yield Question(host, "AAAA")
        yield Question(f"_25._tcp.{host}", "TLSA")
