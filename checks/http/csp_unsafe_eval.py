"""http.csp-unsafe-eval: the policy lets text be run as script."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.author.web import NO_SCRIPT_POLICY, csp_proof, policies_of
from scanner.parse.csp import SCRIPT, Directive, has_keyword, is_allowed, is_governed
from scanner.samples.web import page

CSP = "content-security-policy"


@check(
    "http.csp-unsafe-eval",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="CSP cho phép chạy chuỗi ký tự như mã", en="The CSP allows text to be run as script"),
    why=Text(
        vi="Dữ liệu người ngoài nhập vào có thể biến thành mã nếu trang dùng eval.",
        en="What strangers enter may become script where the page uses eval.",
    ),
    fix=Text(
        vi="Thay thư viện cũ cần eval rồi bỏ 'unsafe-eval'; nếu chỉ cần WebAssembly, dùng 'wasm-unsafe-eval'.",
        en="Replace old libraries that need eval, then drop 'unsafe-eval'; for WebAssembly alone use 'wasm-unsafe-eval'.",
    ),
    refs=("CSP Level 3 section 4.4",),
    howto="content-security-policy",
    notes={
        "no-policy": NO_SCRIPT_POLICY,
        "eval": Text(
            vi="Mọi chính sách đều cho phép 'unsafe-eval'.", en="Every policy allows 'unsafe-eval'."
        ),
    },
    examples=(
        Example("unsafe-eval", page((CSP, "script-src 'self' 'unsafe-eval'")), "fail"),
        Example("by default-src", page((CSP, "default-src 'unsafe-eval'")), "fail"),
        Example(
            "script-src-elem does not govern eval",
            page((CSP, "script-src-elem 'self'; default-src 'unsafe-eval'")),
            "fail",
        ),
        Example("without it", page((CSP, "script-src 'self'")), "pass"),
        Example("WebAssembly only", page((CSP, "script-src 'self' 'wasm-unsafe-eval'")), "pass"),
        Example(
            "two policies, one strict",
            page((CSP, "script-src 'unsafe-eval'"), (CSP, "default-src 'self'")),
            "pass",
        ),
        Example(
            "a nonce does not switch it off",
            page((CSP, "script-src 'nonce-MTIzNDU2Nzg5MDEyMzQ1Ng==' 'unsafe-eval'")),
            "fail",
        ),
        Example("no policy", page(), "notapplicable"),
    ),
)
def csp_unsafe_eval(page: Page, _ctx: Context) -> Judgement:
    """Judge what all policies allow together."""
    policies = policies_of(page)
    if not is_governed(policies, SCRIPT):
        return NotApplicable(because="no-policy")
    if is_allowed(policies, SCRIPT, _allows_eval):
        return Fail(saw=csp_proof(page), where=(page.url,), note="eval")
    return Pass(saw=csp_proof(page))


def _allows_eval(directive: Directive) -> bool:
    return has_keyword(directive, "'unsafe-eval'")
