"""http.csp-wildcard: the policy lets scripts or plug-ins come from anywhere."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.author.web import NO_SCRIPT_POLICY, csp_proof, policies_of
from scanner.parse.csp import (
    OBJECT,
    SCRIPT_ELEMENT,
    allows_anywhere,
    allows_scheme,
    governs_scripts,
    is_allowed,
)
from scanner.samples.web import page

CSP = "content-security-policy"
TESTS = (("*", allows_anywhere), ("data:", allows_scheme("data:")), ("blob:", allows_scheme("blob:")))
PLACES = (("script-src", SCRIPT_ELEMENT), ("object-src", OBJECT))


@check(
    "http.csp-wildcard",
    on=Page,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="CSP cho phép tải mã từ mọi nơi", en="The CSP allows scripts from anywhere"),
    why=Text(
        vi="Kẻ chèn được một thẻ script chỉ cần trỏ tới máy chủ của mình là mã chạy.",
        en="Whoever plants a script tag just points it to a server of their own, and it runs.",
    ),
    fix=Text(
        vi="Liệt kê đúng các máy chủ cần thiết, hoặc dùng nonce cùng 'strict-dynamic'.",
        en="List just the hosts that are needed, or use nonces with 'strict-dynamic'.",
    ),
    refs=("CSP Level 3 section 6.7.2.8", "CSP Level 3 section 8.2"),
    howto="content-security-policy",
    notes={
        "no-policy": NO_SCRIPT_POLICY,
        "broad": Text(vi="{directive} cho phép {source}.", en="{directive} allows {source}."),
    },
    examples=(
        Example("star", page((CSP, "script-src *")), "fail"),
        Example("any https host", page((CSP, "default-src 'self' https:")), "fail"),
        Example("any https host, spelt out", page((CSP, "script-src https://*")), "fail"),
        Example("data", page((CSP, "script-src 'self' data:")), "fail"),
        Example("blob", page((CSP, "script-src 'self' blob:")), "fail"),
        Example("plug-ins from anywhere", page((CSP, "script-src 'self'; object-src *")), "fail"),
        Example("listed hosts", page((CSP, "script-src 'self' https://cdn.example *.so.example")), "pass"),
        Example(
            "scheme is void under strict-dynamic",
            page(
                (
                    CSP,
                    "script-src 'strict-dynamic' 'nonce-MTIzNDU2Nzg5MDEyMzQ1Ng==' https: http:; object-src 'none'",
                )
            ),
            "pass",
        ),
        Example(
            "pictures may come from anywhere", page((CSP, "default-src 'self'; img-src * data:")), "pass"
        ),
        Example("two policies, one strict", page((CSP, "script-src *"), (CSP, "script-src 'self'")), "pass"),
        Example(
            "two policies that share nothing",
            page((CSP, "script-src https:"), (CSP, "script-src data:")),
            "pass",
        ),
        Example("two policies, both broad", page((CSP, "script-src *"), (CSP, "default-src https:")), "fail"),
        Example("no policy", page(), "notapplicable"),
    ),
)
def csp_wildcard(page: Page, _ctx: Context) -> Judgement:
    """Judge what all policies allow together, kind of source by kind."""
    policies = policies_of(page)
    if not governs_scripts(policies):
        return NotApplicable(because="no-policy")
    proof = csp_proof(page)
    for directive, names in PLACES:
        for source, test in TESTS:
            if is_allowed(policies, names, test):
                values = (("directive", directive), ("source", source))
                return Fail(saw=proof, where=(page.url,), note="broad", values=values)
    return Pass(saw=proof)
