"""One line per finding, each readable alone and by its published schema."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from reports.json_lines import proved, render
from tests.reports_machine.dossiers import HOSTILE, hostile, small

SCHEMA = json.loads(Path("docs/finding.schema.json").read_text(encoding="utf-8"))


def test_the_schema_itself_is_sound() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["required"]) == set(SCHEMA["properties"])


@pytest.mark.parametrize("dossier", [small(), hostile()], ids=["small", "hostile"])
def test_every_line_follows_the_schema(dossier: Any) -> None:
    text = render(dossier, "vi")

    proved(text.encode())
    lines = text.split("\n")
    assert lines.pop() == ""
    assert len(lines) == 3 * 6
    for line in lines:
        Draft202012Validator(SCHEMA).validate(json.loads(line))
    assert HOSTILE not in text


def test_one_agency_gets_its_own_lines_only() -> None:
    agencies = {json.loads(line)["agency"] for line in render(small(), "vi", ("so-xay-dung",)).splitlines()}

    assert agencies == {"so-xay-dung"}


@pytest.mark.parametrize("broken", [b"[]\n", b"{\n", b"\xff\n", b'"x"\n'])
def test_a_broken_file_does_not_pass(broken: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each parser words it differently
        proved(broken)
