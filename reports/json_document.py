"""A scan as one JSON document. Its schema is docs/result.schema.json; docs/result-format.md explains it.

Both languages stand side by side. Every string has gone through the text pipe; line feeds and tabs stay,
because JSON escapes them.
"""

import json
from datetime import UTC, datetime
from typing import Any

from reports.clean import clean
from reports.rows import Row, SiteRows, rows_of, site_rows
from scanner.model.dossier import Dossier
from scanner.model.evidence import Ledger
from scanner.model.ruling import Clause, Waiver
from scanner.model.text import Text
from scanner.model.visit import Visit

SCHEMA = 1
PARTS = ("dns", "tls", "http", "cms")
_LIMIT = 4_000
_DEPTH = 20


def render(dossier: Dossier, only: tuple[str, ...] = ()) -> str:
    """The document as text, UTF-8 without escapes, with a line feed at its end."""
    return json.dumps(document(dossier, only), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def document(dossier: Dossier, only: tuple[str, ...] = ()) -> dict[str, Any]:
    """The document as plain values; `only` narrows it to these agency ids."""
    agencies: dict[str, dict[str, Any]] = {}
    for place in site_rows(dossier, only):
        entry = agencies.setdefault(
            place.agency.id, {"id": place.agency.id, "name": place.agency.name, "sites": []}
        )
        entry["sites"].append(_site(dossier, place))
    scan = dossier.scan
    raw = {
        "schema": SCHEMA,
        "tool": f"rasoat {scan.tool_version}",
        "scan": {
            "id": scan.id,
            "started_at": stamp(scan.started_at),
            "finished_at": stamp(scan.finished_at),
            "depth": scan.depth.value,
            "data": scan.data_date,
            "degraded": scan.degraded,
        },
        "agencies": list(agencies.values()),
    }
    cleaned = _cleaned(raw)
    assert isinstance(cleaned, dict)
    return cleaned


def stamp(moment: datetime | None) -> str | None:
    """The moment as RFC 3339 in UTC with whole seconds, or None."""
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _site(dossier: Dossier, place: SiteRows) -> dict[str, Any]:
    ledger = place.visit.ledger if place.visit else Ledger()
    return {
        "id": place.site.id,
        "url": place.site.url,
        "state": str(place.ruled.state),
        "coverage": {"decided": place.ruled.decided, "applicable": place.ruled.applicable},
        "ledger": {
            "connections": ledger.connections,
            "requests": ledger.requests,
            "bytes": ledger.bytes_received,
        },
        "facts": _facts(place.visit),
        "findings": [_finding(row) for row in rows_of(dossier, place)],
    }


def _facts(visit: Visit | None) -> dict[str, Any]:
    """The four parts; a part nobody recorded is null, which is not the same as an empty one."""
    try:
        facts = json.loads(visit.facts) if visit else {}
    except ValueError:
        facts = {}
    known = facts if isinstance(facts, dict) else {}
    return {part: known[part] if isinstance(known.get(part), dict) else None for part in PARTS}


def _finding(row: Row) -> dict[str, Any]:
    finding, ruling = row.finding, row.ruling
    return {
        "check": finding.check_id,
        "verdict": finding.verdict.value,
        "severity": ruling.severity.value,
        "confidence": finding.confidence.value,
        "says": _both(row.says),
        "saw": finding.saw,
        "where": list(finding.where),
        "why": finding.why,
        "title": _both(row.title),
        "fix": _both(row.fix),
        "refs": list(row.refs),
        "clauses": [_clause(clause) for clause in ruling.clauses],
        "trend": ruling.change.trend.value if ruling.change else None,
        "first_seen_at": stamp(ruling.change.first_seen_at) if ruling.change else None,
        "due_on": ruling.due_on.isoformat() if ruling.due_on else None,
        "waiver": _waiver(ruling.waiver) if ruling.waiver else None,
    }


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "framework": clause.framework,
        "requirement": clause.requirement,
        "instrument": clause.instrument,
        "clause": clause.clause,
        "title": _both(clause.title),
        "binding": clause.binding.value,
        "contested": clause.contested,
        "evidence": clause.evidence,
    }


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return {
        "reason": waiver.reason,
        "approver": waiver.approver,
        "until": waiver.until.isoformat(),
        "document": waiver.document,
    }


def _both(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}


def _cleaned(value: Any, depth: int = 0) -> Any:
    """The value with every string in it cleaned, keys included; too deep a nest is cut with a mark."""
    if isinstance(value, str):
        return clean(value, _LIMIT, keep="\n\t")
    if depth > _DEPTH:
        return "[…]"
    if isinstance(value, dict):
        return {clean(str(key), 300): _cleaned(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item, depth + 1) for item in value]
    if isinstance(value, float) and (value != value or abs(value) == float("inf")):  # noqa: PLR0124 - NaN
        return None
    return value
