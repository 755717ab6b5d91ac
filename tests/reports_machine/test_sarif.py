"""SARIF follows the OASIS schema, and hostile text stays text in it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from reports import sarif
from reports.sarif import log, message, render
from scanner.model.dossier import Dossier
from tests.reports_machine.dossiers import hostile, small

VALIDATOR = Draft4Validator(
    json.loads((Path(__file__).parents[1] / "schemas/sarif-2.1.0.json").read_text(encoding="utf-8"))
)


def degraded() -> Dossier:
    dossier = small()
    return replace(dossier, scan=replace(dossier.scan, degraded="many sites are silent", finished_at=None))


@pytest.mark.parametrize("dossier", [small(), hostile(), degraded(), replace(small(), checks={})])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_log_follows_the_oasis_schema(dossier: Dossier, language: Any) -> None:
    VALIDATOR.validate(json.loads(render(dossier, language)))


def results() -> list[dict[str, Any]]:
    found = log(small(), "vi")["runs"][0]["results"]
    assert isinstance(found, list)
    return found


def test_every_finding_is_a_result_and_points_at_its_rule() -> None:
    run = log(small(), "vi")["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]

    assert len(run["results"]) == 18
    assert all(rules[r["ruleIndex"]] == r["ruleId"] for r in run["results"])


def test_verdicts_keep_their_word_and_get_their_kind() -> None:
    pairs = {(r["properties"]["verdict"], r["kind"]) for r in results()}

    assert pairs == {
        ("fail", "fail"),
        ("pass", "pass"),
        ("unknown", "review"),
        ("error", "review"),
        ("notapplicable", "notApplicable"),
    }


def test_only_failures_have_a_level() -> None:
    assert {r["level"] for r in results() if r["kind"] != "fail"} == {"none"}
    assert {r["level"] for r in results() if r["kind"] == "fail"} == {"error"}


def test_a_waived_failure_is_suppressed_with_its_reason() -> None:
    waived = next(r for r in results() if "suppressions" in r)

    assert waived["suppressions"][0]["justification"] == "Đang thay hệ thống (Giám đốc Sở, 2027-01-31)"
    assert waived["baselineState"] == "unchanged"


def test_fingerprints_are_the_identity_of_a_finding_and_never_repeat() -> None:
    prints = [r["partialFingerprints"]["rasoat/v1"] for r in results()]

    assert "syt-chinh/tls.certificate-expired" in prints
    assert len(set(prints)) == len(prints)


def test_a_link_or_placeholder_in_remote_text_is_disarmed() -> None:
    assert message("[tải](http://x) {0}")["text"] == "\\[tải\\](http://x) {{0}}"


def test_too_many_results_leave_out_the_least_telling_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "RESULT_LIMIT", 7)

    run = log(small(), "en")["runs"][0]

    assert [r["kind"] for r in run["results"]] == ["fail"] * 6 + ["review"]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert "11 results were left out" in notes[0]["message"]["text"]


def test_a_degraded_scan_is_no_successful_execution() -> None:
    invocation = log(degraded(), "en")["runs"][0]["invocations"][0]

    assert invocation["executionSuccessful"] is False
    assert "endTimeUtc" not in invocation


def test_no_hostile_character_is_in_the_file() -> None:
    text = render(hostile(), "vi")

    assert not [c for c in text if c in "\x00\x1b\u202e\u2066\ufffe" or "\ud800" <= c <= "\udfff"]
