"""Two frameworks read the same facts."""

from datetime import date

import pytest

from scanner.model.finding import Finding, Severity, Verdict
from scanner.model.ruling import Ruling, Waiver
from scanner.policy.frameworks import read_frameworks
from scanner.policy.side_by_side import answers
from tests.policy.nouns import finding

ON = date(2026, 11, 22)
TEXT = """\
id = "tinh"
title_vi = "x"
title_en = "x"
as_of = 2026-10-06

[[instrument]]
id = "qd-1"
number = "01"
title_vi = "x"
issuer = "x"
status = "in_force"
evidence = "V1"
in_force_from = {start}

[[requirement]]
id = "T-01"
title_vi = "x"
title_en = "x"
instrument = "qd-1"
clause = "1"
binding = "bat_buoc"
evidence = "V1"
testable = "{testable}"
checks = {checks}
"""
ACCEPTED = Waiver("s1", "http.a", "x", "y", date(2027, 1, 1))


def told(
    *rulings: Ruling, testable: str = "yes", checks: str = '["http.a"]', start: str = "2026-01-01"
) -> str:
    text = TEXT.format(testable=testable, checks=checks, start=start)
    frameworks = read_frameworks([("t.toml", text)])
    (answer,) = answers(
        frameworks.files[0].content,
        frameworks,
        rulings,
        on=ON,
        names={"http.a": ("http.a", "http.old"), "http.b": ("http.b",)},
    )
    return answer.standing


def ruled(verdict: Verdict, waiver: Waiver | None = None, site: str = "s1") -> Ruling:
    said: Finding = finding(site, "http.a", verdict)
    return Ruling(said, Severity.MEDIUM, waiver=waiver)


PASS, FAIL, HOLE = ruled(Verdict.PASS), ruled(Verdict.FAIL), ruled(Verdict.UNKNOWN)


@pytest.mark.parametrize(
    ("rulings", "standing"),
    [
        ((PASS, FAIL, HOLE), "unmet"),
        ((PASS, HOLE), "undecided"),
        ((PASS, ruled(Verdict.FAIL, ACCEPTED)), "undecided"),
        ((PASS,), "met"),
        ((ruled(Verdict.NOTAPPLICABLE),), "not-applicable"),
        ((), "not-applicable"),
    ],
)
def test_one_failure_decides_then_what_could_not_be_told(rulings: tuple[Ruling, ...], standing: str) -> None:
    assert told(*rulings) == standing


def test_a_former_name_of_a_check_answers_too() -> None:
    assert told(PASS, checks='["http.old"]') == "met"


def test_what_is_seen_in_part_is_met_in_part() -> None:
    assert told(PASS, testable="partly") == "met-partly"
    assert told(PASS, checks='["http.a", "http.not-built-yet"]') == "met-partly"


def test_demands_without_a_check_and_those_on_paper_are_not_judged() -> None:
    assert told(PASS, checks='["http.not-built-yet"]') == "unanswered"
    assert told(PASS, testable="no", checks="[]") == "paper"


def test_what_is_not_in_force_that_day_is_not_judged() -> None:
    assert told(FAIL, start="2027-01-01") == "not-in-force"
