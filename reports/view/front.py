"""Page one: one A4 for the head of the agency, who can act on it without turning the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reports.clean import one_line
from reports.dates import day, local_date, percent
from reports.view.actions import Action
from reports.view.counts import Counts, is_hole
from reports.view.desk import Desk
from reports.view.law import Law
from reports.view.names import who_repairs
from reports.view.tables import reason_key
from reports.view.work import effort_of, overdue_days, title_of
from reports.words import Say
from scanner.data.age import Age, age_of
from scanner.model.agency import Agency
from scanner.model.dossier import PastScan
from scanner.model.finding import Severity
from scanner.model.ruling import Ruling, Score

ORDERS = 3
REASONS_SHOWN = 3
WHO_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Grade:
    """Letter and points; both empty when withheld. `notes` say the cap, the reason, the rank."""

    letter: str
    points: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure and what it is made of."""

    big: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """One thing to order: what, who, by when, how much work."""

    title: str
    who: str
    due: str
    effort: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """A suspected compromise, and the first three steps."""

    title: str
    facts: tuple[str, ...]
    steps: tuple[str, ...]


def grade(score: Score | None, scores: Mapping[str, Score], say: Say) -> Grade:
    """The grade with the reason of its cap, and the place among the peers without naming them."""
    if score is None or score.points is None:
        return Grade("", "", (say("grade.withheld_why"),))
    peers = [peer.points for peer in scores.values() if peer.points is not None]
    rank = 1 + sum(points > score.points for points in peers)
    notes = [say.text(score.cap) if score.cap else say("grade.uncapped")]
    if len(peers) > 1:
        notes.append(say("grade.rank", rank=rank, n=len(peers)))
    return Grade(score.grade, str(score.points), tuple(notes))


def coverage(counts: Counts, say: Say) -> Figure:
    """The share of checks that could be judged, with both numbers."""
    if not counts.applicable:
        return Figure(percent(0, 0), (say("coverage.nothing"),))
    notes = [say("coverage.of", decided=counts.decided, n=counts.applicable)]
    if counts.unknown:
        notes.append(say("coverage.missing", n=counts.unknown))
    return Figure(percent(counts.decided, counts.applicable), tuple(notes))


def trend(counts: Counts, score: Score | None, past: tuple[PastScan, ...], desk: Desk) -> Figure:
    """Better, worse or as before, in a word and in numbers."""
    say = desk.say
    remains = say("trend.overdue" if counts.overdue else "trend.open", n=counts.open, overdue=counts.overdue)
    running = () if desk.dossier.scan.finished_at else (say("trend.unfinished"),)
    if not past:
        return Figure(say("trend.first"), (say("trend.first_why"), remains, *running))
    changes = say("trend.counts", fixed=counts.fixed, new=counts.new, reopened=counts.reopened)
    notes = [changes, remains]
    if counts.awaiting:
        notes.append(say("trend.awaiting", n=counts.awaiting))
    if counts.lost:
        notes.append(say("trend.lost", n=counts.lost))
    if desk.dossier.scan.degraded:
        notes.append(say("trend.degraded"))
    notes += running
    return Figure(say(f"trend.{_direction(counts, score, past[-1])}"), tuple(notes))


def _direction(counts: Counts, score: Score | None, last: PastScan) -> str:
    """By points where both scans have some, else by open findings."""
    gain = last.open_findings - counts.open
    if score is not None and score.points is not None and last.score.points is not None:
        gain = (score.points - last.score.points) or gain
    if gain == 0:
        return "even"
    return "better" if gain > 0 else "worse"


def alarm(rulings: tuple[Ruling, ...], desk: Desk) -> Alarm | None:
    """The red box; only a suspected compromise earns it."""
    found = suspicions(rulings, desk)
    if not found:
        return None
    say = desk.say
    sites = tuple(dict.fromkeys(r.finding.site_id for r in found))
    phone = one_line(desk.dossier.inventory.province.incident_phone)
    call = say("alarm.call", phone=phone) if phone else say("alarm.call_unit")
    return Alarm(
        title=say("alarm.title", sites=desk.site_names(sites)),
        facts=(*dict.fromkeys(_stopped(desk.says(r.finding)) for r in found[:2]), say("alarm.suspected")),
        steps=(call, say("alarm.keep"), say("alarm.password")),
    )


def _stopped(words: str) -> str:
    """The words as a sentence: titles bring no full stop."""
    return words if words.endswith((".", "?", "…")) else f"{words}."


def suspicions(rulings: tuple[Ruling, ...], desk: Desk) -> tuple[Ruling, ...]:
    """Open findings of the topic `compromise`."""
    checks = desk.dossier.checks
    return tuple(
        r
        for r in rulings
        if r.is_open and (check := checks.get(r.finding.check_id)) and check.topic == "compromise"
    )


def ordered(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    """The at most three jobs the head must assign; information alone is no order."""
    return tuple(a for a in actions if a.severity is not Severity.INFO)[:ORDERS]


def orders(actions: tuple[Action, ...], agency: Agency | None, desk: Desk) -> tuple[Order, ...]:
    """These jobs with who, by when and how much work."""
    return tuple(
        Order(
            title=f"{title_of(action, desk)} ({desk.site_names(action.site_ids, 2)})",
            who=_who(action, agency, desk),
            due=_due(action, desk),
            effort=effort_of(action, desk),
        )
        for action in actions
    )


def no_orders(counts: Counts, score: Score | None) -> str:
    """The word key for a page without orders: thanks need a score, and a full view."""
    if score is None or score.points is None:
        return "orders.none_blind"
    return "orders.none_partly" if counts.unknown else "orders.none_good"


def _who(action: Action, agency: Agency | None, desk: Desk) -> str:
    names = dict.fromkeys(
        who_repairs(desk.sites[i], agency, desk.say) for i in action.site_ids if i in desk.sites
    )
    return "; ".join([*names][:WHO_SHOWN]) or desk.say("orders.webmaster")


def _due(action: Action, desk: Desk) -> str:
    if action.due_on is None:
        return desk.say("orders.due_none")
    late = overdue_days(action, desk)
    return desk.say("orders.due_over", on=action.due_on, n=late) if late else day(action.due_on)


def outcome(
    chosen: tuple[Action, ...], counts: Counts, now: Score | None, then: Score | None, say: Say
) -> str:
    """What the orders bring: findings closed, and the expected score where it can be computed."""
    closes = sum(len(action.rulings) for action in chosen)
    key = "orders.then_all" if closes == counts.open else "orders.then"
    words = say(key, n=closes, total=counts.open)
    if then is None or then.points is None or now is None or now.points is None:
        return words
    same = "orders.projected_same" if then.points == now.points else "orders.projected"
    return f"{words} {say(same, points=then.points, grade=then.grade)}"


def law_lines(law: Law, say: Say) -> tuple[str, ...]:
    """Met of testable, for what binds and for what is advised."""
    if law.is_empty:
        return (say("law.none"),)
    lines = []
    if law.binding.testable:
        lines.append(say("law.binding", met=law.binding.count("met"), n=law.binding.testable))
    if law.binding.count("paper"):
        lines.append(say("law.paper", n=law.binding.count("paper")))
    if law.advice.testable:
        lines.append(say("law.advice", met=law.advice.count("met"), n=law.advice.testable))
    return tuple(lines)


def data_line(desk: Desk) -> tuple[str, ...]:
    """A line when the tables were old on the day of the scan: what was published since has not been looked for."""
    on, days = data_age(desk)
    if on is None or age_of(days) is Age.FRESH:
        return ()
    return (desk.say(f"blind.data_{age_of(days).value}", on=on, n=days),)


def data_age(desk: Desk) -> tuple[date | None, int]:
    """The day of the oldest table, and its age in days when the scan began."""
    try:
        on = date.fromisoformat(desk.dossier.scan.data_date)
    except ValueError:
        return None, 0
    return on, (local_date(desk.dossier.scan.started_at) - on).days


def blind_lines(rulings: tuple[Ruling, ...], say: Say) -> tuple[str, ...]:
    """How much could not be seen, and the commonest reasons."""
    missing = [r for r in rulings if is_hole(r)]
    if not missing:
        return (say("blind.none"), say("blind.limits"))
    reasons = [reason_key(r) for r in missing]
    common = sorted(dict.fromkeys(reasons), key=lambda reason: -reasons.count(reason))
    words = ", ".join(say(f"why.{reason}").lower() for reason in common[:REASONS_SHOWN])
    sites = len({r.finding.site_id for r in missing})
    return (say("blind.count", n=len(missing), sites=sites, reasons=words), say("blind.limits"))
