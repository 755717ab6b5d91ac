"""http.nosniff-missing: browsers may guess the type of files."""

from scanner.author import Context, Example, Fail, Judgement, Page, Pass, Severity, Text, check
from scanner.parse.headers import split
from scanner.samples.web import page

HEADER = "x-content-type-options"


@check(
    "http.nosniff-missing",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Trình duyệt được phép đoán kiểu tệp", en="Browsers may guess file types"),
    why=Text(
        vi="Tệp do người ngoài tải lên có thể bị trình duyệt chạy như mã của trang.",
        en="A file that strangers uploaded can be run as if it were script of the site.",
    ),
    fix=Text(
        vi="Gửi X-Content-Type-Options: nosniff trên mọi trả lời.",
        en="Send X-Content-Type-Options: nosniff on every answer.",
    ),
    refs=("Fetch standard section 3.6",),
    howto="set-response-header",
    notes={
        "absent": Text(
            vi="Không có tiêu đề X-Content-Type-Options.", en="There is no X-Content-Type-Options header."
        ),
        "void": Text(
            vi="Giá trị đầu tiên không phải nosniff nên trình duyệt bỏ qua.",
            en="The first value is not nosniff, so browsers ignore it.",
        ),
    },
    examples=(
        Example("absent", page(), "fail"),
        Example("nosniff", page((HEADER, "nosniff")), "pass"),
        Example("upper case", page((HEADER, "NoSniff")), "pass"),
        Example("sent twice", page((HEADER, "nosniff"), (HEADER, "nosniff")), "pass"),
        Example("something else first", page((HEADER, "none, nosniff")), "fail"),
        Example("empty line before it", page((HEADER, ""), (HEADER, "nosniff")), "fail"),
        Example("misspelt", page((HEADER, "no-sniff")), "fail"),
        Example("empty", page((HEADER, "")), "fail"),
    ),
)
def nosniff_missing(page: Page, _ctx: Context) -> Judgement:
    """The first member of the list counts (Fetch standard section 3.6)."""
    lines = page.lines(HEADER)
    if not lines:
        return Fail(saw=f"GET {page.url}: {page.status}, no {HEADER}", where=(page.url,), note="absent")
    listed = split(page.values(HEADER))
    if listed[0].lower() == "nosniff":
        return Pass(saw=lines[0])
    return Fail(saw="\n".join(lines), where=(page.url,), note="void")
