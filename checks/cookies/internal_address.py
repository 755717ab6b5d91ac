"""cookies.internal-address: a load balancer's cookie tells the private address of a server."""

from scanner.author import Context, Example, Judgement, Page, Severity, Text, check
from scanner.author.web import judge_cookies
from scanner.parse.cookies import big_ip_address
from scanner.samples.web import page

PRIVATE = "BIGipServerpool_web=1677787402.36895.0000"  # 10.1.1.100:8080


@check(
    "cookies.internal-address",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Cookie lộ địa chỉ máy chủ nội bộ", en="A cookie tells an internal server address"),
    why=Text(
        vi="Địa chỉ và cổng nội bộ giúp kẻ tấn công hiểu mạng bên trong.",
        en="Internal addresses and ports help an attacker to understand the network inside.",
    ),
    fix=Text(
        vi="Bật mã hóa cookie của thiết bị cân bằng tải (BIG-IP: cookie encryption).",
        en="Switch on cookie encryption in the load balancer (BIG-IP: cookie encryption).",
    ),
    refs=("RFC 1918 section 3", "F5 article K6917"),
    howto="protect-session-cookie",
    notes={
        "no-cookie": Text(
            vi="Không có cookie nào của thiết bị cân bằng tải dạng này.",
            en="No load balancer cookie of this kind.",
        ),
        "tells": Text(vi="Cookie {cookie} cho biết {address}.", en="Cookie {cookie} tells {address}."),
    },
    examples=(
        Example("private address", page(("Set-Cookie", f"{PRIVATE}; path=/")), "fail"),
        Example("public address", page(("Set-Cookie", "BIGipServerpool=134744072.20480.0000")), "pass"),
        Example("encrypted", page(("Set-Cookie", "BIGipServerpool=!x1yZ9w==")), "notapplicable"),
        Example(
            "another cookie of such a shape", page(("Set-Cookie", "x=1677787402.36895.0001")), "notapplicable"
        ),
        Example("none", page(), "notapplicable"),
    ),
)
def internal_address(page: Page, ctx: Context) -> Judgement:
    """Only the exact pattern counts: an address as a number, a port with its bytes swapped, 0000."""
    return judge_cookies(
        page,
        ctx,
        applies=lambda cookie: big_ip_address(cookie.value) is not None,
        is_good=lambda _url, cookie: not (big_ip_address(cookie.value) or ("", False))[1],
        note="tells",
        values=lambda cookie: (
            ("cookie", cookie.name),
            ("address", (big_ip_address(cookie.value) or ("", False))[0]),
        ),
    )
