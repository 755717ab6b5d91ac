"""http.redirect-temporary: the redirect from http to https is called temporary."""

from scanner.author import (
    Context,
    Example,
    Fail,
    HttpEvidence,
    Judgement,
    NotApplicable,
    Pass,
    Severity,
    Text,
    Unknown,
    check,
)
from scanner.author.web import first_step
from scanner.samples.web import chain, fetched, redirect, response, silence

PLAIN = "http://so.example/"
SECURE = "https://so.example/"
TEMPORARY = frozenset({302, 303, 307})


@check(
    "http.redirect-temporary",
    on=HttpEvidence,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="Chuyển hướng sang https chỉ là tạm thời", en="The redirect to https is temporary"),
    why=Text(
        vi="Trình duyệt và máy tìm kiếm không ghi nhớ chuyển hướng tạm thời nên cứ hỏi lại qua http.",
        en="Browsers and search engines do not remember a temporary redirect, so they keep asking over http.",
    ),
    fix=Text(
        vi="Dùng mã 301 hoặc 308 thay cho 302, 303, 307.", en="Answer 301 or 308 instead of 302, 303 or 307."
    ),
    refs=("RFC 9110 section 15.4",),
    howto="redirect-to-https",
    notes={
        "temporary": Text(vi="Mã trả lời là {status}.", en="The status is {status}."),
        "no-redirect": Text(
            vi="Qua http không có chuyển hướng sang https; xem http.https-redirect-missing.",
            en="There is no redirect from http to https; see http.https-redirect-missing.",
        ),
    },
    examples=(
        Example("302", fetched(chain("http", (PLAIN, redirect(SECURE, 302)))), "fail"),
        Example("307", fetched(chain("http", (PLAIN, redirect(SECURE, 307)))), "fail"),
        Example("301", fetched(chain("http", (PLAIN, redirect(SECURE, 301)))), "pass"),
        Example("308", fetched(chain("http", (PLAIN, redirect(SECURE, 308)))), "pass"),
        Example(
            "302 that stays on http is another fault",
            fetched(chain("http", (PLAIN, redirect("/vn", 302)))),
            "notapplicable",
        ),
        Example("no redirect", fetched(chain("http", (PLAIN, response()))), "notapplicable"),
        Example("silent", fetched(chain("http", (PLAIN, silence()))), "unknown"),
    ),
)
def redirect_temporary(http: HttpEvidence, _ctx: Context) -> Judgement:
    """Judge the status of the step from http to https."""
    step = first_step(http)
    if isinstance(step, Unknown | NotApplicable):
        return step
    if not step.location.startswith("https:"):
        return NotApplicable(because="no-redirect", saw=step.line)
    if step.status in TEMPORARY:
        return Fail(
            saw=step.line, where=(step.url,), note="temporary", values=(("status", str(step.status)),)
        )
    return Pass(saw=step.line)
