"""What a run was for: a recheck of a few sites is kept apart from the runs reports are about."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; every earlier run was a whole one."""
    op.add_column("scan", sa.Column("purpose", sa.Text, nullable=False, server_default=""))
