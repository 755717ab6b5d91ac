"""What sites share: vendors, server addresses, software. One talk or one repair helps many."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reports.clean import one_line
from reports.view.alphabet import vietnamese_key
from reports.view.counts import count
from reports.view.desk import Desk
from reports.view.seen import Software, addresses_of, software_of
from scanner.model.agency import Site
from scanner.model.finding import Severity

HOSTS_SHOWN = 20
SOFTWARE_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Share:
    """Sites with something in common, and how they stand."""

    name: str
    sites: int
    agencies: int
    open: int
    severe: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Part:
    """One product and version, and where it runs."""

    name: str
    version: str
    sites: int
    agencies: int


def vendors(sites: Iterable[Site], desk: Desk) -> tuple[Share, ...]:
    """All vendors in alphabetical order; sites without one stand last."""
    shares = _shares(sites, lambda site: (one_line(site.vendor),), desk)
    nobody = desk.say("vendors.none")
    named = (s if s.name else Share(nobody, s.sites, s.agencies, s.open, s.severe, s.overdue) for s in shares)
    return tuple(sorted(named, key=lambda s: (s.name == nobody, vietnamese_key(s.name))))


def shared_hosts(sites: Iterable[Site], desk: Desk) -> tuple[Share, ...]:
    """Addresses that serve two sites or more, the most open findings first."""
    shares = [s for s in _shares(sites, lambda site: _addresses(site, desk), desk) if s.sites > 1]
    return tuple(sorted(shares, key=lambda s: (-s.open, -s.sites, s.name)))[:HOSTS_SHOWN]


def software(sites: Iterable[Site], desk: Desk) -> tuple[Part, ...]:
    """Every product and version, the most common first."""
    found: dict[Software, list[Site]] = {}
    for site in sites:
        visit = desk.dossier.visits.get(site.id)
        for part in software_of(visit) if visit else ():
            found.setdefault(part, []).append(site)
    parts = (
        Part(part.name, part.version or desk.say("parts.no_version"), len(on), len({s.agency_id for s in on}))
        for part, on in found.items()
    )
    return tuple(sorted(parts, key=lambda p: (-p.sites, p.name.lower(), p.version)))[:SOFTWARE_SHOWN]


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
    return Share(
        name=name,
        sites=len(sites),
        agencies=len({site.agency_id for site in sites}),
        open=counts.open,
        severe=sum(r.is_open and r.severity.rank <= Severity.HIGH.rank for r in rulings),
        overdue=counts.overdue,
    )
