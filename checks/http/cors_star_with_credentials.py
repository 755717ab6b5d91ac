"""http.cors-star-with-credentials: a combination that browsers refuse."""

from scanner.author import Context, Example, Fail, Judgement, Page, Pass, Severity, Text, Unknown, check
from scanner.author.web import shared_with
from scanner.samples.web import answered, page

ALLOW, CREDENTIALS = "Access-Control-Allow-Origin", ("Access-Control-Allow-Credentials", "true")


@check(
    "http.cors-star-with-credentials",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    needs=("again", "options"),
    title=Text(vi="CORS cho phép * kèm cookie", en="CORS allows * with credentials"),
    why=Text(
        vi="Trình duyệt từ chối cặp giá trị này nên không khai thác được, nhưng nó cho thấy cấu hình chưa được hiểu đúng.",
        en="Browsers refuse the pair, so it cannot be abused; but it shows that the configuration was not understood.",
    ),
    fix=Text(
        vi="Bỏ Access-Control-Allow-Credentials, hoặc thay * bằng danh sách nguồn cố định.",
        en="Drop Access-Control-Allow-Credentials, or replace * by a fixed list of origins.",
    ),
    refs=("Fetch standard section 3.3.5",),
    howto="limit-sharing",
    notes={"both": Text(vi="Trả lời có cả hai tiêu đề.", en="The answer carries both headers.")},
    examples=(
        Example("both", page(asked=(answered("again", (ALLOW, "*"), CREDENTIALS),)), "fail"),
        Example("star alone", page(asked=(answered("again", (ALLOW, "*")),)), "pass"),
        Example("nothing shared", page(asked=(answered("again"),)), "pass"),
        Example("not asked", page(), "unknown"),
    ),
)
def cors_star_with_credentials(page: Page, _ctx: Context) -> Judgement:
    """Judge the answers to two different strangers."""
    seen = shared_with(page, "again", "options")
    if isinstance(seen, Unknown):
        return seen
    for shared in seen:
        if shared.allowed == "*" and shared.has_credentials:
            return Fail(saw=shared.proof, where=(page.url,), note="both")
    return Pass(saw="\n".join(shared.proof for shared in seen))
