"""Scans, jobs, visits and findings: the queries of the facts."""

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select, update

from scanner.errors import AskingError, StoreError
from scanner.model.agency import Inventory
from scanner.model.finding import Finding, SiteState, Verdict
from scanner.model.history import SecondLook
from scanner.model.text import Text
from scanner.model.visit import Job, Scan, Visit
from scanner.store import rows
from scanner.store.engine import upsert
from scanner.store.schema import finding, job, visit
from scanner.store.schema import scan as scan_table

SCAN_COLUMNS = [column for column in scan_table.c if column.name != "inventory"]
AT_ONCE = 500  # ids in one query: databases limit how many parameters one may have
IS_WHOLE = scan_table.c.purpose == ""


def begin_scan(connection: Connection, scan: Scan, planned: Sequence[Job], inventory: Inventory) -> None:
    """Insert a scan with its jobs and its snapshot. StoreError when the id is taken."""
    if connection.scalar(select(scan_table.c.id).where(scan_table.c.id == scan.id)) is not None:
        raise StoreError(f"scan {scan.id} exists already")
    number = (connection.scalar(select(func.max(scan_table.c.number))) or 0) + 1
    connection.execute(insert(scan_table), {**rows.scan_row(scan, inventory), "number": number})
    if planned:
        connection.execute(insert(job), [rows.job_row(j, scan.id, n) for n, j in enumerate(planned)])


def start(connection: Connection, scan_id: str, site_id: str) -> None:
    """Mark a job as running and count the attempt. StoreError when there is no such job."""
    begun = update(job).where(_is_job(scan_id, site_id))
    done = connection.execute(begun.values(state="running", attempts=job.c.attempts + 1))
    if done.rowcount != 1:
        raise StoreError(f"scan {scan_id} has no job for site {site_id}")


def record(connection: Connection, seen: Visit) -> None:
    """Write a visit over whatever an earlier attempt left, and close its job."""
    closed = connection.execute(update(job).where(_is_job(seen.scan_id, seen.site_id)).values(state="done"))
    if closed.rowcount != 1:
        raise StoreError(f"scan {seen.scan_id} has no job for site {seen.site_id}")
    upsert(connection, visit, rows.visit_row(seen), ("scan_id", "site_id"))
    connection.execute(
        delete(finding).where(finding.c.scan_id == seen.scan_id, finding.c.site_id == seen.site_id)
    )
    if seen.findings:
        said = [rows.finding_row(f, seen.scan_id, n) for n, f in enumerate(seen.findings)]
        connection.execute(insert(finding), said)


def finish_scan(connection: Connection, scan_id: str, finished_at: datetime, degraded: str) -> None:
    """Close a scan. StoreError when there is none of that id."""
    closed = connection.execute(
        update(scan_table)
        .where(scan_table.c.id == scan_id)
        .values(finished_at=rows.stamp(finished_at), degraded=rows.storable(degraded))
    )
    if closed.rowcount != 1:
        raise _no_scan(scan_id)


def date_tables(connection: Connection, scan_id: str, data_date: str) -> None:
    """Note the age of the tables a scan is judged by now. StoreError when there is none of that id."""
    noted = connection.execute(
        update(scan_table).where(scan_table.c.id == scan_id).values(data_date=rows.storable(data_date))
    )
    if noted.rowcount != 1:
        raise _no_scan(scan_id)


def scans(connection: Connection) -> tuple[Scan, ...]:
    """All scans, oldest first."""
    found = connection.execute(select(*SCAN_COLUMNS).order_by(scan_table.c.number)).mappings()
    return tuple(rows.scan_of(row) for row in found)


def scan(connection: Connection, scan_id: str) -> Scan:
    """One scan; "latest" is the newest finished one, else the newest. A recheck is found by its id only."""
    wanted = select(*SCAN_COLUMNS)
    if scan_id == "latest":
        is_open = scan_table.c.finished_at.is_(None)
        wanted = wanted.where(IS_WHOLE).order_by(is_open, scan_table.c.number.desc()).limit(1)
    else:
        wanted = wanted.where(scan_table.c.id == scan_id)
    row = connection.execute(wanted).mappings().first()
    if row is None:
        raise _no_scan(scan_id)
    return rows.scan_of(row)


def unfinished(connection: Connection) -> Scan | None:
    """The newest scan that was not closed; an older one is left alone once a newer one has begun."""
    newest = select(*SCAN_COLUMNS).where(IS_WHOLE).order_by(scan_table.c.number.desc()).limit(1)
    row = connection.execute(newest).mappings().first()
    return None if row is None or row["finished_at"] is not None else rows.scan_of(row)


def jobs(
    connection: Connection, scan_id: str, *, site_ids: Sequence[str] | None = None, only_pending: bool = False
) -> tuple[Job, ...]:
    """Jobs of a scan - all, or those of a few sites - in the order of the plan."""
    wanted = select(job.c.job).where(job.c.scan_id == scan_id).order_by(job.c.position)
    if site_ids is not None:
        wanted = wanted.where(job.c.site_id.in_(site_ids))
    if only_pending:
        wanted = wanted.where(job.c.state != "done")
    return tuple(rows.job_of(text) for text in connection.scalars(wanted))


def attempts(connection: Connection, scan_id: str) -> dict[str, int]:
    """How often each visit was begun."""
    asked = connection.execute(select(job.c.site_id, job.c.attempts).where(job.c.scan_id == scan_id))
    return {row.site_id: row.attempts for row in asked}


def inventory(connection: Connection, scan_id: str) -> Inventory:
    """The snapshot stored with a scan."""
    text = connection.scalar(select(scan_table.c.inventory).where(scan_table.c.id == scan_id))
    if text is None:
        raise _no_scan(scan_id)
    return rows.inventory_of(text)


def states(connection: Connection, scan_id: str) -> dict[str, SiteState]:
    """How each visited site of a scan was found."""
    asked = connection.execute(select(visit.c.site_id, visit.c.state).where(visit.c.scan_id == scan_id))
    return {row.site_id: SiteState(row.state) for row in asked}


def has_errors(connection: Connection, scan_id: str) -> bool:
    """Whether any finding of a scan is an error of ours."""
    failed = select(finding.c.check_id).where(
        finding.c.scan_id == scan_id, finding.c.verdict == Verdict.ERROR.value
    )
    return connection.scalar(failed.limit(1)) is not None


def visits(connection: Connection, scan_id: str, site_ids: Sequence[str] | None = None) -> tuple[Visit, ...]:
    """Visits of a scan - all, or those of a few sites - in the order of the plan, findings as they were judged."""
    ours, theirs = finding.c.scan_id == scan_id, visit.c.scan_id == scan_id
    if site_ids is not None:
        ours &= finding.c.site_id.in_(site_ids)
        theirs &= visit.c.site_id.in_(site_ids)
    said = _findings(connection, select(finding).where(ours))
    seen = connection.execute(
        select(visit)
        .join(job, (job.c.scan_id == visit.c.scan_id) & (job.c.site_id == visit.c.site_id))
        .where(theirs)
        .order_by(job.c.position)
    ).mappings()
    return tuple(rows.visit_of(row, said.get(row["site_id"], ())) for row in seen)


def facts_of(connection: Connection, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The facts of visits by (scan id, site id), one query for each scan."""
    by_scan: dict[str, list[str]] = {}
    for scan_id, site_id in wanted:
        by_scan.setdefault(scan_id, []).append(site_id)
    found: dict[tuple[str, str], str] = {}
    for scan_id, site_ids in by_scan.items():
        for at in range(0, len(site_ids), AT_ONCE):
            chosen = visit.c.site_id.in_(site_ids[at : at + AT_ONCE])
            asked = select(visit.c.site_id, visit.c.facts).where(visit.c.scan_id == scan_id, chosen)
            found |= {(scan_id, row.site_id): row.facts for row in connection.execute(asked)}
    return found


def second_looks(connection: Connection, scan_id: str) -> tuple[SecondLook, ...]:
    """Finished visits of sites again, after one scan and before the next whole one, oldest first."""
    number = connection.scalar(select(scan_table.c.number).where(scan_table.c.id == scan_id))
    if number is None:
        raise _no_scan(scan_id)
    later = select(*SCAN_COLUMNS).where(scan_table.c.number > number).order_by(scan_table.c.number)
    runs = (rows.scan_of(row) for row in connection.execute(later).mappings())
    until_the_next = takewhile(lambda run: not run.is_whole, runs)
    return tuple(
        SecondLook(run, seen)
        for run in until_the_next
        if run.finished_at
        for seen in visits(connection, run.id)
    )


def _findings(connection: Connection, wanted: Select[tuple[object, ...]]) -> dict[str, list[Finding]]:
    by_site: dict[str, list[Finding]] = {}
    for row in connection.execute(wanted.order_by(finding.c.site_id, finding.c.position)).mappings():
        by_site.setdefault(row["site_id"], []).append(rows.finding_of(row))
    return by_site


def _is_job(scan_id: str, site_id: str) -> ColumnElement[bool]:
    return (job.c.scan_id == scan_id) & (job.c.site_id == site_id)


def _no_scan(scan_id: str) -> StoreError:
    if scan_id == "latest":
        return AskingError(
            Text(
                "kho dữ liệu chưa có lần quét nào; hãy chạy: rasoat scan",
                "the store holds no scan yet; run: rasoat scan",
            )
        )
    return AskingError(Text(f"kho dữ liệu không có lần quét {scan_id}", f"the store holds no scan {scan_id}"))
