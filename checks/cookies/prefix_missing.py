"""cookies.prefix-missing: nothing stops a neighbouring name from planting a session cookie."""

from scanner.author import Context, Example, Judgement, Page, Severity, Text, check
from scanner.author.web import judge_session_cookies
from scanner.samples.web import page

VALUE = "7a1f0c2be94d5f6a8b3c4d5e6f708192"


@check(
    "cookies.prefix-missing",
    on=Page,
    severity=Severity.INFO,
    since="0.1",
    title=Text(
        vi="Tên cookie phiên không có tiền tố __Host- hay __Secure-",
        en="The session cookie's name has no __Host- or __Secure- prefix",
    ),
    why=Text(
        vi="Tên miền bên cạnh hoặc kết nối http có thể cài sẵn một cookie phiên cùng tên cho người dân.",
        en="A neighbouring name, or a connection over http, can plant a session cookie of the same name.",
    ),
    fix=Text(
        vi="Khi ứng dụng cho phép, đổi tên thành __Host-... với Secure, Path=/ và không có Domain.",
        en="Where the application allows, rename it to __Host-... with Secure, Path=/ and no Domain.",
    ),
    refs=("RFC 6265bis section 4.1.3", "RFC 6265bis section 8.6"),
    howto="protect-session-cookie",
    notes={
        "no-session": Text(vi="Trang không đặt cookie phiên.", en="The site sets no session cookie."),
        "lacking": Text(vi="Cookie {cookie} không có tiền tố.", en="Cookie {cookie} has no prefix."),
    },
    examples=(
        Example("no prefix", page(("Set-Cookie", f"PHPSESSID={VALUE}; Secure; HttpOnly")), "fail"),
        Example("__Host-", page(("Set-Cookie", f"__Host-PHPSESSID={VALUE}; Secure; Path=/")), "pass"),
        Example("__Secure-", page(("Set-Cookie", f"__Secure-sessionid={VALUE}; Secure")), "pass"),
        Example("none", page(), "notapplicable"),
    ),
)
def prefix_missing(page: Page, ctx: Context) -> Judgement:
    """Judge session cookies of every hop. Information only."""
    return judge_session_cookies(
        page, ctx, lambda _url, cookie: cookie.name.lower().startswith(("__host-", "__secure-"))
    )
