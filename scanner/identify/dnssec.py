"""Whether a domain is signed and whether its signatures hold: the verdict of a validating resolver, with its proof.

The resolver is asked with checking and, when it refuses, without (RFC 4035 section 3.2.2). A resolver that does not
validate proves a DS record, never a signature.
"""

from dataclasses import dataclass
from enum import StrEnum

from scanner.identify.dns_book import SERVFAIL, VALIDATED, Book, line_of
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


def dnssec_of(domain: str, book: Book) -> Dnssec:
    """The state of one domain from its DS, DNSKEY and SOA answers."""
    soa, ds = book.get(domain, "SOA"), book.get(domain, "DS")
    unchecked = book.get(domain, "SOA", unchecked=True)
    if soa.detail.startswith(SERVFAIL) and unchecked.state is DnsState.VALUE:
        proof = "\n".join((line_of(soa), f"+cd: {line_of(unchecked)}", line_of(ds)))
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
        return Dnssec(Signing.SECURE, f"{line_of(ds)}\n{line_of(soa)} (ad)")
    return Dnssec(Signing.UNCHECKED, line_of(ds))
