"""Nouns to rows and back. Text that came over the wire goes in as escaped JSON.

PostgreSQL takes no NUL in text and neither database a lone surrogate; both arrive in hostile answers.
JSON with ASCII escapes carries them unharmed.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

import msgspec

from scanner.errors import StoreError
from scanner.model.agency import Depth, Inventory
from scanner.model.evidence import Ledger
from scanner.model.finding import Confidence, Finding, Severity, SiteState, Verdict
from scanner.model.parcel import Parcel, Posting
from scanner.model.visit import Job, Scan, Visit


class Row(Protocol):
    """A row as the database gives it: values by column name."""

    def __getitem__(self, key: str, /) -> Any: ...


Noun = TypeVar("Noun")


def stamp(at: datetime) -> str:
    """ISO 8601 in UTC, always with microseconds; ValueError for a naive time."""
    if at.tzinfo is None:
        raise ValueError(f"a time without zone reached the store: {at!r}")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """The aware UTC time of a stamp."""
    return datetime.fromisoformat(text)


def storable(text: str) -> str:
    """Our own text with what no text column takes made visible."""
    return text.replace("\0", "\\x00").encode("utf-8", "backslashreplace").decode()


def scan_row(scan: Scan, inventory: Inventory) -> dict[str, Any]:
    """A scan as it begins, with the snapshot of its inventory."""
    return {
        "id": scan.id,
        "started_at": stamp(scan.started_at),
        "finished_at": None if scan.finished_at is None else stamp(scan.finished_at),
        "depth": scan.depth.value,
        "tool_version": scan.tool_version,
        "data_date": scan.data_date,
        "degraded": storable(scan.degraded),
        "inventory": _json(inventory),
        "purpose": scan.purpose,
    }


def scan_of(row: Row) -> Scan:
    """The scan a row holds."""
    return Scan(
        id=row["id"],
        started_at=moment(row["started_at"]),
        depth=Depth(row["depth"]),
        tool_version=row["tool_version"],
        data_date=row["data_date"],
        finished_at=None if row["finished_at"] is None else moment(row["finished_at"]),
        degraded=row["degraded"],
        purpose=row["purpose"],
    )


def inventory_of(text: str) -> Inventory:
    """The inventory a snapshot holds."""
    return _noun(text, Inventory)


def job_row(job: Job, scan_id: str, position: int) -> dict[str, Any]:
    """A job still to be done."""
    return {
        "scan_id": scan_id,
        "site_id": job.site_id,
        "position": position,
        "state": "pending",
        "attempts": 0,
        "job": _json(job),
    }


def job_of(text: str) -> Job:
    """The job a row holds."""
    return _noun(text, Job)


def visit_row(visit: Visit) -> dict[str, Any]:
    """A visit without its findings."""
    return {
        "scan_id": visit.scan_id,
        "site_id": visit.site_id,
        "state": visit.state.value,
        "evidence_sha256": visit.evidence_sha256,
        "started_at": stamp(visit.started_at),
        "finished_at": stamp(visit.finished_at),
        "ledger": _json(visit.ledger),
        "facts": storable(visit.facts),
    }


def visit_of(row: Row, findings: Sequence[Finding]) -> Visit:
    """The visit a row and its findings hold."""
    return Visit(
        scan_id=row["scan_id"],
        site_id=row["site_id"],
        state=SiteState(row["state"]),
        evidence_sha256=row["evidence_sha256"],
        findings=tuple(findings),
        ledger=_noun(row["ledger"], Ledger),
        started_at=moment(row["started_at"]),
        finished_at=moment(row["finished_at"]),
        facts=row["facts"],
    )


def finding_row(finding: Finding, scan_id: str, position: int) -> dict[str, Any]:
    """A finding of one scan."""
    return {
        "scan_id": scan_id,
        "site_id": finding.site_id,
        "check_id": finding.check_id,
        "position": position,
        "verdict": finding.verdict.value,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "why": json.dumps(finding.why),
        "saw": json.dumps(finding.saw),
        "places": json.dumps(finding.where),
        "note": finding.note,
        "slots": json.dumps(finding.values),
    }


def finding_of(row: Row) -> Finding:
    """The finding a row holds."""
    return Finding(
        site_id=row["site_id"],
        check_id=row["check_id"],
        verdict=Verdict(row["verdict"]),
        severity=Severity(row["severity"]),
        confidence=Confidence(row["confidence"]),
        saw=_words(row["saw"]),
        where=tuple(json.loads(row["places"])) if row["places"] != "[]" else (),
        note=row["note"],
        values=tuple((slot, value) for slot, value in json.loads(row["slots"]))
        if row["slots"] != "[]"
        else (),
        why=_words(row["why"]),
    )


def parcel_of(row: Row) -> Parcel:
    """The letter a row of the outbox holds."""
    return Parcel(
        message_id=row["message_id"],
        scan_id=row["scan_id"],
        agency_id=row["agency_id"],
        recipient=row["recipient"],
        eml=bytes(row["eml"]),
        state=Posting(row["state"]),
        attempts=row["attempts"],
        next_try_at=None if row["next_try_at"] is None else moment(row["next_try_at"]),
        last_error=row["last_error"],
    )


def _words(text: str) -> str:
    """The string a JSON text holds; most are empty, and a report of a province reads hundreds of thousands."""
    words: str = json.loads(text) if text != '""' else ""
    return words


def _json(noun: object) -> str:
    return storable(msgspec.json.encode(noun).decode())


def _noun(text: str, kind: type[Noun]) -> Noun:
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.MsgspecError as error:
        raise StoreError(f"a record of the store cannot be read as {kind.__name__}: {error}") from error
