"""The JSON document keeps the shape its published schema promises, whatever the servers sent."""

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from reports.json_document import document, render
from scanner.model.finding import Verdict
from scanner.model.ruling import SiteRulings
from tests.reports_machine.dossiers import HOSTILE, hostile, small

SCHEMA = json.loads(Path("docs/result.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_itself_is_sound() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("dossier", [small(), hostile()], ids=["small", "hostile"])
def test_the_document_follows_its_schema(dossier: Any) -> None:
    VALIDATOR.validate(json.loads(render(dossier)))


def test_an_unfinished_scan_follows_the_schema_too() -> None:
    dossier = small()
    dossier = replace(
        dossier, scan=replace(dossier.scan, finished_at=None, degraded="5 of 9 sites are silent")
    )

    VALIDATOR.validate(document(dossier))


def objects(schema: Any, path: str = "") -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            found.append((path, schema))
        for key, value in schema.items():
            found += objects(value, f"{path}/{key}")
    return found


def test_every_object_of_the_schema_is_closed_and_every_field_documented() -> None:
    for path, schema in objects(SCHEMA):
        assert schema["additionalProperties"] is False, path
        for name, field in schema["properties"].items():
            assert "description" in field or "$ref" in field, f"{path}/{name}"


def test_an_invented_key_is_refused() -> None:
    result = copy.deepcopy(document(small()))
    result["agencies"][0]["sites"][0]["findings"][0]["grade"] = "A"

    with pytest.raises(ValidationError):
        VALIDATOR.validate(result)


def test_rows_add_up() -> None:
    sites = [site for agency in document(small())["agencies"] for site in agency["sites"]]

    assert [len(site["findings"]) for site in sites] == [6, 6, 6]
    assert sites[0]["coverage"] == {"decided": 3, "applicable": 5}
    assert sites[0]["ledger"] == {"connections": 7, "requests": 5, "bytes": 4321}


def first_finding() -> dict[str, Any]:
    found = document(small("www.mau.example"))["agencies"][0]["sites"][0]["findings"][0]
    assert isinstance(found, dict)
    return found


def test_a_finding_says_its_sentence_in_both_languages() -> None:
    assert first_finding()["says"] == {
        "vi": "Chứng thư của www.mau.example hết hạn ngày 05/08/2026.",
        "en": "www.mau.example expired on 05/08/2026.",
    }


def test_a_finding_carries_trend_clause_and_deadline() -> None:
    found = first_finding()

    assert (found["trend"], found["due_on"], found["waiver"]) == ("new", "2026-11-25", None)
    assert found["clauses"][0]["clause"] == "Điều 9 khoản 2"
    assert found["clauses"][0]["contested"] is True


def test_a_waived_finding_stays_visible_with_its_waiver() -> None:
    found = document(small())["agencies"][0]["sites"][0]["findings"][3]

    assert found["verdict"] == "fail"
    assert found["waiver"]["until"] == "2027-01-31"


def test_one_agency_can_be_asked_for() -> None:
    assert [a["id"] for a in document(small(), ("so-xay-dung",))["agencies"]] == ["so-xay-dung"]


def test_facts_nobody_recorded_are_null() -> None:
    facts = document(small(facts="{}"))["agencies"][0]["sites"][0]["facts"]

    assert facts == {"dns": None, "tls": None, "http": None, "cms": None}


@pytest.mark.parametrize("facts", ["", "not json", "[1]", '{"dns":"x"}'])
def test_facts_of_a_wrong_shape_do_not_break_the_document(facts: str) -> None:
    VALIDATOR.validate(document(small(facts=facts or " ")))


def test_a_visit_that_is_gone_leaves_empty_ledger_and_facts() -> None:
    result = document(replace(small(), visits={}))

    VALIDATOR.validate(result)
    assert result["agencies"][0]["sites"][0]["ledger"]["requests"] == 0


def test_a_finding_whose_check_is_gone_keeps_its_row() -> None:
    result = document(replace(small(), checks={}))

    VALIDATOR.validate(result)
    assert result["agencies"][0]["sites"][0]["findings"][0]["title"]["vi"] == "tls.certificate-expired"


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for pair in value.items() for item in pair for text in strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return []


def test_no_hostile_character_reaches_the_document_and_nothing_is_evaluated() -> None:
    text = render(hostile()).decode()
    everything = strings(json.loads(text))

    assert not [c for c in text if c in "\x00\x1b\u202e\u2066\ufffe" or "\ud800" <= c <= "\udfff"]
    assert any("{{7*7}} {0.__class__} %s" in item for item in everything)
    assert any("\\u{202e}" in item for item in everything)
    text.encode("utf-8")
    assert HOSTILE not in everything


def test_numbers_json_cannot_hold_become_null() -> None:
    dossier = small(facts='{"http":{"age":NaN,"load":[Infinity,1.5]}}')

    facts = json.loads(render(dossier))["agencies"][0]["sites"][0]["facts"]["http"]

    assert facts == {"age": None, "load": [None, 1.5]}


def test_a_bottomless_nest_is_cut() -> None:
    dossier = small(facts='{"http":{"a":' + "[" * 500 + "]" * 500 + "}}")

    assert "[…]" in render(dossier).decode()


def test_an_empty_scan_is_a_document_too() -> None:
    dossier = replace(small(), rulings={}, visits={})

    VALIDATOR.validate(document(dossier))
    assert document(dossier)["agencies"] == []


def test_every_verdict_of_the_model_is_in_the_schema() -> None:
    listed = SCHEMA["$defs"]["finding"]["properties"]["verdict"]["enum"]

    assert set(listed) == {verdict.value for verdict in Verdict}
    assert isinstance(small().rulings["sxd"], SiteRulings)
