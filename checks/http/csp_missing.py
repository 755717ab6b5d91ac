"""http.csp-missing: no enforced policy says which scripts may run."""

from scanner.author import (
    Context,
    Example,
    Fail,
    Judgement,
    Missing,
    Page,
    Pass,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.author.web import policies_of
from scanner.parse.csp import governs_scripts
from scanner.samples.web import page

HEADER = "content-security-policy"
REPORT_ONLY = "content-security-policy-report-only"
META = '<meta http-equiv="Content-Security-Policy" content="{}">'


@check(
    "http.csp-missing",
    on=Page,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Chưa có chính sách bảo mật nội dung (CSP)", en="No content security policy (CSP)"),
    why=Text(
        vi="Khi trang bị chèn mã lạ, trình duyệt không có căn cứ để chặn mã đó.",
        en="When foreign script is planted in the page, browsers have no ground to block it.",
    ),
    fix=Text(
        vi="Bắt đầu bằng Content-Security-Policy-Report-Only, rồi bật chính sách giới hạn nguồn mã (script-src hoặc default-src).",
        en="Begin with Content-Security-Policy-Report-Only, then enforce a policy that limits scripts (script-src or default-src).",
    ),
    refs=("CSP Level 3 section 2.2", "CSP Level 3 section 3.1"),
    howto="content-security-policy",
    notes={
        "absent": Text(vi="Không có chính sách nào đang áp dụng.", en="No policy is enforced."),
        "report-only": Text(
            vi="Chỉ có chính sách ở chế độ báo cáo, chưa chặn gì.",
            en="There is only a report-only policy; it blocks nothing.",
        ),
        "scripts": Text(
            vi="Có chính sách nhưng không nói gì về mã chạy trên trang.",
            en="There is a policy, but it says nothing about scripts.",
        ),
    },
    examples=(
        Example("absent", page(), "fail"),
        Example("script-src", page((HEADER, "script-src 'self'")), "pass"),
        Example("default-src", page((HEADER, "default-src 'self'; upgrade-insecure-requests")), "pass"),
        Example("in a meta element", page(html=META.format("default-src 'self'")), "pass"),
        Example(
            "meta with name instead of http-equiv is void",
            page(html='<meta name="Content-Security-Policy" content="default-src \'self\'">'),
            "fail",
        ),
        Example("meta in the body is void", page(html=f"<body>{META.format('script-src x')}"), "fail"),
        Example("a no-break space is no space", page((HEADER, "script-src\xa0'self'")), "fail"),
        Example("report only", page((REPORT_ONLY, "default-src 'self'")), "fail"),
        Example(
            "report only in meta is void",
            page(html='<meta http-equiv="Content-Security-Policy-Report-Only" content="default-src *">'),
            "fail",
        ),
        Example("upgrade only protects no script", page((HEADER, "upgrade-insecure-requests")), "fail"),
        Example("framing only", page((HEADER, "frame-ancestors 'self'")), "fail"),
        Example(
            "second line governs scripts",
            page((HEADER, "frame-ancestors 'self'"), (HEADER, "script-src 'self'")),
            "pass",
        ),
        Example("empty value", page((HEADER, "")), "fail"),
        Example("a page cut short may hold a meta policy", page(html="<a href=x>" * 5_001), "unknown"),
    ),
)
def csp_missing(page: Page, _ctx: Context) -> Judgement:
    """Any enforced policy that governs scripts is enough here; its strength is for other checks."""
    policies = policies_of(page)
    proof = page.lines(HEADER) or tuple(f"<meta {HEADER}> {v}" for v in page.html.http_equiv(HEADER))
    if governs_scripts(policies):
        return Pass(saw="\n".join(proof))
    if policies:
        return Fail(saw="\n".join(proof), where=(page.url,), note="scripts")
    if page.html.truncated:
        return Unknown(
            *Missing(Why.TOO_LARGE, "the page is too large to rule out a policy in a meta element")
        )
    reports = page.lines(REPORT_ONLY)
    if reports:
        return Fail(saw="\n".join(reports), where=(page.url,), note="report-only")
    return Fail(saw=f"GET {page.url}: {page.status}, no {HEADER}", where=(page.url,), note="absent")
