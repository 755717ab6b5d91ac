"""http.redirect-off-host: over http the site leads to another name before it leads to https."""

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
from scanner.model.evidence import End
from scanner.parse.url import host_of
from scanner.samples.web import chain, fetched, redirect, response, silence

PLAIN = "http://so.example/"
SECURE = "https://so.example/"


@check(
    "http.redirect-off-host",
    on=HttpEvidence,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Chuyển sang tên khác trước khi sang https", en="Redirect to another name before https"),
    why=Text(
        vi="Tên miền đầu tiên không bao giờ được trả lời qua https, nên trình duyệt không ghi nhớ HSTS cho chính tên mà người dân gõ.",
        en="The first name never answers over https, so browsers never remember HSTS for the very name people type.",
    ),
    fix=Text(
        vi="Từ http, trước hết chuyển sang https trên cùng tên miền, rồi mới chuyển sang tên khác.",
        en="From http, redirect to https on the same name first, and to another name only then.",
    ),
    refs=("RFC 6797 section 8.1", "RFC 6797 section 7.2"),
    howto="redirect-to-https",
    notes={
        "off": Text(vi="{url} chuyển thẳng sang {location}.", en="{url} redirects straight to {location}."),
        "no-redirect": Text(
            vi="Qua http không có chuyển hướng nào để xét; xem http.https-redirect-missing.",
            en="There is no redirect over http to judge; see http.https-redirect-missing.",
        ),
    },
    examples=(
        Example(
            "to another host",
            fetched(chain("http", (PLAIN, redirect("https://tinh.example/")), end=End.OUT_OF_SCOPE)),
            "fail",
        ),
        Example(
            "to www over https", fetched(chain("http", (PLAIN, redirect("https://www.so.example/")))), "fail"
        ),
        Example("same host", fetched(chain("http", (PLAIN, redirect(SECURE)), (SECURE, response()))), "pass"),
        Example(
            "same host in capitals", fetched(chain("http", (PLAIN, redirect("https://SO.example/")))), "pass"
        ),
        Example(
            "same host first, another then",
            fetched(chain("http", (PLAIN, redirect(SECURE)), (SECURE, redirect("https://www.so.example/")))),
            "pass",
        ),
        Example("no redirect", fetched(chain("http", (PLAIN, response()))), "notapplicable"),
        Example("silent", fetched(chain("http", (PLAIN, silence()))), "unknown"),
        Example("http was not asked", fetched(chain("https", (SECURE, response()))), "unknown"),
    ),
)
def redirect_off_host(http: HttpEvidence, _ctx: Context) -> Judgement:
    """Compare the names of the first address and of the one it leads to."""
    step = first_step(http)
    if isinstance(step, Unknown | NotApplicable):
        return step
    if host_of(step.url) == host_of(step.location):
        return Pass(saw=step.line)
    values = (("url", step.url), ("location", step.location))
    return Fail(saw=step.line, where=(step.url,), note="off", values=values)
