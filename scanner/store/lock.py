"""One scan at a time: a row that names the process. A row whose process has ended is taken over."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, select, update

from scanner.errors import StoreError
from scanner.store.engine import insert_or_ignore
from scanner.store.holder import Holder, is_gone, this_process
from scanner.store.rows import stamp
from scanner.store.schema import run_lock

NAME = "scan"


def take(connection: Connection, *, now: datetime, force: bool) -> None:
    """Take the lock, or raise StoreError naming who holds it."""
    mine = _text(this_process())
    row = {"name": NAME, "holder": mine, "since": stamp(now)}
    if insert_or_ignore(connection, run_lock, row):
        return
    held = (
        connection.execute(select(run_lock).where(run_lock.c.name == NAME).with_for_update()).mappings().one()
    )
    holder = msgspec.json.decode(held["holder"], type=Holder)
    if not (force or held["holder"] == mine or is_gone(holder)):
        raise StoreError(
            f"another scan is running: process {holder.pid} on {holder.host}, since {held['since']}; "
            "wait for it, or end that process"
        )
    connection.execute(update(run_lock).where(run_lock.c.name == NAME).values(row))


def give_back(connection: Connection) -> None:
    """Drop the lock when this process holds it; another's stays."""
    mine = _text(this_process())
    connection.execute(delete(run_lock).where(run_lock.c.name == NAME, run_lock.c.holder == mine))


def _text(holder: Holder) -> str:
    return msgspec.json.encode(holder).decode()
