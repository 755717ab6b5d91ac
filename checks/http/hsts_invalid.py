"""http.hsts-invalid: there is an HSTS header, but browsers ignore it."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.author.web import NO_HTTPS, without_https
from scanner.parse.hsts import HstsError, parse_hsts
from scanner.samples.web import page, plain_page, silence

HEADER = "strict-transport-security"


@check(
    "http.hsts-invalid",
    on=Page,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Tiêu đề HSTS sai cú pháp", en="The HSTS header is not valid"),
    why=Text(
        vi="Trình duyệt bỏ qua tiêu đề sai, nên trang tưởng đã bật HSTS mà thực ra chưa.",
        en="Browsers ignore a wrong header, so the site believes HSTS is on while it is not.",
    ),
    fix=Text(
        vi="Gửi đúng một dòng: Strict-Transport-Security: max-age=31536000.",
        en="Send exactly one line: Strict-Transport-Security: max-age=31536000.",
    ),
    refs=("RFC 6797 section 6.1", "RFC 6797 section 8.1"),
    howto="set-response-header",
    notes={
        "no-https": NO_HTTPS,
        "absent": Text(
            vi="Không có tiêu đề này; xem http.hsts-missing.",
            en="There is no such header; see http.hsts-missing.",
        ),
        "void": Text(vi="Trình duyệt bỏ qua tiêu đề: {reason}.", en="Browsers ignore the header: {reason}."),
    },
    examples=(
        Example("not a number", page((HEADER, "max-age=abc")), "fail"),
        Example("no max-age", page((HEADER, "includeSubDomains")), "fail"),
        Example("directive repeated", page((HEADER, "max-age=1; max-age=2")), "fail"),
        Example("negative", page((HEADER, "max-age=-1")), "fail"),
        Example("empty", page((HEADER, "")), "fail"),
        Example(
            "a second, good line does not heal it",
            page((HEADER, "abc"), (HEADER, "max-age=31536000")),
            "fail",
        ),
        Example("good", page((HEADER, "max-age=31536000")), "pass"),
        Example("unknown directive is fine", page((HEADER, "max-age=31536000; vui-long")), "pass"),
        Example("closing semicolon is fine", page((HEADER, "max-age=31536000;")), "pass"),
        Example("longer than anybody lives", page((HEADER, "max-age=" + "9" * 60)), "pass"),
        Example("a no-break space is no space", page((HEADER, "\xa0max-age=31536000")), "fail"),
        Example("absent", page(), "notapplicable"),
        Example("plain http", plain_page((HEADER, "abc")), "notapplicable"),
        Example("plain http, https silent", plain_page(https_unseen=silence()), "unknown"),
    ),
)
def hsts_invalid(page: Page, _ctx: Context) -> Judgement:
    """Parse the first header as browsers do."""
    absent = without_https(page)
    if absent is not None:
        return absent
    lines = page.lines(HEADER)
    if not lines:
        return NotApplicable(because="absent")
    policy = parse_hsts(page.values(HEADER)[0])
    if isinstance(policy, HstsError):
        return Fail(saw=lines[0], where=(page.url,), note="void", values=(("reason", policy.reason),))
    return Pass(saw=lines[0])
