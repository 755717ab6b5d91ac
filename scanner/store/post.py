"""The outbox: queued -> sending -> sent | failed | unknown. Its key is the Message-ID: never queued twice."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, or_, select, update

from scanner.errors import StoreError
from scanner.model.parcel import Parcel, Posting
from scanner.store import rows
from scanner.store.engine import insert_or_ignore
from scanner.store.schema import outbox

LEFT_SENDING = "the program ended while this message was being handed over"


def queue(connection: Connection, letters: Sequence[Parcel]) -> int:
    """Insert the messages whose id is not there yet; gives how many."""
    number = connection.scalar(select(func.max(outbox.c.number))) or 0
    new = 0
    for parcel in letters:
        row = {
            "message_id": parcel.message_id,
            "number": number + new + 1,
            "scan_id": parcel.scan_id,
            "agency_id": parcel.agency_id,
            "recipient": parcel.recipient,
            "eml": parcel.eml,
            "state": Posting.QUEUED.value,
            "attempts": 0,
            "next_try_at": None if parcel.next_try_at is None else rows.stamp(parcel.next_try_at),
            "last_error": "",
        }
        new += insert_or_ignore(connection, outbox, row)
    return new


def due(connection: Connection, now: datetime) -> tuple[Parcel, ...]:
    """Queued messages that may be tried at `now`."""
    ripe = or_(outbox.c.next_try_at.is_(None), outbox.c.next_try_at <= rows.stamp(now))
    wanted = select(outbox).where(outbox.c.state == Posting.QUEUED.value, ripe).order_by(outbox.c.number)
    return tuple(rows.parcel_of(row) for row in connection.execute(wanted).mappings())


def claim(connection: Connection, message_id: str) -> bool:
    """Move one message from queued to sending; False when it is no longer queued."""
    won = connection.execute(
        update(outbox)
        .where(outbox.c.message_id == message_id, outbox.c.state == Posting.QUEUED.value)
        .values(state=Posting.SENDING.value, attempts=outbox.c.attempts + 1)
    )
    return won.rowcount == 1


def mark(
    connection: Connection, message_id: str, state: Posting, error: str, next_try_at: datetime | None
) -> None:
    """Set the state of a message. StoreError when it is not there, or was sent already."""
    tried = outbox.c.attempts + (1 if state is Posting.SENDING else 0)
    marked = connection.execute(
        update(outbox)
        .where(outbox.c.message_id == message_id, outbox.c.state != Posting.SENT.value)
        .values(
            state=state.value,
            attempts=tried,
            last_error=rows.storable(error),
            next_try_at=None if next_try_at is None else rows.stamp(next_try_at),
        )
    )
    if marked.rowcount != 1:
        raise StoreError(f"the outbox holds no open message {message_id}")


def recover(connection: Connection) -> int:
    """Hold what a killed mailer left in `sending`: nobody knows whether the other side took it."""
    left = connection.execute(
        update(outbox)
        .where(outbox.c.state == Posting.SENDING.value)
        .values(state=Posting.UNKNOWN.value, last_error=LEFT_SENDING)
    )
    return left.rowcount


def parcels(connection: Connection, scan_id: str | None) -> tuple[Parcel, ...]:
    """The outbox in the order of queueing."""
    wanted = select(outbox).order_by(outbox.c.number)
    if scan_id is not None:
        wanted = wanted.where(outbox.c.scan_id == scan_id)
    return tuple(rows.parcel_of(row) for row in connection.execute(wanted).mappings())
