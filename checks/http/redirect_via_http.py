"""http.redirect-via-http: on the way from http to https there is a second address over http."""

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


@check(
    "http.redirect-via-http",
    on=HttpEvidence,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Đi vòng qua http trước khi sang https", en="A detour over http before https"),
    why=Text(
        vi="Mỗi bước qua http là thêm một lần kẻ xấu trên đường truyền có thể đổi hướng người dân.",
        en="Each step over http is one more chance for somebody on the line to send people elsewhere.",
    ),
    fix=Text(
        vi="Ngay ở trả lời http đầu tiên, chuyển thẳng sang địa chỉ https.",
        en="Redirect to an https address in the very first answer over http.",
    ),
    refs=("RFC 6797 section 7.2",),
    howto="redirect-to-https",
    notes={
        "via": Text(
            vi="{url} chuyển sang {location}, vẫn là http.",
            en="{url} redirects to {location}, which is still http.",
        ),
        "no-redirect": Text(
            vi="Qua http không có chuyển hướng nào để xét; xem http.https-redirect-missing.",
            en="There is no redirect over http to judge; see http.https-redirect-missing.",
        ),
    },
    examples=(
        Example(
            "http to http",
            fetched(
                chain("http", (PLAIN, redirect("http://so.example/vn")), ("http://so.example/vn", response()))
            ),
            "fail",
        ),
        Example("relative Location", fetched(chain("http", (PLAIN, redirect("/vn")))), "fail"),
        Example(
            "straight to https",
            fetched(chain("http", (PLAIN, redirect(SECURE)), (SECURE, response()))),
            "pass",
        ),
        Example("no redirect", fetched(chain("http", (PLAIN, response()))), "notapplicable"),
        Example("silent", fetched(chain("http", (PLAIN, silence()))), "unknown"),
    ),
)
def redirect_via_http(http: HttpEvidence, _ctx: Context) -> Judgement:
    """Judge where the first answer over http leads."""
    step = first_step(http)
    if isinstance(step, Unknown | NotApplicable):
        return step
    if not step.location.startswith("http:"):
        return Pass(saw=step.line)
    values = (("url", step.url), ("location", step.location))
    return Fail(saw=step.line, where=(step.url,), note="via", values=values)
