"""Every finding on names and mail shows what it judged, and a command that shows it again."""

import pytest

from scanner.howto import load_howto
from scanner.judge import apply
from scanner.model.check import Check, Context, Example, Fail
from scanner.registry import load_checks
from scanner.samples import SEEN_AT, sample_reference

CHECKS = [c for c in load_checks() if c.topic in ("dns", "mail") or c.id.startswith("identity.security-txt")]
FAILING = [(c, e) for c in CHECKS for e in c.examples if e.expect == "fail"]
TYPES = {
    "mail.null": " MX ",
    "mail.dmarc": " _dmarc.",
    "mail.spf": " TXT ",
    "mail.mta": " _mta-sts.",
    "dns.caa": " CAA ",
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.id)
def test_a_command_shows_the_fault_from_outside(check: Check) -> None:
    command = load_howto()[check.howto].reproduce

    assert command.startswith(("dig ", "curl "))
    assert all(word in command for start, word in TYPES.items() if check.id.startswith(start))


@pytest.mark.parametrize(("check", "example"), FAILING, ids=[f"{c.id}-{e.name}" for c, e in FAILING])
def test_a_failure_shows_what_it_judged(check: Check, example: Example) -> None:
    said = apply(check, example.view, Context(seen_at=example.seen_at or SEEN_AT, ref=sample_reference()))

    assert isinstance(said, Fail)
    assert said.saw.strip()
