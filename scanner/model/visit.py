"""The order to make a visit, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from scanner.model.agency import Depth, Lifecycle
from scanner.model.evidence import Ledger, Target
from scanner.model.finding import Finding, SiteState
from scanner.model.look import Before


@dataclass(frozen=True, slots=True)
class Job:
    """The order to visit one site. Crosses process borders, so it holds plain values only."""

    scan_id: str
    site_id: str
    target: Target
    depth: Depth = Depth.PASSIVE
    declared: Lifecycle = Lifecycle.ACTIVE
    probes: tuple[str, ...] = ("dns", "tls", "http")  # parts of the evidence to collect
    needs: tuple[str, ...] = ()  # further fetches the chosen checks asked for: canary ...
    scope: tuple[str, ...] = ()  # other hosts of the same agency a redirect may be followed to
    allow_addresses: tuple[str, ...] = ()  # CIDR blocks the authorisation opens for this site
    dkim_selectors: tuple[str, ...] = ()  # those the inventory declares
    budget_s: float = 120.0
    refused: str = ""  # why this visit may not be made; then nothing is asked
    tls_listing: str = "verdict"  # or "full": every cipher suite and group
    before: Before | None = None  # the page as an earlier visit saw it, to compare with
    certificate_urls: bool = False  # fetch what certificates name: issuers, revocation lists, responders


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit came to: state, findings, and the digest of its evidence file."""

    scan_id: str
    site_id: str
    state: SiteState
    evidence_sha256: str  # of the stored file; empty when a worker died
    findings: tuple[Finding, ...]
    ledger: Ledger
    started_at: datetime
    finished_at: datetime
    facts: str = "{}"  # JSON object {dns, tls, http, cms}: what the evidence says, for documents


RECHECK = "recheck"
VERIFY = "verify"


@dataclass(frozen=True, slots=True)
class Scan:
    """A run over many sites."""

    id: str
    started_at: datetime
    depth: Depth
    tool_version: str
    data_date: str  # ISO date of the oldest reference table in use
    finished_at: datetime | None = None
    degraded: str = ""  # why this run may close nothing
    purpose: str = (
        ""  # RECHECK: a few sites on request, closes findings at once; VERIFY: before mail goes out
    )

    @property
    def is_whole(self) -> bool:
        """True for a review of its own; a second look at some sites is none, and no report is about it."""
        return not self.purpose
