"""cookies.httponly-missing: scripts can read the key to a session."""

from scanner.author import Context, Example, Judgement, Page, Severity, Text, check
from scanner.author.web import judge_session_cookies
from scanner.samples.web import page

NAME = "PHPSESSID=7a1f0c2be94d5f6a8b3c4d5e6f708192"


@check(
    "cookies.httponly-missing",
    on=Page,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Mã trên trang đọc được cookie phiên", en="Scripts can read the session cookie"),
    why=Text(
        vi="Một đoạn mã bị chèn vào trang là đủ để lấy phiên đăng nhập của mọi người đang mở trang.",
        en="One planted script is enough to take the session of everybody who has the page open.",
    ),
    fix=Text(vi="Thêm thuộc tính HttpOnly cho cookie phiên.", en="Add HttpOnly to the session cookie."),
    refs=("RFC 6265 section 4.1.2.6", "RFC 6265bis section 5.6"),
    howto="protect-session-cookie",
    notes={
        "no-session": Text(vi="Trang không đặt cookie phiên.", en="The site sets no session cookie."),
        "lacking": Text(vi="Cookie {cookie} thiếu HttpOnly.", en="Cookie {cookie} lacks HttpOnly."),
    },
    examples=(
        Example("no HttpOnly", page(("Set-Cookie", f"{NAME}; path=/; Secure")), "fail"),
        Example("HttpOnly", page(("Set-Cookie", f"{NAME}; Secure; httponly")), "pass"),
        Example("value of the attribute is ignored", page(("Set-Cookie", f"{NAME}; HttpOnly=false")), "pass"),
        Example(
            "double-submit token must be readable",
            page(("Set-Cookie", "csrftoken=7a1f0c2be94d5f6a8b3c4d5e6f708192")),
            "notapplicable",
        ),
        Example("statistics", page(("Set-Cookie", "_ga=GA1.2.1234567890.1234567890")), "notapplicable"),
        Example("a short word named session", page(("Set-Cookie", "session_notice=1")), "notapplicable"),
        Example("not a cookie", page(("Set-Cookie", "")), "notapplicable"),
    ),
)
def httponly_missing(page: Page, ctx: Context) -> Judgement:
    """Judge session cookies of every hop."""
    return judge_session_cookies(page, ctx, lambda _url, cookie: cookie.is_http_only)
