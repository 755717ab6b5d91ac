"""http.csp-style-inline: the policy lets any style that stands in the page apply."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.author.web import csp_proof, policies_of
from scanner.parse.csp import STYLE_ATTRIBUTE, STYLE_ELEMENT, allows_inline, is_allowed, is_governed
from scanner.samples.web import page

CSP = "content-security-policy"


@check(
    "http.csp-style-inline",
    on=Page,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="CSP cho phép kiểu viết thẳng trong trang", en="The CSP allows inline styles"),
    why=Text(
        vi="Kiểu hiển thị bị chèn có thể đổi hình thức trang, nhưng không chạy được mã; các chuẩn đánh giá khác nhau về điểm này.",
        en="A planted style can change how the page looks but runs no script; the standards disagree about it.",
    ),
    fix=Text(
        vi="Khi thuận tiện, chuyển kiểu vào tệp CSS rồi bỏ 'unsafe-inline' khỏi style-src.",
        en="When convenient, move styles to files and drop 'unsafe-inline' from style-src.",
    ),
    refs=("CSP Level 3 section 6.7.3.2",),
    howto="content-security-policy",
    notes={
        "inline": Text(vi="style-src cho phép 'unsafe-inline'.", en="style-src allows 'unsafe-inline'."),
        "no-policy": Text(
            vi="Không có chính sách nào nói về kiểu hiển thị.", en="No policy speaks of styles."
        ),
    },
    examples=(
        Example("unsafe-inline", page((CSP, "style-src 'self' 'unsafe-inline'")), "fail"),
        Example(
            "in attributes only", page((CSP, "style-src 'self'; style-src-attr 'unsafe-inline'")), "fail"
        ),
        Example("strict", page((CSP, "default-src 'self'")), "pass"),
        Example(
            "a nonce switches it off",
            page((CSP, "style-src 'unsafe-inline' 'nonce-MTIzNDU2Nzg5MDEyMzQ1Ng=='")),
            "pass",
        ),
        Example(
            "two policies, one strict",
            page((CSP, "style-src 'unsafe-inline'"), (CSP, "style-src 'self'")),
            "pass",
        ),
        Example("scripts only", page((CSP, "script-src 'self'")), "notapplicable"),
    ),
)
def csp_style_inline(page: Page, _ctx: Context) -> Judgement:
    """Judge what all policies allow together. Information only: never a failure that counts."""
    policies = policies_of(page)
    if not is_governed(policies, STYLE_ELEMENT):
        return NotApplicable(because="no-policy")
    if any(is_allowed(policies, names, allows_inline) for names in (STYLE_ELEMENT, STYLE_ATTRIBUTE)):
        return Fail(saw=csp_proof(page), where=(page.url,), note="inline")
    return Pass(saw=csp_proof(page))
