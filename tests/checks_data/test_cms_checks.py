"""The checks of cms and identity as the judge runs them: examples, sentences, and whole visits."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from scanner.howto import load_howto
from scanner.identify.products import Certainty
from scanner.judge import apply, finding_of, judge
from scanner.model.check import Check, Context, Example
from scanner.model.evidence import Missing, Why
from scanner.model.finding import Finding
from scanner.model.reference import Cycle, ProductTable, Reference
from scanner.registry import faults_of
from scanner.samples.cms import SEEN_AT, answer, exact, product, site, stated, visit

SEED = (Path(__file__).parent.parent / "fixtures" / "joomla34.html").read_text(encoding="utf-8")
REFUSED = Missing(Why.REFUSED)


def own_checks() -> tuple[Check, ...]:
    found = []
    for topic in ("cms", "identity"):
        package = import_module(f"checks.{topic}")
        for module in iter_modules(package.__path__):
            names = vars(import_module(f"{package.__name__}.{module.name}")).values()
            found += [value for value in names if isinstance(value, Check)]
    return tuple(found)


CHECKS = own_checks()
CASES = [pytest.param(c, e, id=f"{c.id}: {e.name}") for c in CHECKS for e in c.examples]


def found(check: Check, example: Example, reference: Reference) -> Finding:
    context = Context(example.seen_at or SEEN_AT, reference, example.declared)
    return finding_of("mau", check, apply(check, example.view, context))


def by_id(findings: tuple[Finding, ...], check_id: str) -> Finding:
    return next(f for f in findings if f.check_id == check_id)


@pytest.mark.parametrize(("check", "example"), CASES)
def test_every_example_gets_its_verdict(check: Check, example: Example, reference: Reference) -> None:
    assert found(check, example, reference).verdict == example.expect


@pytest.mark.parametrize(("check", "example"), CASES)
def test_every_sentence_finds_its_values(check: Check, example: Example, reference: Reference) -> None:
    finding = found(check, example, reference)
    values = dict(finding.values)

    note = check.notes[finding.note] if finding.note else None
    for words in (note.vi, note.en) if note else ():
        assert set(re.findall(r"{(\w+)}", words)) <= set(values)
    for slot, value in finding.values:
        assert not slot.endswith("_on") or re.fullmatch(r"\d{4}-\d\d-\d\d", value)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.id)
def test_every_failure_carries_its_proof_and_its_remedy(check: Check, reference: Reference) -> None:
    failures = [f for e in check.examples if (f := found(check, e, reference)).verdict == "fail"]

    assert all(f.saw and f.where and f.note for f in failures)
    assert check.howto in load_howto()


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.id)
def test_every_check_keeps_the_rules_of_the_house(check: Check) -> None:
    assert faults_of(check, expected_id=check.id) == ()


def test_the_seed_page_is_found_out_of_support(reference: Reference) -> None:
    findings = judge(visit(REFUSED, answer(200, SEED)), CHECKS, reference)

    joomla = by_id(findings, "cms.joomla-unsupported")
    assert (joomla.verdict, joomla.confidence, joomla.note) == ("fail", "medium", "ended-declared")
    assert {("version", "3.4"), ("line", "3"), ("ended_on", "2023-08-17")} <= set(joomla.values)
    assert "Sử dụng Portal mã nguồn mở Joomla 3.4" in joomla.saw
    assert by_id(findings, "cms.version-disclosed").verdict == "fail"
    assert by_id(findings, "cms.wordpress-unsupported").verdict == "notapplicable"
    assert by_id(findings, "cms.joomla-outdated").verdict == "unknown"
    assert not [f for f in findings if f.verdict == "error"]


def test_a_site_that_does_not_answer_passes_no_check_of_its_software(reference: Reference) -> None:
    findings = judge(visit(Missing(Why.TIMEOUT), Missing(Why.TIMEOUT)), CHECKS, reference)

    assert {f.verdict for f in findings if f.check_id.startswith("cms.")} == {"unknown"}


def test_a_footer_with_two_releases_gives_no_version(reference: Reference) -> None:
    page = """<script src=/media/system/js/core.js></script>
    <footer>Mã nguồn Joomla 3.4. Mã nguồn Joomla 4.2</footer>"""
    findings = judge(visit(REFUSED, answer(200, page)), CHECKS, reference)

    assert by_id(findings, "cms.joomla-unsupported").verdict == "unknown"


def test_an_upgrade_half_done_is_judged_by_the_newer_number_with_less_confidence(
    reference: Reference,
) -> None:
    check = next(c for c in CHECKS if c.id == "cms.wordpress-outdated")
    platform = site(product("wordpress", exact("6.8.1", "6.8.1"), exact("6.8.3", "6.8.3", "asset")))

    finding = finding_of("mau", check, apply(check, platform, Context(SEEN_AT, reference)))

    assert (finding.verdict, finding.confidence) == ("fail", "medium")
    assert dict(finding.values)["version"] == "6.8.3"
    assert "6.8.1" in finding.saw


def test_a_release_after_the_last_public_one_asks_for_proof_of_paid_support(reference: Reference) -> None:
    check = next(c for c in CHECKS if c.id == "cms.joomla-unsupported")
    platform = site(product("joomla", exact("3.10.20", "3.10.20", "literal")))

    finding = finding_of("mau", check, apply(check, platform, Context(SEEN_AT, reference)))

    assert (finding.verdict, finding.note, finding.confidence) == ("fail", "extended", "low")


def test_days_and_releases_behind_are_counted_from_the_first_missed_one(reference: Reference) -> None:
    check = next(c for c in CHECKS if c.id == "cms.joomla-outdated")
    platform = site(product("joomla", exact("5.4.6", "5.4.6", "literal")))

    finding = finding_of("mau", check, apply(check, platform, Context(SEEN_AT, reference)))

    values = dict(finding.values)
    assert values["newest"] == "5.4.8"
    assert int(values["releases"]) >= 1
    missed = datetime.fromisoformat(values["missed_on"]).replace(tzinfo=UTC)
    assert int(values["days"]) == (SEEN_AT - missed).days


def test_a_line_said_to_be_over_without_a_date_needs_no_date(reference: Reference) -> None:
    check = next(c for c in CHECKS if c.id == "cms.wordpress-unsupported")
    platform = site(product("wordpress", exact("2.9", "WordPress 2.9")))

    finding = finding_of("mau", check, apply(check, platform, Context(SEEN_AT, reference)))

    assert (finding.verdict, finding.note) == ("fail", "undated")


def test_a_component_said_to_be_over_without_a_date_needs_no_date(reference: Reference) -> None:
    check = next(c for c in CHECKS if c.id == "cms.server-unsupported")
    old = ProductTable("nginx", (Cycle("1.2", ended=True),), {}, "test")
    context = Context(SEEN_AT, replace(reference, products={"nginx": old}))

    finding = finding_of("mau", check, apply(check, site(headers=(("Server", "nginx/1.2.3"),)), context))

    assert (finding.verdict, finding.note) == ("fail", "over")


def test_a_visit_that_was_blocked_at_once_says_so(reference: Reference) -> None:
    blocked = replace(visit(REFUSED, REFUSED), http=Missing(Why.BLOCKED, "status 429"))
    findings = judge(blocked, CHECKS, reference)

    finding = by_id(findings, "identity.scanner-blocked")
    assert (finding.verdict, finding.saw) == ("fail", "status 429")


def test_a_weak_sign_of_another_product_fails_nothing(reference: Reference) -> None:
    weak = product("joomla", stated("1.5", "Joomla! 1.5"), certainty=Certainty.POSSIBLE)
    context = Context(SEEN_AT, reference)

    for check in CHECKS:
        if check.id.startswith("cms.joomla-"):
            assert finding_of("mau", check, apply(check, site(weak), context)).verdict == "unknown"
