"""Which earlier visit a new one is compared with: the newest that nothing speaks against.

A page that shows signs of compromise never becomes the measure. Nor does one that had changed, or a change would be
forgotten one scan later: it stays open until it is undone, or until a person writes the day into the inventory
on which he found it rightful (`reviewed_on`).
"""

from collections.abc import Iterable, Mapping
from datetime import date

from scanner.model.history import Glance
from scanner.policy.severity import VIETNAM


def baselines(glances: Iterable[Glance], reviewed: Mapping[str, date | None]) -> dict[str, Glance]:
    """By site id, the visit to compare with. `glances` come newest first."""
    chosen: dict[str, Glance] = {}
    for glance in glances:
        if glance.site_id not in chosen and _is_trusted(glance, reviewed.get(glance.site_id)):
            chosen[glance.site_id] = glance
    return chosen


def _is_trusted(glance: Glance, reviewed_on: date | None) -> bool:
    if glance.failed or not glance.passed:
        return False
    day = glance.seen_at.astimezone(VIETNAM).date()
    return not glance.changed or (reviewed_on is not None and day <= reviewed_on)
