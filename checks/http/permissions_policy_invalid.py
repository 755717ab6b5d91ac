"""http.permissions-policy-invalid: the header is void as a whole."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.parse.structured import StructuredError, parse_dictionary
from scanner.samples.web import page

HEADER = "permissions-policy"


@check(
    "http.permissions-policy-invalid",
    on=Page,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="Tiêu đề Permissions-Policy sai cú pháp", en="The Permissions-Policy header is not valid"),
    why=Text(
        vi="Một lỗi cú pháp làm trình duyệt bỏ qua cả tiêu đề, nên không quyền nào bị giới hạn.",
        en="One fault of syntax makes browsers ignore the whole header, so no feature is limited.",
    ),
    fix=Text(
        vi="Viết theo dạng tên=(nguồn), cách nhau bằng dấu phẩy: camera=(), geolocation=(self).",
        en="Write name=(sources) with commas between: camera=(), geolocation=(self).",
    ),
    refs=("RFC 9651 section 4.2", "Permissions Policy section 5.2"),
    howto="set-response-header",
    notes={
        "void": Text(vi="Sai ở ký tự thứ {at}: {reason}.", en="Wrong at character {at}: {reason}."),
        "absent": Text(
            vi="Không có tiêu đề này; điều đó không phải là lỗi.",
            en="There is no such header, which is no fault.",
        ),
    },
    examples=(
        Example("syntax of Feature-Policy", page((HEADER, "camera 'none'; geolocation 'self'")), "fail"),
        Example("single quotes", page((HEADER, "camera='none'")), "fail"),
        Example("closing comma", page((HEADER, "camera=(),")), "fail"),
        Example("capitals in a name", page((HEADER, "Camera=()")), "fail"),
        Example(
            "good",
            page((HEADER, 'camera=(), geolocation=(self "https://ban-do.example"), fullscreen=*')),
            "pass",
        ),
        Example("over two lines", page((HEADER, "camera=()"), (HEADER, "microphone=()")), "pass"),
        Example(
            "one bad line voids the good one",
            page((HEADER, "camera=()"), (HEADER, "microphone 'none'")),
            "fail",
        ),
        Example("with report-to", page((HEADER, "camera=();report-to=x")), "pass"),
        Example("absent", page(), "notapplicable"),
    ),
)
def permissions_policy_invalid(page: Page, _ctx: Context) -> Judgement:
    """Parse all lines together, as browsers do."""
    lines = page.lines(HEADER)
    if not lines:
        return NotApplicable(because="absent")
    read = parse_dictionary(", ".join(page.values(HEADER)))
    if isinstance(read, StructuredError):
        values = (("at", str(read.at + 1)), ("reason", read.reason))
        return Fail(saw="\n".join(lines), where=(page.url,), note="void", values=values)
    return Pass(saw="\n".join(lines))
