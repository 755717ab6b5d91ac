"""identity.contact-missing: the page gives neither telephone nor mail address."""

from scanner.author import Confidence, Context, Example, ImprintedPage, Judgement, Severity, Text, check
from scanner.author.imprint import SENTENCES, judge_imprint
from scanner.samples.imprint import BARE, FULL, drawn, told


@check(
    "identity.contact-missing",
    on=ImprintedPage,
    severity=Severity.LOW,
    since="0.1",
    confidence=Confidence.LOW,
    title=Text(
        vi="Trang không có số điện thoại hoặc thư điện tử liên hệ",
        en="The page gives neither telephone nor mail address",
    ),
    why=Text(
        vi="Người phát hiện trang bị xâm nhập không có cách nào báo cho cơ quan.",
        en="Who sees that the site was taken over has no way to tell the agency.",
    ),
    fix=Text(
        vi="Ghi số điện thoại và thư công vụ ở chân trang.",
        en="Write a telephone number and an official mail address in the footer.",
    ),
    refs=("RFC 2142 section 2",),
    howto="show-imprint",
    notes=SENTENCES,
    examples=(
        Example("a full imprint", told(FULL), "pass"),
        Example("none", told(BARE), "fail"),
        Example("a page drawn by scripts", drawn(), "unknown"),
    ),
)
def contact_missing(seen: ImprintedPage, _ctx: Context) -> Judgement:
    """Judge what stands at the head, in the footer and at the end of the page."""
    return judge_imprint(seen, "contact")
