"""Where a host points by CNAME, and whether anybody still lives there: the view of the checks on dangling names."""

from dataclasses import dataclass

from scanner.identify.dns_book import NXDOMAIN, Book, line_of
from scanner.model.check import NotApplicable
from scanner.model.evidence import Body, DnsAnswer, DnsState, Evidence, HttpEvidence, Missing, Response, Why
from scanner.model.reference import Reference, Takeover
from scanner.parse.dns_text import spelt_name
from scanner.parse.suffix import registrable

TEXT_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Alias:
    """One host and the end of its CNAME chain. `pages` are pairs of (address, text) the host answered with."""

    host: str
    chain: tuple[str, ...]
    end: DnsAnswer  # the answer for an address at the end
    service: Takeover | None  # a service known to hand out names of this kind
    claimable_domain: str  # the target's registrable domain when that is unregistered itself
    pages: tuple[tuple[str, str], ...] = ()

    @property
    def target(self) -> str:
        """The last name of the chain."""
        return self.chain[-1]

    @property
    def is_gone(self) -> bool:
        """True when the target is proven not to exist (RFC 8020), not merely without an address."""
        return self.end.state is DnsState.ABSENT and self.end.detail == NXDOMAIN

    @property
    def proof(self) -> str:
        """The hops as records, and what stands at the end."""
        names = (self.host, *self.chain)
        hops = [f"{a}. CNAME {b}." for a, b in zip(names, self.chain, strict=False)]
        return "\n".join((*hops, line_of(self.end)))


def alias_of(evidence: Evidence, ref: Reference) -> Alias | Missing | NotApplicable:
    """The view; not applicable to a host that is no alias, or whose addresses are configured."""
    dns = evidence.dns
    if isinstance(dns, Missing):
        return dns
    answers = (*dns.answers, *dns.zone)
    if any(answer.detail == "configured" for answer in dns.answers) and not dns.zone:
        return Missing(Why.NOT_ASKED, "addresses are configured")
    book = Book(answers)
    host = spelt_name(evidence.target.host)
    chain = book.chain(host)
    end = book.get(chain[-1] if chain else host, "A")
    if not chain:
        is_known = end.state is not DnsState.UNKNOWN or book.get(host, "AAAA").state is DnsState.VALUE
        return NotApplicable("no-alias") if is_known else Missing(Why.DNS, line_of(end))
    service = next((s for s in ref.takeovers if any(_is_below(name, s.suffix) for name in chain)), None)
    return Alias(host, chain, end, service, _claimable(chain[-1], book, ref), _pages(evidence.http))


def _claimable(target: str, book: Book, ref: Reference) -> str:
    domain = registrable(target, ref.suffixes) or ""
    soa = book.get(domain, "SOA")
    return domain if domain and soa.state is DnsState.ABSENT and soa.detail == NXDOMAIN else ""


def _is_below(name: str, suffix: str) -> bool:
    return name == suffix or name.endswith(f".{suffix}")


def _pages(http: HttpEvidence | Missing) -> tuple[tuple[str, str], ...]:
    """The text of the last answer of each fetch of the front page."""
    if isinstance(http, Missing):
        return ()
    found = []
    for fetch in http.fetches:
        response = fetch.last.response
        if fetch.purpose in ("http", "https") and isinstance(response, Response):
            body = response.body
            if isinstance(body, Body):
                found.append((fetch.last.url, body.content[:TEXT_BYTES].decode("utf-8", "replace")))
    return tuple(found)
