"""When an agency is written to: at once for what is grave, now and then for the rest, monthly when nothing moves.

Mail that says the same every week is no longer read. The rhythm counts from the scan of the last message, so a
repeated command for the same scan never falls silent half-way.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from reports.view.counts import became
from scanner.model.dossier import Dossier
from scanner.model.finding import Severity, Trend
from scanner.model.parcel import Parcel, Posting
from scanner.model.ruling import Ruling
from scanner.model.visit import Scan

RISEN = frozenset({Trend.NEW, Trend.REOPENED})


class Occasion(StrEnum):
    """Why an agency is written to now."""

    FIRST = "first"  # it never was
    URGENT = "urgent"  # something grave is new, or came back
    CHANGED = "changed"  # something lesser moved, and the last message is old enough
    DIGEST = "digest"  # nothing moved for so long that a reminder is due
    FORCED = "forced"  # somebody asked for it


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Days between messages: for lesser changes, and when nothing changed. 0 writes at every scan."""

    minor_days: int = 7
    digest_days: int = 28


def occasion(dossier: Dossier, agency_id: str, last_at: datetime | None, rhythm: Rhythm) -> Occasion | None:
    """Why this scan is worth a message to the agency; None when it is not. `last_at`: scan last written about."""
    if last_at is None:
        return Occasion.FIRST
    rulings = [r for site in dossier.sites_of(agency_id) for r in dossier.rulings[site.id].rulings]
    if any(_is_urgent(ruling) for ruling in rulings):
        return Occasion.URGENT
    since = dossier.scan.started_at - last_at
    if _has_moved(dossier, agency_id, rulings, last_at) and since >= timedelta(days=rhythm.minor_days):
        return Occasion.CHANGED
    return Occasion.DIGEST if since >= timedelta(days=rhythm.digest_days) else None


def fresh_and_grave(dossier: Dossier, only: Collection[str] = ()) -> tuple[str, ...]:
    """The sites with something grave that is new or came back, in inventory order; of these agencies when named."""
    chosen = (site for site in dossier.inventory.sites if not only or site.agency_id in only)
    return tuple(
        site.id
        for site in chosen
        if site.id in dossier.rulings and any(_is_urgent(r) for r in dossier.rulings[site.id].rulings)
    )


def last_written(parcels: Iterable[Parcel], scans: Iterable[Scan], now: Scan) -> Mapping[str, datetime]:
    """By agency, when the scan began that it was last written to about.

    This scan does not count, nor does a message that failed: nobody has read it.
    """
    began = {scan.id: scan.started_at for scan in scans if scan.id != now.id}
    last: dict[str, datetime] = {}
    for parcel in parcels:
        at = began.get(parcel.scan_id)
        if at is not None and parcel.state is not Posting.FAILED:
            last[parcel.agency_id] = max(at, last.get(parcel.agency_id, at))
    return last


def _is_urgent(ruling: Ruling) -> bool:
    return ruling.is_open and ruling.severity.rank <= Severity.HIGH.rank and became(ruling) in RISEN


def _has_moved(dossier: Dossier, agency_id: str, rulings: Iterable[Ruling], last_at: datetime) -> bool:
    """True when this scan, or one since the last message, saw anything come or go."""
    if any(became(r) is Trend.FIXED or (r.is_open and became(r) in RISEN) for r in rulings):
        return True
    return any((past.new or past.fixed) and past.at > last_at for past in dossier.past.get(agency_id, ()))
