"""How fast findings are repaired, in words: half of the repairs within so many days, and how many did not last."""

from reports.dates import number, percent
from reports.words import Say
from scanner.model.pace import Pace

DASH = "\N{EN DASH}"


def pace_line(pace: Pace, say: Say) -> str:
    """One sentence; empty while nothing has been repaired."""
    if pace.median_days is None:
        return ""
    return say("pace.line", n=pace.closed, days=whole_days(pace), again=pace.reopened)


def pace_days(pace: Pace, say: Say) -> str:
    """The days in which half of the repairs were made."""
    return DASH if pace.median_days is None else number(whole_days(pace), say.language)


def reopen_rate(pace: Pace) -> str:
    """The share of repairs that did not last."""
    return DASH if not pace.closed else percent(pace.reopened, pace.closed)


def whole_days(pace: Pace) -> int:
    """The median, rounded up: a repair on the same day took a day."""
    return max(1, round(pace.median_days or 0))
