"""http.framing-unprotected: any other site may show this one inside a frame."""

from scanner.author import Context, Example, Fail, Judgement, Page, Pass, Severity, Text, check
from scanner.parse.csp import Directive, allowed_by_all, parse_policies
from scanner.parse.headers import members
from scanner.samples.web import page

CSP = "content-security-policy"
XFO = "x-frame-options"
KNOWN = frozenset({"deny", "allowall", "sameorigin"})
BROAD = frozenset({"*", "http:", "https:", "http://*", "https://*"})


@check(
    "http.framing-unprotected",
    on=Page,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Trang có thể bị nhúng vào trang khác", en="The site can be framed by others"),
    why=Text(
        vi="Kẻ lừa đảo có thể phủ trang thật dưới một lớp trong suốt và khiến người dân bấm vào chỗ họ không định bấm.",
        en="A fraudster can put the real page under a transparent layer and make people click where they did not mean to.",
    ),
    fix=Text(
        vi="Gửi Content-Security-Policy: frame-ancestors 'self'; có thể thêm X-Frame-Options: SAMEORIGIN cho trình duyệt cũ.",
        en="Send Content-Security-Policy: frame-ancestors 'self'; X-Frame-Options: SAMEORIGIN may be added for old browsers.",
    ),
    refs=("CSP Level 3 section 6.4.2", "HTML standard, X-Frame-Options"),
    howto="set-response-header",
    notes={
        "absent": Text(
            vi="Không có frame-ancestors, cũng không có X-Frame-Options.",
            en="There is neither frame-ancestors nor X-Frame-Options.",
        ),
        "void": Text(
            vi="X-Frame-Options có giá trị mà trình duyệt không công nhận.",
            en="X-Frame-Options has a value browsers do not know.",
        ),
        "broad": Text(
            vi="frame-ancestors cho phép mọi trang nhúng.",
            en="frame-ancestors lets every site frame this one.",
        ),
    },
    examples=(
        Example("nothing", page(), "fail"),
        Example("frame-ancestors", page((CSP, "frame-ancestors 'self'")), "pass"),
        Example("SAMEORIGIN", page((XFO, "SAMEORIGIN")), "pass"),
        Example("deny in lower case", page((XFO, "deny")), "pass"),
        Example("ALLOW-FROM is void", page((XFO, "ALLOW-FROM https://tinh.example")), "fail"),
        Example("ALLOWALL", page((XFO, "ALLOWALL")), "fail"),
        Example(
            "frame-ancestors wins even when it allows all",
            page((CSP, "frame-ancestors *"), (XFO, "DENY")),
            "fail",
        ),
        Example(
            "two policies, one strict",
            page((CSP, "frame-ancestors *"), (CSP, "frame-ancestors 'none'")),
            "pass",
        ),
        Example(
            "in meta it does not count",
            page(html="<meta http-equiv=Content-Security-Policy content=\"frame-ancestors 'self'\">"),
            "fail",
        ),
        Example("different lines block", page((XFO, "SAMEORIGIN"), (XFO, "DENY")), "pass"),
        Example("the same twice", page((XFO, "SAMEORIGIN, SAMEORIGIN")), "pass"),
        Example("empty frame-ancestors means nobody", page((CSP, "frame-ancestors")), "pass"),
        Example("two unknown words", page((XFO, "yes"), (XFO, "please")), "fail"),
    ),
)
def framing_unprotected(page: Page, _ctx: Context) -> Judgement:
    """frame-ancestors of the headers decides; without it X-Frame-Options as the HTML standard reads it."""
    policies = parse_policies(page.values(CSP))
    if any(policy.get("frame-ancestors") for policy in policies):
        proof = "\n".join(page.lines(CSP))
        if allowed_by_all(policies, ("frame-ancestors",), _allows_everybody):
            return Fail(saw=proof, where=(page.url,), note="broad")
        return Pass(saw=proof)
    lines = page.lines(XFO)
    if not lines:
        return Fail(
            saw=f"GET {page.url}: {page.status}, no {XFO}, no frame-ancestors",
            where=(page.url,),
            note="absent",
        )
    if _blocks(page.values(XFO)):
        return Pass(saw="\n".join(lines))
    return Fail(saw="\n".join(lines), where=(page.url,), note="void")


def _allows_everybody(directive: Directive) -> bool:
    return any(source.lower() in BROAD for source in directive.sources)


def _blocks(values: tuple[str, ...]) -> bool:
    """HTML standard, "check a navigation response's adherence to X-Frame-Options"."""
    options = {member.lower() for member in members(values)}
    if len(options) > 1:
        return bool(options & KNOWN)
    return options in ({"deny"}, {"sameorigin"})
