"""The one place where rulings are counted, so that every number of a report agrees with every other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scanner.model.finding import Trend, Verdict
from scanner.model.ruling import Ruling


@dataclass(frozen=True, slots=True)
class Counts:
    """Rulings by what became of them; the first five add up to `total`."""

    open: int = 0
    unknown: int = 0  # could not look, or our own crash
    waived: int = 0
    passed: int = 0
    notapplicable: int = 0
    new: int = 0
    fixed: int = 0
    reopened: int = 0
    overdue: int = 0
    lost: int = 0
    awaiting: int = 0  # passed, but not often enough yet to be called fixed

    @property
    def total(self) -> int:
        """All rulings."""
        return self.open + self.unknown + self.waived + self.passed + self.notapplicable

    @property
    def decided(self) -> int:
        """Pass or fail, accepted or not."""
        return self.open + self.waived + self.passed

    @property
    def applicable(self) -> int:
        """All that makes sense for the site."""
        return self.total - self.notapplicable


def count(rulings: Iterable[Ruling], on: date) -> Counts:
    """The counts; `on` is the day a deadline is measured against."""
    rows = tuple(rulings)
    return Counts(
        open=sum(r.is_open for r in rows),
        unknown=sum(is_hole(r) for r in rows),
        waived=sum(is_waived(r) for r in rows),
        passed=sum(r.finding.verdict == Verdict.PASS for r in rows),
        notapplicable=sum(r.finding.verdict == Verdict.NOTAPPLICABLE for r in rows),
        new=sum(r.is_open and became(r) == Trend.NEW for r in rows),
        fixed=sum(became(r) == Trend.FIXED for r in rows),
        reopened=sum(r.is_open and became(r) == Trend.REOPENED for r in rows),
        overdue=sum(days_overdue(r, on) > 0 for r in rows),
        lost=sum(became(r) == Trend.LOST_SIGHT and not is_awaiting(r) for r in rows),
        awaiting=sum(is_awaiting(r) for r in rows),
    )


def became(ruling: Ruling) -> Trend | None:
    """What became of the finding, if anything is known."""
    return ruling.change.trend if ruling.change else None


def is_hole(ruling: Ruling) -> bool:
    """True when the check could not look or crashed."""
    return ruling.finding.verdict in {Verdict.UNKNOWN, Verdict.ERROR}


def is_awaiting(ruling: Ruling) -> bool:
    """True for an earlier failure that has passed and needs another pass to be called fixed."""
    change = ruling.change
    return change is not None and change.trend is Trend.LOST_SIGHT and change.passes > 0


def is_waived(ruling: Ruling) -> bool:
    """True for a failure somebody has accepted."""
    return ruling.finding.verdict == Verdict.FAIL and not ruling.is_open


def days_overdue(ruling: Ruling, on: date) -> int:
    """Whole days past the deadline; 0 when it is not past or there is none."""
    if not ruling.is_open or ruling.due_on is None:
        return 0
    return max(0, (on - ruling.due_on).days)
