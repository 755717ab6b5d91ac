from datetime import date

import pytest

from scanner.errors import ConfigError
from scanner.model.ruling import Binding, Clause
from scanner.policy import files
from scanner.policy.citations import clauses_for, is_in_force, notchecked, unanswered
from scanner.policy.framework_lint import lint
from scanner.policy.frameworks import Frameworks, Instrument, Label, Status, read_frameworks

TODAY = date(2026, 11, 22)
AS_OF = date(2026, 10, 6)
OWN = read_frameworks(files.own_frameworks())
NAMED = {check for _file, requirement in OWN.requirements() for check in requirement.checks}

SMALL = """
id = "tinh"
title_vi = "Quy định của tỉnh"
title_en = "Rules of the province"
as_of = 2026-10-06

[[instrument]]
id = "qd-1"
number = "01/QĐ-UBND"
title_vi = "Quyết định"
issuer = "UBND tỉnh"
status = "in_force"
evidence = "V1"
in_force_from = 2026-01-01

[[requirement]]
id = "T-01"
title_vi = "Có HSTS"
title_en = "HSTS is sent"
instrument = "qd-1"
clause = "Điều 3"
binding = "bat_buoc"
evidence = "V1"
testable = "yes"
checks = ["http.hsts-missing"]
"""


def small(*changes: tuple[str, str]) -> Frameworks:
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_frameworks([("tinh.toml", text)])


def instrument(status: str, start: date | None = None, end: date | None = None) -> Instrument:
    return Instrument("x", "1", "x", "x", Status(status), Label.READ, in_force_from=start, in_force_to=end)


def cited(check_id: str, *, level: int | None = 3, on: date = TODAY) -> tuple[Clause, ...]:
    return clauses_for(OWN, [check_id], level=level, on=on)


# ---- our own files


def test_our_own_files_have_no_fault() -> None:
    assert lint(OWN, NAMED) == ()


def test_the_facts_came_over_whole() -> None:
    kinds = [(f.content.id, len(f.content.instrument), len(f.content.requirement)) for f in OWN.files]

    assert ("vietnam", 49, 29) in kinds
    assert sum(instruments for _id, instruments, _requirements in kinds) == 69
    assert sum(requirements for _id, _instruments, requirements in kinds) == 108


def test_a_circular_whose_force_is_open_is_cited_and_said_to_be_open() -> None:
    first = cited("http.https-missing")[0]

    assert (first.instrument, first.clause, first.binding) == (
        "39/2017/TT-BTTTT",
        "Phụ lục, mục 4.2",
        Binding.COMPULSORY,
    )
    assert first.contested


@pytest.mark.parametrize(
    "check_id", ["http.hsts-missing", "http.csp-missing", "cookies.secure-missing", "mail.spf-missing"]
)
def test_no_vietnamese_text_is_said_to_demand_headers_or_mail_records(check_id: str) -> None:
    assert {clause.binding for clause in cited(check_id)} == {Binding.REFERENCE_ONLY}


def test_nothing_that_has_ended_is_cited_on_any_day_of_the_present_law() -> None:
    ended = {
        i.number
        for _file, i in OWN.instruments.values()
        if i.status in {Status.ENDED, Status.REPLACED, Status.PROGRAMME_OVER}
    }

    everything = {c.instrument for check in NAMED for c in cited(check, level=5)}

    assert ended
    assert everything.isdisjoint(ended)


def test_the_standard_is_cited_only_from_the_day_the_decree_points_to_it() -> None:
    before = cited("cms.joomla-unsupported", on=date(2026, 8, 18))
    after = cited("cms.joomla-unsupported", on=date(2026, 8, 19))

    assert "TCVN 14423:2026" not in {c.instrument for c in before}
    assert "TCVN 14423:2026" in {c.instrument for c in after}


def test_a_clause_from_level_three_is_not_cited_below_or_for_an_unknown_level() -> None:
    def names(level: int | None) -> set[str]:
        return {c.requirement for c in cited("tls.certificate-expired", level=level)}

    assert "GOV-04" in names(3)
    assert "GOV-04" not in names(2)
    assert "GOV-04" not in names(None)


def test_steps_of_certificate_lifetime_follow_the_calendar() -> None:
    def steps(on: date) -> set[str]:
        return {
            c.requirement
            for c in cited("tls.certificate-expiring", on=on)
            if c.requirement.startswith("CABF")
        }

    assert steps(date(2026, 3, 14)) == set()
    assert steps(date(2026, 3, 15)) == {"CABF-LIFE-200"}
    assert steps(date(2027, 3, 15)) == {"CABF-LIFE-100"}
    assert steps(date(2029, 3, 15)) == {"CABF-LIFE-47"}


def test_payment_rules_are_kept_but_not_cited() -> None:
    assert "PCI DSS 4.0.1" not in {c.instrument for check in NAMED for c in cited(check)}


def test_strong_words_come_first_and_each_place_once() -> None:
    clauses = cited("tls.old-versions-offered")
    strength = [list(Binding).index(c.binding) for c in clauses]
    places = [(c.instrument, c.clause) for c in clauses]

    assert strength == sorted(strength)
    assert len(places) == len(set(places))


def test_what_only_paper_can_prove_is_listed_without_international_advice() -> None:
    listed = notchecked(OWN, TODAY)

    assert {c.requirement for c in listed} >= {"GOV-11", "GOV-14"}
    assert Binding.REFERENCE_ONLY not in {c.binding for c in listed}


def test_demands_without_a_check_are_known_as_unanswered() -> None:
    assert "GOV-21" in {c.requirement for c in unanswered(OWN, TODAY, {"http.hsts-missing"})}
    assert "GOV-21" not in {c.requirement for c in unanswered(OWN, TODAY, {"dns.dnssec-missing"})}


# ---- force


@pytest.mark.parametrize(
    ("text", "on", "applies"),
    [
        (instrument("in_force", date(2026, 7, 1)), date(2026, 6, 30), False),
        (instrument("in_force", date(2026, 7, 1)), date(2026, 7, 1), True),
        (instrument("ended", date(2022, 8, 15), date(2026, 7, 1)), date(2026, 6, 30), True),
        (instrument("ended", date(2022, 8, 15), date(2026, 7, 1)), date(2026, 7, 1), False),
        (instrument("ended", None, date(2026, 7, 1)), date(2026, 6, 30), False),  # its start was not found
        (instrument("replaced"), date(2020, 1, 1), False),
        (instrument("in_force"), date(2026, 10, 5), False),  # its start was not found: true on as_of
        (instrument("in_force"), AS_OF, True),
        (instrument("unverified"), AS_OF, True),
        (instrument("contested", date(2018, 7, 1)), TODAY, True),
        (instrument("programme_over"), TODAY, False),
        (instrument("reference"), date(2000, 1, 1), True),
        (instrument("reference", date(2026, 3, 15)), date(2026, 3, 14), False),
    ],
)
def test_force_is_never_guessed(text: Instrument, on: date, applies: bool) -> None:
    assert is_in_force(text, AS_OF, on) is applies


# ---- files of an officer


def test_an_officer_can_add_rules_of_the_province() -> None:
    both = read_frameworks([*files.own_frameworks(), ("tinh.toml", SMALL)])

    (first, *_rest) = clauses_for(both, ["http.hsts-missing"], level=2, on=TODAY)

    assert (first.framework, first.instrument, first.contested) == ("tinh", "01/QĐ-UBND", False)


def test_faults_of_form_in_all_files_come_at_once() -> None:
    broken = SMALL.replace('binding = "bat_buoc"', 'binding = "bat_buocc"').replace("issuer", "isuer")

    with pytest.raises(ConfigError) as caught:
        read_frameworks([("a.toml", broken), ("b.toml", "id = 3")])

    said = str(caught.value)
    assert "a.toml:7" in said
    assert 'did you mean "bat_buoc"?' in said
    assert "did you mean `issuer`?" in said
    assert "b.toml" in said


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('instrument = "qd-1"', 'instrument = "qd-9"', "there is no instrument qd-9"),
        (
            "in_force_from = 2026-01-01",
            "in_force_from = 2026-01-01\nin_force_to = 2025-01-01",
            "ends before it begins",
        ),
        (
            "in_force_from = 2026-01-01",
            "in_force_from = 2025-01-01\nin_force_to = 2026-01-01",
            "but it has ended",
        ),
        (
            "in_force_from = 2026-01-01",
            'in_force_from = 2026-01-01\nunknown = ["in_force_from"]',
            "both given and",
        ),
        ("in_force_from = 2026-01-01", 'unknown = ["when"]', "cannot hold when"),
        ("in_force_from = 2026-01-01", 'sources = ["S1"]', "no source S1"),
        ("in_force_from = 2026-01-01", 'replaced_by = "qd-2"', "no instrument qd-2"),
        ("in_force_from = 2026-01-01", 'replaces = ["qd-0"]', "no instrument qd-0"),
        ('checks = ["http.hsts-missing"]', "checks = []", "no check is named"),
        ('testable = "yes"', 'testable = "no"', "not testable, but"),
        ('testable = "yes"', 'testable = "yes"\nfrom_level = 6', "between 1 and 5"),
        ('testable = "yes"', 'testable = "yes"\nfine_vnd = [5, 1]', "[from, to]"),
        ('id = "T-01"', 'id = "qd-1"', "used twice"),
    ],
)
def test_faults_of_meaning_are_named(old: str, new: str, words: str) -> None:
    problems = lint(small((old, new)), {"http.hsts-missing"})

    assert problems
    assert any(words in p.into("en") and p.is_error and p.line for p in problems)


def test_checks_that_do_not_exist_yet_and_checks_no_clause_names_are_warnings() -> None:
    problems = lint(small(), {"http.other"})

    assert [(p.is_error, p.line) for p in problems] == [(False, 25), (False, None)]
    assert "no check http.hsts-missing yet" in problems[0].message.en
    assert "no clause names http.other" in problems[1].message.en


def test_a_citation_that_leads_nowhere_is_not_printed() -> None:
    lost = small(('instrument = "qd-1"', 'instrument = "qd-9"'))

    assert clauses_for(lost, ["http.hsts-missing"], level=1, on=TODAY) == ()


@pytest.mark.parametrize(
    ("changes", "known", "whole"),
    [
        ((), {"http.hsts-missing"}, True),
        ((('hsts-missing"]', 'hsts-missing", "http.yet-to-come"]'),), {"http.hsts-missing"}, False),
        ((('testable = "yes"', 'testable = "partly"'),), {"http.hsts-missing"}, False),
    ],
)
def test_a_demand_seen_only_in_part_is_marked_so(
    changes: tuple[tuple[str, str], ...], known: set[str], whole: bool
) -> None:
    (clause,) = clauses_for(small(*changes), ["http.hsts-missing"], level=1, on=TODAY, known=known)

    assert clause.whole is whole
