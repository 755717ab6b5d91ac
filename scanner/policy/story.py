"""How long findings stayed open: periods out of sightings, and what they say about the pace of repair."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from scanner.model.finding import Trend
from scanner.model.history import Sighting
from scanner.policy.trend import Proof, walk


@dataclass(frozen=True, slots=True)
class Period:
    """One time a finding was open. `closed_at` None: it still is. Times are aware UTC."""

    opened_at: datetime
    closed_at: datetime | None
    last_seen_at: datetime | None
    is_again: bool = False  # it had been fixed before


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast findings are repaired, and how often repairs do not last."""

    closed: int
    reopened: int
    median_days: float | None  # from first seen to called fixed; None while nothing is

    @property
    def reopen_rate(self) -> float | None:
        """Re-opened per fix; None while nothing was fixed."""
        return self.reopened / self.closed if self.closed else None


def periods(sightings: Sequence[Sighting], proof: Proof) -> tuple[Period, ...]:
    """The open periods of one finding, oldest first."""
    found: list[Period] = []
    for sighting, change in walk(sightings, proof):
        if change is None or change.first_seen_at is None:
            continue
        is_fixed = change.trend is Trend.FIXED
        if found and found[-1].opened_at == change.first_seen_at:
            if found[-1].closed_at is None:
                closed = sighting.at if is_fixed else None
                found[-1] = Period(
                    found[-1].opened_at, closed, change.last_seen_at, is_again=found[-1].is_again
                )
        elif not is_fixed:
            found.append(Period(change.first_seen_at, None, change.last_seen_at, is_again=bool(found)))
    return tuple(found)


def pace(stories: Iterable[Sequence[Period]]) -> Pace:
    """The pace over many findings."""
    rows = [period for story in stories for period in story]
    closed = [p for p in rows if p.closed_at is not None]
    days = [(p.closed_at - p.opened_at).total_seconds() / 86_400 for p in closed if p.closed_at]
    return Pace(len(closed), sum(p.is_again for p in rows), median(days) if days else None)
