"""http.csp-unsafe: the policy lets any script that stands in the page run."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.author.web import NO_SCRIPT_POLICY, csp_proof, policies_of
from scanner.parse.csp import SCRIPT_ATTRIBUTE, SCRIPT_ELEMENT, allows_inline, governs_scripts, is_allowed
from scanner.samples.web import page

CSP = "content-security-policy"


@check(
    "http.csp-unsafe",
    on=Page,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="CSP cho phép mã viết thẳng trong trang", en="The CSP allows inline scripts"),
    why=Text(
        vi="Mã bị chèn vào trang cũng là mã viết thẳng trong trang, nên chính sách này không chặn được nó.",
        en="Script that is planted in the page is inline script too, so this policy does not stop it.",
    ),
    fix=Text(
        vi="Chuyển mã ra tệp riêng hoặc gắn nonce cho từng đoạn, rồi bỏ 'unsafe-inline' khỏi script-src.",
        en="Move scripts to files or give each a nonce, then drop 'unsafe-inline' from script-src.",
    ),
    refs=("CSP Level 3 section 6.7.3.2", "CSP Level 3 section 8.1"),
    howto="content-security-policy",
    notes={
        "no-policy": NO_SCRIPT_POLICY,
        "inline": Text(
            vi="Mọi chính sách trên trang đều cho phép 'unsafe-inline'.",
            en="Every policy of the page allows 'unsafe-inline'.",
        ),
        "handlers": Text(
            vi="Mã trong thuộc tính (onclick...) được phép chạy.",
            en="Script in attributes (onclick...) may run.",
        ),
    },
    examples=(
        Example("unsafe-inline", page((CSP, "script-src 'self' 'unsafe-inline'")), "fail"),
        Example("by default-src, in capitals", page((CSP, "default-src 'self' 'UNSAFE-INLINE'")), "fail"),
        Example("strict", page((CSP, "script-src 'self'")), "pass"),
        Example(
            "a nonce switches it off",
            page((CSP, "script-src 'unsafe-inline' 'nonce-MTIzNDU2Nzg5MDEyMzQ1Ng=='")),
            "pass",
        ),
        Example(
            "a hash switches it off",
            page((CSP, "script-src 'unsafe-inline' 'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='")),
            "pass",
        ),
        Example(
            "strict-dynamic switches it off",
            page((CSP, "script-src 'strict-dynamic' 'unsafe-inline' https:")),
            "pass",
        ),
        Example(
            "two policies, one strict",
            page((CSP, "script-src 'unsafe-inline'"), (CSP, "script-src 'self'")),
            "pass",
        ),
        Example("two in one line", page((CSP, "script-src 'unsafe-inline', default-src 'self'")), "pass"),
        Example(
            "two policies, both loose",
            page((CSP, "script-src 'unsafe-inline'"), (CSP, "default-src * 'unsafe-inline'")),
            "fail",
        ),
        Example(
            "a repeated directive is ignored",
            page((CSP, "script-src 'unsafe-inline'; script-src 'self'")),
            "fail",
        ),
        Example("style only", page((CSP, "default-src 'self'; style-src 'self' 'unsafe-inline'")), "pass"),
        Example("handlers only", page((CSP, "script-src 'self'; script-src-attr 'unsafe-inline'")), "fail"),
        Example(
            "a policy in meta makes it strict",
            page(
                (CSP, "script-src 'unsafe-inline'"),
                html="<meta http-equiv=Content-Security-Policy content=\"script-src 'self'\">",
            ),
            "pass",
        ),
        Example("a nonce that is none", page((CSP, "script-src 'unsafe-inline' 'nonce-'")), "fail"),
        Example("no policy", page(), "notapplicable"),
        Example("says nothing about scripts", page((CSP, "frame-ancestors 'self'")), "notapplicable"),
    ),
)
def csp_unsafe(page: Page, _ctx: Context) -> Judgement:
    """Judge what all policies allow together."""
    policies = policies_of(page)
    if not governs_scripts(policies):
        return NotApplicable(because="no-policy")
    proof = csp_proof(page)
    if is_allowed(policies, SCRIPT_ELEMENT, allows_inline):
        return Fail(saw=proof, where=(page.url,), note="inline")
    if is_allowed(policies, SCRIPT_ATTRIBUTE, allows_inline):
        return Fail(saw=proof, where=(page.url,), note="handlers")
    return Pass(saw=proof)
