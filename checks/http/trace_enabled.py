"""http.trace-enabled: the server sends back what it was asked, headers included."""

from scanner.author import (
    Context,
    Example,
    Fail,
    Judgement,
    Missing,
    Page,
    Pass,
    Severity,
    Text,
    Unknown,
    check,
)
from scanner.model.question import ECHO
from scanner.samples.web import answered, page

SENT = ((ECHO, "7a1f0c2be94d5f6a"),)
ECHOED = "TRACE / HTTP/1.1\r\nHost: so.example\r\nX-Rasoat-Echo: 7a1f0c2be94d5f6a\r\n"
MESSAGE = ("Content-Type", "message/http")


@check(
    "http.trace-enabled",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    needs=("trace",),
    title=Text(vi="Phương thức TRACE đang bật", en="The method TRACE is enabled"),
    why=Text(
        vi="TRACE chép lại toàn bộ yêu cầu, kể cả tiêu đề mà máy chủ trung gian thêm vào; không trang nào cần đến.",
        en="TRACE repeats the whole request, headers added by proxies included; no site needs it.",
    ),
    fix=Text(
        vi="Tắt TRACE ở máy chủ web và máy chủ trung gian.",
        en="Switch TRACE off in the web server and in proxies.",
    ),
    refs=("RFC 9110 section 9.3.8",),
    howto="disable-trace",
    notes={
        "echoes": Text(
            vi="Tiêu đề ngẫu nhiên vừa gửi được chép lại trong nội dung.",
            en="The random header that was sent comes back in the content.",
        ),
    },
    examples=(
        Example("echoes", page(asked=(answered("trace", MESSAGE, html=ECHOED, sent=SENT),)), "fail"),
        Example("405", page(asked=(answered("trace", status=405, sent=SENT),)), "pass"),
        Example(
            "status 200 with the home page is no proof", page(asked=(answered("trace", sent=SENT),)), "pass"
        ),
        Example(
            "an error page that quotes",
            page(asked=(answered("trace", html=ECHOED, status=400, sent=SENT),)),
            "pass",
        ),
        Example(
            "another type",
            page(asked=(answered("trace", ("Content-Type", "text/html"), html=ECHOED, sent=SENT),)),
            "pass",
        ),
        Example("not asked", page(), "unknown"),
    ),
)
def trace_enabled(page: Page, _ctx: Context) -> Judgement:
    """Only the echo of what was sent is proof."""
    trace = page.answer("trace")
    if isinstance(trace, Missing):
        return Unknown(*trace)
    body = trace.response.body
    content = b"" if isinstance(body, Missing) else body.content
    kind = (trace.first("content-type") or "").partition(";")[0].strip().lower()
    sent = dict(trace.sent).get(ECHO, "")
    if trace.response.status == 200 and kind == "message/http" and sent and sent.encode() in content:
        shown = content[:500].decode("latin-1")
        return Fail(saw=f"{trace.line}\n{shown}", where=(trace.url,), note="echoes")
    return Pass(saw=trace.line)
