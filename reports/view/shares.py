"""What sites share: vendors and server addresses. One talk or one repair helps many."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from reports.clean import one_line
from reports.view.alphabet import vietnamese_key
from reports.view.counts import count
from reports.view.desk import Desk
from reports.view.seen import addresses_of
from reports.view.tempo import pace_days, reopen_rate
from scanner.model.agency import Site
from scanner.model.finding import Severity

HOSTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Share:
    """Sites with something in common, and how they stand."""

    name: str
    sites: int
    agencies: int
    open: int
    severe: int
    overdue: int
    pace: str  # days in which half of the repairs were made; a dash while there are none
    again: str  # re-opened per repair
    place: str = ""  # who keeps the server


def vendors(sites: Iterable[Site], desk: Desk) -> tuple[Share, ...]:
    """All vendors in alphabetical order; sites without one stand last."""
    shares = _shares(sites, lambda site: (one_line(site.vendor),), desk)
    nobody = desk.say("vendors.none")
    named = (s if s.name else replace(s, name=nobody) for s in shares)
    return tuple(sorted(named, key=lambda s: (s.name == nobody, vietnamese_key(s.name))))


def shared_hosts(sites: Iterable[Site], desk: Desk) -> tuple[Share, ...]:
    """Addresses that serve two sites or more, the most open findings first."""
    shares = [s for s in _shares(sites, lambda site: _addresses(site, desk), desk) if s.sites > 1]
    return tuple(sorted(shares, key=lambda s: (-s.open, -s.sites, s.name)))[:HOSTS_SHOWN]


def _addresses(site: Site, desk: Desk) -> tuple[str, ...]:
    visit = desk.dossier.visits.get(site.id)
    return tuple(one_line(address) for address in addresses_of(visit)) if visit else ()


def _shares(sites: Iterable[Site], keys: Callable[[Site], tuple[str, ...]], desk: Desk) -> tuple[Share, ...]:
    groups: dict[str, list[Site]] = {}
    for site in sites:
        for key in dict.fromkeys(keys(site)):
            groups.setdefault(key, []).append(site)
    return tuple(_share(name, group, desk) for name, group in groups.items())


def _share(name: str, sites: list[Site], desk: Desk) -> Share:
    rulings = desk.rulings(tuple(site.id for site in sites))
    counts = count(rulings, desk.today)
    pace = desk.pace(site.id for site in sites)
    return Share(
        name=name,
        sites=len(sites),
        agencies=len({site.agency_id for site in sites}),
        open=counts.open,
        severe=sum(r.is_open and r.severity.rank <= Severity.HIGH.rank for r in rulings),
        overdue=counts.overdue,
        pace=pace_days(pace, desk.say),
        again=reopen_rate(pace),
        place=", ".join(sorted({one_line(site.hosting) for site in sites} - {""})),
    )
