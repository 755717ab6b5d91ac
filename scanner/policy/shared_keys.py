"""Keys that several servers of a scan share, read from the facts of its visits when it is written up.

A finding is about one visit; that two owners hold one key is about a scan, and changes when any of its sites does. So
it is no finding and costs no points: the reports print it beside them. Sites on the same addresses are one server with
one key, and sites of one agency are its own affair; both are left out, unless SSLv2 at one server makes the key the
trouble of the others (DROWN).
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scanner.model.agency import Inventory
from scanner.model.shared_key import SharedKey
from scanner.model.visit import Visit

SSL2 = "SSLv2"
ACCEPTED = "accepted"
RSA = "RSA"


@dataclass(frozen=True, slots=True)
class _Holder:
    """One address of one site that showed a key."""

    site_id: str
    address: str
    subject: str
    kind: str
    speaks_ssl2: bool


def shared_keys(inventory: Inventory, visits: Iterable[Visit]) -> tuple[SharedKey, ...]:
    """Every shared key, DROWN first, then by the number of agencies and sites."""
    holders: dict[str, list[_Holder]] = {}
    for visit in visits:
        for key, holder in _holders(visit):
            holders.setdefault(key, []).append(holder)
    order = {site.id: number for number, site in enumerate(inventory.sites)}
    agency_of = {site.id: site.agency_id for site in inventory.sites}
    found = [one for key, held in holders.items() if (one := _shared(key, held, order, agency_of, inventory))]
    return tuple(
        sorted(found, key=lambda k: (not k.is_drown, -len(k.agency_ids), -len(k.site_ids), k.spki_sha256))
    )


def _shared(
    key: str,
    held: list[_Holder],
    order: Mapping[str, int],
    agency_of: Mapping[str, str],
    inventory: Inventory,
) -> SharedKey | None:
    if not _is_spread(held):
        return None
    sites = sorted({h.site_id for h in held}, key=lambda s: (order.get(s, len(order)), s))
    agencies = tuple(dict.fromkeys(agency_of.get(s, "") for s in sites))
    ssl2 = tuple(s for s in sites if any(h.site_id == s and h.speaks_ssl2 and h.kind == RSA for h in held))
    one = SharedKey(key, held[0].kind, held[0].subject, tuple(sites), agencies, ssl2)
    return one if one.exposed or _are_strangers(agencies, inventory) else None


def _is_spread(held: Iterable[_Holder]) -> bool:
    """True when two sites hold the key on different servers: no address of one is an address of the other."""
    at: dict[str, set[str]] = {}
    for holder in held:
        at.setdefault(holder.site_id, set()).add(holder.address)
    return any(a.isdisjoint(b) for n, a in enumerate(at.values()) for b in list(at.values())[n + 1 :])


def _are_strangers(agencies: tuple[str, ...], inventory: Inventory) -> bool:
    """True when two of the agencies are not one above the other."""
    lines = [(a, inventory.lineage(a)) for a in agencies if a]
    return any(
        a not in above and b not in line for n, (a, line) in enumerate(lines) for b, above in lines[n + 1 :]
    )


def _holders(visit: Visit) -> Iterator[tuple[str, _Holder]]:
    """Pairs of (key, who showed it) in the facts of a visit; facts of older releases may lack any part."""
    for endpoint in _list(_dict(_dict(json.loads(visit.facts or "{}")).get("tls")).get("endpoints")):
        versions, address = _dict(endpoint.get("versions")), str(endpoint.get("address", ""))
        ssl2 = _dict(versions.get(SSL2)).get("answer") == ACCEPTED
        for chain in _list(endpoint.get("chains")):
            for leaf in _list(chain.get("certificates"))[:1]:
                key, kind = str(leaf.get("spki_sha256", "")), str(_dict(leaf.get("key")).get("type", ""))
                if key:
                    subject = str(leaf.get("subject", ""))
                    yield key, _Holder(visit.site_id, address, subject, kind, ssl2)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
