"""cookies.scope-too-wide: a session cookie is sent to every name of the domain."""

from scanner.author import Context, Example, Judgement, Page, Severity, Text, check
from scanner.author.web import judge_cookies
from scanner.parse.cookies import Cookie
from scanner.parse.suffix import registrable
from scanner.samples.web import page

NAME = "PHPSESSID=7a1f0c2be94d5f6a8b3c4d5e6f708192; Secure; HttpOnly"
URL = "https://soyte.hanoi.gov.vn/"


@check(
    "cookies.scope-too-wide",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Cookie phiên được gửi tới mọi trang của tên miền",
        en="The session cookie goes to every site of the domain",
    ),
    why=Text(
        vi="Mọi trang dưới cùng tên miền, của cơ quan khác hay đã bỏ quên, đều nhận và đặt được phiên này.",
        en="Every site below the domain, of other agencies or forgotten ones, receives and can set this session.",
    ),
    fix=Text(
        vi="Bỏ thuộc tính Domain để cookie chỉ thuộc về chính máy chủ này.",
        en="Drop the Domain attribute, so that the cookie belongs to this host alone.",
    ),
    refs=("RFC 6265bis section 5.7", "RFC 6265 section 8.6"),
    howto="protect-session-cookie",
    notes={
        "no-cookie": Text(vi="Không có cookie phiên nào đặt Domain.", en="No session cookie sets Domain."),
        "wide": Text(vi="Cookie {cookie} thuộc về {domain}.", en="Cookie {cookie} belongs to {domain}."),
    },
    examples=(
        Example("the whole province", page(("Set-Cookie", f"{NAME}; Domain=.hanoi.gov.vn"), url=URL), "fail"),
        Example(
            "without the dot, in capitals",
            page(("Set-Cookie", f"{NAME}; domain=HANOI.gov.vn"), url=URL),
            "fail",
        ),
        Example(
            "this host and those below",
            page(("Set-Cookie", f"{NAME}; Domain=soyte.hanoi.gov.vn"), url=URL),
            "pass",
        ),
        Example(
            "a public suffix: browsers reject it",
            page(("Set-Cookie", f"{NAME}; Domain=gov.vn"), url=URL),
            "pass",
        ),
        Example("host only", page(("Set-Cookie", NAME), url=URL), "notapplicable"),
        Example(
            "statistics",
            page(("Set-Cookie", "_ga=GA1.2.1234567890.1234567890; Domain=hanoi.gov.vn"), url=URL),
            "notapplicable",
        ),
        Example(
            "the domain's own site",
            page(("Set-Cookie", f"{NAME}; Domain=hanoi.gov.vn"), url="https://hanoi.gov.vn/"),
            "fail",
        ),
    ),
)
def scope_too_wide(page: Page, ctx: Context) -> Judgement:
    """Compare Domain with the registrable domain by the public suffix list."""
    widest = registrable(page.host, ctx.ref.suffixes)
    return judge_cookies(
        page,
        ctx,
        applies=lambda cookie: cookie.is_session and bool(_domain(cookie)),
        is_good=lambda _url, cookie: _domain(cookie) != widest,
        note="wide",
        values=lambda cookie: (("cookie", cookie.name), ("domain", _domain(cookie))),
    )


def _domain(cookie: Cookie) -> str:
    return (cookie.get("domain") or "").removeprefix(".").lower()
