"""The tables of an agency's report besides the work: sites, holes, waivers, passes, ledger."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.clean import one_line
from reports.dates import day, moment, number
from reports.view.counts import Counts, count, is_hole
from reports.view.desk import Desk, proof, quote
from reports.view.names import host_of, short_name_of
from reports.view.seen import software_of
from reports.words import WORDS, Say
from scanner.model.agency import Site
from scanner.model.evidence import Why
from scanner.model.finding import Verdict
from scanner.model.ruling import Ruling, Waiver

SAWS_SHOWN = 1
SOFTWARE_SHOWN = 4
DIGEST_SHOWN = 16
SOON_DAYS = 60  # a new decision takes an office about that long


@dataclass(frozen=True, slots=True)
class SiteRow:
    """One site and what its checks came to."""

    name: str
    host: str
    server: str
    state: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Hole:
    """Checks of one site that have no result for the same reason."""

    site: str
    checks: tuple[str, ...]  # titles; empty means every check of the site
    why: str
    detail: str
    help: str
    n: int


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A waiver, in force or over."""

    site: str
    title: str
    check_id: str
    reason: str
    approver: str
    until: str
    left: str
    days_left: int
    over: bool
    measure: str
    soon: bool  # still holds, and ends within SOON_DAYS
    agency: str


@dataclass(frozen=True, slots=True)
class Group:
    """Results of one check with the same verdict, over several sites."""

    title: str
    sites: str
    n: int
    saws: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Traffic:
    """What one site was sent."""

    site: str
    at: str
    connections: str
    requests: str
    received: str
    digest: str


def site_rows(sites: Iterable[Site], desk: Desk) -> tuple[SiteRow, ...]:
    """A row per site, in inventory order."""
    return tuple(_site_row(site, desk) for site in sites)


def _site_row(site: Site, desk: Desk) -> SiteRow:
    visit = desk.dossier.visits.get(site.id)
    seen = software_of(visit)[:SOFTWARE_SHOWN] if visit else ()
    rulings = desk.dossier.rulings[site.id]
    return SiteRow(
        name=desk.site(site.id),
        host=host_of(site),
        server="; ".join(s.shown for s in seen) or desk.say("sites.no_server"),
        state=desk.say(f"state.{rulings.state}"),
        counts=count(rulings.rulings, desk.today),
    )


def reason_key(ruling: Ruling) -> str:
    """The word key of why a check has no result; our own crash is `error`, an unknown reason `other`.

    A check that looked, and says in its own sentence what it could not tell, was not left out of the plan.
    """
    if ruling.finding.verdict == Verdict.ERROR:
        return "error"
    if ruling.finding.why == Why.NOT_ASKED and ruling.finding.note:
        return "unclear"
    return ruling.finding.why if f"why.{ruling.finding.why}" in WORDS else "other"


def holes(sites: Iterable[Site], desk: Desk) -> tuple[Hole, ...]:
    """What could not be judged, per site and reason."""
    return tuple(hole for site in sites for hole in _holes_of(site, desk))


def _holes_of(site: Site, desk: Desk) -> tuple[Hole, ...]:
    rulings = desk.dossier.rulings[site.id].rulings
    by_reason: dict[tuple[str, str], list[Ruling]] = {}
    for ruling in rulings:
        if is_hole(ruling):
            by_reason.setdefault((reason_key(ruling), _detail(ruling, desk)), []).append(ruling)
    applicable = count(rulings, desk.today).applicable
    return tuple(
        Hole(
            site=desk.site(site.id),
            checks=() if len(rows) == applicable > 1 else tuple(desk.title(r.finding.check_id) for r in rows),
            why=desk.say(f"why.{reason}"),
            detail=detail,
            help=desk.say(f"help.{reason}"),
            n=len(rows),
        )
        for (reason, detail), rows in by_reason.items()
    )


def _detail(ruling: Ruling, desk: Desk) -> str:
    """The sentence the check picked, else the words of the failure itself."""
    check = desk.dossier.checks.get(ruling.finding.check_id)
    if check and ruling.finding.note in check.notes:
        return desk.says(ruling.finding)
    return quote(ruling.finding.saw)


def acceptances(rulings: Iterable[Ruling], desk: Desk) -> tuple[Acceptance, ...]:
    """Waivers on these findings: those that end first come first."""
    rows = [(w, r) for r in rulings if (w := r.waiver or r.broken or r.lapsed) is not None]
    rows.sort(key=lambda row: (row[0].until, row[1].finding.site_id, row[1].finding.check_id))
    return tuple(_acceptance(waiver, ruling, desk) for waiver, ruling in rows)


def ending(rows: Iterable[Acceptance], say: Say) -> str:
    """How many waivers end soon, in a sentence; empty when none does."""
    soon = sum(row.soon for row in rows)
    return say("waivers.soon", n=soon, days=SOON_DAYS) if soon else ""


def _acceptance(waiver: Waiver, ruling: Ruling, desk: Desk) -> Acceptance:
    left = (waiver.until - desk.today).days
    over = ruling.waiver is None
    site = desk.sites.get(waiver.site_id)
    gone = "waivers.broken" if ruling.broken else "waivers.over"
    return Acceptance(
        site=desk.site(waiver.site_id),
        title=desk.title(waiver.check_id),
        check_id=waiver.check_id,
        reason=one_line(waiver.reason, 600),
        approver=", ".join(one_line(w) for w in (waiver.approver, waiver.document) if w),
        until=day(waiver.until),
        left=desk.say(gone) if over else desk.say("waivers.left", n=left),
        days_left=left,
        over=over,
        measure=one_line(waiver.measure, 600) or desk.say("waivers.no_measure"),
        soon=not over and left <= SOON_DAYS,
        agency=short_name_of(desk.dossier.inventory, site.agency_id, desk.say) if site else "",
    )


def groups(rulings: Iterable[Ruling], verdict: Verdict, desk: Desk) -> tuple[Group, ...]:
    """Results with this verdict, one row per check, in the order of the rule book; those of other packs last."""
    by_check: dict[str, list[Ruling]] = {}
    sites: set[str] = set()
    for ruling in rulings:
        sites.add(ruling.finding.site_id)
        if ruling.finding.verdict == verdict:
            by_check.setdefault(ruling.finding.check_id, []).append(ruling)
    place = {check_id: number for number, check_id in enumerate(desk.dossier.checks)}
    ordered = sorted(by_check.items(), key=lambda item: place.get(item[0], len(place)))
    return tuple(_group(check_id, rows, len(sites), desk) for check_id, rows in ordered)


def _group(check_id: str, rows: list[Ruling], sites: int, desk: Desk) -> Group:
    """One row; where every site has the result it is not said site by site."""
    return Group(
        title=desk.title(check_id),
        sites=desk.say("passes.everywhere", n=sites)
        if len(rows) == sites > 1
        else desk.site_names(tuple(r.finding.site_id for r in rows)),
        n=len(rows),
        saws=_saws(rows),
    )


def _saws(rows: list[Ruling]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(quote(proof(r.finding.saw)) for r in rows if r.finding.saw))[:SAWS_SHOWN]


def traffic(sites: Iterable[Site], desk: Desk) -> tuple[Traffic, ...]:
    """The ledger, one row per visited site."""
    return tuple(_traffic(site, desk) for site in sites if site.id in desk.dossier.visits)


def _traffic(site: Site, desk: Desk) -> Traffic:
    visit = desk.dossier.visits[site.id]
    language = desk.say.language
    return Traffic(
        site=desk.site(site.id),
        at=moment(visit.started_at),
        connections=number(visit.ledger.connections, language),
        requests=number(visit.ledger.requests, language),
        received=number(visit.ledger.bytes_received, language),
        digest=one_line(visit.evidence_sha256, DIGEST_SHOWN * 4)[:DIGEST_SHOWN]
        or desk.say("method.no_evidence"),
    )
