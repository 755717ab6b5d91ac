from dataclasses import replace
from datetime import date

import pytest

from scanner.errors import Problem
from scanner.model.finding import Confidence, Finding, Severity, Verdict
from scanner.model.ruling import Waiver
from scanner.policy.waivers import Standing, against, of, read_waivers

SITES = {"s1", "so-y-te-www"}
CHECKS = {"http.csp-missing", "http.hsts-missing"}
GOOD = """
[[waiver]]
site = "s1"
check = "http.csp-missing"
reason = "Thay hệ thống trong quý II/2027"
approver = "Nguyễn Văn A, Phó Giám đốc"
until = 2027-06-30
document = "12/QĐ-SYT"
"""


def read(text: str) -> tuple[tuple[Waiver, ...], tuple[Problem, ...]]:
    return read_waivers(text, filename="waivers.toml", site_ids=SITES, check_ids=CHECKS)


def test_a_waiver_says_what_who_why_and_until_when() -> None:
    found, problems = read(GOOD)

    assert problems == ()
    assert found == (
        Waiver(
            "s1",
            "http.csp-missing",
            "Thay hệ thống trong quý II/2027",
            "Nguyễn Văn A, Phó Giám đốc",
            date(2027, 6, 30),
            "12/QĐ-SYT",
        ),
    )


def test_an_empty_file_waives_nothing() -> None:
    assert read("") == ((), ())


def test_all_problems_come_at_once_with_their_lines() -> None:
    text = """[[waiver]]
site = "s1"
check = "http.cps-missing"
reason = " "
approver = ""
until = 2027-06-30

[[waiver]]
site = "so-y-te-ww"
check = "http.hsts-missing"
reason = "x"
approver = "y"
until = 2027-06-30

[[waiver]]
site = "so-y-te-ww"
check = "http.hsts-missing"
reason = "x"
approver = "y"
until = 2027-06-30
"""

    _found, problems = read(text)

    said = [(p.line, p.is_error, p.message.en) for p in problems]
    assert said == [
        (1, True, 'waiver 1: `reason` is empty; write for example "thay thế trong quý II/2027"'),
        (1, True, 'waiver 1: `approver` is empty; write for example "Nguyễn Văn A, Phó Giám đốc"'),
        (1, True, 'waiver 1: there is no `check` http.cps-missing; did you mean "http.csp-missing"?'),
        (8, False, 'waiver 2: there is no `site` so-y-te-ww; did you mean "so-y-te-www"?'),
        (15, False, 'waiver 3: there is no `site` so-y-te-ww; did you mean "so-y-te-www"?'),
        (15, True, "waiver 3: so-y-te-ww and http.hsts-missing stand further up already"),
    ]


def test_a_missing_date_and_a_strange_key_are_problems_of_form() -> None:
    found, problems = read(
        '[[waiver]]\nsite = "s1"\ncheck = "http.csp-missing"\nreson = "x"\napprover = "y"\n'
    )

    said = " ".join(p.into("en") for p in problems)
    assert found == ()
    assert "`waiver[1].until` is missing" in said
    assert "did you mean `reason`?" in said


def test_a_waiver_holds_to_the_last_day_and_then_lapses() -> None:
    (waiver,), _problems = read(GOOD)

    assert of([waiver], "s1", ["http.csp-missing"], date(2027, 6, 30)) == Standing(valid=waiver)
    assert of([waiver], "s1", ["http.csp-missing"], date(2027, 7, 1)) == Standing(lapsed=waiver)
    assert of([waiver], "s2", ["http.csp-missing"], date(2027, 6, 30)) == Standing()
    assert of([waiver], "s1", ["http.hsts-missing"], date(2027, 6, 30)) == Standing()


def seen(severity: Severity, *places: str) -> Finding:
    return Finding("s1", "http.csp-missing", Verdict.FAIL, severity, Confidence.HIGH, where=places)


@pytest.mark.parametrize(
    ("now", "holds"),
    [
        (seen(Severity.MEDIUM, "/a"), True),
        (seen(Severity.LOW), True),
        (seen(Severity.HIGH, "/a"), False),
        (seen(Severity.MEDIUM, "/a", "/b"), False),
    ],
)
def test_a_graver_finding_or_one_in_more_places_breaks_the_waiver(now: Finding, holds: bool) -> None:
    (waiver,), _problems = read(GOOD)
    accepted = seen(Severity.MEDIUM, "/a")
    told = replace(waiver, severity=Severity.MEDIUM, places=1)

    by_history = against(Standing(valid=waiver), now, accepted)
    by_the_file = against(Standing(valid=told), now, None)

    assert by_history == (Standing(valid=waiver) if holds else Standing(broken=waiver))
    assert by_the_file == (Standing(valid=told) if holds else Standing(broken=told))


def test_a_waiver_that_does_not_say_what_was_accepted_holds_as_long_as_its_days() -> None:
    (waiver,), _problems = read(GOOD)

    assert against(Standing(valid=waiver), seen(Severity.CRITICAL, "/a", "/b"), None).valid is waiver


def test_a_compensating_measure_is_kept_and_an_approval_after_the_end_is_a_fault() -> None:
    (waiver,), problems = read(GOOD + 'measure = "Chỉ mở cho mạng nội bộ"\napproved_on = 2027-07-01\n')

    assert waiver.measure == "Chỉ mở cho mạng nội bộ"
    assert [p.message.en for p in problems] == ["waiver 1: `approved_on` lies after `until`"]
