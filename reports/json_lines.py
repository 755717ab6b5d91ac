"""Every finding as one line of JSON, for tools that read streams. Its schema is docs/finding.schema.json.

A line stands alone: it names its scan, agency and site. What a check says in general (title, remedy, references)
is left to the JSON document.
"""

import json
from collections.abc import Iterator
from typing import Any

from reports.clean import clean
from reports.json_document import stamp
from reports.rows import Row, rows
from scanner.model.dossier import Dossier
from scanner.model.text import Language

LIMIT = 4_000


def render(dossier: Dossier, _language: Language, only: tuple[str, ...] = ()) -> str:
    """The lines as text, each ended by a line feed; both languages stand in each."""
    return "".join(lines(dossier, only))


def lines(dossier: Dossier, only: tuple[str, ...] = ()) -> Iterator[str]:
    """One line per finding, passes too."""
    for row in rows(dossier, only):
        yield json.dumps(_value(dossier, row), ensure_ascii=False, allow_nan=False) + "\n"


def proved(data: bytes) -> None:
    """Raises ValueError when a line is no JSON object."""
    for line in data.decode("utf-8").split("\n")[:-1]:
        if not line.startswith("{"):
            raise ValueError("a line is no object")
        json.loads(line)


def _value(dossier: Dossier, row: Row) -> dict[str, Any]:
    finding, ruling, change = row.finding, row.ruling, row.ruling.change
    says = row.says
    return {
        "scan": dossier.scan.id,
        "at": stamp(dossier.scan.started_at),
        "agency": clean(row.agency.id),
        "site": clean(row.site.id),
        "url": clean(row.site.url),
        "state": str(row.ruled.state),
        "check": finding.check_id,
        "verdict": finding.verdict.value,
        "severity": ruling.severity.value,
        "confidence": finding.confidence.value,
        "says": {"vi": clean(says.vi), "en": clean(says.en)},
        "saw": clean(finding.saw, LIMIT, keep="\n\t"),
        "where": [clean(place) for place in finding.where],
        "why": clean(finding.why),
        "trend": change.trend.value if change else None,
        "first_seen_at": stamp(change.first_seen_at) if change else None,
        "due_on": ruling.due_on.isoformat() if ruling.due_on else None,
        "waived_until": ruling.waiver.until.isoformat() if ruling.waiver else None,
    }
