"""http.csp-form-action-missing: a planted form can send what people type anywhere."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.author.web import NO_SCRIPT_POLICY, csp_proof, policies_of
from scanner.parse.csp import Directive, governs_scripts, has_keyword, is_allowed, is_governed
from scanner.samples.web import page

CSP = "content-security-policy"


@check(
    "http.csp-form-action-missing",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="CSP thiếu form-action", en="The CSP lacks form-action"),
    why=Text(
        vi="Biểu mẫu bị chèn có thể gửi mật khẩu và giấy tờ người dân nhập sang máy chủ khác.",
        en="A planted form can send the passwords and papers people enter to another server.",
    ),
    fix=Text(
        vi="Thêm form-action 'self' (và các nơi nhận hợp lệ) vào chính sách.",
        en="Add form-action 'self' (and the proper receivers) to the policy.",
    ),
    refs=("CSP Level 3 section 6.4.1",),
    howto="content-security-policy",
    notes={
        "no-policy": NO_SCRIPT_POLICY,
        "open": Text(
            vi="Không có form-action; default-src không thay thế được.",
            en="There is no form-action; default-src does not cover it.",
        ),
        "anywhere": Text(vi="form-action cho phép mọi nơi.", en="form-action allows any place."),
    },
    examples=(
        Example("absent, default-src does not cover it", page((CSP, "default-src 'none'")), "fail"),
        Example("self", page((CSP, "default-src 'self'; form-action 'self'")), "pass"),
        Example("anywhere", page((CSP, "default-src 'self'; form-action *")), "fail"),
        Example(
            "two policies, one strict",
            page((CSP, "default-src 'self'; form-action *"), (CSP, "form-action 'self'")),
            "pass",
        ),
        Example("empty means nowhere", page((CSP, "default-src 'self'; form-action")), "pass"),
        Example("no policy", page(), "notapplicable"),
    ),
)
def csp_form_action_missing(page: Page, _ctx: Context) -> Judgement:
    """Judge where all policies together let forms go."""
    policies = policies_of(page)
    if not governs_scripts(policies):
        return NotApplicable(because="no-policy")
    if not is_governed(policies, ("form-action",)):
        return Fail(saw=csp_proof(page), where=(page.url,), note="open")
    if is_allowed(policies, ("form-action",), _is_open):
        return Fail(saw=csp_proof(page), where=(page.url,), note="anywhere")
    return Pass(saw=csp_proof(page))


def _is_open(directive: Directive) -> bool:
    return has_keyword(directive, "*", "http:", "https:")
