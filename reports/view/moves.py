"""What changed since the last scan, and what the officer must decide about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from reports.dates import day
from reports.view.actions import Action, group
from reports.view.counts import became, days_overdue, is_awaiting
from reports.view.desk import Desk
from reports.view.front import suspicions
from reports.view.marks import Mark, severity_mark
from reports.view.names import short_name_of, who_repairs
from reports.view.tables import Acceptance
from reports.view.work import due_of, title_of
from scanner.model.finding import Severity, Trend
from scanner.model.ruling import Ruling

LINES_SHOWN = 20
JOBS_TO_DECIDE = 3


@dataclass(frozen=True, slots=True)
class Move:
    """One fault of one agency whose fate has changed, on one or more of its sites."""

    title: str
    check_id: str
    agency: str
    sites: str
    mark: Mark
    on: str
    days: int


@dataclass(frozen=True, slots=True)
class Moves:
    """Findings of one fate; `more` are those the table does not show."""

    id: str
    word: str
    n: int
    rows: tuple[Move, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing to decide: what, and who with by when."""

    what: str
    facts: str
    who: str


def moves(rulings: tuple[Ruling, ...], desk: Desk, *, is_first: bool = False) -> tuple[Moves, ...]:
    """Overdue, new, re-opened, fixed and lost findings; fates nobody has are left out.

    In a first scan everything is new, which says nothing.
    """
    fates: tuple[tuple[str, Callable[[Ruling], bool]], ...] = (
        ("overdue", lambda r: days_overdue(r, desk.today) > 0),
        ("new", lambda r: r.is_open and became(r) == Trend.NEW),
        ("reopened", lambda r: r.is_open and became(r) == Trend.REOPENED),
        ("fixed", lambda r: became(r) == Trend.FIXED),
        ("awaiting", is_awaiting),
        ("lost", lambda r: became(r) == Trend.LOST_SIGHT and not is_awaiting(r)),
    )
    found = ((fate, [r for r in rulings if test(r)]) for fate, test in fates)
    return tuple(
        _moves(fate, rows, desk) for fate, rows in found if rows and not (is_first and fate == "new")
    )


def _moves(fate: str, rulings: list[Ruling], desk: Desk) -> Moves:
    ordered = sorted(rulings, key=lambda r: (r.severity.rank, r.due_on or date.max))
    rows = _merged(ordered, desk)
    return Moves(
        id=fate,
        word=desk.say(f"changes.{fate}"),
        n=len(rulings),
        rows=rows[:LINES_SHOWN],
        more=max(0, len(rows) - LINES_SHOWN),
    )


def _merged(rulings: Iterable[Ruling], desk: Desk) -> tuple[Move, ...]:
    """One line per check and agency, in the order given; the first finding gives severity and deadline."""
    groups: dict[tuple[str, str], list[Ruling]] = {}
    for ruling in rulings:
        site = desk.sites.get(ruling.finding.site_id)
        groups.setdefault((ruling.finding.check_id, site.agency_id if site else ""), []).append(ruling)
    return tuple(_move(agency_id, rows, desk) for (_, agency_id), rows in groups.items())


def _move(agency_id: str, rulings: list[Ruling], desk: Desk) -> Move:
    first = rulings[0]
    return Move(
        title=desk.title(first.finding.check_id),
        check_id=first.finding.check_id,
        agency=short_name_of(desk.dossier.inventory, agency_id, desk.say),
        sites=desk.site_names(tuple(r.finding.site_id for r in rulings)),
        mark=severity_mark(first.severity, desk.say),
        on=day(first.due_on) if first.due_on else "\N{EN DASH}",
        days=max(days_overdue(r, desk.today) for r in rulings),
    )


def decisions(
    rulings: tuple[Ruling, ...], acceptances: Iterable[Acceptance], unseen: int, desk: Desk
) -> tuple[Decision, ...]:
    """Suspicions, then the jobs that close most, then waivers about to end, then sites nobody could see."""
    say = desk.say
    found: list[Decision] = []
    suspected = tuple(dict.fromkeys(r.finding.site_id for r in suspicions(rulings, desk)))
    if suspected:
        sites = desk.site_names(suspected)
        found.append(Decision(say("pdecide.alarm", sites=sites), "", say("pdecide.alarm_who")))
    found += _jobs(rulings, desk)
    ending = sum(row.over or row.soon for row in acceptances)
    if ending:
        found.append(Decision(say("pdecide.waivers", n=ending), "", say("pdecide.waivers_who")))
    if unseen:
        found.append(Decision(say("pdecide.unseen", n=unseen), "", say("pdecide.unseen_who")))
    return tuple(found)


def _jobs(rulings: tuple[Ruling, ...], desk: Desk) -> list[Decision]:
    """Jobs of weight, those on most sites first among the equally severe."""
    suspected = {(r.finding.site_id, r.finding.check_id) for r in suspicions(rulings, desk)}
    others = (
        r for r in rulings if (r.finding.site_id, r.finding.check_id) not in suspected
    )  # decided on already
    actions = [
        a for a in group(others, desk.dossier.checks, desk.howtos) if a.severity.rank <= Severity.MEDIUM.rank
    ]
    actions.sort(key=lambda a: (a.severity.rank, -len(a.site_ids)))
    return [_decision(action, desk) for action in actions[:JOBS_TO_DECIDE]]


def _decision(action: Action, desk: Desk) -> Decision:
    sites = [desk.sites[i] for i in action.site_ids if i in desk.sites]
    inventory = desk.dossier.inventory
    who = [who_repairs(site, inventory.agency(site.agency_id), desk.say) for site in sites]
    busiest = sorted(dict.fromkeys(who), key=lambda name: -who.count(name))[:2]
    facts = desk.say(
        "pdecide.job",
        n=len(action.site_ids),
        agencies=len({site.agency_id for site in sites}),
        closes=len(action.rulings),
    )
    due = f"{desk.say('orders.due')}: {due_of(action, desk)}."
    return Decision(f"{title_of(action, desk)}.", facts, f"{'; '.join(busiest)}. {due}")


def unsupported(rulings: tuple[Ruling, ...], desk: Desk) -> tuple[Move, ...]:
    """Open findings about software whose support has ended."""
    found = [r for r in rulings if r.is_open and r.finding.check_id.endswith("-unsupported")]
    return _merged(sorted(found, key=lambda r: r.finding.check_id), desk)
