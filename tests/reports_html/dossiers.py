"""Dossiers of several sizes for the report tests. All names are invented."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from scanner.howto import Howto, PlatformSteps, Step
from scanner.model.agency import (
    Agency,
    Authorisation,
    Contact,
    Depth,
    Inventory,
    Province,
    Role,
    Site,
)
from scanner.model.check import Check, Pass
from scanner.model.dossier import Dossier, PastScan
from scanner.model.evidence import Ledger, LedgerLine
from scanner.model.finding import Confidence, Finding, Severity, SiteState, Trend, Verdict
from scanner.model.ruling import Binding, Change, Clause, Ruling, Score, SiteRulings, Waiver
from scanner.model.text import Text
from scanner.model.visit import Scan, Visit
from scanner.policy.files import own_rules
from scanner.policy.rules import read_policy
from scanner.policy.score import TitleOf, score_agency

NOW = datetime(2026, 11, 22, 1, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
HOSTILE = (
    "</pre><script>alert(1)</script><img src=x onerror=alert(2)>\"' {{7*7}} {% raw %} ]]> -->"
    "\u202egnp.exe\x00\x1b[31m\ud800\u0085\u2028 javascript:alert(3) </style><style>*{display:none}"
)
OUTSIDER = "https://evil.example/x.js"

HTTPS = Clause(
    "vietnam",
    "GOV-01",
    "39/2017/TT-BTTTT",
    "Phụ lục mục 4.2",
    Text("Dùng HTTPS", "HTTPS is used"),
    Binding.COMPULSORY,
    contested=True,
    evidence="V1",
)
SUPPORT = Clause(
    "vietnam",
    "GOV-07",
    "TCVN 14423:2026",
    "mục 4.3",
    Text("Không dùng phần mềm hết hỗ trợ", "No software out of support"),
    Binding.BY_REFERENCE,
    evidence="V2",
)
HEADERS = Clause(
    "owasp-asvs",
    "HDR-01",
    "OWASP ASVS 5.0",
    "3.4.1",
    Text("HSTS trên mọi phản hồi", "HSTS on every response"),
    Binding.REFERENCE_ONLY,
    evidence="V1",
)
DOSSIER_PAPER = Clause(
    "vietnam",
    "GOV-14",
    "331/2026/NĐ-CP",
    "Điều 18",
    Text("Hồ sơ cấp độ đã phê duyệt", "Level dossier approved"),
    Binding.COMPULSORY,
    evidence="V2",
)


def make_check(
    check_id: str, severity: Severity, title: Text, *, howto: str = "", notes: dict[str, Text] | None = None
) -> Check:
    return Check(
        id=check_id,
        on=object,
        severity=severity,
        since="0.1",
        title=title,
        why=Text("Người dân có thể bị dẫn tới trang giả.", "People can be led to a fake page."),
        fix=Text("Bật cấu hình này trên máy chủ.", "Switch this on at the server."),
        refs=("RFC 6797 section 6.1",),
        judge=lambda _view, _context: Pass(),
        howto=howto,
        notes=notes or {},
    )


CHECKS = {
    check.id: check
    for check in (
        make_check(
            "tls.certificate-expiring",
            Severity.HIGH,
            Text("Chứng thư số sắp hết hạn", "Certificate about to expire"),
            howto="renew-certificate",
            notes={"days": Text("Chứng thư hết hạn ngày {ends_on}.", "The certificate ends on {ends_on}.")},
        ),
        make_check(
            "tls.old-version-offered",
            Severity.MEDIUM,
            Text("Máy chủ còn nhận TLS 1.0 hoặc 1.1", "TLS 1.0 or 1.1 still offered"),
            howto="disable-old-tls",
        ),
        make_check(
            "http.hsts-missing",
            Severity.MEDIUM,
            Text("Trang chưa bật HSTS", "HSTS is not enforced"),
            howto="set-response-header",
        ),
        make_check(
            "http.nosniff-missing",
            Severity.LOW,
            Text("Trang chưa chặn tự đoán kiểu nội dung", "Content types may be guessed"),
            howto="set-response-header",
        ),
        make_check(
            "http.https-missing", Severity.HIGH, Text("Trang không có HTTPS", "The site has no HTTPS")
        ),
        make_check(
            "cookies.session-insecure",
            Severity.MEDIUM,
            Text("Cookie phiên chưa được bảo vệ", "Session cookie unprotected"),
        ),
        make_check(
            "cms.joomla-unsupported",
            Severity.HIGH,
            Text("Joomla đã hết hỗ trợ", "Joomla is out of support"),
            howto="upgrade-joomla",
            notes={
                "line": Text("{line}, hết hỗ trợ từ {ended_on}.", "{line}, out of support since {ended_on}.")
            },
        ),
        make_check(
            "cms.version-disclosed",
            Severity.INFO,
            Text("Trang nói ra phiên bản phần mềm", "The site tells its software version"),
        ),
    )
}


def make_howto(key: str, title: Text, effort: Text, *platforms: str) -> Howto:
    return Howto(
        key=key,
        title=title,
        effort=effort,
        effort_size="S",
        verify=Text("Chạy lại lệnh tự kiểm chứng.", "Run the command below again."),
        may_break=Text("Trình duyệt rất cũ có thể không vào được.", "Very old browsers may be shut out."),
        undo=Text("Trả tệp cấu hình về bản sao lưu.", "Restore the saved configuration file."),
        platforms=tuple(
            PlatformSteps(
                platform,
                (
                    Step(Text("Sao lưu cấu hình.", "Save the configuration.")),
                    Step(
                        Text("Thêm dòng dưới đây rồi nạp lại.", "Add this line and reload."), f"# {platform}"
                    ),
                ),
            )
            for platform in platforms
        ),
        reproduce="curl -sI {url}",
    )


HOWTOS = {
    howto.key: howto
    for howto in (
        make_howto(
            "renew-certificate",
            Text("Gia hạn chứng thư số", "Renew the certificate"),
            Text("nửa ngày", "half a day"),
            "any",
        ),
        make_howto(
            "disable-old-tls",
            Text("Tắt giao thức mã hóa cũ", "Switch old protocols off"),
            Text("một giờ", "one hour"),
            "nginx",
            "apache",
            "any",
        ),
        make_howto(
            "set-response-header",
            Text("Đặt tiêu đề phản hồi bảo vệ trình duyệt", "Send the protective response headers"),
            Text("nửa ngày", "half a day"),
            "nginx",
            "apache",
            "iis",
            "any",
        ),
        make_howto(
            "upgrade-joomla",
            Text("Thay Joomla bằng bản còn hỗ trợ", "Replace Joomla by a supported release"),
            Text("10 đến 15 ngày", "10 to 15 days"),
            "joomla",
        ),
    )
}


def ruling(
    site_id: str,
    check_id: str,
    verdict: Verdict,
    *,
    saw: str = "HTTP/1.1 200 OK",
    note: str = "",
    values: tuple[tuple[str, str], ...] = (),
    why: str = "",
    trend: Trend | None = None,
    age_days: int = 0,
    due_in: int | None = None,
    waiver: Waiver | None = None,
    lapsed: Waiver | None = None,
    clauses: tuple[Clause, ...] = (),
    where: tuple[str, ...] = (),
) -> Ruling:
    check = CHECKS[check_id]
    finding = Finding(
        site_id, check_id, verdict, check.severity, Confidence.HIGH, saw, where, note, values, why
    )
    change = Change(trend, NOW - timedelta(days=age_days), NOW) if trend else None
    due = TODAY + timedelta(days=due_in) if due_in is not None else None
    return Ruling(finding, check.severity, change, waiver, lapsed, clauses, due)


def site_rulings(
    site_id: str, rulings: Sequence[Ruling], state: SiteState = SiteState.REACHED
) -> SiteRulings:
    decided = sum(r.finding.verdict in {Verdict.PASS, Verdict.FAIL} for r in rulings)
    applicable = sum(r.finding.verdict != Verdict.NOTAPPLICABLE for r in rulings)
    return SiteRulings(site_id, state, tuple(rulings), decided, applicable)


def all_unknown(site_id: str, why: str = "timeout", state: SiteState = SiteState.UNREACHED) -> SiteRulings:
    rows = [ruling(site_id, c, Verdict.UNKNOWN, why=why, saw="connect to 192.0.2.1:443") for c in CHECKS]
    return site_rulings(site_id, rows, state)


def all_good(site_id: str) -> SiteRulings:
    return site_rulings(site_id, [ruling(site_id, c, Verdict.PASS, clauses=(HTTPS,)) for c in CHECKS])


def faulty(
    site_id: str, *, text: str = "Server: Apache/2.4.29 (Ubuntu)", waived: bool = False
) -> SiteRulings:
    """A site with something of everything."""
    waiver = Waiver(site_id, "http.nosniff-missing", text, text, date(2026, 12, 31), "12/QD")
    lapsed = Waiver(site_id, "tls.old-version-offered", text, text, date(2026, 10, 1))
    rows = [
        ruling(
            site_id,
            "tls.certificate-expiring",
            Verdict.FAIL,
            saw=text,
            note="days",
            values=(("ends_on", "2026-11-29"),),
            trend=Trend.NEW,
            due_in=5,
        ),
        ruling(
            site_id,
            "tls.old-version-offered",
            Verdict.FAIL,
            saw=text,
            trend=Trend.SAME,
            age_days=61,
            due_in=29,
            lapsed=lapsed,
            where=(text,) * 9,
        ),
        ruling(
            site_id,
            "http.hsts-missing",
            Verdict.FAIL,
            saw=text,
            trend=Trend.REOPENED,
            age_days=3,
            due_in=29,
            clauses=(HEADERS,),
        ),
        ruling(
            site_id,
            "http.nosniff-missing",
            Verdict.FAIL,
            saw=text,
            trend=Trend.SAME,
            age_days=90,
            due_in=None if waived else 90,
            waiver=waiver if waived else None,
        ),
        ruling(site_id, "http.https-missing", Verdict.PASS, saw=text, trend=Trend.FIXED, clauses=(HTTPS,)),
        ruling(site_id, "cookies.session-insecure", Verdict.NOTAPPLICABLE, saw=""),
        ruling(
            site_id,
            "cms.joomla-unsupported",
            Verdict.FAIL,
            saw=text,
            note="line",
            values=(("line", text if len(text) > 60 else "Joomla 3.4"), ("ended_on", "2023-08-17")),
            trend=Trend.SAME,
            age_days=153,
            due_in=-123,
            clauses=(SUPPORT,),
        ),
        ruling(site_id, "cms.version-disclosed", Verdict.UNKNOWN, why="blocked", saw=text),
    ]
    return site_rulings(site_id, rows, SiteState.PARTLY)


def visit(site_id: str, facts: object, address: str = "203.0.113.20") -> Visit:
    return Visit(
        scan_id="2026-11-22-01",
        site_id=site_id,
        state=SiteState.REACHED,
        evidence_sha256="3f9a710c" * 8,
        findings=(),
        ledger=Ledger((LedgerLine(address, 9, 12, 48_211),), 4),
        started_at=NOW,
        finished_at=NOW + timedelta(seconds=14),
        facts=facts if isinstance(facts, str) else json.dumps(facts),
    )


def facts(*components: tuple[str, str], products: Sequence[tuple[str, str]] = ()) -> dict[str, object]:
    return {
        "cms": {
            "components": [{"name": n, "version": v} for n, v in components],
            "products": [{"name": n, "version": v} for n, v in products],
        }
    }


def graded(grade: str, base: int, bonus: int, **met: bool | None) -> dict[str, object]:
    """The http part of facts: the public grade in both modes, and what one authority misses."""
    counts = base >= 90
    told = {
        "grade": grade,
        "score": base + bonus if counts else base,
        "base": base,
        "bonus": bonus,
        "gate": 90,
        "bonus_counts": counts,
        "assumed": ["preload-list", "cors"],
    }
    every = {"hsts": True, "referrer-policy": True, "framing": True, "csp": True}
    return {
        "observatory": {"as-scanned": told, "as-specified": {"missing": "refused", "detail": ""}},
        "profiles": {"observatory": every, "owasp": {**every, **met}, "internet.nl": {**every, **met}},
    }


APACHE = facts(("Apache", "2.4.29"), ("PHP", "7.2.24"), products=[("Joomla", "3.4")])
NGINX = {**facts(("nginx", "1.30")), "http": graded("B+", 80, 15, csp=False, hsts=None)}


def province(name: str = "tỉnh Mẫu") -> Province:
    return Province(
        name=name,
        unit="Phòng An ninh mạng tỉnh Mẫu",
        officer=Contact(Role.OFFICER, "annm@mau.example", "Nguyễn Văn A", "0900 000 001"),
        incident_phone="0900 000 000",
    )


def agency(agency_id: str, name: str, name_en: str = "") -> Agency:
    return Agency(
        agency_id,
        name,
        name_en,
        contacts=(Contact(Role.WEBMASTER, "web@mau.example", "Trung tâm Công nghệ số tỉnh Mẫu"),),
    )


def score(points: int | None, grade: str, rows: Sequence[SiteRulings]) -> Score:
    return Score(
        points=points,
        grade=grade,
        decided=sum(r.decided for r in rows),
        applicable=sum(r.applicable for r in rows),
        cap=Text("Giữ ở 49 vì có phần mềm hết hỗ trợ.", "Held at 49: software out of support.")
        if points == 49
        else None,
        steps=STEPS if points == 49 else ((Text("Điểm ban đầu", "Start"), points or 0),),
    )


STEPS = (
    (Text("Điểm ban đầu", "Start"), 100),
    (Text("Phần mềm hết hỗ trợ", "Software out of support"), -20),
    (Text("Mức trần", "Cap"), -31),
)


def past(points: int, grade: str, open_findings: int, months: int) -> PastScan:
    at = NOW - timedelta(days=30 * months)
    return PastScan(f"past-{months}", at, Score(points, grade, 14, 16), open_findings, new=1, fixed=2)


def make_dossier(
    agencies: Sequence[Agency],
    sites: Sequence[Site],
    rulings: Sequence[SiteRulings],
    visits: Sequence[Visit],
    scores: dict[str, Score],
    *,
    history: dict[str, tuple[PastScan, ...]] | None = None,
    notchecked: tuple[Clause, ...] = (),
    place: Province | None = None,
    degraded: str = "",
) -> Dossier:
    inventory = Inventory(
        place or province(),
        tuple(agencies),
        tuple(sites),
        (
            Authorisation(
                "12/KH-UBND",
                "UBND tỉnh Mẫu",
                date(2026, 1, 5),
                date(2026, 1, 10),
                date(2026, 12, 31),
                Depth.STANDARD,
            ),
        ),
    )
    return Dossier(
        scan=Scan(
            "2026-11-22-01",
            NOW - timedelta(minutes=7),
            Depth.STANDARD,
            "0.1.0",
            "2026-10-06",
            NOW + timedelta(minutes=7),
            degraded,
        ),
        inventory=inventory,
        checks=CHECKS,
        visits={v.site_id: v for v in visits},
        rulings={r.site_id: r for r in rulings},
        scores=scores,
        past=history or {},
        notchecked=notchecked,
        issued_on=TODAY,
    )


def small() -> Dossier:
    """Two agencies: one with three sites and something of everything, one without a fault."""
    agencies = (
        agency("so-khcn", "Sở Khoa học và Công nghệ tỉnh Mẫu", "Department of Science and Technology"),
        agency("so-y-te", "Sở Y tế tỉnh Mẫu", "Department of Health"),
    )
    sites = (
        Site("khcn", "so-khcn", "https://sokhcn.mau.example/", "Trang chính", 2, vendor="Công ty A"),
        Site("hoidap", "so-khcn", "https://hoidap.sokhcn.mau.example/", "Hỏi đáp"),
        Site("sangkien", "so-khcn", "https://sangkien.sokhcn.mau.example/", "Sáng kiến"),
        Site("yte", "so-y-te", "https://soyte.mau.example/"),
    )
    rulings = (faulty("khcn"), faulty("hoidap", waived=True), all_unknown("sangkien"), all_good("yte"))
    visits = (
        visit("khcn", APACHE),
        visit("hoidap", NGINX),
        visit("sangkien", {}, "203.0.113.21"),
        visit("yte", NGINX),
    )
    scores = {"so-khcn": score(49, "D", rulings[:3]), "so-y-te": score(100, "A", rulings[3:])}
    history = {"so-khcn": tuple(past(p, g, n, m) for p, g, n, m in HISTORY)}
    return make_dossier(
        agencies, sites, rulings, visits, scores, history=history, notchecked=(DOSSIER_PAPER,)
    )


HISTORY = ((38, "E", 14, 4), (41, "E", 12, 3), (44, "E", 13, 2), (45, "D", 12, 1))


def plain_names() -> Dossier:
    """The small one with ASCII names only, to find Vietnamese words an English report should not have."""
    dossier = small()
    sites = tuple(replace(s, name=s.id, vendor="Company A") for s in dossier.inventory.sites)
    agencies = tuple(
        replace(a, contacts=(Contact(Role.WEBMASTER, "web@mau.example", "Digital Centre"),))
        for a in dossier.inventory.agencies
    )
    place = Province("Mau", "Cyber Unit", Contact(Role.OFFICER, "a@mau.example", "A"), "1")
    documents = tuple(replace(a, issuer="Mau") for a in dossier.inventory.authorisations)
    inventory = Inventory(place, agencies, sites, documents)
    return replace(dossier, inventory=inventory, notchecked=())


def one_site_good() -> Dossier:
    """One agency, one site, nothing found, no past."""
    row = all_good("yte")
    return make_dossier(
        (agency("so-y-te", "Sở Y tế tỉnh Mẫu"),),
        (Site("yte", "so-y-te", "https://soyte.mau.example/"),),
        (row,),
        (visit("yte", NGINX),),
        {"so-y-te": score(100, "A", (row,))},
    )


def nothing_reachable() -> Dossier:
    """Three sites, none of which answered: the score is withheld."""
    sites = tuple(Site(f"s{n}", "xa", f"https://s{n}.mau.example/", f"Trang {n}") for n in range(3))
    rows = (
        all_unknown("s0"),
        all_unknown("s1", "dns"),
        all_unknown("s2", "blocked", SiteState.BLOCKED),
    )
    return make_dossier(
        (agency("xa", "UBND xã Mẫu Giang"),),
        sites,
        rows,
        tuple(visit(s.id, "not json") for s in sites),
        {"xa": score(None, "", rows)},
        degraded="3 of 3 sites vanished",
    )


def forty_sites() -> Dossier:
    """One agency with a very long name and forty faulty sites."""
    name = (
        "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh Mẫu, cơ quan thường trực của "
        "Ban Chỉ đạo chuyển đổi số tỉnh Mẫu"
    )
    sites = tuple(
        Site(f"s{n:02}", "vp", f"https://phong-ban-so-{n:02}.vanphong.mau.example/", f"Trang phòng {n}")
        for n in range(40)
    )
    rows = tuple(faulty(s.id, waived=n % 5 == 0) for n, s in enumerate(sites))
    return make_dossier(
        (agency("vp", name),),
        sites,
        rows,
        tuple(visit(s.id, APACHE if n % 2 else NGINX) for n, s in enumerate(sites)),
        {"vp": score(49, "D", rows)},
        history={"vp": tuple(past(p, g, n * 9, m) for p, g, n, m in HISTORY)},
        notchecked=(DOSSIER_PAPER,),
    )


def hostile() -> Dossier:
    """Every field that can come from the wire, and every name, holds hostile text."""
    sites = (Site("x", "a", f"https://x.example/{HOSTILE}", HOSTILE, vendor=HOSTILE),)
    row = faulty("x", text=f"{HOSTILE} {OUTSIDER}", waived=True)
    place = Province(HOSTILE, HOSTILE, Contact(Role.OFFICER, HOSTILE, HOSTILE, HOSTILE), HOSTILE)
    evil = facts((HOSTILE, HOSTILE), ("Apache", OUTSIDER), products=[(HOSTILE, "9")])
    evil["http"] = {
        "observatory": {"as-scanned": {"grade": HOSTILE, "assumed": [HOSTILE], "base": HOSTILE}},
        "profiles": {"owasp": {HOSTILE: True}, "observatory": HOSTILE},
    }
    return make_dossier(
        (Agency("a", HOSTILE, HOSTILE),),
        sites,
        (row,),
        (visit("x", evil),),
        {"a": score(49, "D", (row,))},
        place=place,
    )


def whole_province(agencies: int = 24) -> Dossier:
    """Many agencies with two or three sites each, of every fate."""
    bodies = tuple(agency(f"a{n:02}", f"UBND xã Mẫu {name}") for n, name in enumerate(NAMES[:agencies]))
    sites: list[Site] = []
    rows: list[SiteRulings] = []
    scores: dict[str, Score] = {}
    history: dict[str, tuple[PastScan, ...]] = {}
    for n, body in enumerate(bodies):
        own = [
            Site(f"{body.id}-{i}", body.id, f"https://w{i}.{body.id}.mau.example/", vendor=VENDORS[n % 3])
            for i in range(2)
        ]
        fates = (faulty(own[0].id, waived=n % 6 == 0), (all_good, all_unknown, faulty)[n % 3](own[1].id))
        sites += own
        rows += fates
        points = None if n == 5 else 28 + 3 * n
        scores[body.id] = score(points, "" if points is None else "EDCBA"[min(4, n // 5)], fates)
        history[body.id] = tuple(past(30 + 2 * n, "D", 6, m) for m in (4, 3, 2, 1))
    visits = [visit(s.id, APACHE if i % 3 else NGINX, f"203.0.113.{i % 17}") for i, s in enumerate(sites)]
    return make_dossier(bodies, sites, rows, visits, scores, history=history, notchecked=(DOSSIER_PAPER,))


VENDORS = ("Công ty A", "Trung tâm Công nghệ số tỉnh Mẫu", "")
NAMES = [
    "An",
    "Bình",
    "Châu",
    "Đông",
    "Giang",
    "Hòa",
    "Lâm",
    "Sơn",
    "Thủy",
    "Phú",
    "Quang",
    "Tân",
    "Vinh",
    "Xuân",
    "Yên",
    "Đức",
    "Hà",
    "Hải",
    "Kim",
    "Long",
    "Minh",
    "Nam",
    "Ninh",
    "Phong",
]


def alarmed() -> Dossier:
    """The forty sites, three of them suspected of a compromise: the fullest page one there is."""
    dossier = forty_sites()
    check = make_check(
        "compromise.gambling-links",
        Severity.CRITICAL,
        Text("Trang chứa link cờ bạc ẩn", "The site holds hidden gambling links"),
    )
    finding = Finding("s01", check.id, Verdict.FAIL, Severity.CRITICAL, Confidence.MEDIUM, HOSTILE)
    found = Ruling(finding, Severity.CRITICAL, Change(Trend.NEW, NOW, NOW), due_on=TODAY)
    rulings = dict(dossier.rulings)
    for site_id in ("s01", "s02", "s03"):
        own = replace(found, finding=replace(finding, site_id=site_id))
        rulings[site_id] = site_rulings(site_id, (own, *rulings[site_id].rulings))
    return replace(dossier, rulings=rulings, checks={**dossier.checks, check.id: check})


def scored(dossier: Dossier) -> Dossier:
    """The same with the scores the rules of the house give; a low bar, so that none is withheld."""
    scores = {}
    for body in dossier.agencies():
        rows = [
            all_good(s.id) if s.id == "sangkien" else dossier.rulings[s.id] for s in dossier.sites_of(body.id)
        ]
        rows = [replace(r, decided=r.applicable) for r in rows]
        dossier = replace(dossier, rulings={**dossier.rulings, **{r.site_id: r for r in rows}})
        scores[body.id] = score_agency(rows, POLICY, TitleOf({c.id: c.title for c in CHECKS.values()}))
    return replace(dossier, scores=scores)


POLICY = read_policy(own_rules()[1], filename="policy.toml")
