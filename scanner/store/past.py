"""What finished scans before one said. Only pairs that ever failed are read: the rest has no trend.

A province of 300 sites and 60 checks writes 18,000 findings a week: a year of them does not belong in memory.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy import case as when
from sqlalchemy.sql import Select

from scanner.errors import StoreError
from scanner.model.finding import Finding, SiteState, Verdict
from scanner.model.history import Glance, History, PastRun, PastSite, Sighting
from scanner.model.visit import Scan
from scanner.store import rows
from scanner.store.facts import SCAN_COLUMNS
from scanner.store.schema import finding, scan, visit

RUNS = 24  # earlier scans whose grades a report can show


def findings_before(connection: Connection, scan_id: str) -> History:
    """The sightings of every pair that ever failed, and the newest runs, before one scan."""
    number = connection.scalar(select(scan.c.number).where(scan.c.id == scan_id))
    if number is None:
        raise StoreError(f"the store holds no scan {scan_id}")
    return _history(connection, scan.c.number < number)


def all_findings(connection: Connection) -> History:
    """The same over every finished scan."""
    return _history(connection, scan.c.number > 0)


def glances(connection: Connection, topic: str, changes: Sequence[str]) -> tuple[Glance, ...]:
    """How every visit of whole, undegraded scans fared with one topic, newest first; silent ones left out."""
    is_change = finding.c.check_id.in_(changes)
    has_failed = finding.c.verdict == Verdict.FAIL.value
    counted = {
        "passed": finding.c.verdict == Verdict.PASS.value,
        "changed": has_failed & is_change,
        "failed": has_failed & ~is_change,
    }
    wanted = (
        select(
            finding.c.site_id,
            finding.c.scan_id,
            visit.c.started_at,
            *(func.sum(when((claim, 1), else_=0)).label(name) for name, claim in counted.items()),
        )
        .join(scan, scan.c.id == finding.c.scan_id)
        .join(visit, (visit.c.scan_id == finding.c.scan_id) & (visit.c.site_id == finding.c.site_id))
        .where(
            finding.c.check_id.startswith(f"{topic}.", autoescape=True),
            scan.c.finished_at.is_not(None),
            scan.c.degraded == "",
            scan.c.purpose == "",
        )
        .group_by(finding.c.site_id, finding.c.scan_id, visit.c.started_at, scan.c.number)
        .order_by(scan.c.number.desc(), finding.c.site_id)
    )
    return tuple(
        Glance(
            row["site_id"],
            row["scan_id"],
            rows.moment(row["started_at"]),
            passed=int(row["passed"]),
            changed=int(row["changed"]),
            failed=int(row["failed"]),
        )
        for row in connection.execute(wanted).mappings()
    )


def _history(connection: Connection, chosen: ColumnElement[bool]) -> History:
    """Sightings come from second looks too; the runs of a history are whole ones only."""
    runs = (
        select(*SCAN_COLUMNS)
        .where(chosen, scan.c.finished_at.is_not(None), scan.c.purpose == "")
        .order_by(scan.c.number.desc())
        .limit(RUNS)
    )
    newest = [rows.scan_of(row) for row in connection.execute(runs).mappings()]
    return History(_sightings(connection, chosen), tuple(_run(connection, past) for past in reversed(newest)))


def _sightings(
    connection: Connection, chosen: ColumnElement[bool]
) -> dict[tuple[str, str], tuple[Sighting, ...]]:
    found: dict[tuple[str, str], list[Sighting]] = {}
    for row in connection.execute(_ever_failed(chosen)).mappings():
        found.setdefault((row["site_id"], row["check_id"]), []).append(
            Sighting(
                scan_id=row["scan_id"],
                at=rows.moment(row["finished_at"]),
                verdict=Verdict(row["verdict"]),
                state=SiteState(row["state"]),
                degraded=bool(row["degraded"]),
                purpose=row["purpose"],
            )
        )
    return {key: tuple(sightings) for key, sightings in found.items()}


def _ever_failed(chosen: ColumnElement[bool]) -> Select[tuple[str, str, str, str, str, str, str, str]]:
    failed = finding.alias("failed")
    has_failed = (
        select(failed.c.scan_id)
        .where(
            failed.c.site_id == finding.c.site_id,
            failed.c.check_id == finding.c.check_id,
            failed.c.verdict == Verdict.FAIL.value,
        )
        .exists()
    )
    return (
        select(
            finding.c.site_id,
            finding.c.check_id,
            finding.c.scan_id,
            finding.c.verdict,
            visit.c.state,
            visit.c.finished_at,
            scan.c.degraded,
            scan.c.purpose,
        )
        .join(scan, scan.c.id == finding.c.scan_id)
        .join(visit, (visit.c.scan_id == finding.c.scan_id) & (visit.c.site_id == finding.c.site_id))
        .where(chosen, scan.c.finished_at.is_not(None), has_failed)
        .order_by(finding.c.site_id, finding.c.check_id, scan.c.number)
    )


def _run(connection: Connection, past: Scan) -> PastRun:
    failures: dict[str, list[Finding]] = {}
    failed = select(finding).where(finding.c.scan_id == past.id, finding.c.verdict == Verdict.FAIL.value)
    for row in connection.execute(failed.order_by(finding.c.site_id, finding.c.position)).mappings():
        failures.setdefault(row["site_id"], []).append(rows.finding_of(row))
    decided = when((finding.c.verdict.in_([Verdict.PASS.value, Verdict.FAIL.value]), 1), else_=0)
    applicable = when((finding.c.verdict == Verdict.NOTAPPLICABLE.value, 0), else_=1)
    counts = connection.execute(
        select(visit.c.site_id, visit.c.state, func.sum(decided), func.sum(applicable))
        .join(finding, (finding.c.scan_id == visit.c.scan_id) & (finding.c.site_id == visit.c.site_id))
        .where(visit.c.scan_id == past.id)
        .group_by(visit.c.site_id, visit.c.state)
        .order_by(visit.c.site_id)
    )
    return PastRun(
        past,
        tuple(
            PastSite(
                site_id, SiteState(state), int(of_decided), int(of_all), tuple(failures.get(site_id, ()))
            )
            for site_id, state, of_decided, of_all in counts
        ),
    )
