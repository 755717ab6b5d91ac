"""http.csp-base-uri-missing: a planted base element can lead trusted scripts to another server."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.author.web import csp_proof, policies_of
from scanner.parse.csp import NONCE, SCRIPT_ELEMENT, Directive, has_keyword, is_governed
from scanner.samples.web import page

CSP = "content-security-policy"
SAMPLE = "'nonce-MTIzNDU2Nzg5MDEyMzQ1Ng=='"


@check(
    "http.csp-base-uri-missing",
    on=Page,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="CSP thiếu base-uri", en="The CSP lacks base-uri"),
    why=Text(
        vi="Với nonce, một thẻ base bị chèn khiến các tệp mã được tin cậy được tải từ máy chủ của kẻ xấu.",
        en="With nonces, a planted base element makes trusted scripts load from somebody else's server.",
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
            vi="Chính sách tin theo máy chủ hoặc nội dung, không theo nonce, nên thẻ base không mở thêm đường.",
            en="The policy trusts hosts or content, not nonces, so a base element opens no way.",
        ),
    },
    examples=(
        Example("nonce without it", page((CSP, f"script-src {SAMPLE}")), "fail"),
        Example(
            "default-src does not cover it", page((CSP, f"default-src 'none'; script-src {SAMPLE}")), "fail"
        ),
        Example("set", page((CSP, f"script-src {SAMPLE}; base-uri 'none'")), "pass"),
        Example(
            "set in meta",
            page(
                (CSP, f"script-src {SAMPLE}"),
                html="<meta http-equiv=Content-Security-Policy content=\"base-uri 'self'\">",
            ),
            "pass",
        ),
        Example("star is as good as none", page((CSP, f"script-src {SAMPLE}; base-uri *")), "fail"),
        Example(
            "hashes are bound to content",
            page((CSP, "script-src 'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='")),
            "notapplicable",
        ),
        Example("hosts only", page((CSP, "script-src 'self'")), "notapplicable"),
        Example("no policy", page(), "notapplicable"),
    ),
)
def csp_base_uri_missing(page: Page, _ctx: Context) -> Judgement:
    """Judge only where scripts are trusted one by one."""
    policies = policies_of(page)
    governing = [d for policy in policies if (d := policy.governing(SCRIPT_ELEMENT)) is not None]
    if not any(_is_open_to_base(d) for d in governing):
        return NotApplicable(because="listed", saw=csp_proof(page))
    limits = [d for policy in policies if (d := policy.get("base-uri")) is not None]
    if is_governed(policies, ("base-uri",)) and any(not _is_open(d) for d in limits):
        return Pass(saw=csp_proof(page))
    return Fail(saw=csp_proof(page), where=(page.url,), note="open")


def _is_open_to_base(directive: Directive) -> bool:
    """True where a script is trusted wherever it comes from; a hash is bound to content, so it is not."""
    return any(map(NONCE.fullmatch, directive.sources)) or has_keyword(directive, "'strict-dynamic'")


def _is_open(directive: Directive) -> bool:
    return has_keyword(directive, "*", "http:", "https:")
