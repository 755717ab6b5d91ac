"""cms.admin-login-open: everybody on the Internet may try passwords at the administration."""

from scanner.author import (
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Pass,
    Platform,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.samples.cms import door, product, site

FORM = '<form action="/administrator/index.php" method="post" id="form-login">'


@check(
    "cms.admin-login-open",
    on=Platform,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Trang đăng nhập quản trị mở ra Internet", en="The administration's login is open to the Internet"
    ),
    why=Text(
        vi="Bất kỳ ai cũng có thể dò mật khẩu hoặc khai thác lỗi của trang quản trị. Mật khẩu lộ từ nơi khác thường được thử đầu tiên ở đây.",
        en="Anybody may guess passwords there or use a hole of the administration. Passwords leaked elsewhere are tried here first.",
    ),
    fix=Text(
        vi="Chỉ cho phép vào trang quản trị từ mạng của cơ quan hoặc qua VPN; nếu chưa được, thêm một lớp mật khẩu của máy chủ web và bật xác thực hai bước.",
        en="Allow the administration from the agency's network or a VPN only; until then put a password of the web server before it and switch on two-step login.",
    ),
    refs=("OWASP WSTG-CONF-05", "CWE-307"),
    howto="limit-admin-access",
    notes={
        "open": Text(
            vi="{url} hiện biểu mẫu đăng nhập quản trị của {name} cho mọi người.",
            en="{url} shows everybody the login form of {name}'s administration.",
        ),
        "absent": Text(
            vi="Trang không dùng hệ thống nào có địa chỉ quản trị mà công cụ biết.",
            en="The site shows no system whose usual login address this tool knows.",
        ),
    },
    examples=(
        Example(
            "the form is shown",
            site(product("joomla"), door=door("administrator/", is_open=True, saw=FORM)),
            "fail",
        ),
        Example(
            "refused", site(product("joomla"), door=door("administrator/", status=403, is_open=False)), "pass"
        ),
        Example(
            "a password of the server before it",
            site(product("joomla"), door=door("administrator/", status=401, is_open=False)),
            "pass",
        ),
        Example(
            "moved away",
            site(product("joomla"), door=door("administrator/", status=404, is_open=False)),
            "pass",
        ),
        Example(
            "every request was refused",
            site(product("joomla"), door=door("administrator/", status=403, why=Why.BLOCKED)),
            "unknown",
        ),
        Example("not asked at this depth", site(product("joomla"), door=door("")), "unknown"),
        Example(
            "no answer",
            site(product("joomla"), door=door("administrator/", status=0, why=Why.TIMEOUT)),
            "unknown",
        ),
        Example("a system without a usual address", site(product("vnpt-portal")), "notapplicable"),
        Example("nothing recognised", site(), "notapplicable"),
    ),
)
def admin_login_open(platform: Platform, _ctx: Context) -> Judgement:
    """Judge by the form itself: an answer without it, or a refusal to us alone, is an administration that is closed."""
    seen = platform.door
    if seen is None:
        return NotApplicable("absent")
    if seen.is_open is None:
        return Unknown(seen.missing.why, seen.missing.detail)
    if not seen.is_open:
        return Pass(f"GET {seen.url}: {seen.status}", (seen.url,))
    return Fail(f"GET {seen.url}: {seen.saw}", (seen.url,), "open", (("url", seen.url), ("name", seen.name)))
