"""A message on its way: what the outbox keeps so that nothing is lost or sent twice."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Posting(StrEnum):
    """Where a message stands. `unknown` means the line broke after the last byte: an officer decides."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message to one recipient. `message_id` is its identity, for ever; `eml` the exact bytes to send."""

    message_id: str
    scan_id: str
    agency_id: str
    recipient: str
    eml: bytes
    state: Posting = Posting.QUEUED
    attempts: int = 0
    next_try_at: datetime | None = None
    last_error: str = ""
