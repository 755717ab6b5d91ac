"""Opening a database: address, file mode, pragmas, transactions. Only this module tells the dialects apart.

SQLite: WAL, `synchronous=FULL` (the outbox must survive a power cut), foreign keys, 30 s of patience, and
`BEGIN IMMEDIATE` for writers: a reader that becomes a writer half-way fails at once, however patient it is.
The driver's own transactions are switched off: they do not roll back a CREATE TABLE.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from scanner.errors import AskingError, StoreError
from scanner.model.text import Text

PATIENCE_MS = 30_000
PRIVATE_FILE = 0o600  # findings are a list of open doors
PRIVATE_FOLDER = 0o700
WRITES = "rasoat_writes"


def open_engine(url: str) -> Engine:
    """An engine for a store address; the SQLite file and its folder exist afterwards, readable by us only."""
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address)
    if address.get_backend_name() == "postgresql":
        return _postgresql(address)
    raise AskingError(
        Text(
            f"[store] url: không hỗ trợ {address.get_backend_name()}; ghi sqlite:///... hoặc postgresql://...",
            f"[store] url: {address.get_backend_name()} is not known; write sqlite:///... or postgresql://...",
        )
    )


def writer(engine: Engine) -> Engine:
    """The same engine for transactions that write."""
    return engine.execution_options(**{WRITES: True})


def file_of(engine: Engine) -> Path | None:
    """The file of a SQLite store; None for a server."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    return Path(engine.url.database)


def insert_or_ignore(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert unless the key is there already; True when the row is new. Not every driver counts rows here."""
    key = list(table.primary_key.columns)
    if connection.dialect.name == "sqlite":
        lite = sqlite.insert(table).values(dict(row)).on_conflict_do_nothing()
        return connection.execute(lite.returning(*key)).first() is not None
    full = postgresql.insert(table).values(dict(row)).on_conflict_do_nothing()
    return connection.execute(full.returning(*key)).first() is not None


def upsert(connection: Connection, table: Table, row: Mapping[str, Any], key: Sequence[str]) -> None:
    """Insert, or overwrite everything but the key."""
    rest = {name: value for name, value in row.items() if name not in key}
    if connection.dialect.name == "sqlite":
        lite = sqlite.insert(table).values(dict(row))
        connection.execute(lite.on_conflict_do_update(index_elements=list(key), set_=rest))
        return
    full = postgresql.insert(table).values(dict(row))
    connection.execute(full.on_conflict_do_update(index_elements=list(key), set_=rest))


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise AskingError(
            Text(
                "[store] url: không đọc được; ghi sqlite:///TỆP hoặc postgresql://MÁY/TÊN",
                "[store] url cannot be read; write sqlite:///FILE or postgresql://HOST/NAME",
            )
        ) from error
    if address.drivername in {"postgresql", "postgres"}:
        return address.set(drivername="postgresql+psycopg")
    return address


def _postgresql(address: URL) -> Engine:
    """The driver is an extra of ours: most officers need none."""
    try:
        return create_engine(address, connect_args={"connect_timeout": 10}, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise AskingError(
            Text(
                "[store] url: thiếu trình điều khiển PostgreSQL; cài bằng: pip install 'rasoat[postgresql]'",
                "[store] url: the driver for PostgreSQL is not installed; run: pip install 'rasoat[postgresql]'",
            )
        ) from error


def _sqlite(address: URL) -> Engine:
    if not address.database or address.database == ":memory:":
        raise AskingError(
            Text(
                "[store] url: kho trong bộ nhớ không giữ được lịch sử; hãy ghi tên tệp: sqlite:///rasoat.db",
                "[store] url: a store in memory keeps no history; name a file: sqlite:///rasoat.db",
            )
        )
    _make_private(Path(address.database))
    engine = create_engine(address)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _make_private(file: Path) -> None:
    """Create the file with mode 0600 before SQLite would create it wider; its WAL inherits the mode."""
    try:
        file.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, PRIVATE_FILE))
        if os.name == "posix" and file.stat().st_mode & 0o077:
            file.chmod(PRIVATE_FILE)
    except OSError as error:
        raise StoreError(f"{file}: cannot be opened for writing: {error.strerror}") from error


def _prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {PATIENCE_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def as_store_error(error: DBAPIError | NoSuchModuleError) -> StoreError:
    """The one sentence an officer gets for what the database said."""
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    return StoreError(f"the store could not be used: {said[0] if said else type(error).__name__}")
