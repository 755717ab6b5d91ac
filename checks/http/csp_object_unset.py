"""http.csp-object-unset: the policy limits scripts but says nothing about plug-ins."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.author.web import NO_SCRIPT_POLICY, csp_proof, policies_of
from scanner.parse.csp import OBJECT, governs_scripts, is_governed
from scanner.samples.web import page

CSP = "content-security-policy"


@check(
    "http.csp-object-unset",
    on=Page,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="CSP bỏ ngỏ object-src", en="The CSP leaves object-src open"),
    why=Text(
        vi="Thẻ object hoặc embed bị chèn có thể nạp nội dung chạy được và vòng qua giới hạn của script-src.",
        en="A planted object or embed can load content that runs, around the limits of script-src.",
    ),
    fix=Text(vi="Thêm object-src 'none' vào chính sách.", en="Add object-src 'none' to the policy."),
    refs=("CSP Level 3 section 6.1.9",),
    howto="content-security-policy",
    notes={
        "no-policy": NO_SCRIPT_POLICY,
        "open": Text(
            vi="Không có object-src, cũng không có default-src.",
            en="There is neither object-src nor default-src.",
        ),
    },
    examples=(
        Example("scripts only", page((CSP, "script-src 'self'")), "fail"),
        Example("object-src", page((CSP, "script-src 'self'; object-src 'none'")), "pass"),
        Example("covered by default-src", page((CSP, "default-src 'self'")), "pass"),
        Example(
            "covered by a second policy", page((CSP, "script-src 'self'"), (CSP, "object-src 'none'")), "pass"
        ),
        Example("no policy", page(), "notapplicable"),
    ),
)
def csp_object_unset(page: Page, _ctx: Context) -> Judgement:
    """Any policy that speaks of plug-ins is enough."""
    policies = policies_of(page)
    if not governs_scripts(policies):
        return NotApplicable(because="no-policy")
    if is_governed(policies, OBJECT):
        return Pass(saw=csp_proof(page))
    return Fail(saw=csp_proof(page), where=(page.url,), note="open")
