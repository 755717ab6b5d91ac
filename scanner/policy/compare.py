"""Two scans side by side: which verdicts differ. No history is asked, so nothing is called fixed here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scanner.model.finding import Finding, Verdict
from scanner.model.visit import Visit

HOLES = frozenset({Verdict.UNKNOWN, Verdict.ERROR})


class Step(StrEnum):
    """What the later scan says that the earlier one did not, gravest first."""

    FAILS = "fails"  # fails now and did not before
    PASSES = "passes"  # failed and passes now
    LOST = "lost-sight"  # failed and was not decided, or not visited, now
    UNSEEN = "unseen"  # was decided or not applicable, and cannot be told now
    SEEN = "seen"  # could not be told, and now it can
    OTHER = "other"  # no longer applies, or now does and passes


@dataclass(frozen=True, slots=True)
class Difference:
    """One (site, check) whose verdict differs; None where a scan has no such row. `now` is the later finding."""

    site_id: str
    check_id: str
    step: Step
    before: Verdict | None
    after: Verdict | None
    now: Finding | None


def differences(before: Iterable[Visit], after: Iterable[Visit]) -> tuple[Difference, ...]:
    """Every verdict that differs, in the order of the later scan; rows only the earlier one has come last."""
    old, new = _by_identity(before), _by_identity(after)
    keys = dict.fromkeys((*new, *old))
    return tuple(
        difference for key in keys if (difference := _difference(key, old.get(key), new.get(key))) is not None
    )


def _by_identity(visits: Iterable[Visit]) -> Mapping[tuple[str, str], Finding]:
    return {(f.site_id, f.check_id): f for visit in visits for f in visit.findings}


def _difference(key: tuple[str, str], old: Finding | None, new: Finding | None) -> Difference | None:
    before, after = old.verdict if old else None, new.verdict if new else None
    if before is after:
        return None
    return Difference(*key, step=_step(before, after), before=before, after=after, now=new)


def _step(before: Verdict | None, after: Verdict | None) -> Step:
    if after is Verdict.FAIL:
        return Step.FAILS
    if before is Verdict.FAIL:
        return Step.PASSES if after is Verdict.PASS else Step.LOST
    if after is None or after in HOLES:
        return Step.OTHER if before is None or before in HOLES else Step.UNSEEN
    return Step.SEEN if before in HOLES else Step.OTHER
