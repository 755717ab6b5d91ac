"""Until when software is supported, as documents print it: one word, a day and the line to move to."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from scanner.identify.support import (
    Reading,
    State,
    Support,
    newest_supported,
    place_of,
    support_of,
)
from scanner.model.reference import ProductTable

OLD_LINES_GET_FIXES = frozenset({"wordpress"})  # an end date of theirs means "no longer the newest line"


def product_lifetime(
    key: str, reading: Reading | None, table: ProductTable | None, day: date
) -> dict[str, Any]:
    """The support of what a site was read to run."""
    if reading is None or table is None:
        return _told(State.UNKNOWN, None, None)
    lines = support_of(reading, table, day, old_lines_get_fixes=key in OLD_LINES_GET_FIXES)
    state = _common(lines)
    ends = (
        max((s.ended_on for s in lines if s.ended_on), default=None) if state is not State.UNKNOWN else None
    )
    return _told(state, ends, newest_supported(table, day))


def number_lifetime(version: str, table: ProductTable | None, day: date) -> dict[str, Any]:
    """The support of a plain version number, as a server states it."""
    if table is None or not version:
        return _told(State.UNKNOWN, None, None)
    support = place_of(version, table, day)
    return _told(support.state, support.ended_on, newest_supported(table, day))


def _common(lines: Iterable[Support]) -> State:
    """What holds for every line it may be; unknown when they differ, since silence is not support."""
    states = {support.state for support in lines}
    if len(states) == 1:
        return states.pop()
    over = {State.ENDED, State.ENDED_BEFORE, State.ABANDONED}
    return State.ENDED if states and states <= over else State.UNKNOWN


def _told(state: State, ends: date | None, newest: Any) -> dict[str, Any]:
    return {
        "state": state.value,
        "ends_on": ends.isoformat() if ends else None,
        "move_to": newest.line if newest else "",
    }
