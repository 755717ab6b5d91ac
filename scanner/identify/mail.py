"""How the mail of a site's domain is protected against forgery: the view of the mail checks."""

from dataclasses import dataclass, field

from scanner.identify.dmarc_walk import DmarcFound, dmarc_of, report_checks
from scanner.identify.dns_book import VALIDATED, Book
from scanner.identify.questions import EXCHANGES_MOST, Subject, exchanges, policy_domains
from scanner.identify.spf_tree import SpfTree, spf_tree
from scanner.identify.sts import Sts, sts_of
from scanner.identify.zone import mail_names, subject_of
from scanner.model.check import NotApplicable
from scanner.model.evidence import DnsAnswer, DnsEvidence, DnsState, Evidence, Missing
from scanner.model.reference import Reference
from scanner.parse.bimi import bimi_records
from scanner.parse.dkim import DkimError, DkimKey, read_dkim
from scanner.parse.dmarc import is_dmarc
from scanner.parse.dns_text import mail_server
from scanner.parse.mta_sts import sts_id, sts_records, tls_report_addresses

NOT_KNOWN = DnsAnswer("", "", DnsState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class DkimSeen:
    """One declared selector; `key` is None when the answer holds none."""

    selector: str
    answer: DnsAnswer
    key: DkimKey | DkimError | None


@dataclass(frozen=True, slots=True)
class Consent:
    """One address for DMARC reports outside the organisation, and what its domain says to that."""

    address: str
    answer: DnsAnswer
    is_given: bool


@dataclass(frozen=True, slots=True)
class MailDomain:
    """One domain people may find behind the @ of a mail."""

    domain: str
    mx: DnsAnswer
    exchanges: tuple[str, ...]
    spf: SpfTree
    spf_answer: DnsAnswer
    dmarc: DmarcFound
    dkim: tuple[DkimSeen, ...]
    sts_answer: DnsAnswer
    sts_id: str | None
    tls_reports_answer: DnsAnswer
    tls_reports: tuple[str, ...]
    sts_records: tuple[str, ...] = ()
    sts: Sts = field(default_factory=Sts)
    bimi: tuple[str, ...] = ()
    bimi_answer: DnsAnswer = NOT_KNOWN
    tlsa: tuple[DnsAnswer, ...] = ()  # one for each mail server
    keys: DnsAnswer = NOT_KNOWN  # for the name all DKIM keys stand below
    hosts: tuple[DnsAnswer, ...] = ()  # addresses of the domain itself, which stand in for a missing MX
    is_validating: bool = False  # the resolver vouched for an answer of this visit
    consents: tuple[Consent, ...] = ()

    @property
    def has_null_mx(self) -> bool:
        """True when the domain says that it takes no mail (RFC 7505)."""
        return any(server is not None and not server[1] for server in map(mail_server, self.mx.records))

    @property
    def takes_mail(self) -> bool | None:
        """True with a mail server; None when nobody knows."""
        if self.mx.state is DnsState.UNKNOWN:
            return None
        return bool(self.exchanges)


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail domains of one site, the registrable one first."""

    domains: tuple[MailDomain, ...]


def mail_of(evidence: Evidence, ref: Reference) -> Mail | Missing | NotApplicable:
    """The view; not applicable to an address and to a name nobody can register."""
    found = subject_of(evidence, ref)
    if isinstance(found, Missing | NotApplicable):
        return found
    subject, book = found
    fetches = evidence.dns.policies if isinstance(evidence.dns, DnsEvidence) else ()
    policies = {
        domain: sts_of(domain, exchanges(domain, book), fetches, book, ref, at=evidence.seen_at)
        for domain in policy_domains(subject, book)
    }
    return Mail(
        tuple(
            _domain(domain, subject, book, policies.get(domain, Sts()))
            for domain in mail_names(subject, book)
        )
    )


def _domain(domain: str, subject: Subject, book: Book, sts: Sts) -> MailDomain:
    return MailDomain(
        domain=domain,
        mx=book.get(domain, "MX"),
        exchanges=exchanges(domain, book),
        spf=spf_tree(domain, book),
        spf_answer=book.get(domain, "TXT"),
        dmarc=dmarc_of(domain, book),
        dkim=tuple(_dkim(selector, domain, book) for selector in subject.selectors),
        sts_records=sts_records(book.texts(f"_mta-sts.{domain}")),
        sts=sts,
        sts_answer=book.get(f"_mta-sts.{domain}", "TXT"),
        sts_id=sts_id(book.texts(f"_mta-sts.{domain}")),
        tls_reports_answer=book.get(f"_smtp._tls.{domain}", "TXT"),
        tls_reports=tls_report_addresses(book.texts(f"_smtp._tls.{domain}")),
        consents=_consents(domain, subject, book),
        bimi=bimi_records(book.texts(f"default._bimi.{domain}")),
        bimi_answer=book.get(f"default._bimi.{domain}", "TXT"),
        tlsa=tuple(book.get(f"_25._tcp.{host}", "TLSA") for host in exchanges(domain, book)[:EXCHANGES_MOST]),
        keys=book.get(f"_domainkey.{domain}", "TXT"),
        hosts=tuple(book.get(domain, kind) for kind in ("A", "AAAA")),
        is_validating=any(VALIDATED in a.flags for a in book.of_type("SOA")),
    )


def _consents(domain: str, subject: Subject, book: Book) -> tuple[Consent, ...]:
    """A record that begins v=DMARC1 is consent (RFC 9990 section 4)."""
    pairs = report_checks(dmarc_of(domain, book), subject.domain)
    return tuple(
        Consent(address, book.get(name, "TXT"), any(is_dmarc(text) for text in book.texts(name)))
        for address, name in pairs
    )


def _dkim(selector: str, domain: str, book: Book) -> DkimSeen:
    """The key of a selector. Several records at one name are undefined (RFC 6376 section 3.6.2.2): the first counts."""
    name = f"{selector}._domainkey.{domain}"
    texts = book.texts(name)
    return DkimSeen(selector, book.get(name, "TXT"), read_dkim(texts[0]) if texts else None)
