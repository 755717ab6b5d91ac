"""The SOA record (RFC 1035 section 3.3.13), and serials that are dates (RFC 1912 section 2.2)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

FIELDS = 7
DATE_DIGITS = 10
YEARS = range(1990, 2100)
EPOCHS = range(946_684_800, 2**32)  # from the year 2000 on
SLACK = timedelta(days=2)  # the day of a serial ends somewhere on earth, and clocks differ


@dataclass(frozen=True, slots=True)
class Soa:
    """What a zone says of its copies. Times in seconds."""

    primary: str
    serial: int
    refresh_s: int
    retry_s: int
    expire_s: int

    @property
    def changed_at(self) -> datetime | None:
        """When the zone was changed last, where the serial is a date or a time; aware UTC."""
        text = str(self.serial)
        if len(text) == DATE_DIGITS and int(text[:4]) in YEARS:
            try:
                return datetime.strptime(text[:8], "%Y%m%d").replace(tzinfo=UTC)
            except ValueError:
                pass
        return datetime.fromtimestamp(self.serial, UTC) if self.serial in EPOCHS else None


def read_soa(record: str) -> Soa | None:
    """The record, or None when it is none."""
    parts = record.split()
    if len(parts) != FIELDS or not all(
        p.isascii() and p.isdigit() and len(p) <= DATE_DIGITS for p in parts[2:]
    ):
        return None
    serial, refresh, retry, expire, _ = map(int, parts[2:])
    return Soa(parts[0].lower().rstrip("."), serial, refresh, retry, expire)


def is_overdue(copy: Soa, newest: Soa, at: datetime) -> bool:
    """True when a copy has missed a change that every secondary must have fetched by now."""
    changed, before = newest.changed_at, copy.changed_at
    if changed is None or before is None or copy.serial == newest.serial:
        return False
    return at - changed > SLACK + timedelta(seconds=newest.refresh_s + newest.retry_s)
