"""A scan as SARIF 2.1.0.

A web site is no source file, so a result names the site as a logical location and the inventory as the
artifact it was read from. `pass`, `fail` and `notapplicable` have a twin in SARIF; `unknown` and `error` are
`review`; our own word stands in `properties.verdict`. A file in a public code repository would publish the
findings: docs/ci says how not to.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from reports.clean import clean
from reports.json_document import stamp
from reports.rows import Row, rows
from scanner.model.check import Check
from scanner.model.dossier import Dossier
from scanner.model.finding import Severity, Trend, Verdict
from scanner.model.text import Language

INVENTORY = "agencies.toml"
RESULT_LIMIT = 5_000  # what GitHub takes of one run
SCHEMA_URI = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
KINDS = {
    Verdict.FAIL: "fail",
    Verdict.ERROR: "review",
    Verdict.UNKNOWN: "review",
    Verdict.PASS: "pass",
    Verdict.NOTAPPLICABLE: "notApplicable",
}
"""By verdict, in the order in which results give way when there are too many: the last goes first."""
LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
SCORES = {Severity.CRITICAL: "9.5", Severity.HIGH: "8.0", Severity.MEDIUM: "5.5", Severity.LOW: "3.0"}
BASELINE = {Trend.NEW: "new", Trend.REOPENED: "new", Trend.SAME: "unchanged"}


def render(dossier: Dossier, language: Language, only: tuple[str, ...] = ()) -> str:
    """The log as text, UTF-8 without escapes, with a line feed at its end."""
    return json.dumps(log(dossier, language, only), ensure_ascii=False, indent=1) + "\n"


def log(dossier: Dossier, language: Language, only: tuple[str, ...] = ()) -> dict[str, Any]:
    """The log as plain values, one run with at most `RESULT_LIMIT` results; what was left out is told."""
    order = tuple(KINDS)
    everything = sorted(rows(dossier, only), key=lambda row: order.index(row.finding.verdict))
    kept = everything[:RESULT_LIMIT]
    ids = sorted({row.finding.check_id for row in kept})
    run = {
        "tool": {"driver": _driver(dossier, ids, language)},
        "automationDetails": {"id": clean(f"rasoat/{dossier.scan.id}")},
        "invocations": [_invocation(dossier, left_out=len(everything) - len(kept))],
        "columnKind": "unicodeCodePoints",
        "language": "vi-VN" if language == "vi" else "en-US",
        "results": [_result(row, ids.index(row.finding.check_id), language) for row in kept],
    }
    return {"$schema": SCHEMA_URI, "version": "2.1.0", "runs": [run]}


def message(text: str) -> dict[str, str]:
    """A message object whose text is only text: no placeholder (section 3.11.5), no link (section 3.11.6)."""
    shown = clean(text, keep="\n\t")
    for char in "\\[]":
        shown = shown.replace(char, f"\\{char}")
    return {"text": shown.replace("{", "{{").replace("}", "}}")}


def _driver(dossier: Dossier, ids: Iterable[str], language: Language) -> dict[str, Any]:
    return {
        "name": "rasoat",
        "version": clean(dossier.scan.tool_version),
        "rules": [_rule(check_id, dossier.checks.get(check_id), language) for check_id in ids],
    }


def _rule(check_id: str, check: Check | None, language: Language) -> dict[str, Any]:
    if check is None:
        return {"id": clean(check_id)}
    properties: dict[str, Any] = {"tags": ["security", check.topic], "precision": _precision(check)}
    if check.severity in SCORES:
        properties["security-severity"] = SCORES[check.severity]
    return {
        "id": check.id,
        "name": check.id,
        "shortDescription": {"text": check.title.into(language)},
        "fullDescription": {"text": check.why.into(language)},
        "help": {"text": "\n".join((check.fix.into(language), *check.refs))},
        "defaultConfiguration": {"level": LEVELS[check.severity]},
        "properties": properties,
    }


def _precision(check: Check) -> str:
    return {"high": "very-high", "medium": "medium", "low": "low"}[check.confidence.value]


def _invocation(dossier: Dossier, *, left_out: int) -> dict[str, Any]:
    scan = dossier.scan
    invocation: dict[str, Any] = {
        "executionSuccessful": not scan.degraded and scan.finished_at is not None,
        "startTimeUtc": stamp(scan.started_at),
    }
    if scan.finished_at:
        invocation["endTimeUtc"] = stamp(scan.finished_at)
    notes = [scan.degraded] if scan.degraded else []
    if left_out:
        notes.append(f"{left_out} results were left out, least telling first; the JSON document has them all")
    if notes:
        invocation["toolExecutionNotifications"] = [
            {"level": "warning", "message": message(note)} for note in notes
        ]
    return invocation


def _result(row: Row, index: int, language: Language) -> dict[str, Any]:
    finding, ruling = row.finding, row.ruling
    failed = finding.verdict is Verdict.FAIL
    result: dict[str, Any] = {
        "ruleId": clean(finding.check_id),
        "ruleIndex": index,
        "kind": KINDS[finding.verdict],
        "level": LEVELS[ruling.severity]
        if failed
        else "none",  # section 3.27.10: none unless the kind is fail
        "message": message(row.says.into(language)),
        "locations": [_location(row)],
        "partialFingerprints": {"rasoat/v1": clean(f"{row.site.id}/{finding.check_id}")},
        "properties": _properties(row),
    }
    if failed and ruling.change and ruling.change.trend in BASELINE:
        result["baselineState"] = BASELINE[ruling.change.trend]
    if failed and ruling.waiver:
        why = f"{ruling.waiver.reason} ({ruling.waiver.approver}, {ruling.waiver.until.isoformat()})"
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": clean(why)}]
    return result


def _location(row: Row) -> dict[str, Any]:
    return {
        "physicalLocation": {"artifactLocation": {"uri": INVENTORY}},
        "logicalLocations": [
            {
                "name": clean(row.site.id),
                "fullyQualifiedName": clean(f"{row.agency.id}/{row.site.id}"),
                "kind": "resource",
            }
        ],
    }


def _properties(row: Row) -> dict[str, Any]:
    finding, change = row.finding, row.ruling.change
    facts: dict[str, str | Sequence[str]] = {
        "verdict": finding.verdict.value,
        "severity": row.ruling.severity.value,
        "confidence": finding.confidence.value,
        "site": clean(row.site.url),
        "saw": clean(finding.saw, keep="\n\t"),
        "where": [clean(place) for place in finding.where],
        "why": clean(finding.why),
    }
    return {**facts, "trend": change.trend.value} if change else dict(facts)
