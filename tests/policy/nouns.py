"""Small facts to rule on."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from scanner.model.agency import Agency, Depth, Inventory, Province, Site
from scanner.model.check import Check, Pass
from scanner.model.evidence import Evidence, Ledger
from scanner.model.finding import Confidence, Finding, Severity, SiteState, Verdict
from scanner.model.history import Sighting
from scanner.model.text import Text
from scanner.model.visit import Scan, Visit
from scanner.policy import files
from scanner.policy.rules import Policy, read_policy

START = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
TEXT = Text("vi", "en")
INVENTORY = Inventory(
    Province("Tỉnh Mẫu"),
    agencies=(Agency("so-y-te", "Sở Y tế"), Agency("so-xd", "Sở Xây dựng")),
    sites=(
        Site("s1", "so-y-te", "https://a.example/", level=3),
        Site("s2", "so-y-te", "https://b.example/"),
        Site("s3", "so-xd", "https://c.example/", level=2),
    ),
)


def own_policy() -> Policy:
    filename, text = files.own_rules()
    return read_policy(text, filename=filename)


def check(check_id: str, severity: Severity = Severity.MEDIUM, *, formerly: tuple[str, ...] = ()) -> Check:
    return Check(
        id=check_id,
        on=Evidence,
        severity=severity,
        since="0.1",
        title=Text(f"Lỗi {check_id}", f"Fault {check_id}"),
        why=TEXT,
        fix=TEXT,
        refs=(),
        judge=lambda _view, _ctx: Pass(),
        formerly=formerly,
    )


def checks(*made: Check) -> Mapping[str, Check]:
    return {one.id: one for one in made}


def finding(
    site_id: str,
    check_id: str,
    verdict: Verdict = Verdict.FAIL,
    severity: Severity = Severity.MEDIUM,
    confidence: Confidence = Confidence.HIGH,
) -> Finding:
    return Finding(site_id, check_id, verdict, severity, confidence)


def visit(site_id: str, *said: Finding, scan_id: str = "now", state: SiteState = SiteState.REACHED) -> Visit:
    return Visit(scan_id, site_id, state, "", said, Ledger(), START, START)


def scan(scan_id: str = "now", *, days: int = 0, degraded: str = "") -> Scan:
    at = START + timedelta(days=days)
    return Scan(scan_id, at, Depth.PASSIVE, "0.1", "2026-11-01", at, degraded)


def sighting(
    number: int,
    verdict: Verdict,
    state: SiteState = SiteState.REACHED,
    *,
    degraded: bool = False,
    hours: float | None = None,
) -> Sighting:
    at = START + timedelta(hours=24 * number if hours is None else hours)
    return Sighting(f"scan-{number}", at, verdict, state, degraded)
