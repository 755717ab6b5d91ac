"""For how long findings stayed open, and how fast they are repaired."""

from dataclasses import dataclass
from datetime import datetime


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
