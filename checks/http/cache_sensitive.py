"""http.cache-sensitive: an answer with somebody's session or a log-in form may be stored by shared caches."""

import re

from scanner.author import (
    Confidence,
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Page,
    Pass,
    Severity,
    Text,
    check,
)
from scanner.author.web import session_cookies
from scanner.parse.headers import http_date, members
from scanner.samples.web import page

NAME = "PHPSESSID=7a1f0c2be94d5f6a8b3c4d5e6f708192; Secure; HttpOnly"
LOGIN = '<form method="post" action="/dang-nhap"><input type="password" name="p"></form>'
CONTROL = "cache-control"
DIGITS = re.compile(r"[0-9]+")


@check(
    "http.cache-sensitive",
    on=Page,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(
        vi="Trả lời có phiên hoặc ô mật khẩu được phép lưu đệm",
        en="Answers with a session or password field may be cached",
    ),
    why=Text(
        vi="Bộ đệm dùng chung có thể đưa cookie phiên hoặc trang của người này cho người khác.",
        en="A shared cache may hand one person's session cookie or page to another.",
    ),
    fix=Text(
        vi="Gửi Cache-Control: no-store (hoặc private) ở các trả lời đặt cookie phiên và ở trang đăng nhập.",
        en="Send Cache-Control: no-store (or private) with answers that set a session cookie, and on log-in pages.",
    ),
    refs=("RFC 9111 section 3", "RFC 9111 section 5.2.2"),
    howto="no-store",
    confidence=Confidence.MEDIUM,
    notes={
        "stored": Text(
            vi="{what} đi cùng chỉ dẫn cho phép lưu: {control}.",
            en="{what} comes with leave to store: {control}.",
        ),
        "public": Text(
            vi="Trang không đặt phiên và không có ô mật khẩu.",
            en="The page sets no session and has no password field.",
        ),
    },
    examples=(
        Example("session and public", page(("Set-Cookie", NAME), (CONTROL, "public, max-age=600")), "fail"),
        Example("session and max-age", page(("Set-Cookie", NAME), (CONTROL, "max-age=600")), "fail"),
        Example("log-in form and s-maxage", page((CONTROL, "s-maxage=60"), html=LOGIN), "fail"),
        Example(
            "session and no-store", page(("Set-Cookie", NAME), (CONTROL, "no-store, max-age=600")), "pass"
        ),
        Example("session and private", page(("Set-Cookie", NAME), (CONTROL, "private, max-age=600")), "pass"),
        Example("session and no directions: PHP's own rule", page(("Set-Cookie", NAME)), "pass"),
        Example(
            "session and max-age=0",
            page(("Set-Cookie", NAME), (CONTROL, "max-age=0, must-revalidate")),
            "pass",
        ),
        Example(
            "session and an Expires far ahead",
            page(("Set-Cookie", NAME), ("Expires", "Wed, 01 Jan 2098 00:00:00 GMT")),
            "fail",
        ),
        Example(
            "Cache-Control wins over Expires",
            page(("Set-Cookie", NAME), (CONTROL, "no-cache"), ("Expires", "Wed, 01 Jan 2098 00:00:00 GMT")),
            "pass",
        ),
        Example("a public page may be cached", page((CONTROL, "public, max-age=600")), "notapplicable"),
        Example(
            "a public page with a language cookie",
            page((CONTROL, "public"), ("Set-Cookie", "lang=vi")),
            "notapplicable",
        ),
        Example(
            "a broken number does not outdo Expires",
            page(
                ("Set-Cookie", NAME), (CONTROL, "max-age=abc"), ("Expires", "Wed, 01 Jan 2098 00:00:00 GMT")
            ),
            "fail",
        ),
        Example(
            "s-maxage=0 overrides max-age",
            page(("Set-Cookie", NAME), (CONTROL, "max-age=600, s-maxage=0")),
            "pass",
        ),
    ),
)
def cache_sensitive(page: Page, ctx: Context) -> Judgement:
    """Judge only answers that hold somebody's own things, by explicit leave to a shared cache."""
    cookie = next((c.name for url, c, _ in session_cookies(page, ctx) if url == page.url), "")
    has_password = any(form.has_password for form in page.html.forms)
    if not cookie and not has_password:
        return NotApplicable(because="public")
    what = cookie or "password"
    lines = (*page.lines(CONTROL), *page.lines("expires"), *page.lines("pragma"))
    proof = "\n".join((f"GET {page.url}: {page.status}, {what}", *lines))
    if not _may_be_shared(page, ctx):
        return Pass(saw=proof)
    values = (("what", what), ("control", "; ".join(lines)))
    return Fail(saw=proof, where=(page.url,), note="stored", values=values)


def _may_be_shared(page: Page, ctx: Context) -> bool:
    """RFC 9111 section 3: freshness given for shared caches, and nothing that forbids storing."""
    control: dict[str, str] = {}
    for member in members(page.values(CONTROL)):
        name, _, value = member.partition("=")
        control.setdefault(name.strip().lower(), value.strip(' "'))
    if {"no-store", "private", "no-cache"} & set(control):
        return False
    for name in ("s-maxage", "max-age"):
        seconds = control.get(name, "")
        if DIGITS.fullmatch(seconds):  # a broken number gives no freshness, and no protection either
            return bool(seconds.strip("0"))
    if "public" in control:
        return True
    expires = next(iter(page.values("expires")), "")
    moment = http_date(expires)
    return moment is not None and moment > ctx.seen_at
