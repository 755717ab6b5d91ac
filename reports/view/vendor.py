"""The sheet for one contractor: the same jobs and cards as the agencies get, put together across agencies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reports.clean import one_line
from reports.dates import day, number, percent
from reports.view import work
from reports.view.actions import Action, group
from reports.view.agency import FOOT_LIMIT, method_lines
from reports.view.alphabet import vietnamese_key
from reports.view.counts import Counts, count
from reports.view.desk import Desk, make_desk
from reports.view.names import NAME_LIMIT, agency_name_of, host_of, marking, officer_line, sender
from reports.words import Say
from scanner.howto import Howto
from scanner.model.agency import Site
from scanner.model.dossier import Dossier
from scanner.model.finding import Severity

JOBS_LISTED = 12


@dataclass(frozen=True, slots=True)
class VendorSite:
    """One site of the contractor, and which of the jobs touch it."""

    host: str
    agency: str
    state: str
    jobs: str
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class VendorView:
    """All strings of one contractor's sheet."""

    language: str
    title: str
    foot: str
    sender: str
    marking: str
    vendor: str
    subtitle: str
    lead: str
    numbers: tuple[tuple[str, str], ...]
    counts: Counts
    sites: tuple[VendorSite, ...]
    jobs: tuple[work.Job, ...]
    cards: tuple[work.Card, ...]
    method: tuple[tuple[str, str], ...]
    officer: str


def vendors_of(dossier: Dossier) -> tuple[str, ...]:
    """The contractors the inventory names for visited sites, in alphabetical order."""
    names = {vendor_of(site) for site in dossier.inventory.sites if site.id in dossier.rulings}
    return tuple(sorted(names - {""}, key=vietnamese_key))


def vendor_of(site: Site) -> str:
    """The contractor of a site on one line; empty when the inventory names none."""
    return one_line(site.vendor, NAME_LIMIT)


def vendor_view(dossier: Dossier, vendor: str, say: Say, howtos: Mapping[str, Howto]) -> VendorView:
    """The sheet in one language; `vendor` is a name as `vendors_of` gives it."""
    desk = _by_host(make_desk(dossier, say, howtos))
    sites = _sites(dossier, vendor)
    rulings = desk.rulings(tuple(site.id for site in sites))
    counts = count(rulings, desk.today)
    actions = group(rulings, dossier.checks, howtos)
    mark, on = marking(dossier.settings, say), day(dossier.scan.started_at)
    touching = _job_numbers(actions)
    severe = sum(r.is_open and r.severity.rank <= Severity.HIGH.rank for r in rulings)
    return VendorView(
        language=say.language,
        title=say("vsheet.title", vendor=vendor),
        foot=say("vsheet.foot", vendor=one_line(vendor, FOOT_LIMIT), on=on, marking=mark),
        sender=sender(dossier, say),
        marking=mark,
        vendor=vendor,
        subtitle=say("vsheet.subtitle", on=on, agencies=len({s.agency_id for s in sites}), n=len(sites)),
        lead=_lead(actions, counts, say),
        numbers=_numbers(len(actions), counts, severe, say),
        counts=counts,
        sites=tuple(_site(site, touching.get(site.id, ()), desk) for site in sites),
        jobs=work.jobs(actions, desk),
        cards=work.cards(actions, desk),
        method=method_lines(desk, None),
        officer=officer_line(dossier, say),
    )


def _by_host(desk: Desk) -> Desk:
    """The desk with sites called by their host: 'main site' is no name where every agency has one."""
    return replace(desk, sites={site_id: replace(site, name="") for site_id, site in desk.sites.items()})


def _sites(dossier: Dossier, vendor: str) -> tuple[Site, ...]:
    visited = (site for agency in dossier.agencies() for site in dossier.sites_of(agency.id))
    return tuple(site for site in visited if vendor_of(site) == vendor)


def _lead(actions: tuple[Action, ...], counts: Counts, say: Say) -> str:
    if actions:
        return say("vsheet.lead", n=len(actions), total=counts.open)
    return say("vsheet.none" if counts.decided else "vsheet.blind")


def _numbers(jobs: int, counts: Counts, severe: int, say: Say) -> tuple[tuple[str, str], ...]:
    named = (("jobs", jobs), ("open", counts.open), ("severe", severe), ("overdue", counts.overdue))
    shown = tuple((say(f"vsheet.num.{name}"), number(n, say.language)) for name, n in named)
    return (*shown, (say("pnum.coverage"), percent(counts.decided, counts.applicable)))


def _job_numbers(actions: tuple[Action, ...]) -> Mapping[str, list[int]]:
    """By site id, the numbers of the jobs that touch it."""
    numbers: dict[str, list[int]] = {}
    for number_of, action in enumerate(actions, 1):
        for site_id in action.site_ids:
            numbers.setdefault(site_id, []).append(number_of)
    return numbers


def _site(site: Site, jobs: Sequence[int], desk: Desk) -> VendorSite:
    ruled = desk.dossier.rulings[site.id]
    counts = count(ruled.rulings, desk.today)
    cut = " …" if len(jobs) > JOBS_LISTED else ""
    return VendorSite(
        host=host_of(site),
        agency=agency_name_of(desk.dossier.inventory, site.agency_id, desk.say),
        state=desk.say(f"state.{ruled.state}"),
        jobs=", ".join(map(str, jobs[:JOBS_LISTED])) + cut,
        open=counts.open,
        overdue=counts.overdue,
    )
