"""http.csp-report-only: the policy only reports and blocks nothing."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.author.web import csp_proof, policies_of
from scanner.parse.csp import FETCH_DIRECTIVES, OTHER_DIRECTIVES
from scanner.samples.web import page

CSP = "content-security-policy"
HEADER = "content-security-policy-report-only"


@check(
    "http.csp-report-only",
    on=Page,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="CSP mới ở chế độ báo cáo", en="The CSP only reports"),
    why=Text(
        vi="Chế độ báo cáo là bước thử tốt, nhưng chưa chặn được gì.",
        en="Report-only is a good way to try a policy, but it blocks nothing yet.",
    ),
    fix=Text(
        vi="Khi báo cáo đã yên, đổi tên tiêu đề thành Content-Security-Policy.",
        en="When the reports have gone quiet, rename the header to Content-Security-Policy.",
    ),
    refs=("CSP Level 3 section 3.2",),
    howto="content-security-policy",
    notes={
        "only": Text(vi="Không có chính sách nào đang áp dụng.", en="No policy is enforced."),
        "none": Text(
            vi="Không có chính sách nào, kể cả ở chế độ báo cáo; xem http.csp-missing.",
            en="There is no policy, not even report-only; see http.csp-missing.",
        ),
    },
    examples=(
        Example("report only", page((HEADER, "default-src 'self'")), "fail"),
        Example(
            "one enforced beside it",
            page((HEADER, "default-src 'none'"), (CSP, "default-src 'self'")),
            "pass",
        ),
        Example("enforced", page((CSP, "default-src 'self'")), "pass"),
        Example("an empty policy enforces nothing", page((HEADER, "default-src 'self'"), (CSP, "")), "fail"),
        Example(
            "a misspelt policy enforces nothing",
            page((HEADER, "default-src 'self'"), (CSP, "defalt-src 'self'")),
            "fail",
        ),
        Example(
            "in meta it does not exist",
            page(html=f'<meta http-equiv={HEADER} content="default-src *">'),
            "notapplicable",
        ),
        Example("no policy", page(), "notapplicable"),
    ),
)
def csp_report_only(page: Page, _ctx: Context) -> Judgement:
    """Judge whether anything is enforced beside the report-only header."""
    known = FETCH_DIRECTIVES | OTHER_DIRECTIVES
    if any(directive.name in known for policy in policies_of(page) for directive in policy.directives):
        return Pass(saw=csp_proof(page))
    lines = page.lines(HEADER)
    if lines:
        return Fail(saw="\n".join(lines), where=(page.url,), note="only")
    return NotApplicable(because="none")
