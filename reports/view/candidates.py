"""Hosts the scan saw that may be an agency's and stand in no inventory, as the overview lists them."""

from dataclasses import dataclass

from reports.clean import one_line
from reports.view.desk import Desk
from reports.view.names import NAME_LIMIT, host_of, short_name_of
from reports.words import WORDS
from scanner.model.candidate import Candidate

MOST = 20
SITES_SHOWN = 2
AGENCIES_SHOWN = 2


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One host as strings."""

    host: str
    agency: str
    signs: str
    sites: str


def candidate_rows(desk: Desk) -> tuple[tuple[CandidateRow, ...], int]:
    """The hosts most sites mention, and how many more there are."""
    found = desk.dossier.candidates
    return tuple(_row(one, desk) for one in found[:MOST]), max(0, len(found) - MOST)


def _row(candidate: Candidate, desk: Desk) -> CandidateRow:
    agencies = [
        short_name_of(desk.dossier.inventory, agency_id, desk.say)
        for agency_id in candidate.agency_ids[:AGENCIES_SHOWN]
        if agency_id
    ]
    signs = (desk.say(f"sign.{s}") if f"sign.{s}" in WORDS else one_line(s) for s in candidate.signs)
    return CandidateRow(
        host=one_line(candidate.host, NAME_LIMIT),
        agency="; ".join(agencies) or "\N{EN DASH}",
        signs=", ".join(signs),
        sites=_mentioned(candidate, desk),
    )


def _mentioned(candidate: Candidate, desk: Desk) -> str:
    """The hosts of the sites: every agency has a "main site"."""
    sites = [desk.sites[site_id] for site_id in candidate.seen_on if site_id in desk.sites]
    names = ", ".join(host_of(site) for site in sites[:SITES_SHOWN])
    rest = len(sites) - SITES_SHOWN
    return f"{names} {desk.say('work.more_sites', n=rest)}" if rest > 0 else names
