"""http.redirect-by-page-only: only the page itself, not the server, sends visitors on to https."""

import re

from scanner.author import (
    Confidence,
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Page,
    Pass,
    Severity,
    Text,
    check,
)
from scanner.parse.url import resolve
from scanner.samples.web import page, plain_page

REFRESH = re.compile(r"^\s*\d*(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]+)", re.IGNORECASE)
SCRIPT = re.compile(
    r"location(?:\.href|\.replace|\.assign)?\s*(?:=|\()\s*[\"'](https://[^\"']{1,500})", re.IGNORECASE
)
SWAP = re.compile(r"location\.protocol\s*(?:=|!==?|===?)\s*[\"']https?:", re.IGNORECASE)


@check(
    "http.redirect-by-page-only",
    on=Page,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Chỉ mã trong trang chuyển sang https", en="Only the page itself leads to https"),
    why=Text(
        vi="Trang đã được tải không mã hóa trước khi chuyển, nên kẻ xấu trên đường truyền chỉ cần bỏ đoạn mã đó.",
        en="The page has been loaded unencrypted before it sends people on, so somebody on the line just drops that code.",
    ),
    fix=Text(
        vi="Chuyển hướng bằng trả lời 301 của máy chủ, không bằng thẻ meta refresh hay JavaScript.",
        en="Redirect with a 301 answer of the server, not with meta refresh or script.",
    ),
    refs=("HTML standard, Refresh state", "RFC 6797 section 7.2"),
    howto="redirect-to-https",
    reproduce="curl -sS {where} | grep -iE 'http-equiv|location'",
    confidence=Confidence.MEDIUM,
    notes={
        "page": Text(vi="Trang tự chuyển sang {location}.", en="The page leads to {location} by itself."),
        "secure": Text(vi="Trang đã mở qua https.", en="The page came over https."),
        "stays": Text(
            vi="Trang ở lại http; xem http.https-redirect-missing và http.https-missing.",
            en="The page stays on http; see http.https-redirect-missing and http.https-missing.",
        ),
    },
    examples=(
        Example(
            "meta refresh",
            plain_page(html='<meta http-equiv="refresh" content="0; url=https://so.example/">'),
            "fail",
        ),
        Example(
            "script",
            plain_page(html="<script>window.location.href = 'https://so.example/';</script>"),
            "fail",
        ),
        Example(
            "protocol swap",
            plain_page(html="<script>if (location.protocol !== 'https:') go()</script>"),
            "fail",
        ),
        Example("over https", page(), "pass"),
        Example(
            "refresh to http",
            plain_page(html='<meta http-equiv="refresh" content="5; url=http://so.example/a">'),
            "notapplicable",
        ),
        Example("plain page", plain_page(), "notapplicable"),
    ),
)
def redirect_by_page_only(page: Page, _ctx: Context) -> Judgement:
    """Look for a refresh or a script that leads to https on a page that came over http."""
    if page.is_secure:
        return Pass(saw=f"GET {page.url}: {page.status}")
    for content in page.html.http_equiv("refresh"):
        match = REFRESH.match(content)
        if match and resolve(page.url, match[1]).startswith("https:"):
            return _fail(
                page, f'<meta http-equiv="refresh" content="{content}">', resolve(page.url, match[1])
            )
    for script in page.html.inline_scripts:
        match = SCRIPT.search(script) or SWAP.search(script)
        if match:
            return _fail(page, match[0], match[1] if match.re is SCRIPT else "https:")
    return NotApplicable(because="stays")


def _fail(page: Page, proof: str, location: str) -> Fail:
    return Fail(
        saw=f"GET {page.url}: {proof}", where=(page.url,), note="page", values=(("location", location),)
    )
