"""cookies.prefix-broken: the name makes a promise that the attributes break, so browsers reject the cookie."""

from scanner.author import Context, Example, Judgement, Page, Severity, Text, check
from scanner.author.web import judge_cookies
from scanner.parse.cookies import Cookie
from scanner.samples.web import page, plain_page


@check(
    "cookies.prefix-broken",
    on=Page,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(
        vi="Cookie tiền tố __Host- hoặc __Secure- bị trình duyệt từ chối",
        en="A __Host- or __Secure- cookie is rejected",
    ),
    why=Text(
        vi="Trình duyệt bỏ cookie không giữ đúng điều tiền tố hứa, nên đăng nhập hoặc cài đặt không hoạt động.",
        en="Browsers drop a cookie that breaks the promise of its prefix, so log-in or settings do not work.",
    ),
    fix=Text(
        vi="__Secure- cần Secure và https; __Host- cần thêm Path=/ và không có Domain.",
        en="__Secure- needs Secure and https; __Host- also needs Path=/ and no Domain.",
    ),
    refs=("RFC 6265bis section 4.1.3", "RFC 6265bis section 5.7"),
    howto="protect-session-cookie",
    notes={
        "no-cookie": Text(vi="Không có cookie nào mang tiền tố này.", en="No cookie has such a prefix."),
        "broken": Text(vi="Cookie {cookie} bị từ chối.", en="Cookie {cookie} is rejected."),
    },
    examples=(
        Example(
            "__Host- with Domain",
            page(("Set-Cookie", "__Host-a=1; Secure; Path=/; Domain=so.example")),
            "fail",
        ),
        Example("__Host- without Path", page(("Set-Cookie", "__Host-a=1; Secure")), "fail"),
        Example("__Host- with another path", page(("Set-Cookie", "__Host-a=1; Secure; Path=/vn")), "fail"),
        Example("__Secure- without Secure", page(("Set-Cookie", "__Secure-a=1")), "fail"),
        Example("in small letters it counts too", page(("Set-Cookie", "__secure-a=1")), "fail"),
        Example("over plain http", plain_page(("Set-Cookie", "__Secure-a=1; Secure")), "fail"),
        Example(
            "kept",
            page(
                ("Set-Cookie", "__Host-a=1; Secure; Path=/"),
                ("Set-Cookie", "__Secure-b=1; Secure; Domain=so.example"),
            ),
            "pass",
        ),
        Example("other names", page(("Set-Cookie", "__HostA=1")), "notapplicable"),
        Example("none", page(), "notapplicable"),
    ),
)
def prefix_broken(page: Page, ctx: Context) -> Judgement:
    """Judge every cookie with a prefix; the comparison is without case, as in browsers."""
    return judge_cookies(
        page,
        ctx,
        applies=lambda cookie: cookie.name.lower().startswith(("__host-", "__secure-")),
        is_good=lambda url, cookie: url.startswith("https:") and _keeps(cookie),
        note="broken",
        values=lambda cookie: (("cookie", cookie.name),),
    )


def _keeps(cookie: Cookie) -> bool:
    if cookie.name.lower().startswith("__secure-"):
        return cookie.is_secure
    return cookie.is_secure and cookie.get("path") == "/" and not cookie.get("domain")
