"""The list of jobs and their repair cards."""

from dataclasses import dataclass
from itertools import islice

from reports.dates import day, local_date, moment
from reports.reproduce import command_of
from reports.view.actions import Action
from reports.view.counts import became, days_overdue
from reports.view.desk import Desk, proof, quote
from reports.view.marks import Mark, severity_mark
from reports.view.seen import platforms_of, software_of
from scanner.howto import Howto, PlatformSteps
from scanner.model.check import Check
from scanner.model.finding import Trend
from scanner.model.ruling import Ruling

PROOFS_OPEN = 3
PROOFS_FOLDED = 60  # a contractor of a whole province would fill megabytes; the tables hold them all
WHERE_SHOWN = 6
COMMANDS = 6
SERVERS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the list of work."""

    number: int
    title: str
    sites: str
    mark: Mark
    confidence: str
    state: str
    age: str
    overdue: bool
    due: str
    closes: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault a card repairs."""

    title: str
    check_id: str
    why: str
    do: str
    refs: str


@dataclass(frozen=True, slots=True)
class Steps:
    """What to do on one kind of server: pairs of (sentence, code)."""

    heading: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was seen at one place."""

    site: str
    says: str
    saw: str
    where: tuple[str, ...]
    where_more: int
    seen_at: str
    lapsed: str


@dataclass(frozen=True, slots=True)
class Card:
    """All a webmaster needs for one job."""

    job: Job
    effort: str
    problems: tuple[Problem, ...]
    steps: tuple[Steps, ...]
    asides: tuple[tuple[str, str], ...]  # pairs of (heading, sentence)
    proofs: tuple[Proof, ...]
    more: tuple[Proof, ...]
    commands: tuple[str, ...]
    left_out: int = 0  # proofs that stand in the tables only


def jobs(actions: tuple[Action, ...], desk: Desk) -> tuple[Job, ...]:
    """The list, numbered in the order to do it."""
    return tuple(_job(number, action, desk) for number, action in enumerate(actions, 1))


def cards(actions: tuple[Action, ...], desk: Desk) -> tuple[Card, ...]:
    """A card per job, in the same order."""
    return tuple(_card(number, action, desk) for number, action in enumerate(actions, 1))


def title_of(action: Action, desk: Desk) -> str:
    """What the job is called: the remedy's title, else the fault's."""
    return desk.say.text(action.howto.title) if action.howto else desk.title(action.check_ids[0])


def effort_of(action: Action, desk: Desk) -> str:
    """The work it takes, in words."""
    return desk.say.text(action.howto.effort) if action.howto else desk.say("orders.effort_unknown")


def due_of(action: Action, desk: Desk) -> str:
    """The earliest deadline as dd/mm/yyyy, or that there is none."""
    return day(action.due_on) if action.due_on else desk.say("orders.due_none")


def overdue_days(action: Action, desk: Desk) -> int:
    """How long the latest of its findings is overdue; 0 when none is."""
    return max(days_overdue(r, desk.today) for r in action.rulings)


def _job(number: int, action: Action, desk: Desk) -> Job:
    late = overdue_days(action, desk)
    return Job(
        number=number,
        title=title_of(action, desk),
        sites=desk.site_names(action.site_ids),
        mark=severity_mark(action.severity, desk.say),
        confidence=desk.say(f"confidence.{action.confidence.value}"),
        state=desk.say("work.overdue", n=late) if late else _trends(action, desk),
        age=_age(action, desk),
        overdue=late > 0,
        due=due_of(action, desk),
        closes=len(action.rulings),
    )


def _trends(action: Action, desk: Desk) -> str:
    """The one trend of all findings, or each with its count."""
    seen = [became(r) or Trend.NEW for r in action.rulings]
    kinds = [t for t in Trend if t in seen]
    if len(kinds) == 1:
        return desk.say(f"trend.{kinds[0].value}")
    return ", ".join(f"{seen.count(t)} {desk.say(f'trend.{t.value}').lower()}" for t in kinds)


def _age(action: Action, desk: Desk) -> str:
    """For how long the oldest finding has been open; empty on the first day."""
    starts = [r.change.first_seen_at for r in action.rulings if r.change and r.change.first_seen_at]
    days = (desk.today - local_date(min(starts))).days if starts else 0
    return desk.say("work.open_for", n=days) if days > 0 else ""


def _card(number: int, action: Action, desk: Desk) -> Card:
    proofs = tuple(_proof(r, desk) for r in action.rulings[: PROOFS_OPEN + PROOFS_FOLDED])
    return Card(
        job=_job(number, action, desk),
        effort=effort_of(action, desk) if action.howto else "",
        problems=tuple(_problem(check_id, action, desk) for check_id in action.check_ids),
        steps=_steps(action, desk),
        asides=_asides(action.howto, desk),
        proofs=proofs[:PROOFS_OPEN],
        more=proofs[PROOFS_OPEN:],
        left_out=len(action.rulings) - len(proofs),
        commands=_commands(action, desk),
    )


def _problem(check_id: str, action: Action, desk: Desk) -> Problem:
    check: Check | None = desk.dossier.checks.get(check_id)
    if check is None:
        return Problem(desk.title(check_id), check_id, "", "", "")
    finding = next(r.finding for r in action.rulings if r.finding.check_id == check_id)
    return Problem(
        title=desk.filled(check.title, finding),
        check_id=check_id,
        why=desk.filled(check.why, finding),
        do=desk.filled(check.fix, finding),
        refs="; ".join(check.refs),
    )


def _steps(action: Action, desk: Desk) -> tuple[Steps, ...]:
    """The steps for every kind of server that was seen; sites of an unknown kind add the general ones."""
    if action.howto is None:
        return ()
    return tuple(
        Steps(_heading(chosen, sites, desk), tuple((desk.say.text(s.text), s.code) for s in chosen.steps))
        for chosen, sites in _chosen(action.howto, action.site_ids, desk)
    )


def _chosen(
    howto: Howto, site_ids: tuple[str, ...], desk: Desk
) -> tuple[tuple[PlatformSteps, tuple[str, ...]], ...]:
    by_id: dict[str, tuple[PlatformSteps, list[str]]] = {}
    for site_id in site_ids:
        visit = desk.dossier.visits.get(site_id)
        seen = platforms_of(visit) if visit else frozenset[str]()
        order = [platform.id for platform in howto.platforms if platform.id in seen]
        steps = howto.for_platform(*order)
        by_id.setdefault(steps.id, (steps, []))[1].append(site_id)
    return tuple((steps, tuple(sites)) for steps, sites in by_id.values())


def _heading(steps: PlatformSteps, site_ids: tuple[str, ...], desk: Desk) -> str:
    """The kind of server, as it was seen on these sites."""
    if steps.id == "any":
        return desk.say("card.steps")
    visits = (desk.dossier.visits.get(site_id) for site_id in site_ids)
    seen = dict.fromkeys(
        software.shown
        for visit in visits
        if visit
        for software in software_of(visit)
        if steps.id in software.name.lower()
    )
    return desk.say("card.steps_for", platform=", ".join([*seen][:SERVERS_SHOWN]) or steps.id)


def _asides(howto: Howto | None, desk: Desk) -> tuple[tuple[str, str], ...]:
    if howto is None:
        return ()
    return (
        (desk.say("card.verify"), desk.say.text(howto.verify)),
        (desk.say("card.may_break"), desk.say.text(howto.may_break)),
        (desk.say("card.undo"), desk.say.text(howto.undo)),
    )


def _proof(ruling: Ruling, desk: Desk) -> Proof:
    finding = ruling.finding
    visit = desk.dossier.visits.get(finding.site_id)
    places = tuple(quote(place) for place in finding.where)
    lapsed = ruling.lapsed
    ended = desk.say("card.broken") if ruling.broken else ""
    return Proof(
        site=desk.site(finding.site_id),
        says=desk.says(finding),
        saw=proof(finding.saw),
        where=places[:WHERE_SHOWN],
        where_more=max(0, len(places) - WHERE_SHOWN),
        seen_at=desk.say("card.seen_at", at=moment(visit.started_at)) if visit else "",
        lapsed=desk.say("card.lapsed", on=lapsed.until) if lapsed else ended,
    )


def _commands(action: Action, desk: Desk) -> tuple[str, ...]:
    """The commands that show the faults from outside: each once, for the first findings."""
    found = (
        command_of(
            desk.dossier.checks.get(r.finding.check_id),
            r.finding,
            desk.sites[r.finding.site_id],
            desk.dossier.visits.get(r.finding.site_id),
            desk.howtos,
        )
        for r in action.rulings
        if r.finding.site_id in desk.sites
    )
    return tuple(islice(dict.fromkeys(filter(None, found)), COMMANDS))
