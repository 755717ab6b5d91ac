"""The command under a finding: what a shell makes of it is what we mean, whatever a site has written."""

import shlex
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.clean import one_line
from reports.reproduce import LIMIT, command_of
from reports.view.remedies import own_remedies
from scanner.model.agency import Site
from scanner.model.check import Check
from scanner.model.finding import Confidence, Finding, Severity, Verdict
from scanner.registry import load_checks
from tests.reports_html import dossiers

CHECKS = {check.id: check for check in load_checks()}
SITE = Site("so", "so", "https://so.mau.example/")


def finding(check: Check, *where: str, verdict: Verdict = Verdict.FAIL) -> Finding:
    return Finding("so", check.id, verdict, Severity.LOW, Confidence.HIGH, where=where)


def command(check_id: str, *where: str, verdict: Verdict = Verdict.FAIL) -> str:
    check = CHECKS[check_id]
    return command_of(check, finding(check, *where, verdict=verdict), SITE, None, own_remedies())


@given(st.text(max_size=80))
def test_a_hostile_address_stays_one_word_of_the_command(tail: str) -> None:
    where = f"https://so.mau.example/{tail}"

    words = shlex.split(command("http.nosniff-missing", where))

    assert words == ["curl", "-sSo", "/dev/null", "-D", "-", one_line(where, LIMIT)]


def test_the_command_asks_for_the_place_of_the_fault_and_as_the_check_did() -> None:
    assert "-H 'Origin: null'" in command("http.cors-null-origin", "https://so.mau.example/tin")
    assert "Origin:https://so.mau.example.la.example" in command("http.cors-lookalike-origin")
    assert command("exposure.env-file-open", "https://so.mau.example/.env").startswith(
        "curl -sSi https://so.mau.example/.env"
    )
    assert "https://so.mau.example/" in command("cookies.secure-missing", "PHPSESSID")  # where: no address


@pytest.mark.parametrize("verdict", [v for v in Verdict if v is not Verdict.FAIL])
def test_what_is_no_fault_has_no_command(verdict: Verdict) -> None:
    assert command("http.nosniff-missing", verdict=verdict) == ""


def test_every_check_of_the_web_has_a_command() -> None:
    topics = ("http", "cookies", "content")
    without = [name for name, check in CHECKS.items() if check.topic in topics and not command(name)]

    assert without == []


def test_a_check_that_is_gone_has_no_command() -> None:
    known = dossiers.CHECKS["http.https-missing"]

    assert command_of(None, finding(known), SITE, None, own_remedies()) == ""
    assert command_of(replace(known, howto=""), finding(known), SITE, None, own_remedies()) == ""
