"""What Google's CSP Evaluator says of the same policies: recorded, one policy for each line."""

import json
from pathlib import Path

import pytest

from scanner.judge import apply
from scanner.model.check import Context, Fail
from scanner.registry import load_checks
from scanner.samples import SEEN_AT, page, sample_reference

ROWS = json.loads(Path(__file__).with_name("csp_evaluator.json").read_text(encoding="utf-8"))["policies"]
CHECKS = {c.id: c for c in load_checks()}
CONTEXT = Context(SEEN_AT, sample_reference())


@pytest.mark.parametrize(("check", "column"), [("http.csp-unsafe", 1), ("http.csp-unsafe-eval", 2)])
def test_the_other_evaluator_agrees_on_every_policy(check: str, column: int) -> None:
    differ = [
        row[0]
        for row in ROWS
        if isinstance(apply(CHECKS[check], page(("Content-Security-Policy", row[0])), CONTEXT), Fail)
        != row[column]
    ]

    assert differ == []
