"""http.cors-reflects-origin: the server allows whatever origin asks, without credentials."""

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
from scanner.author.web import shared_with
from scanner.samples.web import answered, page

ORIGIN = ("Origin", "https://7a1f.example")
ALLOW, CREDENTIALS = "Access-Control-Allow-Origin", ("Access-Control-Allow-Credentials", "true")


@check(
    "http.cors-reflects-origin",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    needs=("again", "options"),
    title=Text(vi="Máy chủ chép lại nguồn của người hỏi (CORS)", en="The server echoes any origin (CORS)"),
    why=Text(
        vi="Với dữ liệu công khai thì vô hại như dấu *, nhưng chỉ thêm một dòng cấu hình là thành lỗ hổng nặng.",
        en="On public data it is as harmless as *, but one more line of configuration makes it a grave hole.",
    ),
    fix=Text(
        vi="Gửi * cho dữ liệu công khai, hoặc so với danh sách nguồn cố định.",
        en="Send * for public data, or compare with a fixed list of origins.",
    ),
    refs=("Fetch standard section 3.3.5",),
    howto="limit-sharing",
    notes={
        "reflects": Text(vi="Nguồn lạ {origin} được chép lại.", en="The strange origin {origin} is echoed."),
        "worse": Text(
            vi="Được chép lại kèm cookie; xem http.cors-reflects-with-credentials.",
            en="Echoed with credentials; see http.cors-reflects-with-credentials.",
        ),
    },
    examples=(
        Example("reflected", page(asked=(answered("again", (ALLOW, ORIGIN[1]), sent=(ORIGIN,)),)), "fail"),
        Example("star", page(asked=(answered("again", (ALLOW, "*"), sent=(ORIGIN,)),)), "pass"),
        Example(
            "a fixed partner",
            page(asked=(answered("again", (ALLOW, "https://doi-tac.example"), sent=(ORIGIN,)),)),
            "pass",
        ),
        Example("nothing shared", page(asked=(answered("again", sent=(ORIGIN,)),)), "pass"),
        Example(
            "with credentials another check tells it",
            page(asked=(answered("again", (ALLOW, ORIGIN[1]), CREDENTIALS, sent=(ORIGIN,)),)),
            "notapplicable",
        ),
        Example("not asked", page(), "unknown"),
    ),
)
def cors_reflects_origin(page: Page, _ctx: Context) -> Judgement:
    """Judge the answers to two different strangers."""
    seen = shared_with(page, "again", "options")
    if isinstance(seen, Unknown):
        return seen
    reflected = [shared for shared in seen if shared.is_reflected]
    if any(shared.has_credentials for shared in reflected):
        return NotApplicable(because="worse", saw=reflected[0].proof)
    if reflected:
        first = reflected[0]
        return Fail(saw=first.proof, where=(page.url,), note="reflects", values=(("origin", first.origin),))
    return Pass(saw="\n".join(shared.proof for shared in seen))
