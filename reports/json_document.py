"""A scan as one JSON document. Its schema is docs/result.schema.json; docs/result-format.md explains it.

Both languages stand side by side. Every string has gone through the text pipe; line feeds and tabs stay,
because JSON escapes them.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec

from reports.clean import clean
from reports.reproduce import command_of
from reports.rows import Row, SiteRows, rows_of, site_rows
from reports.view.remedies import own_remedies
from scanner.model.dossier import Dossier
from scanner.model.evidence import Ledger
from scanner.model.ruling import Clause, Score, Waiver
from scanner.model.shared_key import SharedKey
from scanner.model.text import Text
from scanner.model.visit import Visit

SCHEMA = 1
PARTS = ("dns", "tls", "http", "cms")
_LIMIT = 4_000
_DEPTH = 20


def render(dossier: Dossier, only: tuple[str, ...] = ()) -> bytes:
    """The document in UTF-8, one site after another, with a line feed at its end.

    Sites are encoded one by one, and what a check says about itself once per check: the findings of a province
    held as plain values all at once would take hundreds of megabytes.
    """
    constant = _Once()
    return msgspec.json.encode(_frame(dossier, only, lambda place: _packed(dossier, place, constant))) + b"\n"


def document(dossier: Dossier, only: tuple[str, ...] = ()) -> dict[str, Any]:
    """The document as plain values; `only` narrows it to these agency ids."""
    content = json.loads(render(dossier, only))
    assert isinstance(content, dict)
    return content


def _frame(dossier: Dossier, only: tuple[str, ...], site: Callable[[SiteRows], Any]) -> dict[str, Any]:
    agencies: dict[str, dict[str, Any]] = {}
    for place in site_rows(dossier, only):
        name = {"id": place.agency.id, "name": place.agency.name}
        score = _score(dossier.scores.get(place.agency.id))
        entry = agencies.setdefault(place.agency.id, {**_cleaned(name), "score": score, "sites": []})
        entry["sites"].append(site(place))
    scan = dossier.scan
    return {
        "schema": SCHEMA,
        "tool": clean(f"rasoat {scan.tool_version}"),
        "scan": _cleaned(
            {
                "id": scan.id,
                "started_at": stamp(scan.started_at),
                "finished_at": stamp(scan.finished_at),
                "depth": scan.depth.value,
                "data": scan.data_date,
                "degraded": scan.degraded,
            }
        ),
        "agencies": list(agencies.values()),
        "shared_keys": [_cleaned(_shared_key(key)) for key in dossier.shared_keys if _concerns(key, only)],
    }


def _concerns(key: SharedKey, only: tuple[str, ...]) -> bool:
    return not only or any(agency_id in only for agency_id in key.agency_ids)


def _shared_key(key: SharedKey) -> dict[str, Any]:
    return {
        "spki_sha256": key.spki_sha256,
        "type": key.kind,
        "subject": key.subject,
        "sites": list(key.site_ids),
        "agencies": list(key.agency_ids),
        "ssl2_on": list(key.ssl2_on),
    }


class _Once:
    """Remembers the encoding of values that many findings share: words of checks, references, clauses."""

    def __init__(self) -> None:
        self._known: dict[Any, msgspec.Raw] = {}

    def __call__(self, key: Any, value: Callable[[], Any]) -> msgspec.Raw:
        if key not in self._known:
            self._known[key] = msgspec.Raw(msgspec.json.encode(_cleaned(value())))
        return self._known[key]


def _packed(dossier: Dossier, place: SiteRows, once: _Once) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(_site(dossier, place, once)))


def stamp(moment: datetime | None) -> str | None:
    """The moment as RFC 3339 in UTC with whole seconds, or None."""
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _site(dossier: Dossier, place: SiteRows, once: _Once) -> dict[str, Any]:
    ledger = place.visit.ledger if place.visit else Ledger()
    about = {
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
    }
    return {
        **_cleaned(about),
        "findings": [_finding(row, place.visit, once) for row in rows_of(dossier, place)],
    }


def _facts(visit: Visit | None) -> dict[str, Any]:
    """The four parts; a part nobody recorded is null, which is not the same as an empty one."""
    try:
        facts = json.loads(visit.facts) if visit else {}
    except ValueError:
        facts = {}
    known = facts if isinstance(facts, dict) else {}
    return {part: known[part] if isinstance(known.get(part), dict) else None for part in PARTS}


def _finding(row: Row, visit: Visit | None, once: _Once) -> dict[str, Any]:
    finding, ruling = row.finding, row.ruling
    return {
        "check": _cleaned(finding.check_id),
        "verdict": finding.verdict.value,
        "severity": ruling.severity.value,
        "confidence": finding.confidence.value,
        "saw": _cleaned(finding.saw),
        "where": _cleaned(list(finding.where)),
        "why": _cleaned(finding.why),
        "reproduce": _cleaned(command_of(row.check, finding, row.site, visit, own_remedies())),
        "trend": ruling.change.trend.value if ruling.change else None,
        "first_seen_at": stamp(ruling.change.first_seen_at) if ruling.change else None,
        "due_on": ruling.due_on.isoformat() if ruling.due_on else None,
        "waiver": _cleaned(_waiver(ruling.waiver)) if ruling.waiver else None,
        "broken_waiver": _cleaned(_waiver(ruling.broken)) if ruling.broken else None,
        "says": once(row.says, lambda: _both(row.says)),
        "title": once(row.title, lambda: _both(row.title)),
        "fix": once(row.fix, lambda: _both(row.fix)),
        "refs": once(row.refs, lambda: list(row.refs)),
        "clauses": once(ruling.clauses, lambda: [_clause(clause) for clause in ruling.clauses]),
    }


def _score(score: Score | None) -> dict[str, Any] | None:
    if score is None:
        return None
    return {
        "points": score.points,
        "grade": score.grade,
        "decided": score.decided,
        "applicable": score.applicable,
        "rules": clean(score.rules),
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
        "measure": waiver.measure,
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
