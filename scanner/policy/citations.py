"""Which clauses may be cited on a day: only what is known to apply then; an open question is named as one."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from scanner.model.ruling import Binding, Clause
from scanner.policy.frameworks import (
    Citation,
    FrameworkFile,
    Frameworks,
    Instrument,
    Requirement,
    Status,
    Testable,
)

NO_FORCE = frozenset({Status.ENDED, Status.REPLACED})
OPEN_QUESTION = frozenset({Status.CONTESTED, Status.UNVERIFIED})
STRENGTH = {binding: rank for rank, binding in enumerate(Binding)}


def is_in_force(instrument: Instrument, as_of: date, on: date) -> bool:
    """True when the instrument is known to apply on that day.

    An unknown date is not guessed: what has ended or begun on an unknown day counts only where the file's own
    date settles it.
    """
    if instrument.in_force_to is not None and on >= instrument.in_force_to:
        return False
    if instrument.in_force_from is not None and on < instrument.in_force_from:
        return False
    if instrument.status is Status.REFERENCE:
        return True
    if instrument.status is Status.PROGRAMME_OVER:
        return False
    if instrument.status in NO_FORCE:
        return instrument.in_force_from is not None and instrument.in_force_to is not None
    return instrument.in_force_from is not None or on >= as_of


def clauses_for(
    frameworks: Frameworks,
    check_ids: Collection[str],
    *,
    level: int | None,
    on: date,
    known: Collection[str] | None = None,
) -> tuple[Clause, ...]:
    """What a check speaks to on that day, strongest first, each place once.

    A clause that begins at a system level is cited only for systems known to have it. `known` are the checks
    there are: a demand that names others too is seen only in part.
    """
    wanted = (
        (file, requirement)
        for file, requirement in frameworks.requirements()
        if not set(check_ids).isdisjoint(requirement.checks) and (requirement.from_level or 1) <= (level or 1)
    )
    return _sorted(_once(_clauses(frameworks, wanted, on, known)))


def notchecked(frameworks: Frameworks, on: date) -> tuple[Clause, ...]:
    """Vietnamese demands that no look from outside can answer: the agency shows its papers."""
    return _sorted(
        _once(
            clause
            for clause in _clauses(
                frameworks,
                ((f, r) for f, r in frameworks.requirements() if r.testable is Testable.NO),
                on,
            )
            if clause.binding is not Binding.REFERENCE_ONLY
        )
    )


def unanswered(frameworks: Frameworks, on: date, check_ids: Collection[str]) -> tuple[Clause, ...]:
    """Demands a look from outside could answer, for which there is no check yet."""
    return _sorted(
        _once(
            _clauses(
                frameworks,
                (
                    (f, r)
                    for f, r in frameworks.requirements()
                    if r.testable is not Testable.NO and set(r.checks).isdisjoint(check_ids)
                ),
                on,
            )
        )
    )


def standing(requirement: Requirement, check_ids: Collection[str]) -> str:
    """How a demand can be answered here: `checked` by a check there is, `paper` only, or `unanswered` as yet."""
    if requirement.testable is Testable.NO:
        return "paper"
    return "unanswered" if set(requirement.checks).isdisjoint(check_ids) else "checked"


def _clauses(
    frameworks: Frameworks,
    wanted: Iterable[tuple[FrameworkFile, Requirement]],
    on: date,
    known: Collection[str] | None = None,
) -> Iterator[Clause]:
    for file, requirement in wanted:
        if requirement.in_force_from is not None and on < requirement.in_force_from:
            continue
        if requirement.in_force_to is not None and on >= requirement.in_force_to:
            continue
        for citation in requirement.citations:
            clause = _clause(frameworks, file, requirement, citation, on)
            if clause is not None:
                yield replace(clause, whole=is_whole(requirement, known))


def is_whole(requirement: Requirement, known: Collection[str] | None) -> bool:
    """True when the checks there are see all that is demanded."""
    return requirement.testable is Testable.YES and (known is None or set(requirement.checks) <= set(known))


def _clause(
    frameworks: Frameworks, file: FrameworkFile, requirement: Requirement, citation: Citation, on: date
) -> Clause | None:
    found = frameworks.instruments.get(citation.instrument)
    if found is None:
        return None  # the lint names it
    home, instrument = found
    if not is_in_force(instrument, home.as_of, on):
        return None
    is_main = citation.instrument == requirement.instrument
    return Clause(
        framework=file.id,
        requirement=requirement.id,
        instrument=instrument.number,
        clause=citation.clause,
        title=requirement.title,
        binding=citation.binding,
        contested=(requirement.contested and is_main) or instrument.status in OPEN_QUESTION,
        evidence=citation.evidence.value,
    )


def _once(clauses: Iterable[Clause]) -> list[Clause]:
    kept: dict[tuple[str, str], Clause] = {}
    for clause in clauses:
        kept.setdefault((clause.instrument, clause.clause), clause)
    return list(kept.values())


def _sorted(clauses: list[Clause]) -> tuple[Clause, ...]:
    return tuple(sorted(clauses, key=lambda clause: STRENGTH[clause.binding]))
