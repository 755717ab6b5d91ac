"""The state of a site: what is proven, and what a silence does not prove."""

from dataclasses import replace

import pytest

from scanner.identify.state import Presence, first_missing, is_name_absent, presence_of, site_state
from scanner.model.agency import Lifecycle
from scanner.model.evidence import (
    ChainSeen,
    DnsEvidence,
    DnsState,
    End,
    Evidence,
    HttpEvidence,
    Missing,
    Target,
    TlsEndpoint,
    TlsEvidence,
    Why,
)
from scanner.model.finding import SiteState
from scanner.samples.cms import answer, unresolved, visit

REFUSED, LATE, RESET = Missing(Why.REFUSED), Missing(Why.TIMEOUT), Missing(Why.RESET)
OUTSIDE = Missing(Why.OUT_OF_SCOPE)
WALL = answer(403, "<title>Request Rejected</title>")
PAGE = answer()
RETIRED = Lifecycle.RETIRED
TLS = TlsEvidence("so.example", 443, (TlsEndpoint("192.0.2.10", chains=(ChainSeen("TLSv1.2", (b"x",)),)),))
HALF_TLS = TlsEvidence("so.example", 443, (TlsEndpoint("192.0.2.10", missing=LATE),))


@pytest.mark.parametrize(
    ("evidence", "state"),
    [
        (visit(PAGE, PAGE), SiteState.REACHED),
        (visit(PAGE, REFUSED), SiteState.REACHED),
        (visit(PAGE, Missing(Why.TLS)), SiteState.REACHED),
        (visit(PAGE, LATE), SiteState.PARTLY),
        (visit(RESET, PAGE), SiteState.PARTLY),
        (visit(answer(500), answer(502)), SiteState.PARTLY),
        (visit(answer(404), answer(404)), SiteState.PARTLY),
        (visit(answer(301), answer(301), end=End.LOOP), SiteState.PARTLY),
        (visit(WALL, WALL), SiteState.BLOCKED),
        (visit(LATE, WALL), SiteState.BLOCKED),
        (visit(LATE, LATE), SiteState.UNREACHED),
        (visit(REFUSED, REFUSED), SiteState.UNREACHED),
        (unresolved(DnsState.ABSENT), SiteState.UNREACHED),
        (visit(answer(301), answer(301), end=End.OUT_OF_SCOPE), SiteState.OUT_OF_SCOPE),
        (visit(WALL, answer(301), end=End.OUT_OF_SCOPE), SiteState.BLOCKED),
        (visit(OUTSIDE, OUTSIDE), SiteState.OUT_OF_SCOPE),
        (visit(REFUSED, REFUSED, declared=RETIRED), SiteState.RETIRED),
        (visit(LATE, LATE, declared=RETIRED), SiteState.RETIRED),
        (unresolved(DnsState.ABSENT, declared=RETIRED), SiteState.RETIRED),
        (visit(PAGE, REFUSED, declared=RETIRED), SiteState.REACHED),
        (replace(visit(PAGE, PAGE), tls=TLS), SiteState.REACHED),
        (replace(visit(PAGE, PAGE), tls=HALF_TLS), SiteState.PARTLY),
        (replace(visit(PAGE, PAGE), tls=LATE), SiteState.PARTLY),
        (replace(visit(PAGE, PAGE), dns=LATE), SiteState.PARTLY),
        (replace(visit(LATE, LATE), tls=TLS), SiteState.PARTLY),
        (replace(visit(PAGE, PAGE), http=Missing(Why.BLOCKED)), SiteState.BLOCKED),
        (replace(visit(PAGE, PAGE), http=Missing(Why.BUDGET)), SiteState.UNREACHED),
        (replace(visit(PAGE, PAGE), http=Missing(Why.NOT_ASKED), tls=TLS), SiteState.REACHED),
        (replace(visit(PAGE, PAGE), http=Missing(Why.NOT_ASKED)), SiteState.REACHED),
        (replace(visit(PAGE, PAGE), http=Missing(Why.NOT_ASKED), tls=HALF_TLS), SiteState.UNREACHED),
        (replace(unresolved(DnsState.UNKNOWN), http=Missing(Why.NOT_ASKED)), SiteState.UNREACHED),
        (replace(unresolved(DnsState.ABSENT), http=Missing(Why.NOT_ASKED)), SiteState.UNREACHED),
    ],
)
def test_a_visit_has_the_state_it_proves(evidence: Evidence, state: SiteState) -> None:
    assert site_state(evidence) is state


def test_an_address_our_policy_forbids_is_out_of_scope() -> None:
    dns = DnsEvidence(refused=("10.0.0.1 private",))
    evidence = replace(unresolved(DnsState.UNKNOWN), dns=dns)

    assert presence_of(evidence) is Presence.FORBIDDEN


def test_one_refusal_is_all_there_is_when_the_target_names_a_port() -> None:
    both = visit(REFUSED, REFUSED)
    assert isinstance(both.http, HttpEvidence)
    http = HttpEvidence(both.http.fetches[1:])

    assert presence_of(replace(both, http=http)) is Presence.SILENT
    assert presence_of(replace(both, http=http, target=Target("so.example", 8443))) is Presence.REFUSED


def test_one_refusal_beside_a_time_out_proves_nothing() -> None:
    assert presence_of(visit(REFUSED, LATE)) is Presence.SILENT


def test_a_name_with_one_unanswered_question_is_not_proven_absent() -> None:
    evidence = unresolved(DnsState.ABSENT)
    assert isinstance(evidence.dns, DnsEvidence)
    late = replace(evidence.dns.answers[1], state=DnsState.UNKNOWN)
    doubtful = replace(evidence, dns=DnsEvidence((evidence.dns.answers[0], late)))

    assert is_name_absent(evidence)
    assert not is_name_absent(doubtful)
    assert not is_name_absent(replace(evidence, dns=DnsEvidence()))
    assert not is_name_absent(replace(evidence, dns=LATE))


def test_the_first_reason_of_a_silence_is_told() -> None:
    assert first_missing(visit(PAGE, LATE)) == LATE
    assert first_missing(unresolved(DnsState.ABSENT)).why is Why.DNS
    assert first_missing(replace(visit(PAGE, PAGE), dns=RESET)) == RESET
    assert first_missing(visit(PAGE, PAGE)).why is Why.NOT_ASKED
