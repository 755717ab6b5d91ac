"""Keys that several servers share, as reports list them. Hosts of other agencies are named, nothing else of theirs."""

from dataclasses import dataclass

from reports.clean import one_line
from reports.view.desk import Desk
from reports.view.names import NAME_LIMIT, host_of, short_name_of
from scanner.model.shared_key import SharedKey

MOST = 20
DIGITS = 16  # of a hash: enough to find it in the facts


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One key as strings; `danger` says what follows from sharing it."""

    key: str
    hosts: str
    agencies: str
    danger: str
    is_drown: bool


def key_rows(desk: Desk, agency_id: str = "") -> tuple[KeyRow, ...]:
    """The shared keys of the scan, or those that concern one agency."""
    found = (k for k in desk.dossier.shared_keys if not agency_id or agency_id in k.agency_ids)
    return tuple(_row(one, desk) for one in found)[:MOST]


def _row(one: SharedKey, desk: Desk) -> KeyRow:
    agencies = (short_name_of(desk.dossier.inventory, a, desk.say) for a in one.agency_ids if a)
    danger = desk.say("keys.reuse")
    if one.is_drown:
        danger = desk.say("keys.drown", hosts=_hosts(one.ssl2_on, desk))
    return KeyRow(
        key=f"{one.kind} {one.spki_sha256[:DIGITS]}",
        hosts=_hosts(one.site_ids, desk),
        agencies="; ".join(agencies) or "\N{EN DASH}",
        danger=danger,
        is_drown=one.is_drown,
    )


def _hosts(site_ids: tuple[str, ...], desk: Desk) -> str:
    sites = (desk.sites[s] for s in site_ids if s in desk.sites)
    return ", ".join(one_line(host_of(site), NAME_LIMIT) for site in sites)
