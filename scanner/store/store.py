"""The one door to the database. Queries stand in `facts`, `past`, `post`; here is who opens and closes."""

# ruff: noqa: PLC0415 - whatever loads SQLAlchemy is imported late: 0.2 s that `rasoat --help` does not pay

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self, TypeVar

from scanner.model.agency import Inventory
from scanner.model.finding import SiteState
from scanner.model.history import Glance, History, SecondLook
from scanner.model.parcel import Parcel, Posting
from scanner.model.visit import Job, Scan, Visit

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

Answer = TypeVar("Answer")


class Store:
    """History on SQLite or PostgreSQL. A public method is one transaction; all it raises is StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> Self:
        """Open a store, create or migrate its tables. Raises StoreError when a newer program wrote it."""
        from sqlalchemy.exc import DBAPIError, NoSuchModuleError

        from scanner.store.engine import as_store_error, open_engine
        from scanner.store.migrate import migrate

        try:
            engine = open_engine(url)
            migrate(engine)
        except (DBAPIError, NoSuchModuleError) as error:
            raise as_store_error(error) from error
        return cls(engine)

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    # ---- scans, jobs, visits

    def begin_scan(self, scan: Scan, jobs: Sequence[Job], inventory: Inventory) -> None:
        """Write a scan, its jobs and the snapshot of the inventory down before the first packet."""
        from scanner.store import facts

        self._write(lambda c: facts.begin_scan(c, scan, jobs, inventory))

    def start(self, scan_id: str, site_id: str) -> None:
        """Note that a visit begins; it counts as an attempt."""
        from scanner.store import facts

        self._write(lambda c: facts.start(c, scan_id, site_id))

    def record(self, visit: Visit) -> None:
        """Keep a visit and its findings, whole or not at all; a second time replaces the first."""
        from scanner.store import facts

        self._write(lambda c: facts.record(c, visit))

    def finish_scan(self, scan_id: str, finished_at: datetime, degraded: str = "") -> None:
        """Close a scan. `degraded` says why it may close nothing."""
        from scanner.store import facts

        self._write(lambda c: facts.finish_scan(c, scan_id, finished_at, degraded))

    def date_tables(self, scan_id: str, data_date: str) -> None:
        """Note the day of the oldest table a scan is judged by now, after `rejudge`."""
        from scanner.store import facts

        self._write(lambda c: facts.date_tables(c, scan_id, data_date))

    def scans(self) -> tuple[Scan, ...]:
        """All scans, oldest first, unfinished ones too."""
        from scanner.store import facts

        return self._read(facts.scans)

    def scan(self, scan_id: str = "latest") -> Scan:
        """One scan by id, or the newest: finished if there is one. StoreError when there is none."""
        from scanner.store import facts

        return self._read(lambda c: facts.scan(c, scan_id))

    def unfinished(self) -> Scan | None:
        """The newest scan that was begun and not closed, or None."""
        from scanner.store import facts

        return self._read(facts.unfinished)

    def jobs(self, scan_id: str, site_ids: Sequence[str] | None = None) -> tuple[Job, ...]:
        """The jobs of a scan, all or those of a few sites, in the order of the plan."""
        from scanner.store import facts

        return self._read(lambda c: facts.jobs(c, scan_id, site_ids=site_ids))

    def pending(self, scan_id: str) -> tuple[Job, ...]:
        """Jobs without a stored visit, in the order of the plan; those cut off by a kill among them."""
        from scanner.store import facts

        return self._read(lambda c: facts.jobs(c, scan_id, only_pending=True))

    def attempts(self, scan_id: str) -> dict[str, int]:
        """How often each visit of a scan was begun, by site id."""
        from scanner.store import facts

        return self._read(lambda c: facts.attempts(c, scan_id))

    def inventory(self, scan_id: str) -> Inventory:
        """The inventory as it was when the scan began."""
        from scanner.store import facts

        return self._read(lambda c: facts.inventory(c, scan_id))

    def visits(self, scan_id: str, site_ids: Sequence[str] | None = None) -> tuple[Visit, ...]:
        """The stored visits of a scan, all or those of a few sites, with their findings, in the order of the plan."""
        from scanner.store import facts

        return self._read(lambda c: facts.visits(c, scan_id, site_ids))

    def states(self, scan_id: str) -> dict[str, SiteState]:
        """How each visited site of a scan was found, by its id."""
        from scanner.store import facts

        return self._read(lambda c: facts.states(c, scan_id))

    def has_errors(self, scan_id: str) -> bool:
        """Whether a check or a worker of ours failed anywhere in a scan."""
        from scanner.store import facts

        return self._read(lambda c: facts.has_errors(c, scan_id))

    def findings_before(self, scan_id: str) -> History:
        """What all finished scans before this one said; unfinished ones say nothing yet."""
        from scanner.store import past

        return self._read(lambda c: past.findings_before(c, scan_id))

    def second_looks(self, scan_id: str) -> tuple[SecondLook, ...]:
        """Sites visited again after a scan and before the next whole one, oldest first."""
        from scanner.store import facts

        return self._read(lambda c: facts.second_looks(c, scan_id))

    def history(self) -> History:
        """What every finished scan said, rechecks too."""
        from scanner.store import past

        return self._read(past.all_findings)

    def glances(self, topic: str, changes: Sequence[str]) -> tuple[Glance, ...]:
        """How each earlier visit fared with a topic, newest first. `changes`: checks that compare with one."""
        from scanner.store import past

        return self._read(lambda c: past.glances(c, topic, changes))

    def facts(self, visits: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """The facts of visits, by (scan id, site id)."""
        from scanner.store import facts

        return self._read(lambda c: facts.facts_of(c, visits))

    # ---- one scan at a time

    def lock(self, *, force: bool = False) -> None:
        """Take the run lock; a lock whose process has ended is taken over. StoreError names the holder."""
        from scanner.store import lock

        self._write(lambda c: lock.take(c, now=datetime.now(UTC), force=force))

    def unlock(self) -> None:
        """Give the run lock back if this process holds it."""
        from scanner.store import lock

        self._write(lock.give_back)

    @contextmanager
    def locked(self, *, force: bool = False) -> Iterator[None]:
        """Hold the run lock for the length of a block."""
        self.lock(force=force)
        try:
            yield
        finally:
            self.unlock()

    # ---- the outbox

    def queue(self, message_id: str, scan_id: str, agency_id: str, recipient: str, eml: bytes) -> bool:
        """Put a message in the outbox; False when that Message-ID is there already, in whatever state."""
        return self.queue_all([Parcel(message_id, scan_id, agency_id, recipient, eml)]) == 1

    def queue_all(self, parcels: Sequence[Parcel]) -> int:
        """Put all messages of a report in the outbox, or none; gives how many were new."""
        from scanner.store import post

        return self._write(lambda c: post.queue(c, parcels))

    def due(self, now: datetime) -> tuple[Parcel, ...]:
        """Queued messages whose next try has come, in the order they were queued."""
        from scanner.store import post

        return self._read(lambda c: post.due(c, now))

    def claim(self, message_id: str) -> bool:
        """Move a message from queued to sending, for one process only; False when another was faster."""
        from scanner.store import post

        return self._write(lambda c: post.claim(c, message_id))

    def mark(
        self,
        message_id: str,
        state: Posting | str,
        error: str = "",
        next_try_at: datetime | None = None,
    ) -> None:
        """Note what became of a message. `sending` counts as an attempt."""
        from scanner.store import post

        self._write(lambda c: post.mark(c, message_id, Posting(state), error, next_try_at))

    def recover_post(self) -> int:
        """Turn what a killed mailer left in `sending` into `unknown`; gives how many. No mailer may run."""
        from scanner.store import post

        return self._write(post.recover)

    def parcels(self, scan_id: str | None = None) -> tuple[Parcel, ...]:
        """The outbox, sent ones too, in the order they were queued; of one scan when named."""
        from scanner.store import post

        return self._read(lambda c: post.parcels(c, scan_id))

    # ---- transactions

    def _read(self, ask: Callable[[Connection], Answer]) -> Answer:
        return self._in_transaction(self._engine, ask)

    def _write(self, change: Callable[[Connection], Answer]) -> Answer:
        from scanner.store.engine import writer

        return self._in_transaction(writer(self._engine), change)

    @staticmethod
    def _in_transaction(engine: Engine, work: Callable[[Connection], Answer]) -> Answer:
        from sqlalchemy.exc import DBAPIError

        from scanner.store.engine import as_store_error

        try:
            with engine.begin() as connection:
                return work(connection)
        except DBAPIError as error:
            raise as_store_error(error) from error
