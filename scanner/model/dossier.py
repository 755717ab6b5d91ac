"""Everything known when a scan is written up. The post room reads this and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from scanner.model.agency import Agency, Inventory, Site
from scanner.model.candidate import Candidate
from scanner.model.check import Check
from scanner.model.pace import Period
from scanner.model.paper import Paper
from scanner.model.ruling import Clause, Score, SiteRulings
from scanner.model.settings import ReportSettings
from scanner.model.shared_key import SharedKey
from scanner.model.visit import Scan, Visit


@dataclass(frozen=True, slots=True)
class PastScan:
    """One line of history for one agency, recomputed under the present rules."""

    scan_id: str
    at: datetime
    score: Score
    open_findings: int
    new: int = 0
    fixed: int = 0
    reopened: int = 0


@dataclass(frozen=True, slots=True)
class Dossier:
    """One scan, ruled. Mappings are keyed by id; orders are those of the inventory."""

    scan: Scan
    inventory: Inventory  # the snapshot stored with the scan
    checks: Mapping[str, Check]
    visits: Mapping[str, Visit]  # by site id
    rulings: Mapping[str, SiteRulings]  # by site id
    scores: Mapping[str, Score]  # by agency id
    past: Mapping[str, tuple[PastScan, ...]]  # by agency id, oldest first, without this scan
    notchecked: tuple[Clause, ...]  # demands no scanner can see
    issued_on: date
    unanswered: tuple[Clause, ...] = ()  # demands that could be seen from outside, but no check looks yet
    settings: ReportSettings = field(default_factory=ReportSettings)
    shared_keys: tuple[SharedKey, ...] = ()  # one key on servers of several owners
    candidates: tuple[Candidate, ...] = ()  # hosts seen that may be an agency's and stand in no inventory
    papers: tuple[Paper, ...] = ()  # documents filed for demands no scanner can see
    periods: Mapping[str, tuple[Period, ...]] = field(
        default_factory=dict
    )  # by site id: times findings were open

    def sites_of(self, agency_id: str) -> tuple[Site, ...]:
        """The visited sites an agency answers for, in inventory order."""
        return tuple(s for s in self.inventory.sites if s.agency_id == agency_id and s.id in self.rulings)

    def agencies(self) -> tuple[Agency, ...]:
        """Agencies with at least one visited site, in inventory order."""
        return tuple(a for a in self.inventory.agencies if self.sites_of(a.id))
