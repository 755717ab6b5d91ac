"""One scan judged by two frameworks: the same facts, two readings."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from scanner.model.finding import Verdict
from scanner.model.ruling import Ruling
from scanner.policy.citations import is_in_force, is_whole, standing
from scanner.policy.compare import HOLES
from scanner.policy.frameworks import FrameworkFile, Frameworks, Requirement


@dataclass(frozen=True, slots=True)
class Tally:
    """The results of some checks over all sites; what does not apply is left out."""

    fails: int = 0
    waived: int = 0
    holes: int = 0
    passes: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """One demand and what the scan says of it.

    `standing`: unmet, undecided, met, met-partly (the rest cannot be seen), paper, unanswered (no check yet),
    not-applicable, not-in-force.
    """

    requirement: Requirement
    standing: str
    tally: Tally


def answers(
    file: FrameworkFile,
    frameworks: Frameworks,
    rulings: Iterable[Ruling],
    *,
    on: date,
    names: Mapping[str, Collection[str]],
) -> tuple[Answer, ...]:
    """Every demand of one framework, in its order. `names`: for each check, all the ids it has had."""
    by_name: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        for name in names.get(ruling.finding.check_id, (ruling.finding.check_id,)):
            by_name.setdefault(name, []).append(ruling)
    known = {name for ids in names.values() for name in ids}
    return tuple(_answer(r, frameworks, by_name, known, on) for r in file.requirement)


def tally_of(rulings: Iterable[Ruling]) -> Tally:
    """The counts of some rulings."""
    rows = tuple(rulings)
    return Tally(
        fails=sum(r.is_open for r in rows),
        waived=sum(r.finding.verdict is Verdict.FAIL and not r.is_open for r in rows),
        holes=sum(r.finding.verdict in HOLES for r in rows),
        passes=sum(r.finding.verdict is Verdict.PASS for r in rows),
    )


def _answer(
    requirement: Requirement,
    frameworks: Frameworks,
    by_name: Mapping[str, list[Ruling]],
    known: Collection[str],
    on: date,
) -> Answer:
    tally = tally_of(r for name in requirement.checks for r in by_name.get(name, ()))
    if not _applies(requirement, frameworks, on):
        return Answer(requirement, "not-in-force", tally)
    kind = standing(requirement, known)
    return Answer(requirement, _judged(requirement, tally, known) if kind == "checked" else kind, tally)


def _judged(requirement: Requirement, tally: Tally, known: Collection[str]) -> str:
    if tally.fails:
        return "unmet"
    if tally.holes or tally.waived:
        return "undecided"
    if not tally.passes:
        return "not-applicable"
    return "met" if is_whole(requirement, known) else "met-partly"


def _applies(requirement: Requirement, frameworks: Frameworks, on: date) -> bool:
    """True when one of its places is in force that day."""
    if requirement.in_force_from is not None and on < requirement.in_force_from:
        return False
    if requirement.in_force_to is not None and on >= requirement.in_force_to:
        return False
    found = (frameworks.instruments.get(c.instrument) for c in requirement.citations)
    return any(is_in_force(instrument, home.as_of, on) for one in found if one for home, instrument in [one])
