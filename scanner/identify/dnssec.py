"""Whether a domain is signed and whether its signatures hold: the verdict of a validating resolver, with its proof.

The resolver is asked with checking and, when it refuses, without (RFC 4035 section 3.2.2). Our own walk down the chain
adds keys and dates to the proof, and is the verdict where the resolver does not validate.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from scanner.identify.dns_book import SERVFAIL, VALIDATED, Book, line_of
from scanner.identify.trust_chain import Chain, Trust, denied, walk
from scanner.model.evidence import DnsAnswer, DnsState


class Signing(StrEnum):
    """What is known of a domain's signatures."""

    SECURE = "secure"
    UNSIGNED = "unsigned"
    ISLAND = "island"  # signed, but the parent holds no DS: nobody can check it
    BOGUS = "bogus"
    UNCHECKED = "unchecked"  # the parent holds a DS, and our resolver does not validate
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Dnssec:
    """The state and the answers that prove it; `unanswered` is the question that would have told."""

    state: Signing
    proof: str = ""
    unanswered: DnsAnswer | None = None
    is_own_verdict: bool = False  # by our walk alone
    chain: Chain = field(default_factory=lambda: Chain(Trust.OPEN))
    denials: tuple[DnsAnswer, ...] = ()  # the domain's own NSEC or NSEC3 records


def dnssec_of(
    domain: str, book: Book, anchors: Sequence[tuple[str, str]], seen_at: datetime, *, nobody: str = ""
) -> Dnssec:
    """The state of one domain from its DS, DNSKEY and SOA answers, and those of the zones above it.

    `nobody` is a name in it that does not exist: a signed domain has to prove that as well.
    """
    chain = denied(walk(domain, book, anchors, seen_at), nobody, domain, book, seen_at)
    denials = (a for kind in ("NSEC", "NSEC3") for a in book.of_type(kind, unchecked=True))
    own = tuple(a for a in denials if a.name == domain or a.name.endswith(f".{domain}"))
    return replace(_judged(domain, book, chain, nobody), chain=chain, denials=own)


def _judged(domain: str, book: Book, chain: Chain, nobody: str) -> Dnssec:
    soa, ds = book.get(domain, "SOA"), book.get(domain, "DS")
    unchecked = book.get(domain, "SOA", unchecked=True)
    if soa.detail.startswith(SERVFAIL) and unchecked.state is DnsState.VALUE:
        proof = "\n".join((line_of(soa), f"+cd: {line_of(unchecked)}", line_of(ds), *_told(chain)))
        return Dnssec(Signing.BOGUS, proof)
    if ds.state is DnsState.UNKNOWN:
        return Dnssec(Signing.UNKNOWN, line_of(ds), ds)
    if ds.state is DnsState.ABSENT and chain.state is Trust.SECURE:  # no zone of its own
        return Dnssec(Signing.SECURE, "\n".join(_told(chain)), is_own_verdict=True)
    if ds.state is DnsState.ABSENT:
        keys = book.get(domain, "DNSKEY")
        state = Signing.ISLAND if keys.state is DnsState.VALUE else Signing.UNSIGNED
        word = () if chain.is_proven and chain.state is Trust.UNSIGNED else ("(no proof came with it)",)
        return Dnssec(state, "\n".join((line_of(ds), *word, line_of(keys), *_told(chain))))
    if chain.state is Trust.UNSIGNED:  # a zone above has no DS
        return Dnssec(Signing.ISLAND, "\n".join((line_of(ds), *_told(chain))))
    if soa.state is DnsState.UNKNOWN:
        return Dnssec(Signing.UNKNOWN, line_of(soa), soa)
    denial, silent = (book.get(nobody, "A", unchecked=cd) for cd in (True, False))
    if nobody and silent.detail.startswith(SERVFAIL) and denial.state is DnsState.ABSENT:
        proof = "\n".join((line_of(silent), f"+cd: {line_of(denial)}", line_of(ds), *_told(chain)))
        return Dnssec(Signing.BOGUS, proof)
    if VALIDATED in soa.flags:
        return Dnssec(Signing.SECURE, "\n".join((line_of(ds), f"{line_of(soa)} (ad)", *_told(chain))))
    proof = "\n".join((line_of(ds), *_told(chain)))
    state = {Trust.SECURE: Signing.SECURE, Trust.BROKEN: Signing.BOGUS}.get(chain.state, Signing.UNCHECKED)
    return Dnssec(state, proof, is_own_verdict=state is not Signing.UNCHECKED)


def _told(chain: Chain) -> tuple[str, ...]:
    """The steps of our walk, and what broke it."""
    broken = (f"! {chain.trouble}",) if chain.state is Trust.BROKEN else ()
    return (*chain.steps, *broken)
