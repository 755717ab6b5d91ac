"""http.error-pages-differ: pages for errors come without the security headers of the home page."""

from scanner.author import (
    Context,
    Example,
    Fail,
    Judgement,
    Missing,
    NotApplicable,
    Page,
    Pass,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.parse.url import host_of
from scanner.samples.web import answered, page

HEADERS = (
    "strict-transport-security",
    "content-security-policy",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
)
GOOD = (("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"))


@check(
    "http.error-pages-differ",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    needs=("canary",),
    title=Text(vi="Trang báo lỗi thiếu tiêu đề bảo mật", en="Error pages lack the security headers"),
    why=Text(
        vi="Kẻ xấu có thể dẫn người dân tới một địa chỉ không tồn tại và lợi dụng trang báo lỗi không được bảo vệ.",
        en="People can be led to an address that does not exist, where the unprotected error page is abused.",
    ),
    fix=Text(
        vi="Gửi các tiêu đề bảo mật ở mọi trả lời; với nginx thêm chữ always.",
        en="Send the security headers with every answer; in nginx add the word always.",
    ),
    refs=("RFC 6797 section 7.1", "CSP Level 3 section 3.1"),
    howto="headers-on-error-pages",
    notes={
        "lacking": Text(vi="Trang báo lỗi không có: {headers}.", en="The error page lacks: {headers}."),
        "reverse": Text(
            vi="Chỉ trang báo lỗi mới có: {headers}.",
            en="Only the error page has: {headers}.",
        ),
        "none": Text(
            vi="Trang chủ và trang báo lỗi đều không có tiêu đề nào trong số này.",
            en="Neither the home page nor the error page has any of these headers.",
        ),
        "no-error": Text(
            vi="Trang không trả lời mã lỗi cho địa chỉ không tồn tại (lỗi giả 200 hoặc chuyển hướng).",
            en="The site gives no error status for an address that does not exist (a soft 404 or a redirect).",
        ),
        "elsewhere": Text(
            vi="Địa chỉ không tồn tại dẫn sang tên khác hoặc giao thức khác.",
            en="The address that does not exist leads to another name or scheme.",
        ),
    },
    examples=(
        Example("without them", page(*GOOD, asked=(answered("canary", status=404),)), "fail"),
        Example("one is missing", page(*GOOD, asked=(answered("canary", GOOD[0], status=404),)), "fail"),
        Example("the same", page(*GOOD, asked=(answered("canary", *GOOD, status=404),)), "pass"),
        Example(
            "other letter case is the same",
            page(*GOOD, asked=(answered("canary", *((k.lower(), v) for k, v in GOOD), status=404),)),
            "pass",
        ),
        Example("only on the error page", page(asked=(answered("canary", *GOOD, status=404),)), "fail"),
        Example("neither has any", page(asked=(answered("canary", status=404),)), "notapplicable"),
        Example("soft 404", page(*GOOD, asked=(answered("canary", status=200),)), "notapplicable"),
        Example("the error is a wall's", page(*GOOD, asked=(answered("canary", status=403),)), "unknown"),
        Example(
            "answered by another name",
            page(*GOOD, asked=(answered("canary", status=404, url="https://tinh.example/x"),)),
            "notapplicable",
        ),
        Example("not asked at this depth", page(*GOOD), "unknown"),
    ),
)
def error_pages_differ(page: Page, _ctx: Context) -> Judgement:
    """Compare which headers are there, not their values."""
    canary = page.answer("canary")
    if isinstance(canary, Missing):
        return Unknown(*canary)
    status = canary.response.status
    if status in (401, 403, 406, 429, 503):
        return Unknown(Why.BLOCKED, canary.line)
    if status < 400:
        return NotApplicable(because="no-error", saw=canary.line)
    if host_of(canary.url) != page.host or not canary.url.startswith(f"{page.url.partition(':')[0]}:"):
        return NotApplicable(because="elsewhere", saw=canary.line)
    here = [name for name in HEADERS if page.lines(name)]
    there = [name for name in HEADERS if canary.lines(name)]
    if not here and not there:
        return NotApplicable(because="none", saw=canary.line)
    lacking = [name for name in here if name not in there]
    extra = [name for name in there if name not in here]
    if not lacking and not extra:
        return Pass(saw=f"{canary.line}, {', '.join(there)}")
    told = "; ".join(line for name in there for line in canary.lines(name)) or "-"
    note, names = ("lacking", lacking) if lacking else ("reverse", extra)
    return Fail(
        saw=f"{canary.line}: {told}", where=(canary.url,), note=note, values=(("headers", ", ".join(names)),)
    )
