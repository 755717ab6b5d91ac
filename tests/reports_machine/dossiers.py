"""Hand-made dossiers: a small ordinary one, and one whose every remote field is hostile."""

from dataclasses import replace
from datetime import UTC, date, datetime

from scanner.model.agency import Agency, Contact, Depth, Inventory, Province, Role, Site
from scanner.model.check import Check, Pass
from scanner.model.dossier import Dossier, PastScan
from scanner.model.evidence import Ledger, LedgerLine
from scanner.model.finding import Confidence, Finding, Severity, SiteState, Trend, Values, Verdict
from scanner.model.ruling import Binding, Change, Clause, Ruling, Score, SiteRulings, Waiver
from scanner.model.text import Text
from scanner.model.visit import Scan, Visit

AT = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)  # 02:30 on 22/11/2026 in Vietnam
HOSTILE = (
    "<script>alert(1)</script> {{7*7}} {0.__class__} %s ]]> \x00\x1b[31m \u202egnp.exe \ud800 \ufffe"
    " [tải](https://hostile.example) =cmd|' /C calc'!A0\r\nBcc: thief@hostile.example\t\u2066"
)
CLAUSE = Clause(
    framework="vietnam",
    requirement="GOV-01",
    instrument="39/2017/TT-BTTTT",
    clause="Điều 9 khoản 2",
    title=Text("Dùng HTTPS", "Use HTTPS"),
    binding=Binding.RECOMMENDED,
    contested=True,
)


def rule(check_id: str, title: Text, severity: Severity, *, note: Text | None = None) -> Check:
    """A check with words and nothing to judge."""
    return Check(
        id=check_id,
        on=object,
        severity=severity,
        since="0.1",
        title=title,
        why=Text("Kẻ xấu có thể đọc lén dữ liệu.", "An attacker can read the data."),
        fix=Text("Gia hạn chứng thư số.", "Renew the certificate."),
        refs=("RFC 5280 section 4.1.2.5",),
        judge=lambda _view, _ctx: Pass(),
        notes={"says": note} if note else {},
        howto="",
    )


CHECKS = {
    c.id: c
    for c in (
        rule(
            "tls.certificate-expired",
            Text("Chứng thư số đã hết hạn", "Certificate expired"),
            Severity.CRITICAL,
            note=Text("Chứng thư của {name} hết hạn ngày {ended_on}.", "{name} expired on {ended_on}."),
        ),
        rule("http.hsts-missing", Text("Chưa bật HSTS", "HSTS is not enforced"), Severity.MEDIUM),
        rule("http.csp-missing", Text("Chưa có CSP", "No CSP"), Severity.LOW),
        rule("cookies.session-insecure", Text("Cookie phiên thiếu Secure", "Insecure cookie"), Severity.HIGH),
        rule("cms.joomla-unsupported", Text("Joomla hết hỗ trợ", "Joomla unsupported"), Severity.HIGH),
        rule("content.mixed-active", Text("Có nội dung hỗn hợp", "Mixed content"), Severity.MEDIUM),
    )
}
IDS = tuple(CHECKS)


def finding(site_id: str, check_id: str, verdict: Verdict, **more: object) -> Finding:
    """A finding of one of the checks above."""
    base = Finding(site_id, check_id, verdict, CHECKS[check_id].severity, Confidence.HIGH)
    return replace(base, **more)  # type: ignore[arg-type]  # the tests name real fields


def rulings_of(site_id: str, text: str = "nginx/1.2") -> SiteRulings:
    """One ruling of every kind."""
    values: Values = (("name", text), ("ended_on", "2026-08-05"))
    expired = finding(
        site_id, IDS[0], Verdict.FAIL, note="says", values=values, saw=text, where=(text, "10.0.0.1:443")
    )
    waived = finding(site_id, IDS[3], Verdict.FAIL, saw=text)
    rulings = (
        Ruling(
            expired,
            Severity.CRITICAL,
            Change(Trend.NEW, AT, AT),
            clauses=(CLAUSE,),
            due_on=date(2026, 11, 25),
        ),
        Ruling(finding(site_id, IDS[1], Verdict.PASS, saw=text), Severity.MEDIUM, Change(Trend.FIXED)),
        Ruling(finding(site_id, IDS[2], Verdict.UNKNOWN, why="timeout", saw=text), Severity.LOW),
        Ruling(
            waived,
            Severity.HIGH,
            Change(Trend.SAME, AT),
            waiver=Waiver(site_id, IDS[3], "Đang thay hệ thống", "Giám đốc Sở", date(2027, 1, 31), "CV 12"),
        ),
        Ruling(finding(site_id, IDS[4], Verdict.ERROR, why=f"KeyError: {text}"), Severity.HIGH),
        Ruling(finding(site_id, IDS[5], Verdict.NOTAPPLICABLE), Severity.MEDIUM),
    )
    return SiteRulings(site_id, SiteState.REACHED, rulings, decided=3, applicable=5)


def visit_of(ruled: SiteRulings, facts: str = '{"dns":{},"tls":{},"http":{"status":200},"cms":{}}') -> Visit:
    """The visit those rulings came from."""
    return Visit(
        scan_id="20261121T193000Z",
        site_id=ruled.site_id,
        state=SiteState.REACHED,
        evidence_sha256="0" * 64,
        findings=tuple(r.finding for r in ruled.rulings),
        ledger=Ledger((LedgerLine("192.0.2.1", 7, 5, 4_321),)),
        started_at=AT,
        finished_at=AT.replace(second=3),
        facts=facts,
    )


AGENCIES = (
    Agency(
        "so-y-te",
        "Sở Y tế tỉnh Mẫu",
        contacts=(
            Contact(Role.HEAD, "lanhdao@syt.mau.example", "Nguyễn Văn A"),
            Contact(Role.WEBMASTER, "web@syt.mau.example", "Trần Thị B"),
            Contact(Role.VENDOR, "hotro@congty.example"),
        ),
    ),
    Agency("so-xay-dung", "Sở Xây dựng tỉnh Mẫu", contacts=(Contact(Role.HEAD, "sxd@mau.example"),)),
)
PROVINCE = Province(
    name="Tỉnh Mẫu",
    unit="Đơn vị chuyên trách an ninh mạng tỉnh Mẫu",
    officer=Contact(Role.OFFICER, "annm@mau.example", "Lê Văn C", "0900 000 001"),
    incident_phone="0900 000 000",
)


def small(text: str = "nginx/1.2", *, scan_id: str = "20261121T193000Z", facts: str = "") -> Dossier:
    """Two agencies, three sites; `text` stands in every field that comes from the wire."""
    sites = (
        Site("syt-chinh", "so-y-te", "https://syt.mau.example/", "Trang chính"),
        Site("syt-hoidap", "so-y-te", "https://hoidap.syt.mau.example/"),
        Site("sxd", "so-xay-dung", "https://sxd.mau.example/"),
    )
    ruled = {site.id: rulings_of(site.id, text) for site in sites}
    score = Score(49, "D", decided=6, applicable=10)
    past = PastScan("20261021T193000Z", datetime(2026, 10, 21, 19, 30, tzinfo=UTC), score, open_findings=5)
    return Dossier(
        scan=Scan(scan_id, AT, Depth.PASSIVE, "0.1.0", "2026-11-01", AT.replace(minute=40)),
        inventory=Inventory(PROVINCE, AGENCIES, sites),
        checks=CHECKS,
        visits={k: visit_of(v, facts) if facts else visit_of(v) for k, v in ruled.items()},
        rulings=ruled,
        scores={"so-y-te": score, "so-xay-dung": Score(None, "", 1, 5)},
        past={"so-y-te": (past,), "so-xay-dung": ()},
        notchecked=(),
        issued_on=date(2026, 11, 22),
    )


def hostile() -> Dossier:
    """The small dossier as an attacker who controls every server would like it."""
    return small(HOSTILE, facts='{"dns":{"\\u202e":"\\ud800\\u0000"},"tls":[1],"http":{"title":"<script>"}}')
