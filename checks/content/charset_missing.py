"""content.charset-missing: browsers have to guess how the page is encoded."""

from scanner.author import Context, Example, Fail, Judgement, Page, Pass, Severity, Text, check
from scanner.samples.web import page


@check(
    "content.charset-missing",
    on=Page,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="Trang không khai báo bảng mã", en="The page does not state its encoding"),
    why=Text(
        vi="Trình duyệt phải đoán, nên chữ tiếng Việt có thể hiển thị sai.",
        en="Browsers have to guess, so Vietnamese letters may come out wrong.",
    ),
    fix=Text(
        vi="Gửi Content-Type: text/html; charset=utf-8.", en="Send Content-Type: text/html; charset=utf-8."
    ),
    refs=("HTML standard section 13.2.3.2",),
    howto="state-encoding",
    notes={
        "absent": Text(
            vi="Không có bảng mã trong tiêu đề, đầu tệp hay thẻ meta.",
            en="No encoding in header, byte order mark or meta element.",
        )
    },
    examples=(
        Example("nowhere", page(charset=""), "fail"),
        Example("stated", page(charset="utf-8"), "pass"),
    ),
)
def charset_missing(page: Page, _ctx: Context) -> Judgement:
    """Header, byte order mark or a meta element in the first 1024 bytes."""
    if page.charset:
        return Pass(saw=f"GET {page.url}: {page.charset}")
    told = "; ".join(page.lines("content-type")) or "no Content-Type"
    return Fail(saw=f"GET {page.url}: {told}, no meta charset", where=(page.url,), note="absent")
