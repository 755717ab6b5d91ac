"""http.csp-bypass-host: the policy trusts a host from which anybody can have script of their choice."""

from scanner.author import (
    Confidence,
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Page,
    Pass,
    Severity,
    Text,
    check,
)
from scanner.author_http import NO_SCRIPT_POLICY, csp_proof, policies_of
from scanner.parse.csp import SCRIPT_ELEMENT, Directive, governs_scripts, has_keyword, is_allowed
from scanner.samples_http import page

CSP = "content-security-policy"
# hosts where anybody can publish files, or whose own answers run a function named in the address (JSONP)
OPEN_HOSTS = (
    "ajax.googleapis.com",
    "cdn.jsdelivr.net",
    "cdnjs.cloudflare.com",
    "unpkg.com",
    "raw.githack.com",
    "rawcdn.githack.com",
    "cdn.rawgit.com",
    "gitcdn.xyz",
    "jsfiddle.net",
    "s3.amazonaws.com",
    "storage.googleapis.com",
    "accounts.google.com",
    "graph.facebook.com",
    "api.twitter.com",
    "ssl.google-analytics.com",
    "www.googleadservices.com",
)
NONCE = "'nonce-MTIzNDU2Nzg5MDEyMzQ1Ng=='"


@check(
    "http.csp-bypass-host",
    on=Page,
    severity=Severity.MEDIUM,
    since="0.1",
    confidence=Confidence.MEDIUM,  # what a host serves may change
    title=Text(
        vi="CSP tin một máy chủ mà ai cũng đưa mã lên được",
        en="The CSP trusts a host that serves anybody's script",
    ),
    why=Text(
        vi="Kẻ chèn được thẻ script chỉ cần lấy mã từ máy chủ được tin cậy này là vượt qua chính sách.",
        en="Whoever plants a script tag takes the script from that trusted host and is past the policy.",
    ),
    fix=Text(
        vi="Đưa thư viện về máy chủ của trang, hoặc nêu đường dẫn đầy đủ đến tệp, hoặc dùng nonce cùng 'strict-dynamic'.",
        en="Serve the library yourself, or name the full path of the file, or use nonces with 'strict-dynamic'.",
    ),
    refs=("CSP Level 3 section 7.6", "CSP Level 3 section 8.2"),
    howto="content-security-policy",
    notes={
        "no-policy": NO_SCRIPT_POLICY,
        "trusts": Text(vi="Nguồn được tin: {source}.", en="Trusted source: {source}."),
    },
    examples=(
        Example("a public CDN", page((CSP, "script-src 'self' https://cdnjs.cloudflare.com")), "fail"),
        Example("without scheme, with a wildcard", page((CSP, "script-src *.jsdelivr.net")), "fail"),
        Example(
            "a whole file named",
            page((CSP, "script-src https://cdn.jsdelivr.net/npm/jquery@3.7.1/dist/jquery.min.js")),
            "pass",
        ),
        Example(
            "void under strict-dynamic",
            page((CSP, f"script-src 'strict-dynamic' {NONCE} https://unpkg.com")),
            "pass",
        ),
        Example("own hosts", page((CSP, "script-src 'self' https://static.so.example")), "pass"),
        Example(
            "a name that only looks alike", page((CSP, "script-src https://unpkg.com.so.example")), "pass"
        ),
        Example(
            "two policies, one strict",
            page((CSP, "script-src https://unpkg.com"), (CSP, "script-src 'self'")),
            "pass",
        ),
        Example(
            "for styles only",
            page((CSP, "default-src 'self'; style-src https://cdnjs.cloudflare.com")),
            "pass",
        ),
        Example("no policy", page(), "notapplicable"),
    ),
)
def csp_bypass_host(page: Page, _ctx: Context) -> Judgement:
    """A source counts when it names the host without a path to one file."""
    policies = policies_of(page)
    if not governs_scripts(policies):
        return NotApplicable(because="no-policy")
    for host in OPEN_HOSTS:

        def trusts(directive: Directive, host: str = host) -> bool:
            return _trusted(directive, host) is not None

        if is_allowed(policies, SCRIPT_ELEMENT, trusts):
            return Fail(saw=csp_proof(page), where=(page.url,), note="trusts", values=(("source", host),))
    return Pass(saw=csp_proof(page))


def _trusted(directive: Directive, host: str) -> str | None:
    if has_keyword(directive, "'strict-dynamic'"):
        return None
    return next((s for s in directive.sources if _names(s.lower(), host)), None)


def _names(source: str, host: str) -> bool:
    name, _, path = source.removeprefix("https://").removeprefix("http://").partition("/")
    if path and not path.endswith("/"):
        return False
    name = name.partition(":")[0]
    return name == host or (name.startswith("*.") and host.endswith(name[1:]))
