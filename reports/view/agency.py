"""The report of one agency: everything its template prints, in order."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.clean import one_line
from reports.dates import day, local_date, moment, number
from reports.view import front, history, law, planner, tables, work, yardsticks
from reports.view.actions import Action, group
from reports.view.arithmetic import Arithmetic
from reports.view.counts import Counts, count
from reports.view.desk import Desk, make_desk
from reports.view.keys import KeyRow, key_rows
from reports.view.names import agency_name_of, marking, officer_line, sender
from reports.view.tempo import pace_line
from reports.words import Say
from scanner.data.age import Age, age_of
from scanner.howto import Howto
from scanner.model.agency import Authorisation
from scanner.model.dossier import Dossier
from scanner.model.finding import Verdict
from scanner.model.ruling import Score

FOOT_LIMIT = 80  # more would not fit beside the page number


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The arithmetic: pairs of (words, points); no rows when the score is withheld."""

    rows: tuple[tuple[str, str], ...]
    result: str
    points: int | None
    cap: str
    sites: tuple["SiteScore", ...] = ()
    rules: str = ""


@dataclass(frozen=True, slots=True)
class SiteScore:
    """The arithmetic of one site; `sum` is what the rows come to, or a dash when withheld."""

    site: str
    rows: tuple[tuple[str, str], ...]
    sum: str


@dataclass(frozen=True, slots=True)
class AgencyView:
    """All strings of one agency's report."""

    language: str
    title: str
    foot: str
    sender: str
    marking: str
    agency: str
    subtitle: str
    grade: front.Grade
    coverage: front.Figure
    trend: front.Figure
    alarm: front.Alarm | None
    orders: tuple[front.Order, ...]
    no_orders: str
    outcome: str
    law_lines: tuple[str, ...]
    blind_lines: tuple[str, ...]
    officer: str
    counts: Counts
    sites: tuple[tables.SiteRow, ...]
    jobs: tuple[work.Job, ...]
    cards: tuple[work.Card, ...]
    keys: tuple[KeyRow, ...]
    holes: tuple[tables.Hole, ...]
    acceptances: tuple[tables.Acceptance, ...]
    ending: str  # how many of them end soon
    history: history.History
    pace: str
    score: ScoreTable
    plan: planner.Plan
    passes: tuple[tables.Group, ...]
    notapplicable: tuple[tables.Group, ...]
    yardsticks: yardsticks.Yardsticks
    law: law.Law
    law_on: str
    method: tuple[tuple[str, str], ...]  # pairs of (name, value)
    traffic: tuple[tables.Traffic, ...]


def agency_view(dossier: Dossier, agency_id: str, say: Say, howtos: Mapping[str, Howto]) -> AgencyView:
    """The report of one agency in one language."""
    desk = make_desk(dossier, say, howtos)
    sites = dossier.sites_of(agency_id)
    rulings = desk.rulings(tuple(site.id for site in sites))
    counts = count(rulings, desk.today)
    actions = group(rulings, dossier.checks, howtos)
    chosen = front.ordered(actions)
    score, past = dossier.scores.get(agency_id), dossier.past.get(agency_id, ())
    clauses = law.law(rulings, _job_numbers(actions), desk, agency_id)
    name = agency_name_of(dossier.inventory, agency_id, say)
    scan_day = dossier.scan.started_at
    sums = Arithmetic.of(dossier, agency_id)
    accepted = tables.acceptances(rulings, desk)
    return AgencyView(
        language=say.language,
        title=say("doc.agency_title", agency=name, on=day(scan_day)),
        foot=say(
            "doc.foot",
            name=one_line(name, FOOT_LIMIT),
            on=day(scan_day),
            marking=marking(dossier.settings, say),
        ),
        sender=sender(dossier, say),
        marking=marking(dossier.settings, say),
        agency=name,
        subtitle=_subtitle(desk, len(sites), agency_id),
        grade=front.grade(score, dossier.scores, say),
        coverage=front.coverage(counts, say),
        trend=front.trend(counts, score, past, desk),
        alarm=front.alarm(rulings, desk),
        orders=front.orders(chosen, dossier.inventory.agency(agency_id), desk),
        no_orders=say(front.no_orders(counts, score)),
        outcome=front.outcome(chosen, counts, score, sums.after(chosen) if sums else None, say),
        law_lines=front.law_lines(clauses, say),
        blind_lines=(*front.data_line(desk), *front.blind_lines(rulings, say)),
        officer=officer_line(dossier, say),
        counts=counts,
        sites=tables.site_rows(sites, desk),
        jobs=work.jobs(actions, desk),
        cards=work.cards(actions, desk),
        keys=key_rows(desk, agency_id),
        holes=tables.holes(sites, desk),
        acceptances=accepted,
        ending=tables.ending(accepted, say),
        history=_history(desk, agency_id, counts),
        pace=pace_line(desk.pace(site.id for site in sites), say),
        score=_score_table(score, counts, sums, desk),
        plan=planner.plan(actions, sums, desk),
        passes=tables.groups(rulings, Verdict.PASS, desk),
        notapplicable=tables.groups(rulings, Verdict.NOTAPPLICABLE, desk),
        yardsticks=yardsticks.yardsticks(sites, desk),
        law=clauses,
        law_on=day(scan_day),
        method=method_lines(desk, agency_id),
        traffic=tables.traffic(sites, desk),
    )


def _job_numbers(actions: tuple[Action, ...]) -> dict[tuple[str, str], int]:
    return {
        (r.finding.site_id, r.finding.check_id): number
        for number, action in enumerate(actions, 1)
        for r in action.rulings
    }


def _subtitle(desk: Desk, sites: int, agency_id: str) -> str:
    past = desk.dossier.past.get(agency_id, ())
    on = day(desk.dossier.scan.started_at)
    if not past:
        return desk.say("front.subtitle", on=on, n=sites)
    return desk.say("front.subtitle_past", on=on, n=sites, past=day(past[-1].at))


def _history(desk: Desk, agency_id: str, counts: Counts) -> history.History:
    dossier = desk.dossier
    eras = [history.past_era(past) for past in dossier.past.get(agency_id, ())]
    now = history.present_era(dossier.scan.started_at, counts, dossier.scores.get(agency_id))
    return history.history((*eras, now), desk.say)


def _score_table(score: Score | None, counts: Counts, sums: Arithmetic | None, desk: Desk) -> ScoreTable:
    say = desk.say
    if score is None or score.points is None:
        words = say("score.withheld", decided=counts.decided, n=counts.applicable)
        return ScoreTable((), words, None, "")
    return ScoreTable(
        rows=_steps(score, say),
        result=say("score.result", grade=score.grade),
        points=score.points,
        cap=say.text(score.cap) if score.cap else "",
        sites=_site_scores(sums, desk) if sums and len(sums.sites) > 1 else (),
        rules=say("score.rules", version=one_line(score.rules)) if score.rules else "",
    )


def _steps(score: Score, say: Say) -> tuple[tuple[str, str], ...]:
    return tuple((say.text(words), number(points, say.language)) for words, points in score.steps)


def _site_scores(sums: Arithmetic, desk: Desk) -> tuple[SiteScore, ...]:
    return tuple(
        SiteScore(
            site=desk.site(site_id),
            rows=_steps(score, desk.say),
            sum=desk.say("grade.withheld") if score.points is None else str(score.points),
        )
        for site_id, score in sums.by_site()
    )


def method_lines(desk: Desk, agency_id: str | None) -> tuple[tuple[str, str], ...]:
    """How and when was looked, with what, and by whose leave. `agency_id` None means the whole province."""
    say, scan = desk.say, desk.dossier.scan
    end = moment(scan.finished_at) if scan.finished_at else say("health.running")
    return (
        (say("method.depth"), say(f"depth.{scan.depth.value}")),
        (say("method.time"), say("method.time_range", start=moment(scan.started_at), end=end)),
        (say("method.zone"), say("method.zone_value")),
        (say("method.authorisation"), _authorisations(desk, agency_id)),
        (say("method.scan"), one_line(scan.id)),
        (say("method.tool"), f"rasoat {one_line(scan.tool_version)}"),
        (say("method.data"), _data_age(desk)),
        (say("method.issued"), day(desk.dossier.issued_on)),
    )


def _data_age(desk: Desk) -> str:
    """The day of the oldest table and, when that was long ago, how long."""
    on, days = front.data_age(desk)
    if on is None or age_of(days) is Age.FRESH:
        return iso_day(desk.dossier.scan.data_date)
    return desk.say(f"method.data_{age_of(days).value}", on=on, n=days)


def _authorisations(desk: Desk, agency_id: str | None) -> str:
    """The documents valid on the day of the scan that cover the agency."""
    inventory, on = desk.dossier.inventory, local_date(desk.dossier.scan.started_at)
    above = inventory.lineage(agency_id) if agency_id else ()
    valid = (
        a
        for a in inventory.authorisations
        if a.is_valid_on(on) and (agency_id is None or not a.agencies or set(a.agencies) & set(above))
    )
    return "; ".join(_authorisation(a, desk.say) for a in valid) or desk.say("method.unauthorised")


def _authorisation(document: Authorisation, say: Say) -> str:
    return say(
        "method.authorised_by",
        document=one_line(document.document),
        issuer=one_line(document.issuer),
        on=document.signed_on,
        until=document.valid_until,
    )


def iso_day(text: str) -> str:
    """An ISO date as dd/mm/yyyy; anything else as it stands."""
    year, _, rest = text.partition("-")
    month, _, date = rest.partition("-")
    return f"{date}/{month}/{year}" if year and month and date else one_line(text)
