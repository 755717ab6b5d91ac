"""http.deprecated-present: headers that browsers dropped, some of which did harm."""

from scanner.author import Context, Example, Fail, Judgement, Page, Pass, Severity, Text, check
from scanner.samples.web import page

OLD = (
    "x-xss-protection",
    "public-key-pins",
    "public-key-pins-report-only",
    "expect-ct",
    "feature-policy",
    "p3p",
)


@check(
    "http.deprecated-present",
    on=Page,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="Còn gửi tiêu đề đã bị bỏ", en="Headers that browsers have dropped"),
    why=Text(
        vi="Các tiêu đề này không còn bảo vệ gì; X-XSS-Protection còn mở ra lỗ hổng ở trình duyệt cũ.",
        en="These headers protect nothing any more; X-XSS-Protection even opens holes in old browsers.",
    ),
    fix=Text(
        vi="Bỏ các tiêu đề được nêu; riêng X-XSS-Protection có thể để giá trị 0.",
        en="Remove the headers named here; X-XSS-Protection may stay with the value 0.",
    ),
    refs=("OWASP Secure Headers Project, headers to remove",),
    howto="set-response-header",
    notes={"old": Text(vi="Có: {headers}.", en="There: {headers}.")},
    examples=(
        Example("XSS filter on", page(("X-XSS-Protection", "1; mode=block")), "fail"),
        Example("XSS filter off", page(("X-XSS-Protection", "0")), "pass"),
        Example(
            "switched off once, on once", page(("X-XSS-Protection", "0"), ("X-XSS-Protection", "1")), "fail"
        ),
        Example("key pinning", page(("Public-Key-Pins", "max-age=1")), "fail"),
        Example("Feature-Policy", page(("Feature-Policy", "camera 'none'")), "fail"),
        Example("none", page(), "pass"),
    ),
)
def deprecated_present(page: Page, _ctx: Context) -> Judgement:
    """Name every such header."""
    found = [line for name in OLD for line in page.lines(name) if not _is_off(line)]
    if not found:
        return Pass(saw=f"GET {page.url}: none of {', '.join(OLD)}")
    names = ", ".join(dict.fromkeys(line.partition(":")[0] for line in found))
    return Fail(saw="\n".join(found), where=(page.url,), note="old", values=(("headers", names),))


def _is_off(line: str) -> bool:
    name, _, value = line.partition(":")
    return name.lower() == "x-xss-protection" and value.strip(" \t").partition(";")[0].strip() == "0"
