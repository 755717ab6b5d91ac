"""http.cors-reflects-with-credentials: any site may read the answers a logged-in visitor gets."""

from scanner.author import Context, Example, Fail, Judgement, Page, Pass, Severity, Text, Unknown, check
from scanner.author.web import NOT_SHARED, shared_with
from scanner.samples.web import answered, page

ORIGIN = ("Origin", "https://7a1f.example")
OTHER = ("Origin", "https://9c2b.example")
ALLOW, CREDENTIALS = "Access-Control-Allow-Origin", ("Access-Control-Allow-Credentials", "true")


@check(
    "http.cors-reflects-with-credentials",
    on=Page,
    severity=Severity.HIGH,
    since="0.1",
    needs=("again", "options"),
    title=Text(
        vi="Mọi trang khác đọc được dữ liệu của người đã đăng nhập",
        en="Any site can read a logged-in visitor's data",
    ),
    why=Text(
        vi="Người đã đăng nhập chỉ cần mở một trang xấu là trang đó đọc được dữ liệu của họ qua trình duyệt.",
        en="A logged-in visitor who opens a bad page lets that page read their data through the browser.",
    ),
    fix=Text(
        vi="Chỉ cho phép những nguồn có trong danh sách cố định; không chép lại tiêu đề Origin của người hỏi.",
        en="Allow only origins from a fixed list; do not copy the Origin of whoever asks.",
    ),
    refs=("Fetch standard section 3.3.5", "Fetch standard section 4.9"),
    howto="limit-sharing",
    notes={
        "reflects": Text(
            vi="Nguồn lạ {origin} được phép đọc kèm cookie.",
            en="The strange origin {origin} may read, cookies included.",
        ),
        "not-shared": NOT_SHARED,
    },
    examples=(
        Example(
            "reflected with credentials",
            page(asked=(answered("again", (ALLOW, ORIGIN[1]), CREDENTIALS, sent=(ORIGIN,)),)),
            "fail",
        ),
        Example(
            "only the preflight reflects",
            page(
                asked=(answered("again"), answered("options", (ALLOW, OTHER[1]), CREDENTIALS, sent=(OTHER,)))
            ),
            "fail",
        ),
        Example(
            "reflected without credentials",
            page(asked=(answered("again", (ALLOW, ORIGIN[1]), sent=(ORIGIN,)),)),
            "pass",
        ),
        Example(
            "credentials must be exactly true",
            page(asked=(answered("again", (ALLOW, ORIGIN[1]), (CREDENTIALS[0], "True"), sent=(ORIGIN,)),)),
            "pass",
        ),
        Example(
            "a fixed partner",
            page(asked=(answered("again", (ALLOW, "https://doi-tac.example"), CREDENTIALS, sent=(ORIGIN,)),)),
            "pass",
        ),
        Example(
            "star with credentials is refused by browsers",
            page(asked=(answered("again", (ALLOW, "*"), CREDENTIALS, sent=(ORIGIN,)),)),
            "pass",
        ),
        Example(
            "two lines are void",
            page(
                asked=(
                    answered("again", (ALLOW, ORIGIN[1]), (ALLOW, ORIGIN[1]), CREDENTIALS, sent=(ORIGIN,)),
                )
            ),
            "pass",
        ),
        Example("nothing shared", page(asked=(answered("again", sent=(ORIGIN,)),)), "pass"),
        Example("not asked", page(), "unknown"),
    ),
)
def cors_reflects_with_credentials(page: Page, _ctx: Context) -> Judgement:
    """Judge the answers to two different strangers."""
    seen = shared_with(page, "again", "options")
    if isinstance(seen, Unknown):
        return seen
    for shared in seen:
        if shared.is_reflected and shared.has_credentials:
            return Fail(
                saw=shared.proof, where=(page.url,), note="reflects", values=(("origin", shared.origin),)
            )
    return Pass(saw="\n".join(shared.proof for shared in seen))
