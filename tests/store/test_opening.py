"""What is particular to one database: files, migrations, drivers."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from scanner.errors import AskingError, StoreError
from scanner.store import Store
from scanner.store.engine import open_engine
from scanner.store.holder import Holder, is_alive, is_gone, this_process
from scanner.store.migrate import migrate
from scanner.store.schema import FACTS
from tests.store.nouns import INVENTORY, job, scan


def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'rasoat.db'}"


def raw(tmp_path: Path) -> "closing[sqlite3.Connection]":
    return closing(sqlite3.connect(tmp_path / "rasoat.db"))


def test_importing_the_store_loads_no_database_library() -> None:
    words = "import sys, scanner.store; print({'sqlalchemy', 'alembic', 'psycopg'} & set(sys.modules))"

    said = subprocess.run([sys.executable, "-c", words], check=True, capture_output=True, text=True)

    assert said.stdout.strip() == "set()"


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_only_we_may_read_the_store_and_its_side_files(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with Store.open(f"sqlite:///{folder / 'rasoat.db'}") as store:
        store.begin_scan(scan(), [], INVENTORY)

        modes = {file.name: oct(file.stat().st_mode & 0o777) for file in folder.iterdir()}

    assert folder.stat().st_mode & 0o777 == 0o700
    assert set(modes) >= {"rasoat.db", "rasoat.db-wal"}
    assert set(modes.values()) == {"0o600"}


def test_a_store_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "rasoat.db"
    file.touch(mode=0o644)
    file.chmod(0o644)

    Store.open(address(tmp_path)).close()

    assert file.stat().st_mode & 0o077 == 0


def test_sqlite_runs_as_durably_as_promised(tmp_path: Path) -> None:
    engine = open_engine(address(tmp_path))
    with engine.connect() as connection:
        said = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()

    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


def test_every_table_is_strict(tmp_path: Path) -> None:
    Store.open(address(tmp_path)).close()

    with raw(tmp_path) as database:
        strict = dict(database.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'"))

    assert {name: strict[name] for name in FACTS.tables} == dict.fromkeys(FACTS.tables, 1)


@pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))]
)
def test_the_migrations_lead_to_the_schema_of_the_code(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = address(tmp_path) if kind == "sqlite" else request.getfixturevalue("fresh_database")
    engine = open_engine(url)
    migrate(engine)

    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), FACTS)
    engine.dispose()

    assert found == []


def test_an_older_store_is_copied_before_it_is_migrated(tmp_path: Path) -> None:
    engine = open_engine(address(tmp_path))
    migrate(engine, to="0001")
    engine.dispose()
    with raw(tmp_path) as database:
        database.execute(
            "INSERT INTO scan VALUES ('old', 1, '2026-01-01T00:00+00:00', NULL, 'passive', '0', '', '', '{}')"
        )
        database.commit()

    with Store.open(address(tmp_path)) as store:
        assert store.scan("old").tool_version == "0"
        assert store.parcels() == ()

    copy = tmp_path / "rasoat.db.before-0003"
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert database.execute("SELECT id FROM scan").fetchall() == [("old",)]
    assert copy.stat().st_mode & 0o077 == 0


def test_a_fresh_store_leaves_no_copy(tmp_path: Path) -> None:
    Store.open(address(tmp_path)).close()
    Store.open(address(tmp_path)).close()

    assert list(tmp_path.glob("*.before-*")) == []


def test_a_step_that_fails_is_rolled_back_whole(tmp_path: Path) -> None:
    engine = open_engine(address(tmp_path))
    migrate(engine, to="0001")
    engine.dispose()
    with raw(tmp_path) as database:
        database.execute(
            "CREATE TABLE run_lock (x)"
        )  # the second table of step 0002: the first is made before
        database.commit()

    with pytest.raises(StoreError, match="run_lock already exists"):
        Store.open(address(tmp_path))

    with raw(tmp_path) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
    assert "outbox" not in tables


def test_a_store_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    Store.open(address(tmp_path)).close()
    with raw(tmp_path) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()

    with pytest.raises(StoreError, match="newer rasoat"):
        Store.open(address(tmp_path))

    assert list(tmp_path.glob("*.before-*")) == []


def test_a_file_that_is_no_database_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "rasoat.db").write_bytes(b"a Word document, perhaps" * 100)

    with pytest.raises(StoreError, match="not a database"):
        Store.open(address(tmp_path))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite://", "in memory"),
        ("sqlite:///:memory:", "in memory"),
        ("mysql://x/y", "mysql is not known"),
        ("rasoat.db", "cannot be read"),
        ("postgresql://rasoat@127.0.0.1:1/x", "could not be used"),
    ],
)
def test_an_address_we_cannot_use_says_what_to_write(url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        Store.open(url)


def test_a_driver_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as on a machine without the extra

    with pytest.raises(AskingError, match=r"rasoat\[postgresql\]"):
        Store.open("postgresql://rasoat@127.0.0.1:1/x")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match="cannot be opened for writing"):
        Store.open(f"sqlite:///{tmp_path / 'file' / 'rasoat.db'}")


def test_a_snapshot_this_program_cannot_read_is_a_store_error(tmp_path: Path) -> None:
    with Store.open(address(tmp_path)) as store:
        store.begin_scan(scan(), [job("scan-1", "s1")], INVENTORY)
        with raw(tmp_path) as database:
            database.execute("""UPDATE scan SET inventory = '{"province": 7}'""")
            database.commit()

        with pytest.raises(StoreError, match="cannot be read as Inventory"):
            store.inventory("scan-1")


def test_a_reader_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    with Store.open(address(tmp_path)) as store:
        store.begin_scan(scan(), [], INVENTORY)
        with raw(tmp_path) as other:
            other.execute("BEGIN IMMEDIATE")

            assert store.scans() == (scan(),)


def test_this_process_is_alive_and_an_ended_one_is_not() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()

    assert is_alive(os.getpid())
    assert not is_alive(ended.pid)
    assert not is_gone(this_process())


def test_a_holder_is_gone_only_when_that_is_sure() -> None:
    me = this_process()

    assert not is_gone(Holder("elsewhere", "", 1))
    assert is_gone(Holder(me.host, "an earlier boot", me.pid, me.started))
    if me.started:
        assert is_gone(Holder(me.host, me.boot_id, me.pid, "1"))
