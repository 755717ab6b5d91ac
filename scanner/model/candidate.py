"""A host that seems to belong to an agency and stands in no inventory."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """One host to be added, or to be asked about. It was seen, never visited."""

    host: str
    signs: tuple[str, ...]  # what showed it: link certificate dns redirect; sorted
    seen_on: tuple[str, ...]  # ids of the sites whose visit showed it, in inventory order
    agency_ids: tuple[str, ...]  # whose it may be: the agency of the nearest name above it, else of the sites
    is_below: bool  # it lies below a host of the inventory, so the first agency is likely right
