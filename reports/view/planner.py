"""Which few jobs lift the grade: at most three, with the arithmetic of each step.

Each step takes the job that gives the most points; where a cap hides all gains, the gravest job, since only
graver ones can hold a cap. What it finds is a good order, not a proof of the shortest.
"""

from dataclasses import dataclass

from reports.dates import number
from reports.view.actions import Action
from reports.view.arithmetic import Arithmetic
from reports.view.desk import Desk
from reports.view.work import effort_of, title_of
from scanner.model.ruling import Score

MOST_STEPS = 3
CANDIDATES = 8  # the gravest jobs; each costs the score once per step


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One job of the plan: its number in the list of work, what it gives, what comes out."""

    number: int
    title: str
    effort: str
    gain: str
    points: str
    grade: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The jobs and the sentence they come to; no steps when nothing can be gained or computed."""

    summary: str
    start: str
    steps: tuple[PlanStep, ...]


NO_PLAN = Plan("", "", ())


def plan(actions: tuple[Action, ...], sums: Arithmetic | None, desk: Desk) -> Plan:
    """The plan of one agency; empty when its score is withheld or made by other rules."""
    if sums is None or not actions:
        return NO_PLAN
    start = sums.agency()
    if start.points is None:
        return NO_PLAN
    chosen = _worthwhile(start, _climb(actions[:CANDIDATES], sums))
    if not chosen:
        return NO_PLAN
    numbers = {action.key: number for number, action in enumerate(actions, 1)}
    steps, before = [], start.points
    for action, score in chosen:
        after = score.points or 0
        steps.append(_step(numbers[action.key], action, before, score, desk))
        before = after
    return Plan(
        _summary(start, chosen[-1][1], len(chosen), desk),
        number(start.points, desk.say.language),
        tuple(steps),
    )


def _climb(actions: tuple[Action, ...], sums: Arithmetic) -> list[tuple[Action, Score]]:
    """Jobs in the order to do them, each with the score after it and all before it."""
    done: list[tuple[Action, Score]] = []
    rest = list(actions)
    while rest and len(done) < MOST_STEPS:
        before = tuple(action for action, _ in done)
        scores = [(action, sums.after((*before, action))) for action in rest]
        best = max(scores, key=lambda pair: pair[1].points or 0)  # the first of equals: gravest first
        done.append(best)
        rest.remove(best[0])
    return done


def _worthwhile(start: Score, climb: list[tuple[Action, Score]]) -> list[tuple[Action, Score]]:
    """The shortest beginning that reaches the best grade; of an unchanged grade, the most points."""
    if not climb or (climb[-1][1].points or 0) <= (start.points or 0):
        return []
    last = climb[-1][1]
    if last.grade == start.grade:
        wanted = next(n for n, (_, s) in enumerate(climb, 1) if s.points == last.points)
    else:
        wanted = next(n for n, (_, s) in enumerate(climb, 1) if s.grade == last.grade)
    return climb[:wanted]


def _step(place: int, action: Action, before: int, score: Score, desk: Desk) -> PlanStep:
    after = score.points or 0
    language = desk.say.language
    return PlanStep(
        number=place,
        title=title_of(action, desk),
        effort=effort_of(action, desk),
        gain=f"+{number(after - before, language)}",
        points=number(after, language),
        grade=score.grade,
    )


def _summary(start: Score, end: Score, jobs: int, desk: Desk) -> str:
    key = "plan.same" if start.grade == end.grade else "plan.lift"
    return desk.say(
        key,
        n=jobs,
        grade=start.grade,
        points=start.points or 0,
        then=end.grade,
        after=end.points or 0,
    )
