"""Room 5: visits in, history out. SQLite by default, the same code on PostgreSQL; only `Store` is spoken to.

Importing this package loads neither SQLAlchemy nor Alembic: `rasoat --help` answers at once.
"""

from scanner.store.store import Store

__all__ = ["Store"]
