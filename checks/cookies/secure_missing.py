"""cookies.secure-missing: the key to a session may travel unencrypted."""

from scanner.author import Context, Example, Judgement, Page, Severity, Text, check
from scanner.author.web import judge_session_cookies
from scanner.samples.web import hop, page, plain_page

NAME = "PHPSESSID=7a1f0c2be94d5f6a8b3c4d5e6f708192"


@check(
    "cookies.secure-missing",
    on=Page,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Cookie phiên có thể bị gửi qua http", en="The session cookie may travel over http"),
    why=Text(
        vi="Ai nghe được đường truyền có thể lấy cookie và dùng phiên đăng nhập của người khác.",
        en="Whoever listens on the line can take the cookie and use somebody else's session.",
    ),
    fix=Text(
        vi="Thêm thuộc tính Secure cho cookie phiên và chỉ đặt cookie này qua https.",
        en="Add Secure to the session cookie, and set it over https only.",
    ),
    refs=("RFC 6265 section 4.1.2.5", "RFC 6265bis section 5.6"),
    howto="protect-session-cookie",
    notes={
        "no-session": Text(vi="Trang không đặt cookie phiên.", en="The site sets no session cookie."),
        "lacking": Text(
            vi="Cookie {cookie} thiếu Secure hoặc được đặt qua http.",
            en="Cookie {cookie} lacks Secure or is set over http.",
        ),
    },
    examples=(
        Example("no Secure", page(("Set-Cookie", f"{NAME}; path=/; HttpOnly")), "fail"),
        Example("Secure", page(("Set-Cookie", f"{NAME}; path=/; secure; HttpOnly")), "pass"),
        Example(
            "set on the http hop",
            page(via=(hop("http://so.example/", 301, ("Set-Cookie", f"{NAME}; Secure")),)),
            "fail",
        ),
        Example("plain http", plain_page(("Set-Cookie", NAME)), "fail"),
        Example("a deletion is no session", page(("Set-Cookie", f"{NAME}; Max-Age=0")), "notapplicable"),
        Example(
            "deleted by date",
            page(("Set-Cookie", f"{NAME}; expires=Thu, 01-Jan-1970 00:00:01 GMT")),
            "notapplicable",
        ),
        Example("language", page(("Set-Cookie", "lang=vi; path=/")), "notapplicable"),
        Example(
            "anti-forgery token",
            page(("Set-Cookie", "XSRF-TOKEN=7a1f0c2be94d5f6a8b3c4d5e6f708192")),
            "notapplicable",
        ),
        Example(
            "two, one bad",
            page(
                ("Set-Cookie", f"{NAME}; Secure"),
                ("Set-Cookie", "JSESSIONID=A8B3C4D5E6F708192A1F0C2BE94D5F6A"),
            ),
            "fail",
        ),
        Example("none", page(), "notapplicable"),
    ),
)
def secure_missing(page: Page, ctx: Context) -> Judgement:
    """Judge session cookies of every hop; the attribute does not count on an http answer."""
    return judge_session_cookies(page, ctx, lambda url, cookie: cookie.is_secure and url.startswith("https:"))
