"""http.https-redirect-missing: visitors who come over http stay on http."""

from dataclasses import replace

from scanner.author import (
    Context,
    Evidence,
    Example,
    Fail,
    Judgement,
    Missing,
    NotApplicable,
    Pass,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.author.web import NO_HTTPS, without_any_https
from scanner.identify.page_kind import WALLS, PageKind, kind_of
from scanner.model.evidence import End, Exchange, Fetch, Response, Target
from scanner.samples.web import chain, redirect, response, seen, silence

URL = "https://so.example/"
PLAIN = "http://so.example/"
SECURE = chain("https", (URL, response()))


@check(
    "http.https-redirect-missing",
    on=Evidence,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Không tự chuyển từ http sang https", en="No redirect from http to https"),
    why=Text(
        vi="Người dân gõ tên trang hoặc bấm liên kết cũ vẫn dùng kết nối không mã hóa mà không hay biết.",
        en="People who type the name or follow an old link stay on an unencrypted connection without noticing.",
    ),
    fix=Text(
        vi="Ở cổng 80, trả lời 301 sang cùng địa chỉ trên https cho mọi đường dẫn.",
        en="On port 80, answer 301 to the same address on https for every path.",
    ),
    refs=("RFC 9110 section 15.4.2", "RFC 6797 section 7.2"),
    howto="redirect-to-https",
    notes={
        "no-https": NO_HTTPS,
        "port-closed": Text(
            vi="Cổng 80 đóng: không có kết nối http nào để chuyển.",
            en="Port 80 is closed: there is no http connection to redirect.",
        ),
        "other-port": Text(
            vi="Trang khai báo cổng riêng nên không có cổng 80 để chuyển hướng.",
            en="The site has a port of its own, so there is no port 80 to redirect.",
        ),
        "stays": Text(
            vi="Mở qua http, trang vẫn ở lại {url}.",
            en="Opened over http, the site stays on {url}.",
        ),
    },
    examples=(
        Example(
            "301 to https", seen(chain("http", (PLAIN, redirect(URL)), (URL, response())), SECURE), "pass"
        ),
        Example("200 over http", seen(chain("http", (PLAIN, response())), SECURE), "fail"),
        Example(
            "redirect that stays on http",
            seen(
                chain(
                    "http", (PLAIN, redirect("http://so.example/vn")), ("http://so.example/vn", response())
                ),
                SECURE,
            ),
            "fail",
        ),
        Example(
            "port 80 closed", seen(chain("http", (PLAIN, silence(Why.REFUSED))), SECURE), "notapplicable"
        ),
        Example("port 80 silent", seen(chain("http", (PLAIN, silence())), SECURE), "unknown"),
        Example(
            "the https answer itself got lost",
            seen(chain("http", (PLAIN, redirect(URL)), (URL, silence())), SECURE),
            "pass",
        ),
        Example("a wall on port 80", seen(chain("http", (PLAIN, response(403))), SECURE), "unknown"),
        Example(
            "no https at all",
            seen(chain("http", (PLAIN, response())), chain("https", (URL, silence(Why.REFUSED)))),
            "notapplicable",
        ),
        Example(
            "https is silent: it may be there",
            seen(chain("http", (PLAIN, response())), chain("https", (URL, silence()))),
            "unknown",
        ),
        Example("nothing was asked", seen(), "unknown"),
        Example(
            "a port of its own",
            replace(seen(SECURE), target=Target("so.example", 8443)),
            "notapplicable",
        ),
        Example("http was not asked for", seen(SECURE), "unknown"),
        Example(
            "the redirect over http leads into silence",
            seen(
                chain("http", (PLAIN, redirect("http://so.example/vn")), ("http://so.example/vn", silence())),
                SECURE,
            ),
            "unknown",
        ),
        Example(
            "leads to https on another host",
            seen(chain("http", (PLAIN, redirect("https://tinh.example/")), end=End.OUT_OF_SCOPE), SECURE),
            "pass",
        ),
        Example("loops on http", seen(chain("http", (PLAIN, redirect(PLAIN)), end=End.LOOP), SECURE), "fail"),
    ),
)
def https_redirect_missing(evidence: Evidence, _ctx: Context) -> Judgement:
    """Follow the chain that begins on port 80 and see whether it ever reaches https."""
    http = evidence.http
    if isinstance(http, Missing):
        return Unknown(*http)
    absent = without_any_https(evidence)
    if absent is not None:
        return absent
    plain = http.fetch("http")
    if plain is None and evidence.target.port is not None:
        return NotApplicable(because="other-port")
    if plain is None or not plain.exchanges:
        return Unknown(Why.NOT_ASKED, "http was not asked for")
    first = plain.exchanges[0].response
    if isinstance(first, Missing):
        return NotApplicable(because="port-closed") if first.why is Why.REFUSED else Unknown(*first)
    proof = "\n".join(_line(exchange) for exchange in plain.exchanges)
    if _reaches_https(plain):
        return Pass(saw=proof)
    last = plain.last.response
    if isinstance(last, Missing):
        return Unknown(*last)
    if kind_of(last) in WALLS | {PageKind.MAINTENANCE}:
        return Unknown(Why.BLOCKED, proof)
    return Fail(saw=proof, where=(plain.last.url,), note="stays", values=(("url", plain.last.url),))


def _reaches_https(fetch: Fetch) -> bool:
    last = fetch.last.response
    leads = isinstance(last, Response) and _location(last).lower().startswith("https:")
    return leads or any(exchange.url.startswith("https:") for exchange in fetch.exchanges)


def _location(response: Response) -> str:
    return next((v for k, v in response.headers if k.lower() == "location"), "")


def _line(exchange: Exchange) -> str:
    if isinstance(exchange.response, Missing):
        return f"GET {exchange.url}: {exchange.response.why.value}"
    location = _location(exchange.response)
    return f"GET {exchange.url}: {exchange.response.status}" + (f", Location: {location}" if location else "")
