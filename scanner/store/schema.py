"""The tables. Times are ISO 8601 text in UTC with microseconds, so that text order is time order.

SQLite checks types only in STRICT tables, and those know no VARCHAR: text is `Text`, also for dates and JSON.
A change here is a new file in `migrations/versions`; a test compares the two.
"""

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, LargeBinary, MetaData, Table
from sqlalchemy import Text as Words

FACTS = MetaData()

scan = Table(
    "scan",
    FACTS,
    Column("id", Words, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),  # order of scans: the wall clock may jump
    Column("started_at", Words, nullable=False),
    Column("finished_at", Words),
    Column("depth", Words, nullable=False),
    Column("tool_version", Words, nullable=False),
    Column("data_date", Words, nullable=False),
    Column("degraded", Words, nullable=False),
    Column("inventory", Words, nullable=False),  # JSON: the snapshot the reports are written from
    Column("purpose", Words, nullable=False, server_default=""),  # recheck, or empty for a whole run
    sqlite_strict=True,
)

job = Table(
    "job",
    FACTS,
    Column("scan_id", Words, ForeignKey("scan.id", ondelete="CASCADE"), primary_key=True),
    Column("site_id", Words, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("state", Words, nullable=False),  # pending | running | done
    Column("attempts", Integer, nullable=False),
    Column("job", Words, nullable=False),  # JSON
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

visit = Table(
    "visit",
    FACTS,
    Column("scan_id", Words, primary_key=True),
    Column("site_id", Words, primary_key=True),
    Column("state", Words, nullable=False),
    Column("evidence_sha256", Words, nullable=False),
    Column("started_at", Words, nullable=False),
    Column("finished_at", Words, nullable=False),
    Column("ledger", Words, nullable=False),  # JSON
    Column("facts", Words, nullable=False),  # JSON
    ForeignKeyConstraint(["scan_id", "site_id"], ["job.scan_id", "job.site_id"], ondelete="CASCADE"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

finding = Table(
    "finding",
    FACTS,
    Column("scan_id", Words, primary_key=True),
    Column("site_id", Words, primary_key=True),
    Column("check_id", Words, primary_key=True),
    Column("position", Integer, nullable=False),  # order of the checks in that visit
    Column("verdict", Words, nullable=False),
    Column("severity", Words, nullable=False),
    Column("confidence", Words, nullable=False),
    Column("why", Words, nullable=False),  # JSON string: remote text may hold what no text column takes
    Column("saw", Words, nullable=False),  # JSON string
    Column("places", Words, nullable=False),  # JSON list
    Column("note", Words, nullable=False),
    Column("slots", Words, nullable=False),  # JSON list of pairs
    ForeignKeyConstraint(["scan_id", "site_id"], ["visit.scan_id", "visit.site_id"], ondelete="CASCADE"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

Index("finding_by_identity", finding.c.site_id, finding.c.check_id, finding.c.verdict)

outbox = Table(
    "outbox",
    FACTS,
    Column("message_id", Words, primary_key=True),
    Column("number", Integer, nullable=False),  # the order in which letters were queued
    Column("scan_id", Words, nullable=False),
    Column("agency_id", Words, nullable=False),
    Column("recipient", Words, nullable=False),
    Column("eml", LargeBinary, nullable=False),
    Column("state", Words, nullable=False),  # queued | sending | sent | failed | unknown
    Column("attempts", Integer, nullable=False),
    Column("next_try_at", Words),
    Column("last_error", Words, nullable=False),
    sqlite_strict=True,
)

run_lock = Table(
    "run_lock",
    FACTS,
    Column("name", Words, primary_key=True),
    Column("holder", Words, nullable=False),  # JSON: host, boot id, pid, start of the process
    Column("since", Words, nullable=False),
    sqlite_strict=True,
)
