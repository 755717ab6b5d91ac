"""One cause, many sites: a repair that one contractor, or whoever keeps a shared server, makes once for several."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.clean import one_line
from reports.view.actions import Action, group
from reports.view.desk import Desk
from reports.view.marks import Mark, severity_mark
from reports.view.names import NAME_LIMIT
from reports.view.seen import addresses_of
from reports.view.work import title_of
from scanner.model.agency import Site
from scanner.model.finding import Severity
from scanner.model.ruling import Ruling

MOST = 20
FEWEST_SITES = 2  # one site alone is its agency's own affair
SERVER_TOPICS = frozenset({"tls", "http", "exposure"})  # set on the server, whoever built the site


@dataclass(frozen=True, slots=True)
class Cause:
    """One repair and where it is made; `place` is a contractor or an address with its host."""

    title: str
    place: str
    mark: Mark
    agencies: int
    sites: int
    closes: int


@dataclass(frozen=True, slots=True)
class Causes:
    """The widest repairs of the gravest kind first. Each finding counts in one row at most."""

    rows: tuple[Cause, ...]
    closes: int  # findings all rows close together
    more: int  # rows the table does not show


@dataclass(frozen=True, slots=True)
class _Found:
    """A cause with what it is sorted by."""

    cause: Cause
    severity: Severity


def causes(rulings: tuple[Ruling, ...], desk: Desk) -> Causes:
    """Every repair that helps two sites or more when it is made once."""
    actions = (
        action
        for action in group(rulings, desk.dossier.checks, desk.howtos)
        if action.severity is not Severity.INFO  # which asks for nothing
    )
    found = [one for action in actions for one in _of(action, desk)]
    found.sort(key=lambda one: (one.severity.rank, -one.cause.sites, -one.cause.closes))
    rows = tuple(one.cause for one in found)
    return Causes(rows[:MOST], sum(row.closes for row in rows), max(0, len(rows) - MOST))


def _of(action: Action, desk: Desk) -> Iterator[_Found]:
    """The places of one job, the one with most sites first; a finding is told at one place only."""
    rest = list(action.rulings)
    while rest:
        place, rows = max(_places(rest, desk).items(), key=lambda item: _breadth(item[1]), default=("", rest))
        if not place or len(_sites(rows)) < FEWEST_SITES:
            return
        yield _found(action, place, rows, desk)
        rest = [r for r in rest if r not in rows]


def _breadth(rulings: list[Ruling]) -> tuple[int, int]:
    return len(_sites(rulings)), len(rulings)


def _places(rulings: Iterable[Ruling], desk: Desk) -> dict[str, list[Ruling]]:
    """Findings by shared server and by contractor; where both are as wide, the server of a server's fault leads."""
    by_server: dict[str, list[Ruling]] = {}
    by_vendor: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        site = desk.sites.get(ruling.finding.site_id)
        if site is None:
            continue
        if ruling.finding.check_id.partition(".")[0] in SERVER_TOPICS:
            for address in _servers(site, desk):
                by_server.setdefault(address, []).append(ruling)
        if site.vendor:
            by_vendor.setdefault(one_line(site.vendor, NAME_LIMIT), []).append(ruling)
    return {**by_server, **{name: rows for name, rows in by_vendor.items() if name not in by_server}}


def _servers(site: Site, desk: Desk) -> tuple[str, ...]:
    visit = desk.dossier.visits.get(site.id)
    return tuple(dict.fromkeys(one_line(a) for a in addresses_of(visit))) if visit else ()


def _found(action: Action, place: str, rulings: list[Ruling], desk: Desk) -> _Found:
    sites = [desk.sites[i] for i in _sites(rulings)]
    severity = min((r.severity for r in rulings), key=lambda s: s.rank)
    hosting = {one_line(site.hosting, NAME_LIMIT) for site in sites}
    is_server = place != one_line(sites[0].vendor, NAME_LIMIT)
    where = f"{place}, {hosting.pop()}" if is_server and len(hosting) == 1 and "" not in hosting else place
    cause = Cause(
        title=title_of(action, desk),
        place=where,
        mark=severity_mark(severity, desk.say),
        agencies=len({site.agency_id for site in sites}),
        sites=len(sites),
        closes=len(rulings),
    )
    return _Found(cause, severity)


def _sites(rulings: Iterable[Ruling]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(r.finding.site_id for r in rulings))
