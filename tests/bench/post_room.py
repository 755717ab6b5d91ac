"""What it costs to write up a province: 300 agencies with 1,000 sites, every check's own words and remedies.

`python -m tests.bench.post_room FOLDER` writes the reports in Vietnamese, one mail per agency, and FOLDER/sizes.json.
"""

import email
import email.policy
import json
import statistics
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

from reports import shelf
from reports.mail import compose
from scanner.judge import apply, finding_of
from scanner.model.agency import Agency, Contact, Depth, Inventory, Province, Role, Site
from scanner.model.check import Check, Context
from scanner.model.dossier import Dossier
from scanner.model.evidence import Ledger, LedgerLine
from scanner.model.finding import Finding, SiteState, Verdict
from scanner.model.history import History
from scanner.model.settings import MailSettings, ReportSettings
from scanner.model.visit import Scan, Visit
from scanner.policy.office import dossier as ruled
from scanner.registry import load_checks
from scanner.samples import SEEN_AT, sample_reference

AGENCIES, SITES = 300, 1000
MAILS = 20  # bodies that are measured
FAULTS = 15  # open findings of an ordinary site, as in the invented province
VENDORS = ("Công ty Giải pháp Số A", "Công ty Phần mềm B", "Công ty C", "")
FACTS = json.dumps(
    {
        "cms": {
            "components": [
                {"key": "apache-httpd", "name": "Apache", "version": "2.4.29", "distribution": "Ubuntu"}
            ],
            "products": [{"key": "joomla", "name": "Joomla", "version": "3.4.8"}],
        }
    }
)


def province() -> Dossier:
    """The scan, ruled. The sites of an agency share a builder, and so their faults."""
    checks = load_checks()
    context = Context(SEEN_AT, sample_reference())
    said = {check.id: tuple(_said(check, context)) for check in checks}
    agencies = tuple(
        Agency(f"co-quan-{n}", f"Sở số {n} tỉnh Mẫu", contacts=(Contact(Role.HEAD, f"a{n}@mau.example"),))
        for n in range(AGENCIES)
    )
    sites = tuple(
        Site(
            f"s{n}",
            f"co-quan-{n % AGENCIES}",
            f"https://s{n}.mau.example/",
            f"Trang {n}",
            vendor=VENDORS[n % 4],
        )
        for n in range(SITES)
    )
    visits = [_visit(n, site.id, checks, said) for n, site in enumerate(sites)]
    return ruled(
        scan=Scan("s", SEEN_AT, Depth.STANDARD, "0.1.0", "2026-10-06", SEEN_AT),
        inventory=Inventory(Province("tỉnh Mẫu"), agencies, sites),
        visits=visits,
        history=History(),
        checks={check.id: check for check in checks},
        settings=ReportSettings(waivers=None, papers=None),
        on=date(2026, 11, 22),
    )


def _said(check: Check, context: Context) -> Iterator[Finding]:
    """What a check says of its examples: a failure first, then all that is none."""
    found = [
        finding_of(
            "", check, apply(check, e.view, Context(e.seen_at or context.seen_at, context.ref, e.declared))
        )
        for e in check.examples
    ]
    yield from sorted(found, key=lambda f: f.verdict is not Verdict.FAIL)


def _visit(
    number: int, site_id: str, checks: tuple[Check, ...], said: dict[str, tuple[Finding, ...]]
) -> Visit:
    failing = {(number % AGENCIES * 7 + step * 11) % len(checks) for step in range(FAULTS)}
    findings = tuple(
        replace(_choice(said[check.id], fails=place in failing), site_id=site_id)
        for place, check in enumerate(checks)
    )
    ledger = Ledger((LedgerLine(f"203.0.{number % 40}.{number % 200}", 9, 12, 40_000),), 3)
    return Visit("s", site_id, SiteState.REACHED, "ab" * 32, findings, ledger, SEEN_AT, SEEN_AT, FACTS)


def _choice(findings: tuple[Finding, ...], *, fails: bool) -> Finding:
    wanted = Verdict.FAIL if fails else Verdict.PASS
    return next((f for f in findings if f.verdict is wanted), findings[-1])


def _body_bytes(eml: bytes) -> int:
    """The bytes of text a mail carries, without its attachment."""
    message = email.message_from_bytes(eml, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    parts = [message.get_body((kind,)) for kind in ("plain", "html")]
    return sum(len(str(part.get_content()).encode()) for part in parts if part is not None)


def main(folder: Path) -> None:
    """Write everything and the sizes of it."""
    dossier = province()
    papers = shelf.write_all(dossier, folder / "reports", formats=("html",))
    own = [path.stat().st_size for path in papers if path.name.startswith("co-quan-")]
    settings = MailSettings(sender="annm@mau.example", attach=False)
    some = tuple(agency.id for agency in dossier.agencies())[:MAILS]
    post = compose(dossier, settings, now=SEEN_AT + timedelta(days=1), only=some)
    bodies = [_body_bytes(parcel.eml) for parcel in post.parcels]
    sizes = {
        "agencies": len(own),
        "median_kb": statistics.median(own) / 1000,
        "largest_kb": max(own) / 1000,
        "overview_kb": (folder / "reports" / "province.vi.html").stat().st_size / 1000,
        "largest_mail_kb": max(bodies) / 1000,
    }
    (folder / "sizes.json").write_text(json.dumps(sizes), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
