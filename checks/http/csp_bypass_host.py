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
from scanner.author.web import NO_SCRIPT_POLICY, csp_proof, policies_of
from scanner.parse.csp import SCRIPT_ELEMENT, Directive, governs_scripts, has_keyword
from scanner.samples.web import page

CSP = "content-security-policy"
# hosts where anybody can publish files, or whose own answers run a function named in the address (JSONP)
OPEN_HOSTS = frozenset(
    {
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
    }
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
    governing = [d for policy in policies if (d := policy.governing(SCRIPT_ELEMENT)) is not None]
    trusted = frozenset.intersection(*map(_trusted, governing))
    if not trusted:
        return Pass(saw=csp_proof(page))
    values = (("source", ", ".join(sorted(trusted))),)
    return Fail(saw=csp_proof(page), where=(page.url,), note="trusts", values=values)


def _trusted(directive: Directive) -> frozenset[str]:
    """The open hosts a source list lets in as a whole."""
    if has_keyword(directive, "'strict-dynamic'"):
        return frozenset()
    names = {name for source in directive.sources if (name := _whole_host(source.lower()))}
    exact = names & OPEN_HOSTS
    below = {name[1:] for name in names if name.startswith("*.")}
    return frozenset(
        exact | {host for host in OPEN_HOSTS if any(suffix in below for suffix in _suffixes(host))}
    )


def _whole_host(source: str) -> str:
    """The host of a source without a path to one file; "" for any other source."""
    name, _, path = source.removeprefix("https://").removeprefix("http://").partition("/")
    return "" if path and not path.endswith("/") else name.partition(":")[0]


def _suffixes(host: str) -> list[str]:
    labels = host.split(".")
    return ["." + ".".join(labels[n:]) for n in range(1, len(labels))]
