"""http.cors-null-origin: pages without an origin may read a logged-in visitor's data."""

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

NULL = ("Origin", "null")
ALLOW, CREDENTIALS = "Access-Control-Allow-Origin", ("Access-Control-Allow-Credentials", "true")
SHARES = answered("again", (ALLOW, "https://doi-tac.example"), sent=(("Origin", "https://7a1f.example"),))


@check(
    "http.cors-null-origin",
    on=Page,
    severity=Severity.HIGH,
    since="0.1",
    needs=("again", "options", "origin-null"),
    title=Text(
        vi="Nguồn null được phép đọc dữ liệu kèm cookie", en="The origin null may read data with cookies"
    ),
    why=Text(
        vi="Bất cứ trang nào cũng tạo được khung có nguồn null, nên cho phép null là cho phép mọi người.",
        en="Any page can make a frame whose origin is null, so allowing null allows everybody.",
    ),
    fix=Text(
        vi="Bỏ null khỏi danh sách nguồn được phép.", en="Remove null from the origins that are allowed."
    ),
    refs=("Fetch standard section 3.3.5",),
    howto="limit-sharing",
    reproduce="curl -sSo /dev/null -D - -H 'Origin: null' {where} | grep -i '^access-control'",
    notes={
        "null": Text(vi="Trả lời cho phép null kèm cookie.", en="The answer allows null with credentials."),
        "not-shared": NOT_SHARED,
    },
    examples=(
        Example(
            "null with credentials",
            page(asked=(SHARES, answered("origin-null", (ALLOW, "null"), CREDENTIALS, sent=(NULL,)))),
            "fail",
        ),
        Example(
            "null without credentials",
            page(asked=(SHARES, answered("origin-null", (ALLOW, "null"), sent=(NULL,)))),
            "pass",
        ),
        Example("null is not let in", page(asked=(SHARES, answered("origin-null", sent=(NULL,)))), "pass"),
        Example(
            "nothing is shared, so null was not tried",
            page(asked=(answered("again"), answered("options"))),
            "notapplicable",
        ),
        Example("shared, but null was not tried", page(asked=(SHARES,)), "unknown"),
        Example("not asked", page(), "unknown"),
    ),
)
def cors_null_origin(page: Page, _ctx: Context) -> Judgement:
    """Judge the answer to Origin: null; it is asked only where sharing was seen."""
    general = shared_with(page, "again", "options")
    if isinstance(general, Unknown):
        return general
    if not is_shared(page):
        return NotApplicable(because="not-shared", saw="\n".join(shared.proof for shared in general))
    seen = shared_with(page, "origin-null")
    if isinstance(seen, Unknown):
        return seen
    (shared,) = seen
    if shared.is_reflected and shared.has_credentials:
        return Fail(saw=shared.proof, where=(page.url,), note="null")
    return Pass(saw=shared.proof)
