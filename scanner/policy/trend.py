"""What became of a finding over the scans.

1. *Fixed* needs a positive pass from a visit that reached the site: as many, as far apart, as policy asks.
2. Any other outcome leaves an open finding open: it is lost from sight, with the date it was last decided.
3. A degraded scan changes nothing, in either direction.
4. A failure after a fix is *reopened*, and its clock starts again.
5. A recheck somebody asked for closes at its first pass; a second look before mail goes out counts as one pass.
   What such looks changed is told once more by the next whole scan, because reports compare whole scans.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scanner.model.finding import SiteState, Trend, Verdict
from scanner.model.history import Sighting
from scanner.model.ruling import Change

CHANGES = frozenset({Trend.NEW, Trend.REOPENED, Trend.FIXED})


@dataclass(frozen=True, slots=True)
class Proof:
    """What it takes to call a finding fixed."""

    passes_needed: int = 1
    apart: timedelta = timedelta(0)  # between two passes that count


@dataclass(frozen=True, slots=True)
class _Memory:
    """What is known of one finding after some scans."""

    is_open: bool = False
    first_seen_at: datetime | None = None
    last_seen_at: datetime | None = None
    passes: int = 0
    passed_at: datetime | None = None
    untold: Trend | None = None  # what second looks have changed since the last whole scan


def change(past: Sequence[Sighting], now: Sighting, proof: Proof = Proof()) -> Change | None:
    """What `now` means after `past`, oldest first; None when there is nothing to tell."""
    *_, (_now, last) = walk((*past, now), proof)
    return last


def walk(sightings: Iterable[Sighting], proof: Proof) -> Iterator[tuple[Sighting, Change | None]]:
    """Each sighting with the change it made."""
    memory = _Memory()
    for sighting in sightings:
        memory, trend = _step(memory, sighting, proof)
        memory, trend = _told(memory, trend, sighting)
        if trend is None:
            yield sighting, None
        else:
            yield sighting, Change(trend, memory.first_seen_at, memory.last_seen_at, memory.passes)


def _step(memory: _Memory, now: Sighting, proof: Proof) -> tuple[_Memory, Trend | None]:
    if now.degraded:
        return memory, _unchanged(memory, now)
    if now.verdict is Verdict.FAIL:
        return _failed(memory, now)
    if not memory.is_open:
        return memory, None
    if now.verdict is Verdict.PASS and now.state is SiteState.REACHED:
        return _passed(memory, now, proof)
    return memory, Trend.LOST_SIGHT


def _told(memory: _Memory, trend: Trend | None, now: Sighting) -> tuple[_Memory, Trend | None]:
    """Keep what a second look changed for the next whole scan; there and back again is no change."""
    if not now.is_whole:
        if trend not in CHANGES:
            return memory, trend
        return replace(memory, untold=None if memory.untold else trend), trend
    if memory.untold is None or now.degraded:
        return memory, trend
    still_so = trend is Trend.SAME if memory.is_open else now.verdict is Verdict.PASS and trend is None
    return replace(memory, untold=None), memory.untold if still_so else trend


def _unchanged(memory: _Memory, now: Sighting) -> Trend | None:
    if not memory.is_open:
        return None
    return Trend.SAME if now.verdict is Verdict.FAIL else Trend.LOST_SIGHT


def _failed(memory: _Memory, now: Sighting) -> tuple[_Memory, Trend]:
    if memory.is_open:
        return replace(memory, last_seen_at=now.at, passes=0, passed_at=None), Trend.SAME
    trend = Trend.NEW if memory.first_seen_at is None else Trend.REOPENED
    return _Memory(is_open=True, first_seen_at=now.at, last_seen_at=now.at, untold=memory.untold), trend


def _passed(memory: _Memory, now: Sighting, proof: Proof) -> tuple[_Memory, Trend]:
    if now.is_recheck:
        return replace(memory, last_seen_at=now.at, passes=memory.passes + 1, is_open=False), Trend.FIXED
    if memory.passed_at is not None and now.at - memory.passed_at < proof.apart:
        return replace(memory, last_seen_at=now.at), Trend.LOST_SIGHT
    passed = replace(memory, last_seen_at=now.at, passes=memory.passes + 1, passed_at=now.at)
    if passed.passes < proof.passes_needed:
        return passed, Trend.LOST_SIGHT  # not verified often enough yet
    return replace(passed, is_open=False), Trend.FIXED
