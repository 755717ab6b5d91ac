"""How long findings stayed open: periods out of sightings, and what they say about the pace of repair."""

from collections.abc import Iterable, Sequence
from statistics import median

from scanner.model.finding import Trend
from scanner.model.history import Sighting
from scanner.model.pace import Pace, Period
from scanner.policy.trend import Proof, walk


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
