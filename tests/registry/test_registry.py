"""The rule book is held to the rules of the house."""

from dataclasses import replace

import pytest

from scanner.errors import RegistryError
from scanner.model.check import Check
from scanner.model.text import Text
from scanner.registry import faults_of, load_checks, select

CHECKS = load_checks()


def test_every_check_keeps_the_rules() -> None:
    for check in CHECKS:
        assert faults_of(check, expected_id=check.id) == ()


def test_an_unknown_name_is_refused_with_a_hint() -> None:
    with pytest.raises(RegistryError, match="rasoat checks"):
        select(CHECKS, ["no.such-check"])


def test_a_topic_selects_all_its_checks() -> None:
    chosen = select(CHECKS, ["tls"])

    assert chosen
    assert {c.topic for c in chosen} == {"tls"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"id": "http.other"}, "its file says"),
        ({"refs": ()}, "no reference"),
        ({"examples": ()}, "no example that must pass"),
        ({"on": int}, "no view"),
        ({"title": Text("Có", "")}, "lacks a language"),
        ({"title": Text("Tie\u0302\u0301ng", "x")}, "not in NFC"),
    ],
)
def test_a_broken_check_is_named(change: dict[str, object], fault: str) -> None:
    check: Check = CHECKS[0]

    broken = replace(check, **change)  # type: ignore[arg-type]  # each change breaks one field on purpose

    assert any(fault in words for words in faults_of(broken, expected_id=check.id))
