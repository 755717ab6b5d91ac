"""http.csp-base-uri-missing: a planted base element can lead trusted scripts to another server."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.author_http import csp_proof, policies_of
from scanner.parse.csp import SCRIPT_ELEMENT, Directive, has_keyword, is_governed, vouches
from scanner.samples_http import page

CSP = "content-security-policy"
NONCE = "'nonce-MTIzNDU2Nzg5MDEyMzQ1Ng=='"


@check(
    "http.csp-base-uri-missing",
    on=Page,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="CSP thiếu base-uri", en="The CSP lacks base-uri"),
    why=Text(
        vi="Với nonce hoặc mã băm, một thẻ base bị chèn khiến các tệp mã được tin cậy được tải từ máy chủ của kẻ xấu.",
        en="With nonces or hashes, a planted base element makes trusted scripts load from somebody else's server.",
    ),
    fix=Text(
        vi="Thêm base-uri 'none' (hoặc 'self') vào chính sách.",
        en="Add base-uri 'none' (or 'self') to the policy.",
    ),
    refs=("CSP Level 3 section 6.3.1",),
    howto="content-security-policy",
    notes={
        "open": Text(vi="Không có base-uri.", en="There is no base-uri."),
        "listed": Text(
            vi="Chính sách tin theo máy chủ, không theo nonce hay mã băm, nên thẻ base không mở thêm đường.",
            en="The policy trusts hosts, not nonces or hashes, so a base element opens no way.",
        ),
    },
    examples=(
        Example("nonce without it", page((CSP, f"script-src {NONCE}")), "fail"),
        Example(
            "default-src does not cover it", page((CSP, f"default-src 'none'; script-src {NONCE}")), "fail"
        ),
        Example("set", page((CSP, f"script-src {NONCE}; base-uri 'none'")), "pass"),
        Example(
            "set in meta",
            page(
                (CSP, f"script-src {NONCE}"),
                html="<meta http-equiv=Content-Security-Policy content=\"base-uri 'self'\">",
            ),
            "pass",
        ),
        Example("star is as good as none", page((CSP, f"script-src {NONCE}; base-uri *")), "fail"),
        Example("hosts only", page((CSP, "script-src 'self'")), "notapplicable"),
        Example("no policy", page(), "notapplicable"),
    ),
)
def csp_base_uri_missing(page: Page, _ctx: Context) -> Judgement:
    """Judge only where scripts are trusted one by one."""
    policies = policies_of(page)
    governing = [d for policy in policies if (d := policy.governing(SCRIPT_ELEMENT)) is not None]
    if not any(vouches(d) or has_keyword(d, "'strict-dynamic'") for d in governing):
        return NotApplicable(because="listed", saw=csp_proof(page))
    limits = [d for policy in policies if (d := policy.get("base-uri")) is not None]
    if is_governed(policies, ("base-uri",)) and any(not _is_open(d) for d in limits):
        return Pass(saw=csp_proof(page))
    return Fail(saw=csp_proof(page), where=(page.url,), note="open")


def _is_open(directive: Directive) -> bool:
    return has_keyword(directive, "*", "http:", "https:")
