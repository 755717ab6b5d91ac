"""cookies.other-insecure: cookies that are no session may travel unencrypted."""

from scanner.author import Context, Example, Judgement, Page, Severity, Text, check
from scanner.author.web import judge_cookies
from scanner.samples.web import hop, page, plain_page


@check(
    "cookies.other-insecure",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Cookie khác thiếu Secure", en="Other cookies lack Secure"),
    why=Text(
        vi="Cookie thường cũng nói lên thói quen của người dân và có thể bị sửa trên đường truyền http.",
        en="Ordinary cookies too tell about visitors, and can be changed on a line that is not encrypted.",
    ),
    fix=Text(vi="Thêm Secure cho mọi cookie.", en="Add Secure to every cookie."),
    refs=("RFC 6265 section 4.1.2.5",),
    howto="protect-session-cookie",
    notes={
        "no-cookie": Text(
            vi="Ngoài cookie phiên, trang không đặt cookie nào.",
            en="Beside a session, the site sets no cookie.",
        ),
        "lacking": Text(
            vi="Cookie {cookie} thiếu Secure hoặc được đặt qua http.",
            en="Cookie {cookie} lacks Secure or is set over http.",
        ),
    },
    examples=(
        Example("language without Secure", page(("Set-Cookie", "lang=vi; path=/")), "fail"),
        Example("with Secure", page(("Set-Cookie", "lang=vi; Secure")), "pass"),
        Example(
            "set on the http hop",
            page(via=(hop("http://so.example/", 301, ("Set-Cookie", "lang=vi; Secure")),)),
            "fail",
        ),
        Example("plain http", plain_page(("Set-Cookie", "lang=vi")), "fail"),
        Example(
            "the session is for cookies.secure-missing",
            page(("Set-Cookie", "PHPSESSID=7a1f0c2be94d5f6a8b3c4d5e6f708192")),
            "notapplicable",
        ),
        Example(
            "a deletion",
            page(("Set-Cookie", "lang=; expires=Thu, 01-Jan-1970 00:00:01 GMT")),
            "notapplicable",
        ),
        Example("none", page(), "notapplicable"),
    ),
)
def other_insecure(page: Page, ctx: Context) -> Judgement:
    """Judge cookies of every hop that do not look like a session."""
    return judge_cookies(
        page,
        ctx,
        applies=lambda cookie: not cookie.is_session,
        is_good=lambda url, cookie: cookie.is_secure and url.startswith("https:"),
        note="lacking",
        values=lambda cookie: (("cookie", cookie.name),),
    )
