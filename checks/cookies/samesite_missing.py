"""cookies.samesite-missing: a session cookie does not say whether other sites may cause it to be sent."""

from scanner.author import Context, Example, Judgement, Page, Severity, Text, check
from scanner.author.web import judge_session_cookies
from scanner.samples.web import page

NAME = "PHPSESSID=7a1f0c2be94d5f6a8b3c4d5e6f708192"


@check(
    "cookies.samesite-missing",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Cookie phiên thiếu SameSite", en="The session cookie lacks SameSite"),
    why=Text(
        vi="Ở trình duyệt không mặc định Lax, trang khác có thể khiến trình duyệt gửi yêu cầu kèm phiên của người dân.",
        en="In browsers that do not default to Lax, other sites can make requests that carry the visitor's session.",
    ),
    fix=Text(vi="Thêm SameSite=Lax cho cookie phiên.", en="Add SameSite=Lax to the session cookie."),
    refs=("RFC 6265bis section 5.6.7", "RFC 6265bis section 8.8"),
    howto="protect-session-cookie",
    notes={
        "no-session": Text(vi="Trang không đặt cookie phiên.", en="The site sets no session cookie."),
        "lacking": Text(vi="Cookie {cookie} không có SameSite.", en="Cookie {cookie} has no SameSite."),
    },
    examples=(
        Example("absent", page(("Set-Cookie", f"{NAME}; Secure; HttpOnly")), "fail"),
        Example("Lax", page(("Set-Cookie", f"{NAME}; samesite=lax")), "pass"),
        Example("a wrong value is another fault", page(("Set-Cookie", f"{NAME}; SameSite=Maybe")), "pass"),
        Example(
            "a good line does not heal a bad one",
            page(("Set-Cookie", f"{NAME}; SameSite=Lax"), ("Set-Cookie", f"JSESSIONID={NAME[10:]}")),
            "fail",
        ),
        Example("statistics", page(("Set-Cookie", "_ga=GA1.2.1234567890.1234567890")), "notapplicable"),
        Example("none", page(), "notapplicable"),
    ),
)
def samesite_missing(page: Page, ctx: Context) -> Judgement:
    """Judge session cookies of every hop."""
    return judge_session_cookies(page, ctx, lambda _url, cookie: cookie.has("samesite"))
