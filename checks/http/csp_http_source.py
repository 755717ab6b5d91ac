"""http.csp-http-source: on an https page the policy lets script, frames or connections go over http."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.author.web import NO_HTTPS, csp_proof, policies_of, without_https
from scanner.parse.csp import Directive, is_allowed, is_governed, upgrades_insecure
from scanner.samples.web import page, plain_page, silence

CSP = "content-security-policy"
ACTIVE = {
    "script-src": ("script-src-elem", "script-src", "default-src"),
    "style-src": ("style-src-elem", "style-src", "default-src"),
    "object-src": ("object-src", "default-src"),
    "frame-src": ("frame-src", "child-src", "default-src"),
    "connect-src": ("connect-src", "default-src"),
    "worker-src": ("worker-src", "child-src", "script-src", "default-src"),
}
PLAIN = ("http:", "ws:", "ftp:")


@check(
    "http.csp-http-source",
    on=Page,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(
        vi="CSP của trang https cho phép nguồn http", en="The CSP of an https page allows http sources"
    ),
    why=Text(
        vi="Mã hoặc dữ liệu tải qua http có thể bị sửa trên đường truyền; trình duyệt mới sẽ chặn nên trang dễ hỏng.",
        en="What is loaded over http can be changed on the way; newer browsers block it, so the page breaks.",
    ),
    fix=Text(
        vi="Đổi http: và ws: trong chính sách thành https: và wss:, tốt nhất là nêu tên máy chủ.",
        en="Replace http: and ws: in the policy by https: and wss:, best with host names.",
    ),
    refs=("Mixed Content section 4", "CSP Level 3 section 6.7.2.8"),
    howto="content-security-policy",
    notes={
        "no-https": NO_HTTPS,
        "no-policy": Text(
            vi="Không có chính sách nào giới hạn nguồn tải.", en="No policy limits what is loaded."
        ),
        "plain": Text(
            vi="{directive} cho phép nguồn không mã hóa.", en="{directive} allows unencrypted sources."
        ),
    },
    examples=(
        Example("http host", page((CSP, "script-src 'self' http://thongke.example")), "fail"),
        Example("http scheme by default-src", page((CSP, "default-src 'self' HTTP:")), "fail"),
        Example("ws", page((CSP, "default-src 'self'; connect-src ws://so.example")), "fail"),
        Example("https only", page((CSP, "default-src 'self' https://cdn.example wss://so.example")), "pass"),
        Example("pictures are passive", page((CSP, "default-src 'self'; img-src http:")), "pass"),
        Example(
            "browsers are told to upgrade",
            page((CSP, "default-src http://a.example; upgrade-insecure-requests")),
            "pass",
        ),
        Example(
            "two policies, one strict", page((CSP, "script-src http:"), (CSP, "script-src 'self'")), "pass"
        ),
        Example("no policy", page(), "notapplicable"),
        Example("plain http", plain_page((CSP, "script-src http:")), "notapplicable"),
        Example("plain http, https silent", plain_page(https_unseen=silence()), "unknown"),
    ),
)
def csp_http_source(page: Page, _ctx: Context) -> Judgement:
    """Judge active content only; pictures and media are upgraded by browsers."""
    absent = without_https(page)
    if absent is not None:
        return absent
    policies = policies_of(page)
    governed = {name: names for name, names in ACTIVE.items() if is_governed(policies, names)}
    if not governed:
        return NotApplicable(because="no-policy")
    plain = [name for name, names in governed.items() if is_allowed(policies, names, _allows_plain)]
    if not plain or upgrades_insecure(policies):
        return Pass(saw=csp_proof(page))
    return Fail(
        saw=csp_proof(page), where=(page.url,), note="plain", values=(("directive", ", ".join(plain)),)
    )


def _allows_plain(directive: Directive) -> bool:
    return any(source.lower().startswith(PLAIN) for source in directive.sources)
