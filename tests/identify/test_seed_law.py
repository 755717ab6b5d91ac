"""The page this project started from: Joomla 3.4 as typed into its footer, out of support, and no hole on a guess."""

from pathlib import Path

import pytest

from scanner.judge import judge
from scanner.model.evidence import Missing, Why
from scanner.model.finding import Finding, Verdict
from scanner.model.reference import Reference
from scanner.reference import load_reference
from scanner.registry import load_checks
from scanner.samples.cms import answer, visit

SEED = (Path(__file__).parent.parent / "fixtures" / "joomla34.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def findings() -> dict[str, Finding]:
    reference: Reference = load_reference()
    checks = tuple(c for c in load_checks(()) if c.topic == "cms")
    seen = visit(Missing(Why.TIMEOUT), answer(200, SEED))
    return {f.check_id: f for f in judge(seen, checks, reference)}


def test_it_is_joomla_34_declared_and_out_of_support(findings: dict[str, Finding]) -> None:
    found = findings["cms.joomla-unsupported"]
    values = dict(found.values)

    assert (found.verdict, found.note) == (Verdict.FAIL, "ended-declared")
    assert (values["version"], values["method"], values["ended_on"]) == ("3.4", "declared", "2023-08-17")


def test_no_hole_is_listed_on_what_a_person_typed(findings: dict[str, Finding]) -> None:
    for check in ("cms.joomla-vulnerable", "cms.known-exploited"):
        assert findings[check].verdict is Verdict.UNKNOWN
        assert findings[check].where == ()
