"""Bringing a store to the present schema: one transaction per step, a copy first, never backwards."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from scanner.errors import StoreError
from scanner.store.engine import PRIVATE_FILE, file_of, writer

STEPS = Path(__file__).parent / "migrations"


def migrate(engine: Engine, *, to: str = "head") -> None:
    """Run the missing steps. Raises StoreError when a newer program has written this store."""
    script = ScriptDirectory(str(STEPS))
    head = script.get_current_head()
    present = _present(engine)
    if present == head:
        return
    known = {revision.revision for revision in script.walk_revisions()}
    if present is not None and present not in known:
        raise StoreError(
            f"the store was written by a newer rasoat (schema {present}, this program knows up to {head}); "
            "install that version, or name another store"
        )
    file = file_of(engine)
    if file is not None and present is not None:
        backup(file, Path(f"{file}.before-{head}"))
    _run(engine, to)


def backup(file: Path, copy: Path) -> None:
    """A consistent copy of a SQLite store that may be in use, readable by us only."""
    os.close(os.open(copy, os.O_RDWR | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE))
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def _present(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _run(engine: Engine, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    with writer(engine).connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)
