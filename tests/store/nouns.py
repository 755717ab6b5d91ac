"""Small scans to store."""

from datetime import UTC, datetime, timedelta

from scanner.model.agency import Agency, Depth, Inventory, Province, Site
from scanner.model.evidence import Ledger, LedgerLine, Target
from scanner.model.finding import Confidence, Finding, Severity, SiteState, Verdict
from scanner.model.visit import Job, Scan, Visit

START = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
INVENTORY = Inventory(
    Province("Tỉnh Mẫu"),
    agencies=(Agency("so-y-te", "Sở Y tế"),),
    sites=(Site("s1", "so-y-te", "https://a.example/", level=3), Site("s2", "so-y-te", "https://b.example/")),
)


def scan(number: int = 1) -> Scan:
    return Scan(f"scan-{number}", START + timedelta(days=number), Depth.PASSIVE, "0.1", "2026-11-01")


def job(scan_id: str, site_id: str) -> Job:
    return Job(scan_id, site_id, Target(f"{site_id}.example"), scope=("b.example",), budget_s=90.0)


def finding(
    site_id: str, check_id: str = "http.x", verdict: Verdict = Verdict.FAIL, saw: str = ""
) -> Finding:
    return Finding(
        site_id,
        check_id,
        verdict,
        Severity.HIGH,
        Confidence.MEDIUM,
        saw=saw,
        where=("https://a.example/", "cookie"),
        note="late",
        values=(("ended_on", "2023-08-17"), ("line", "3.4")),
        why="timeout",
    )


def visit(
    scan_id: str, site_id: str, *said: Finding, state: SiteState = SiteState.REACHED, hours: int = 0
) -> Visit:
    at = START + timedelta(hours=hours)
    return Visit(
        scan_id,
        site_id,
        state,
        "ab" * 32,
        said,
        Ledger((LedgerLine("192.0.2.1", 2, 5, 900),), dns_queries=4),
        at,
        at + timedelta(seconds=3),
        facts='{"http":{"title":"Sở Y tế"}}',
    )
