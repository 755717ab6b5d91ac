"""Every example of every check gets the verdict it promises: the examples are the tests."""

import pytest

from scanner.judge import apply, finding_of
from scanner.model.check import Check, Context, Example
from scanner.registry import load_checks
from scanner.samples import SEEN_AT, sample_reference

ROWS = [(check, example) for check in load_checks() for example in check.examples]


@pytest.mark.parametrize(("check", "example"), ROWS, ids=[f"{c.id}-{e.name}" for c, e in ROWS])
def test_an_example_gets_its_verdict(check: Check, example: Example) -> None:
    context = Context(seen_at=example.seen_at or SEEN_AT, ref=sample_reference(), declared=example.declared)

    finding = finding_of("site", check, apply(check, example.view, context))

    assert finding.verdict == example.expect, finding
    assert not finding.note or finding.note in check.notes
