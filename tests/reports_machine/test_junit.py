"""JUnit readers see every check: a blind one as an error, never as a pass."""

import io
from dataclasses import replace

import junitparser
import pytest
from defusedxml.ElementTree import fromstring

from reports.junit import render
from tests.reports_machine.dossiers import hostile, small


def parsed(data: bytes) -> junitparser.JUnitXml:
    return junitparser.JUnitXml.fromroot(junitparser.JUnitXml.fromfile(io.BytesIO(data))._elem)


def test_one_suite_per_site_and_one_case_per_check() -> None:
    suites = list(parsed(render(small(), "vi")))

    assert [suite.tests for suite in suites] == [6, 6, 6]
    assert [(s.failures, s.errors, s.skipped) for s in suites] == [(1, 2, 2)] * 3


def test_the_sums_stand_at_the_top() -> None:
    root = fromstring(render(small(), "vi"))

    assert [root.get(n) for n in ("tests", "failures", "errors", "skipped")] == ["18", "3", "6", "6"]


@pytest.mark.parametrize(
    ("position", "tag", "kind"),
    [
        (0, "failure", "critical"),
        (1, None, ""),
        (2, "error", "unknown"),
        (3, "skipped", "waived"),
        (4, "error", "error"),
        (5, "skipped", "notapplicable"),
    ],
)
def test_each_verdict_has_its_form(position: int, tag: str | None, kind: str) -> None:
    case = fromstring(render(small(), "vi"))[0][position]

    assert [(child.tag, child.get("type")) for child in case] == ([(tag, kind)] if tag else [])


def test_an_unknown_gives_the_reason_in_words() -> None:
    error = fromstring(render(small(), "vi"))[0][2][0]

    assert error.get("message") == "Chưa kiểm tra được: Hết thời gian chờ"


def test_hostile_bytes_parse_back_as_text() -> None:
    data = render(hostile(), "en")
    root = fromstring(data)

    assert {element.tag for element in root.iter()} == {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "error",
        "skipped",
    }
    assert "]]> \\u{0}\\u{1b}[31m \\u{202e}" in (root[0][0][0].text or "")


def test_a_scan_whose_visits_are_gone_has_no_times() -> None:
    suite = fromstring(render(replace(small(), visits={}), "vi"))[0]

    assert suite.get("time") is None
