"""http.cors-lookalike-origin: the list of allowed origins is compared by beginning or end only."""

from scanner.author import (
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Page,
    Pass,
    Severity,
    Text,
    Unknown,
    check,
)
from scanner.author.web import NOT_SHARED, is_shared, shared_with
from scanner.samples.web import answered, page

LONGER = ("Origin", "https://so.example.7a1f.example")
BEFORE = ("Origin", "https://x7a1fso.example")
ALLOW, CREDENTIALS = "Access-Control-Allow-Origin", ("Access-Control-Allow-Credentials", "true")
SHARES = answered("again", (ALLOW, "https://doi-tac.example"), sent=(("Origin", "https://7a1f.example"),))
CLOSED = (answered("origin-lookalike", sent=(LONGER,)), answered("origin-suffix", sent=(BEFORE,)))


@check(
    "http.cors-lookalike-origin",
    on=Page,
    severity=Severity.HIGH,
    since="0.1",
    needs=("again", "options", "origin-lookalike", "origin-suffix"),
    title=Text(vi="Nguồn có tên gần giống được phép đọc dữ liệu", en="Origins that look alike may read data"),
    why=Text(
        vi="Kẻ xấu chỉ cần đăng ký một tên miền bắt đầu hoặc kết thúc giống tên trang là đọc được dữ liệu của người đã đăng nhập.",
        en="Somebody registers a name that begins or ends like the site's, and reads the data of logged-in visitors.",
    ),
    fix=Text(
        vi="So sánh trọn vẹn nguồn với danh sách; không so phần đầu hay phần cuối.",
        en="Compare the whole origin with the list, not its beginning or end.",
    ),
    refs=("Fetch standard section 3.3.5",),
    howto="limit-sharing",
    reproduce="curl -sSo /dev/null -D - -H Origin:https://{host}.la.example {where} | grep -i '^access-control'",
    notes={
        "lets-in": Text(
            vi="Nguồn {origin} được phép đọc kèm cookie.",
            en="The origin {origin} may read, cookies included.",
        ),
        "everybody": Text(
            vi="Mọi nguồn đều được phép; xem http.cors-reflects-with-credentials.",
            en="Every origin is let in; see http.cors-reflects-with-credentials.",
        ),
        "not-shared": NOT_SHARED,
    },
    examples=(
        Example(
            "beginning only",
            page(
                asked=(
                    SHARES,
                    answered("origin-lookalike", (ALLOW, LONGER[1]), CREDENTIALS, sent=(LONGER,)),
                    CLOSED[1],
                )
            ),
            "fail",
        ),
        Example(
            "end only",
            page(
                asked=(
                    SHARES,
                    CLOSED[0],
                    answered("origin-suffix", (ALLOW, BEFORE[1]), CREDENTIALS, sent=(BEFORE,)),
                )
            ),
            "fail",
        ),
        Example(
            "without credentials",
            page(asked=(SHARES, CLOSED[0], answered("origin-suffix", (ALLOW, BEFORE[1]), sent=(BEFORE,)))),
            "pass",
        ),
        Example("neither is let in", page(asked=(SHARES, *CLOSED)), "pass"),
        Example(
            "everybody is let in",
            page(
                asked=(
                    answered(
                        "again",
                        (ALLOW, "https://7a1f.example"),
                        CREDENTIALS,
                        sent=(("Origin", "https://7a1f.example"),),
                    ),
                    answered("origin-suffix", (ALLOW, BEFORE[1]), CREDENTIALS, sent=(BEFORE,)),
                )
            ),
            "notapplicable",
        ),
        Example("nothing is shared", page(asked=(answered("again"), answered("options"))), "notapplicable"),
        Example("not asked", page(), "unknown"),
    ),
)
def cors_lookalike_origin(page: Page, _ctx: Context) -> Judgement:
    """Judge the answers to two names that look alike; they are asked only where sharing was seen."""
    general = shared_with(page, "again", "options")
    if isinstance(general, Unknown):
        return general
    if not is_shared(page):
        return NotApplicable(because="not-shared", saw="\n".join(shared.proof for shared in general))
    if any(shared.is_reflected for shared in general):
        return NotApplicable(because="everybody", saw=general[0].proof)
    seen = shared_with(page, "origin-lookalike", "origin-suffix")
    if isinstance(seen, Unknown):
        return seen
    for shared in seen:
        if shared.is_reflected and shared.has_credentials:
            return Fail(
                saw=shared.proof, where=(page.url,), note="lets-in", values=(("origin", shared.origin),)
            )
    return Pass(saw="\n".join(shared.proof for shared in seen))
