"""The overview of the province: everything its template prints, in order."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.dates import day, number, percent, signed
from reports.view import heat as heat_view
from reports.view import history, parts, shares, tables
from reports.view import moves as moving
from reports.view.agency import iso_day, method_lines
from reports.view.candidates import CandidateRow, candidate_rows
from reports.view.causes import Causes, causes
from reports.view.counts import Counts, count, is_hole
from reports.view.desk import Desk, make_desk
from reports.view.front import data_line, suspicions
from reports.view.keys import KeyRow, key_rows
from reports.view.names import (
    host_of,
    marking,
    officer_line,
    province_name,
    sender,
    short_name_of,
)
from reports.view.readiness import Readiness, readiness
from reports.view.tempo import pace_line
from reports.words import Say
from scanner.howto import Howto
from scanner.model.agency import Site
from scanner.model.dossier import Dossier, PastScan
from scanner.model.finding import Severity, SiteState, Verdict
from scanner.model.ruling import Ruling

SHOWN = 5
UNSEEN = frozenset({SiteState.UNREACHED, SiteState.BLOCKED, SiteState.OUT_OF_SCOPE})


@dataclass(frozen=True, slots=True)
class Peer:
    """One agency in the lists of those that need help and those that improved."""

    name: str
    points: str
    open: int
    severe: int
    overdue: int
    gain: str  # points since the scan before, or a dash
    fixed: int


@dataclass(frozen=True, slots=True)
class Unseen:
    """One site nobody could look at."""

    site: str
    host: str
    agency: str
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class Tally:
    """A reason or state, how often, and on how many sites."""

    name: str
    n: int
    sites: int


@dataclass(frozen=True, slots=True)
class ProvinceView:
    """All strings of the overview."""

    language: str
    title: str
    foot: str
    sender: str
    marking: str
    subtitle: str
    lead: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    decisions: tuple[moving.Decision, ...]
    history: history.History
    heat: heat_view.Heat
    worst: tuple[Peer, ...]
    improved: tuple[Peer, ...]
    moves: tuple[moving.Moves, ...]
    vendors: tuple[shares.Share, ...]
    hosts: tuple[shares.Share, ...]
    causes: Causes
    pace: str
    readiness: tuple[Readiness, ...]
    software: tuple[parts.Part, ...]
    data_on: str  # of the oldest table the software was judged by
    ended: tuple[moving.Move, ...]
    acceptances: tuple[tables.Acceptance, ...]
    ending: str  # how many of them end soon
    is_first: bool
    keys: tuple[KeyRow, ...]
    candidates: tuple[CandidateRow, ...]
    more_candidates: int
    unseen: tuple[Unseen, ...]
    reasons: tuple[Tally, ...]
    states: tuple[Tally, ...]
    health: tuple[tuple[str, str], ...]
    method: tuple[tuple[str, str], ...]
    officer: str


def province_view(dossier: Dossier, say: Say, howtos: Mapping[str, Howto]) -> ProvinceView:
    """The overview in one language."""
    desk = make_desk(dossier, say, howtos)
    sites = tuple(site for agency in dossier.agencies() for site in dossier.sites_of(agency.id))
    rulings = desk.rulings(tuple(site.id for site in sites))
    counts = count(rulings, desk.today)
    standings = heat_view.standings(desk)
    accepted = tables.acceptances(rulings, desk)
    unseen = _unseen(sites, desk)
    candidates, more = candidate_rows(desk)
    eras = (*_past_eras(dossier), history.present_era(dossier.scan.started_at, counts, None))
    name, mark, on = province_name(dossier), marking(dossier.settings, say), day(dossier.scan.started_at)
    return ProvinceView(
        language=say.language,
        title=say("pdoc.title", province=name),
        foot=say("pdoc.foot", province=name, on=on, marking=mark),
        sender=sender(dossier, say),
        marking=mark,
        subtitle=_subtitle(standings, sites, eras, say),
        lead=(
            *_lead(counts, eras, len({r.finding.site_id for r in suspicions(rulings, desk)}), say),
            *data_line(desk),
            *(() if dossier.scan.finished_at else (say("trend.unfinished"),)),
        ),
        numbers=_numbers(counts, say),
        decisions=moving.decisions(rulings, accepted, len(unseen), desk),
        history=history.history(eras, say),
        heat=heat_view.heat(standings, desk),
        worst=_worst(standings, desk),
        improved=_improved(standings, desk),
        moves=moving.moves(rulings, desk, is_first=len(eras) == 1),
        vendors=shares.vendors(sites, desk),
        hosts=shares.shared_hosts(sites, desk),
        causes=causes(rulings, desk),
        pace=pace_line(desk.pace(site.id for site in sites), say),
        readiness=readiness(rulings, say),
        software=parts.software(sites, desk),
        data_on=iso_day(dossier.scan.data_date),
        ended=moving.unsupported(rulings, desk),
        acceptances=accepted,
        ending=tables.ending(accepted, say),
        is_first=len(eras) == 1,
        keys=key_rows(desk),
        candidates=candidates,
        more_candidates=more,
        unseen=unseen,
        reasons=_reasons(rulings, say),
        states=_states(sites, dossier, say),
        health=_health(counts, rulings, desk),
        method=method_lines(desk, None),
        officer=officer_line(dossier, say),
    )


def _past_eras(dossier: Dossier) -> tuple[history.Era, ...]:
    """Earlier scans summed over all agencies, oldest first."""
    by_scan: dict[str, list[PastScan]] = {}
    for past in dossier.past.values():
        for one in past:
            by_scan.setdefault(one.scan_id, []).append(one)
    eras = (
        history.Era(
            at=rows[0].at,
            open=sum(row.open_findings for row in rows),
            new=sum(row.new for row in rows),
            fixed=sum(row.fixed for row in rows),
            reopened=sum(row.reopened for row in rows),
            decided=sum(row.score.decided for row in rows),
            applicable=sum(row.score.applicable for row in rows),
        )
        for rows in by_scan.values()
    )
    return tuple(sorted(eras, key=lambda era: era.at))


def _subtitle(
    standings: tuple[heat_view.Standing, ...],
    sites: tuple[Site, ...],
    eras: tuple[history.Era, ...],
    say: Say,
) -> str:
    words = say("pfront.subtitle", on=day(eras[-1].at), agencies=len(standings), n=len(sites))
    return f"{words} {say('pfront.against', on=day(eras[-2].at))}" if len(eras) > 1 else words


def _lead(counts: Counts, eras: tuple[history.Era, ...], alarms: int, say: Say) -> tuple[str, ...]:
    past = eras[-2].open if len(eras) > 1 else None
    lines = [say(f"plead.{_direction(counts.open, past)}", n=counts.open, past=past or 0)]
    if alarms:
        lines.append(say("plead.alarm", n=alarms))
    return tuple(lines)


def _direction(now: int, past: int | None) -> str:
    if past is None:
        return "first"
    if now == past:
        return "even"
    return "better" if now < past else "worse"


def _numbers(counts: Counts, say: Say) -> tuple[tuple[str, str], ...]:
    named = (
        ("new", counts.new),
        ("fixed", counts.fixed),
        ("reopened", counts.reopened),
        ("overdue", counts.overdue),
    )
    shown = tuple((say(f"pnum.{name}"), number(n, say.language)) for name, n in named)
    return (*shown, (say("pnum.coverage"), percent(counts.decided, counts.applicable)))


def _worst(standings: tuple[heat_view.Standing, ...], desk: Desk) -> tuple[Peer, ...]:
    """Agencies with open findings: those with the gravest first, then the most overdue, then the lowest score."""
    behind = [s for s in standings if s.counts.open]
    return tuple(_peer(s, desk) for s in sorted(behind, key=_need)[:SHOWN])


def _need(standing: heat_view.Standing) -> tuple[int, int, int, int]:
    ranks = [r.severity for r in standing.rulings if r.is_open]
    critical, severe = ranks.count(Severity.CRITICAL), _severe(standing)
    return -critical, -severe, -standing.counts.overdue, standing.points or 0


def _severe(standing: heat_view.Standing) -> int:
    return sum(r.is_open and r.severity.rank <= Severity.HIGH.rank for r in standing.rulings)


def _improved(standings: tuple[heat_view.Standing, ...], desk: Desk) -> tuple[Peer, ...]:
    gained = sorted(((s.gain, s) for s in standings if s.gain and s.gain > 0), key=lambda pair: -pair[0])
    return tuple(_peer(s, desk) for _gain, s in gained[:SHOWN])


def _peer(standing: heat_view.Standing, desk: Desk) -> Peer:
    dash, language = "\N{EN DASH}", desk.say.language
    return Peer(
        name=short_name_of(desk.dossier.inventory, standing.agency.id, desk.say),
        points=dash if standing.points is None else number(standing.points, language),
        open=standing.counts.open,
        severe=_severe(standing),
        overdue=standing.counts.overdue,
        gain=dash if standing.gain is None else signed(standing.gain, language),
        fixed=standing.counts.fixed,
    )


def _unseen(sites: tuple[Site, ...], desk: Desk) -> tuple[Unseen, ...]:
    rows = desk.dossier.rulings
    return tuple(_unseen_row(site, desk) for site in sites if rows[site.id].state in UNSEEN)


def _unseen_row(site: Site, desk: Desk) -> Unseen:
    rulings = desk.dossier.rulings[site.id]
    reasons = [tables.reason_key(r) for r in rulings.rulings if is_hole(r)]
    common = max(dict.fromkeys(reasons), key=reasons.count, default="")
    return Unseen(
        site=desk.site(site.id),
        host=host_of(site),
        agency=short_name_of(desk.dossier.inventory, site.agency_id, desk.say),
        state=desk.say(f"state.{rulings.state}"),
        why=desk.say(f"why.{common}") if common else "",
    )


def _reasons(rulings: tuple[Ruling, ...], say: Say) -> tuple[Tally, ...]:
    """Why checks have no result, the commonest first; adds up to the holes of the heat table."""
    by_reason: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        if is_hole(ruling):
            by_reason.setdefault(tables.reason_key(ruling), []).append(ruling)
    tallies = (
        Tally(say(f"why.{reason}"), len(rows), len({r.finding.site_id for r in rows}))
        for reason, rows in by_reason.items()
    )
    return tuple(sorted(tallies, key=lambda t: -t.n))


def _states(sites: tuple[Site, ...], dossier: Dossier, say: Say) -> tuple[Tally, ...]:
    states = [dossier.rulings[site.id].state for site in sites]
    return tuple(
        Tally(say(f"state.{s.value}"), states.count(s), states.count(s)) for s in SiteState if s in states
    )


def _health(counts: Counts, rulings: tuple[Ruling, ...], desk: Desk) -> tuple[tuple[str, str], ...]:
    say, visits = desk.say, desk.dossier.visits.values()
    errors = sum(r.finding.verdict == Verdict.ERROR for r in rulings)
    none = say("health.none")
    sent = say(
        "health.sent_value",
        connections=sum(visit.ledger.connections for visit in visits),
        requests=sum(visit.ledger.requests for visit in visits),
    )
    return (
        (say("health.rows"), number(counts.total, say.language)),
        (say("health.errors"), number(errors, say.language) if errors else none),
        (say("health.degraded"), say("trend.degraded") if desk.dossier.scan.degraded else none),
        (say("health.sent"), sent),
    )
