"""From evidence to the views: what a visit must have asked, and what follows when it did not."""

import json
from dataclasses import replace

import pytest

from reports.view.seen import domain_of
from scanner.facts import dns_facts
from scanner.identify.alias import Alias, alias_of
from scanner.identify.dns_book import Book, Question, line_of
from scanner.identify.dnssec import Signing, dnssec_of
from scanner.identify.mail import Mail, mail_of
from scanner.identify.questions import Subject, questions
from scanner.identify.zone import Zone, has_wildcard, is_private, zone_of
from scanner.model.check import NotApplicable
from scanner.model.evidence import DnsAnswer, DnsEvidence, DnsState, Ledger, Missing, Target, Why
from scanner.model.finding import SiteState
from scanner.model.visit import Visit
from scanner.samples import SEEN_AT
from scanner.samples.domain import DOMAIN, TABLES, WEB, made_mail, made_zone, visited


def test_evidence_of_before_the_questions_leaves_the_views_unknown() -> None:
    evidence = replace(visited(), dns=DnsEvidence())

    for view in (zone_of, mail_of):
        assert isinstance(view(evidence, TABLES), Missing)


def test_a_failed_part_is_handed_on() -> None:
    evidence = replace(visited(), dns=Missing(Why.OUT_OF_SCOPE, "no"))

    assert (
        zone_of(evidence, TABLES) == mail_of(evidence, TABLES) == alias_of(evidence, TABLES) == evidence.dns
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "localhost", "gov.vn"])
def test_what_nobody_can_register_has_no_zone(host: str) -> None:
    assert isinstance(zone_of(replace(visited(), target=Target(host)), TABLES), NotApplicable)


def test_a_domain_in_order_answers_every_question() -> None:
    evidence = visited()
    view = made_zone()

    assert view.server_names == ("ns1.so.example", "ns2.so.example")
    assert view.mail_servers == ("mail.so.example",)
    assert view.dnssec.state is Signing.SECURE
    assert [s.address for s in view.servers] == ["203.0.113.53", "2001:db8::53", "198.51.100.53"]
    assert isinstance(evidence.dns, DnsEvidence)
    assert not [
        q for q in questions(Subject(WEB, DOMAIN), Book(evidence.dns.zone)) if view.book.find(q) is None
    ]


def test_the_plan_of_questions_is_no_more_than_the_plan_says() -> None:
    from scanner.plan import DNS_QUESTIONS

    evidence = visited()

    assert isinstance(evidence.dns, DnsEvidence)
    assert len(evidence.dns.zone) <= DNS_QUESTIONS["zone"]


def test_a_wildcard_is_seen_by_a_name_nobody_chose() -> None:
    subject = Subject(WEB, DOMAIN, token="t")
    answer = DnsAnswer(f"rasoat-t.{DOMAIN}", "A", DnsState.VALUE, ("192.0.2.1",))

    assert has_wildcard(subject, Book((answer,))) is True
    assert has_wildcard(subject, Book((replace(answer, state=DnsState.ABSENT, records=()),))) is False
    assert has_wildcard(subject, Book(())) is None


@pytest.mark.parametrize("word", ["", "x", "300.1.1.1"])
def test_what_is_no_address_is_not_private(word: str) -> None:
    assert not is_private(word)


def test_a_question_nobody_asked_is_unknown() -> None:
    answer = Book(()).get("a.example", "A")

    assert (answer.state, answer.detail) == (DnsState.UNKNOWN, "not asked")
    assert line_of(answer) == "a.example. A: not asked"


def test_a_ring_of_aliases_ends() -> None:
    ring = [
        DnsAnswer(a, "CNAME", DnsState.VALUE, (b,))
        for a, b in (("a.example", "b.example"), ("b.example", "a.example"))
    ]

    assert Book(ring).find(Question("a.example", "A")) is None
    assert len(Book(ring).chain("a.example")) == 16


def test_the_states_of_signing() -> None:
    ds = DnsAnswer(DOMAIN, "DS", DnsState.VALUE, ("1 13 2 ab",))
    late = DnsAnswer(DOMAIN, "SOA", DnsState.UNKNOWN, detail="timeout")

    assert dnssec_of(DOMAIN, Book((ds, late)), (), SEEN_AT).state is Signing.UNKNOWN
    assert dnssec_of(DOMAIN, Book(()), (), SEEN_AT).state is Signing.UNKNOWN


def test_the_host_s_own_mail_is_judged_beside_the_domain_s() -> None:
    view = made_mail(("phong.so.example", "MX", "5 mail.so.example."), host="phong.so.example")

    assert [domain.domain for domain in view.domains] == [DOMAIN, "phong.so.example"]
    assert view.domains[1].dmarc.at == DOMAIN


def test_a_null_mx_takes_no_mail() -> None:
    domain = made_mail((DOMAIN, "MX", "0 .")).domains[0]

    assert domain.has_null_mx
    assert domain.takes_mail is False


def test_configured_addresses_hide_no_alias_that_was_asked_about() -> None:
    evidence = visited((WEB, "CNAME", "gone.other.example."))
    configured = DnsAnswer(WEB, "A", DnsState.VALUE, ("192.0.2.7",), "configured")
    assert isinstance(evidence.dns, DnsEvidence)
    pinned = replace(evidence, dns=replace(evidence.dns, answers=(configured,)))

    found = alias_of(pinned, TABLES)

    assert isinstance(found, Alias)
    assert found.is_gone
    assert isinstance(alias_of(replace(evidence, dns=DnsEvidence((configured,))), TABLES), Missing)


def test_facts_tell_the_domain_in_one_object() -> None:
    facts = dns_facts(visited(selectors=("k1",)), TABLES)["zone"]

    assert (facts["domain"], facts["dnssec"], facts["wildcard"]) == (DOMAIN, "secure", False)
    assert facts["name_servers"][0] == {
        "name": "ns1.so.example",
        "addresses": ["203.0.113.53", "2001:db8::53"],
        "authoritative": True,
        "serials": ["2026112201"],
    }
    (domain,) = facts["mail"]
    assert (domain["spf"]["lookups"], domain["spf"]["all"], domain["dmarc"]["policy"]) == (1, "-", "reject")


def test_facts_say_why_nothing_is_known() -> None:
    assert dns_facts(replace(visited(), dns=DnsEvidence()), TABLES)["zone"]["missing"] == "not-asked"
    assert dns_facts(replace(visited(), target=Target("localhost")), TABLES)["zone"] is None


def test_a_view_is_a_view() -> None:
    assert isinstance(made_zone(), Zone)
    assert isinstance(made_mail(), Mail)


def test_commands_name_the_domain_that_was_asked_about() -> None:
    facts = json.dumps({"dns": dns_facts(visited(), TABLES)})
    visit = Visit("s", "x", SiteState.REACHED, "", (), Ledger(), SEEN_AT, SEEN_AT, facts)

    assert domain_of(visit) == DOMAIN
    assert domain_of(replace(visit, facts='{"dns": {"zone": {"missing": "not-asked"}}}')) == ""
    assert domain_of(replace(visit, facts="[]")) == ""
    assert domain_of(None) == ""
