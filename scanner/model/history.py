"""What earlier scans said: enough to tell how a finding changed and what the earlier grades were."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scanner.model.finding import Finding, SiteState, Verdict
from scanner.model.visit import RECHECK, Scan, Visit


@dataclass(frozen=True, slots=True)
class Sighting:
    """One verdict of one scan. `at` is aware UTC; a degraded scan decides nothing."""

    scan_id: str
    at: datetime
    verdict: Verdict
    state: SiteState
    degraded: bool = False
    purpose: str = ""  # of the scan

    @property
    def is_recheck(self) -> bool:
        """True when somebody asked by name, so that its pass closes a finding at once."""
        return self.purpose == RECHECK

    @property
    def is_whole(self) -> bool:
        """True for a sighting of a whole scan; reports compare those."""
        return not self.purpose


@dataclass(frozen=True, slots=True)
class SecondLook:
    """A site visited again after a scan, before the next whole one."""

    scan: Scan
    visit: Visit


@dataclass(frozen=True, slots=True)
class Glance:
    """How an earlier visit fared with the checks for signs of compromise. `seen_at` is aware UTC."""

    site_id: str
    scan_id: str
    seen_at: datetime
    passed: int
    changed: int  # failed checks that compare with an earlier visit
    failed: int  # all other failed ones


@dataclass(frozen=True, slots=True)
class PastSite:
    """One site in one earlier scan: its failures, and how many checks were decided and applicable."""

    site_id: str
    state: SiteState
    decided: int
    applicable: int
    failures: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class PastRun:
    """One earlier finished scan."""

    scan: Scan
    sites: tuple[PastSite, ...]


@dataclass(frozen=True, slots=True)
class History:
    """All before one scan. Pairs (site id, check id) that never failed have no sightings here."""

    sightings: Mapping[tuple[str, str], tuple[Sighting, ...]] = field(default_factory=dict)  # oldest first
    runs: tuple[PastRun, ...] = ()  # the newest few, oldest first
