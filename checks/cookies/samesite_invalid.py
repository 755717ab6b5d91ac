"""cookies.samesite-invalid: browsers reject the cookie or ignore its SameSite."""

from scanner.author import Context, Example, Judgement, Page, Severity, Text, check
from scanner.author.web import judge_cookies
from scanner.parse.cookies import Cookie
from scanner.samples.web import page


@check(
    "cookies.samesite-invalid",
    on=Page,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="SameSite của cookie không hợp lệ", en="SameSite of a cookie is not valid"),
    why=Text(
        vi="Trình duyệt từ chối cookie SameSite=None không có Secure, và bỏ qua giá trị lạ, nên chức năng hỏng hoặc mất bảo vệ.",
        en="Browsers reject SameSite=None without Secure and ignore unknown values, so functions break or protection is lost.",
    ),
    fix=Text(
        vi="Dùng SameSite=Lax hoặc Strict; chỉ dùng None cùng Secure.",
        en="Use SameSite=Lax or Strict; use None only together with Secure.",
    ),
    refs=("RFC 6265bis section 5.6.7", "RFC 6265bis section 5.7"),
    howto="protect-session-cookie",
    notes={
        "no-cookie": Text(vi="Không có cookie nào đặt SameSite.", en="No cookie sets SameSite."),
        "bad": Text(vi="Cookie {cookie}: SameSite={value}.", en="Cookie {cookie}: SameSite={value}."),
    },
    examples=(
        Example("None without Secure", page(("Set-Cookie", "lang=vi; SameSite=None")), "fail"),
        Example("unknown word", page(("Set-Cookie", "lang=vi; SameSite=Maybe")), "fail"),
        Example("empty", page(("Set-Cookie", "lang=vi; SameSite=")), "fail"),
        Example("None with Secure", page(("Set-Cookie", "lang=vi; SameSite=none; Secure")), "pass"),
        Example("Strict", page(("Set-Cookie", "lang=vi; samesite=STRICT")), "pass"),
        Example(
            "the last of two counts", page(("Set-Cookie", "lang=vi; SameSite=Lax; SameSite=Maybe")), "fail"
        ),
        Example("a deletion", page(("Set-Cookie", "lang=; SameSite=None; Max-Age=0")), "notapplicable"),
        Example("without it", page(("Set-Cookie", "lang=vi")), "notapplicable"),
        Example("none", page(), "notapplicable"),
    ),
)
def samesite_invalid(page: Page, ctx: Context) -> Judgement:
    """Judge every cookie that sets it."""
    return judge_cookies(
        page,
        ctx,
        applies=lambda cookie: cookie.has("samesite"),
        is_good=lambda _url, cookie: _is_valid(cookie),
        note="bad",
        values=lambda cookie: (("cookie", cookie.name), ("value", cookie.get("samesite") or "")),
    )


def _is_valid(cookie: Cookie) -> bool:
    value = (cookie.get("samesite") or "").lower()
    return value in ("lax", "strict") or (value == "none" and cookie.is_secure)
