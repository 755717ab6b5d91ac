"""http.https-redirect-missing: visitors who come over http stay on http."""

from scanner.author import (
    Context,
    Example,
    Fail,
    HttpEvidence,
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
from scanner.author_http import NO_HTTPS
from scanner.identify.page_kind import PageKind, kind_of
from scanner.model.evidence import End, Exchange, Fetch, Response
from scanner.samples_http import chain, fetched, redirect, response, silence

URL = "https://so.example/"
PLAIN = "http://so.example/"
SECURE = chain("https", (URL, response()))


@check(
    "http.https-redirect-missing",
    on=HttpEvidence,
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
        "stays": Text(
            vi="Mở qua http, trang vẫn ở lại {url}.",
            en="Opened over http, the site stays on {url}.",
        ),
    },
    examples=(
        Example(
            "301 to https", fetched(chain("http", (PLAIN, redirect(URL)), (URL, response())), SECURE), "pass"
        ),
        Example("200 over http", fetched(chain("http", (PLAIN, response())), SECURE), "fail"),
        Example(
            "redirect that stays on http",
            fetched(
                chain(
                    "http", (PLAIN, redirect("http://so.example/vn")), ("http://so.example/vn", response())
                ),
                SECURE,
            ),
            "fail",
        ),
        Example(
            "port 80 closed", fetched(chain("http", (PLAIN, silence(Why.REFUSED))), SECURE), "notapplicable"
        ),
        Example("port 80 silent", fetched(chain("http", (PLAIN, silence())), SECURE), "unknown"),
        Example(
            "the https answer itself got lost",
            fetched(chain("http", (PLAIN, redirect(URL)), (URL, silence())), SECURE),
            "pass",
        ),
        Example("a wall on port 80", fetched(chain("http", (PLAIN, response(403))), SECURE), "unknown"),
        Example("no https at all", fetched(chain("http", (PLAIN, response()))), "notapplicable"),
        Example(
            "leads to https on another host",
            fetched(chain("http", (PLAIN, redirect("https://tinh.example/")), end=End.OUT_OF_SCOPE), SECURE),
            "pass",
        ),
        Example(
            "loops on http", fetched(chain("http", (PLAIN, redirect(PLAIN)), end=End.LOOP), SECURE), "fail"
        ),
    ),
)
def https_redirect_missing(http: HttpEvidence, _ctx: Context) -> Judgement:
    """Follow the chain that begins on port 80 and see whether it ever reaches https."""
    secure, plain = http.fetch("https"), http.fetch("http")
    if secure is None or isinstance(secure.exchanges[0].response, Missing):
        return NotApplicable(because="no-https")
    if plain is None:
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
    if kind_of(last) in (PageKind.BLOCKED, PageKind.MAINTENANCE):
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
