"""Hosts a scan saw that seem to be an agency's and stand in no inventory: listed for a person, never visited."""

import json
from collections.abc import Iterable, Mapping, Sequence

from scanner.model.agency import Inventory, Site
from scanner.model.candidate import Candidate
from scanner.model.evidence import Target
from scanner.model.visit import Visit
from scanner.parse.host import target_of


def candidates_of(inventory: Inventory, visits: Iterable[Visit]) -> tuple[Candidate, ...]:
    """Every such host once: those a page or a certificate showed first, then the most often seen."""
    owners = _owners(inventory.sites)
    order = {site.id: number for number, site in enumerate(inventory.sites)}
    signs: dict[str, set[str]] = {}
    seen_on: dict[str, set[str]] = {}
    for visit in visits:
        for host, told in _relatives(visit):
            if host not in owners:
                signs.setdefault(host, set()).update(told)
                seen_on.setdefault(host, set()).add(visit.site_id)
    agency_of = {site.id: site.agency_id for site in inventory.sites}
    found = []
    for host, shown in signs.items():
        sites = sorted(seen_on[host], key=lambda site_id: order.get(site_id, len(order)))
        nearest = _nearest(host, owners)
        agencies = (nearest,) if nearest else tuple(dict.fromkeys(agency_of.get(s, "") for s in sites))
        found.append(Candidate(host, tuple(sorted(shown)), tuple(sites), agencies, is_below=bool(nearest)))
    return tuple(sorted(found, key=lambda c: (c.signs == ("dns",), -len(c.seen_on), c.host)))


def _owners(sites: Sequence[Site]) -> dict[str, str]:
    """Every host of the inventory, with and without www, and the agency that answers for it."""
    found: dict[str, str] = {}
    for site in sites:
        target = target_of(site.url)
        if isinstance(target, Target):
            bare = target.host.removeprefix("www.")
            found.setdefault(bare, site.agency_id)
            found.setdefault(f"www.{bare}", site.agency_id)
    return found


def _nearest(host: str, owners: Mapping[str, str]) -> str:
    """The agency of the longest name of the inventory that lies above a host; empty when none does."""
    labels = host.split(".")
    above = (".".join(labels[at:]) for at in range(1, len(labels) - 1))
    return next((owners[name] for name in above if name in owners), "")


def _relatives(visit: Visit) -> Iterable[tuple[str, list[str]]]:
    """Pairs of (host, signs) in the facts of a visit; facts of older releases hold none."""
    facts = json.loads(visit.facts or "{}")
    for row in facts.get("relatives") or ():
        yield row["host"], row["signs"]
