"""Whether a domain is signed and whether its signatures hold: the verdict of a validating resolver, with its proof.

The resolver is asked with checking and, when it refuses, without (RFC 4035 section 3.2.2). Our own walk down the chain
adds keys and dates to the proof, and is the verdict where the resolver does not validate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scanner.identify.dns_book import SERVFAIL, VALIDATED, Book, line_of
from scanner.identify.trust_chain import Chain, Trust, walk
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


def dnssec_of(domain: str, book: Book, anchors: Sequence[tuple[str, str]], seen_at: datetime) -> Dnssec:
    """The state of one domain from its DS, DNSKEY and SOA answers, and those of the zones above it."""
    chain = walk(domain, book, anchors, seen_at)
    soa, ds = book.get(domain, "SOA"), book.get(domain, "DS")
    unchecked = book.get(domain, "SOA", unchecked=True)
    if soa.detail.startswith(SERVFAIL) and unchecked.state is DnsState.VALUE:
        proof = "\n".join((line_of(soa), f"+cd: {line_of(unchecked)}", line_of(ds), *_told(chain)))
        return Dnssec(Signing.BOGUS, proof)
    if ds.state is DnsState.UNKNOWN:
        return Dnssec(Signing.UNKNOWN, line_of(ds), ds)
    if ds.state is DnsState.ABSENT:
        keys = book.get(domain, "DNSKEY")
        state = Signing.ISLAND if keys.state is DnsState.VALUE else Signing.UNSIGNED
        return Dnssec(state, "\n".join((line_of(ds), line_of(keys))))
    if soa.state is DnsState.UNKNOWN:
        return Dnssec(Signing.UNKNOWN, line_of(soa), soa)
    if VALIDATED in soa.flags:
        return Dnssec(Signing.SECURE, "\n".join((line_of(ds), f"{line_of(soa)} (ad)", *_told(chain))))
    proof = "\n".join((line_of(ds), *_told(chain)))
    state = {Trust.SECURE: Signing.SECURE, Trust.BROKEN: Signing.BOGUS}.get(chain.state, Signing.UNCHECKED)
    return Dnssec(state, proof, is_own_verdict=state is not Signing.UNCHECKED)


def _told(chain: Chain) -> tuple[str, ...]:
    """The steps of our walk, and what broke it."""
    broken = (f"! {chain.trouble}",) if chain.state is Trust.BROKEN else ()
    return (*chain.steps, *broken)
