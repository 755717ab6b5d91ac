"""Scans, jobs, visits and findings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of facts."""
    op.create_table(
        "scan",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False, unique=True),
        sa.Column("started_at", sa.Text, nullable=False),
        sa.Column("finished_at", sa.Text),
        sa.Column("depth", sa.Text, nullable=False),
        sa.Column("tool_version", sa.Text, nullable=False),
        sa.Column("data_date", sa.Text, nullable=False),
        sa.Column("degraded", sa.Text, nullable=False),
        sa.Column("inventory", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "job",
        sa.Column("scan_id", sa.Text, sa.ForeignKey("scan.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("site_id", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("job", sa.Text, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "visit",
        sa.Column("scan_id", sa.Text, primary_key=True),
        sa.Column("site_id", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("evidence_sha256", sa.Text, nullable=False),
        sa.Column("started_at", sa.Text, nullable=False),
        sa.Column("finished_at", sa.Text, nullable=False),
        sa.Column("ledger", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["scan_id", "site_id"], ["job.scan_id", "job.site_id"], ondelete="CASCADE"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "finding",
        sa.Column("scan_id", sa.Text, primary_key=True),
        sa.Column("site_id", sa.Text, primary_key=True),
        sa.Column("check_id", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("severity", sa.Text, nullable=False),
        sa.Column("confidence", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("saw", sa.Text, nullable=False),
        sa.Column("places", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("slots", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["scan_id", "site_id"], ["visit.scan_id", "visit.site_id"], ondelete="CASCADE"
        ),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("finding_by_identity", "finding", ["site_id", "check_id", "verdict"])
