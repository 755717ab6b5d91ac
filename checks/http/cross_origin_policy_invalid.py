"""http.cross-origin-policy-invalid: COOP, COEP or CORP is there but void."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.parse.structured import StructuredError, parse_item
from scanner.samples.web import page

COOP, COEP, CORP = (
    "cross-origin-opener-policy",
    "cross-origin-embedder-policy",
    "cross-origin-resource-policy",
)
KNOWN = {
    COOP: {"unsafe-none", "same-origin", "same-origin-allow-popups", "noopener-allow-popups"},
    COEP: {"unsafe-none", "require-corp", "credentialless"},
    CORP: {"same-origin", "same-site", "cross-origin"},
}


@check(
    "http.cross-origin-policy-invalid",
    on=Page,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="Tiêu đề cách ly nguồn sai cú pháp", en="A cross-origin policy header is not valid"),
    why=Text(
        vi="Trình duyệt bỏ qua giá trị sai, nên trang không được cách ly như mong muốn.",
        en="Browsers ignore a wrong value, so the page is not isolated as intended.",
    ),
    fix=Text(
        vi="Gửi đúng một dòng với một giá trị hợp lệ, ví dụ Cross-Origin-Opener-Policy: same-origin.",
        en="Send exactly one line with one valid value, for example Cross-Origin-Opener-Policy: same-origin.",
    ),
    refs=(
        "HTML standard section 7.1.3",
        "HTML standard section 7.1.4",
        "Fetch standard section 3.7",
        "RFC 9651 section 4.2",
    ),
    howto="set-response-header",
    notes={
        "void": Text(vi="Không hợp lệ: {headers}.", en="Not valid: {headers}."),
        "absent": Text(
            vi="Không có tiêu đề nào trong số này; điều đó không phải là lỗi.",
            en="None of these headers is there, which is no fault.",
        ),
    },
    examples=(
        Example("unknown word", page((COOP, "same-orign")), "fail"),
        Example("quoted", page((COOP, '"same-origin"')), "fail"),
        Example("twice", page((COEP, "require-corp"), (COEP, "require-corp")), "fail"),
        Example("CORP in two lines", page((CORP, "same-origin"), (CORP, "same-origin")), "fail"),
        Example("capitals", page((COOP, "Same-Origin")), "fail"),
        Example(
            "good",
            page((COOP, 'same-origin; report-to="x"'), (COEP, "unsafe-none"), (CORP, "same-site")),
            "pass",
        ),
        Example("absent", page(), "notapplicable"),
    ),
)
def cross_origin_policy_invalid(page: Page, _ctx: Context) -> Judgement:
    """Read each header as its standard says: two as structured items, one as a plain word."""
    lines = [line for name in KNOWN for line in page.lines(name)]
    if not lines:
        return NotApplicable(because="absent")
    wrong = [name for name in KNOWN if page.lines(name) and not _is_valid(name, page)]
    if not wrong:
        return Pass(saw="\n".join(lines))
    return Fail(saw="\n".join(lines), where=(page.url,), note="void", values=(("headers", ", ".join(wrong)),))


def _is_valid(name: str, page: Page) -> bool:
    value = ", ".join(page.values(name))
    if name == CORP:
        return value in KNOWN[name]
    item = parse_item(value)
    return not isinstance(item, StructuredError) and item.kind == "token" and item.text in KNOWN[name]
