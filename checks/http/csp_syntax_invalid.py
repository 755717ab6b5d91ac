"""http.csp-syntax-invalid: parts of the policy are misspelt, so browsers ignore them."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.author.web import csp_proof, policies_of
from scanner.parse.csp import FETCH_DIRECTIVES, HASH, NONCE, OTHER_DIRECTIVES, Directive
from scanner.samples.web import page

CSP = "content-security-policy"
KEYWORDS = frozenset(
    {
        "'none'",
        "'self'",
        "'unsafe-inline'",
        "'unsafe-eval'",
        "'unsafe-hashes'",
        "'strict-dynamic'",
        "'report-sample'",
        "'wasm-unsafe-eval'",
        "'inline-speculation-rules'",
        "'trusted-types-eval'",
        "'report-sha256'",
        "'report-sha384'",
        "'report-sha512'",
        "'unsafe-webtransport-hashes'",
    }
)
SHOWN = 10
BARE = frozenset(keyword.strip("'") for keyword in KEYWORDS)
LISTS = FETCH_DIRECTIVES | {"base-uri", "form-action", "frame-ancestors"}


@check(
    "http.csp-syntax-invalid",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="CSP có phần sai cú pháp", en="Parts of the CSP are not valid"),
    why=Text(
        vi="Trình duyệt bỏ qua phần viết sai, nên chính sách chặt hơn hoặc lỏng hơn điều người quản trị nghĩ.",
        en="Browsers ignore what is misspelt, so the policy is tighter or looser than its author believes.",
    ),
    fix=Text(
        vi="Sửa các phần được nêu, rồi xem bảng điều khiển của trình duyệt không còn cảnh báo.",
        en="Correct the parts named here, until the browser console shows no warning.",
    ),
    refs=("CSP Level 3 section 2.2.1", "CSP Level 3 section 2.3.1"),
    howto="content-security-policy",
    notes={
        "wrong": Text(vi="Phần sai: {parts}.", en="Not valid: {parts}."),
        "no-policy": Text(vi="Không có chính sách nào.", en="There is no policy."),
    },
    examples=(
        Example("unknown directive", page((CSP, "scrip-src 'self'")), "fail"),
        Example("keyword without quotes", page((CSP, "script-src self")), "fail"),
        Example("unknown keyword", page((CSP, "script-src 'unsafe-inlin'")), "fail"),
        Example(
            "typographic quotes", page((CSP, "script-src \u00e2\u0080\u0098self\u00e2\u0080\u0099")), "fail"
        ),
        Example("directive repeated", page((CSP, "script-src 'self'; script-src *")), "fail"),
        Example("none with others", page((CSP, "script-src 'none' 'self'")), "fail"),
        Example("broken nonce", page((CSP, "script-src 'nonce-a b'")), "fail"),
        Example(
            "good",
            page((CSP, "default-src 'self'; img-src * data:; report-uri /r; sandbox allow-forms")),
            "pass",
        ),
        Example(
            "old names are no fault",
            page((CSP, "default-src 'self'; block-all-mixed-content; plugin-types a/b")),
            "pass",
        ),
        Example("capitals and closing semicolon", page((CSP, "DEFAULT-SRC 'SELF';")), "pass"),
        Example(
            "repeated in another policy", page((CSP, "script-src 'self'"), (CSP, "script-src 'self'")), "pass"
        ),
        Example("no policy", page(), "notapplicable"),
    ),
)
def csp_syntax_invalid(page: Page, _ctx: Context) -> Judgement:
    """Name every directive and source that browsers ignore."""
    policies = policies_of(page)
    if not policies:
        return NotApplicable(because="no-policy")
    wrong = [part for policy in policies for directive in policy.directives for part in _faults(directive)]
    wrong += [f"{name} (x2)" for policy in policies for name in policy.repeated]
    if not wrong:
        return Pass(saw=csp_proof(page))
    named = [part[:100] for part in dict.fromkeys(wrong)]
    more = [f"+{len(named) - SHOWN}"] if len(named) > SHOWN else []
    values = (("parts", ", ".join([*named[:SHOWN], *more])),)
    return Fail(saw=csp_proof(page), where=(page.url,), note="wrong", values=values)


def _faults(directive: Directive) -> list[str]:
    if directive.name not in FETCH_DIRECTIVES | OTHER_DIRECTIVES:
        return [directive.name]
    if directive.name not in LISTS:
        return []
    wrong = [f"{directive.name} {s}" for s in directive.sources if _is_wrong(s)]
    if len(directive.sources) > 1 and any(s.lower() == "'none'" for s in directive.sources):
        wrong.append(f"{directive.name} 'none' + {len(directive.sources) - 1}")
    return wrong


def _is_wrong(source: str) -> bool:
    if "'" in source:
        return not (source.lower() in KEYWORDS or NONCE.fullmatch(source) or HASH.fullmatch(source))
    return source.lower() in BARE or not source.isascii()
