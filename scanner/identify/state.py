"""What a visit amounts to as a whole: did the site answer, and if not, what is proven about its silence.

A name proven absent and a refused connection are answers of the world; a time-out is none. The first two
let a check conclude, the last never does.
"""

from enum import StrEnum

from scanner.identify.page_kind import WALLS, PageKind, kind_of
from scanner.model.agency import Lifecycle
from scanner.model.evidence import (
    DnsEvidence,
    DnsState,
    End,
    Evidence,
    Fetch,
    HttpEvidence,
    Missing,
    Response,
    TlsEvidence,
    Why,
)
from scanner.model.finding import SiteState

MAIN = ("http", "https")  # purposes that ask for the site itself
HOLES = frozenset({Why.TIMEOUT, Why.RESET, Why.BUDGET, Why.MALFORMED, Why.TOO_LARGE, Why.BLOCKED, Why.DNS})


class Presence(StrEnum):
    """How a site showed itself, most telling first."""

    ANSWERS = "answers"  # at least one answer that is no block page
    BLOCKED = "blocked"  # it lives, but shows the scanner a block page only
    ELSEWHERE = "elsewhere"  # every answer leads to a host outside the scope
    FORBIDDEN = "forbidden"  # our own rules forbid looking there
    ABSENT = "absent"  # proven: the name has no address
    REFUSED = "refused"  # proven: every connection was refused
    SILENT = "silent"  # nothing came back, nothing is proven
    NOT_ASKED = "not-asked"


def presence_of(evidence: Evidence) -> Presence:
    """How a site showed itself over HTTP, or why it did not."""
    if isinstance(evidence.http, Missing):
        return _without_http(evidence, evidence.http)
    fetches = main_fetches(evidence)
    answered = [f for f in fetches if isinstance(f.last.response, Response)]
    if any(f.end is not End.OUT_OF_SCOPE and not _is_blocked(f) for f in answered):
        return Presence.ANSWERS
    if any(_is_blocked(f) for f in answered):
        return Presence.BLOCKED
    if answered:
        return Presence.ELSEWHERE
    return _silence(evidence, tuple(_why(f) for f in fetches))


def main_fetches(evidence: Evidence) -> tuple[Fetch, ...]:
    """The fetches of the site itself over both schemes; without canaries and the like."""
    if isinstance(evidence.http, Missing):
        return ()
    return tuple(f for f in evidence.http.fetches if f.purpose in MAIN and f.exchanges)


def first_missing(evidence: Evidence) -> Missing:
    """The most telling reason for the silence of a site, for an `unknown`."""
    if isinstance(evidence.http, Missing):
        return evidence.http
    for fetch in main_fetches(evidence):
        if isinstance(fetch.last.response, Missing):
            return fetch.last.response
    if isinstance(evidence.dns, Missing):
        return evidence.dns
    return Missing(Why.NOT_ASKED)


def site_state(evidence: Evidence) -> SiteState:
    """The state of a site in documents. Pure: the same evidence gives the same state."""
    presence = presence_of(evidence)
    if presence is Presence.ANSWERS:
        return SiteState.PARTLY if _has_holes(evidence) else SiteState.REACHED
    if presence is Presence.BLOCKED:
        return SiteState.BLOCKED
    if presence in (Presence.ELSEWHERE, Presence.FORBIDDEN):
        return SiteState.OUT_OF_SCOPE
    if presence is Presence.NOT_ASKED:
        return _without_question(evidence)
    if evidence.declared is Lifecycle.RETIRED:
        return SiteState.RETIRED
    return SiteState.PARTLY if _has_tls(evidence) else SiteState.UNREACHED


def is_gone_as_declared(evidence: Evidence) -> bool:
    """True for a site declared retired that is proven to serve nothing: no address, or every connection refused."""
    if evidence.declared is not Lifecycle.RETIRED:
        return False
    return presence_of(evidence) in (Presence.ABSENT, Presence.REFUSED)


def is_name_absent(evidence: Evidence) -> bool:
    """True when the name is proven to have neither an IPv4 nor an IPv6 address."""
    dns = evidence.dns
    if not isinstance(dns, DnsEvidence) or dns.addresses or dns.refused:
        return False
    states = {a.rrtype: a.state for a in dns.answers if a.rrtype in ("A", "AAAA")}
    return bool(states) and set(states.values()) == {DnsState.ABSENT}


def _is_blocked(fetch: Fetch) -> bool:
    response = fetch.last.response
    return isinstance(response, Response) and kind_of(response) in WALLS


def _why(fetch: Fetch) -> Why:
    response = fetch.last.response
    assert isinstance(response, Missing)
    return response.why


def _without_http(evidence: Evidence, http: Missing) -> Presence:
    if http.why is Why.NOT_ASKED:
        return Presence.ABSENT if is_name_absent(evidence) else Presence.NOT_ASKED
    if http.why is Why.BLOCKED:
        return Presence.BLOCKED
    return _silence(evidence, (http.why,))


def _silence(evidence: Evidence, reasons: tuple[Why, ...]) -> Presence:
    """What is proven when nothing answered."""
    dns = evidence.dns
    if is_name_absent(evidence):
        return Presence.ABSENT
    denied = isinstance(dns, DnsEvidence) and bool(dns.refused) and not dns.addresses
    if denied or set(reasons) == {Why.OUT_OF_SCOPE}:
        return Presence.FORBIDDEN
    asked = len(MAIN) if evidence.target.port is None else 1
    if len(reasons) >= asked and set(reasons) == {Why.REFUSED}:
        return Presence.REFUSED
    return Presence.SILENT


def _without_question(evidence: Evidence) -> SiteState:
    """The state when the plan did not ask over HTTP: what was asked decides."""
    if _has_tls(evidence):
        return SiteState.REACHED
    dns = evidence.dns
    has_address = isinstance(dns, DnsEvidence) and bool(dns.addresses)
    return SiteState.REACHED if has_address and isinstance(evidence.tls, Missing) else SiteState.UNREACHED


def _has_tls(evidence: Evidence) -> bool:
    tls = evidence.tls
    return isinstance(tls, TlsEvidence) and any(e.chains for e in tls.endpoints)


def _has_holes(evidence: Evidence) -> bool:
    """True when a part that was asked for did not come back, so that some checks must say unknown."""
    assert isinstance(evidence.http, HttpEvidence)
    reasons = [f.last.response.why for f in main_fetches(evidence) if isinstance(f.last.response, Missing)]
    reasons += [part.why for part in (evidence.dns, evidence.tls) if isinstance(part, Missing)]
    if isinstance(evidence.tls, TlsEvidence):
        reasons += [e.missing.why for e in evidence.tls.endpoints if e.missing is not None]
    return any(why in HOLES for why in reasons) or not _has_page(evidence)


def _has_page(evidence: Evidence) -> bool:
    """True when a page could be read; a site that only shows errors lives, but cannot be judged."""
    answers = (f.last.response for f in main_fetches(evidence) if f.end is End.FINAL)
    return any(isinstance(answer, Response) and kind_of(answer) is PageKind.CONTENT for answer in answers)
