"""http.downgrade-redirect: an https address sends visitors back to http."""

from scanner.author import (
    Context,
    Evidence,
    Example,
    Fail,
    Judgement,
    Missing,
    Pass,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.author.web import NO_HTTPS, without_any_https
from scanner.identify.page import hops_of
from scanner.parse.headers import first
from scanner.parse.url import resolve
from scanner.samples.web import chain, redirect, response, seen, silence, tls_of

URL = "https://so.example/"
PLAIN = "http://so.example/"


@check(
    "http.downgrade-redirect",
    on=Evidence,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Chuyển hướng từ https về http", en="Redirect from https back to http"),
    why=Text(
        vi="Người dân đã vào kết nối mã hóa lại bị đưa về kết nối không mã hóa, nơi nội dung có thể bị xem trộm hoặc sửa đổi.",
        en="Visitors who had an encrypted connection are sent back to one that can be read and changed.",
    ),
    fix=Text(
        vi="Sửa địa chỉ trong tiêu đề Location sang https; sau máy chủ trung gian thì kiểm tra X-Forwarded-Proto và địa chỉ gốc khai trong CMS.",
        en="Let Location name https; behind a proxy check X-Forwarded-Proto and the base address set in the CMS.",
    ),
    refs=("RFC 9110 section 10.2.2", "Fetch standard, HTTP-redirect fetch"),
    howto="redirect-to-https",
    notes={
        "no-https": NO_HTTPS,
        "down": Text(vi="{url} chuyển về {location}.", en="{url} redirects to {location}."),
    },
    examples=(
        Example("https to http", seen(chain("https", (URL, redirect(PLAIN)), (PLAIN, response()))), "fail"),
        Example(
            "stays on https",
            seen(chain("https", (URL, redirect("/vn")), ("https://so.example/vn", response()))),
            "pass",
        ),
        Example(
            "up and down again",
            seen(
                chain("http", (PLAIN, redirect(URL)), (URL, redirect("HTTP://so.example/a"))),
                chain("https", (URL, response())),
            ),
            "fail",
        ),
        Example("no redirect", seen(chain("https", (URL, response()))), "pass"),
        Example(
            "Location without a redirect status",
            seen(chain("https", (URL, response(200, ("Location", PLAIN))))),
            "pass",
        ),
        Example(
            "no https",
            seen(chain("http", (PLAIN, response())), chain("https", (URL, silence(Why.REFUSED)))),
            "notapplicable",
        ),
        Example(
            "https is silent: it may be there",
            seen(chain("http", (PLAIN, response())), chain("https", (URL, silence()))),
            "unknown",
        ),
        Example(
            "https speaks, but not to us",
            seen(chain("http", (PLAIN, response())), chain("https", (URL, silence(Why.TLS))), tls=tls_of()),
            "unknown",
        ),
        Example("nothing was asked", seen(), "unknown"),
    ),
)
def downgrade_redirect(evidence: Evidence, _ctx: Context) -> Judgement:
    """Look at every answer that came over https."""
    http = evidence.http
    if isinstance(http, Missing):
        return Unknown(*http)
    hops = [hop for hop in hops_of(http) if hop.is_secure]
    if not hops:
        return without_any_https(evidence) or Unknown(Why.TLS, "no answer over https could be read")
    for hop in hops:
        location = first(hop.headers, "location") or ""
        if 300 <= hop.status < 400 and resolve(hop.url, location).startswith("http:"):
            return Fail(
                saw=f"GET {hop.url}: {hop.status}, Location: {location}",
                where=(hop.url,),
                note="down",
                values=(("url", hop.url), ("location", location)),
            )
    return Pass(saw=f"GET {hops[-1].url}: {hops[-1].status}")
