"""identity.agency-name-missing: the page does not say whose it is."""

from scanner.author import Confidence, Context, Example, ImprintedPage, Judgement, Severity, Text, check
from scanner.author.imprint import SENTENCES, judge_imprint
from scanner.samples.imprint import BARE, FULL, drawn, told


@check(
    "identity.agency-name-missing",
    on=ImprintedPage,
    severity=Severity.INFO,
    since="0.1",
    confidence=Confidence.LOW,
    title=Text(vi="Trang không cho biết thuộc cơ quan nào", en="The page does not say whose it is"),
    why=Text(
        vi="Người dân không phân biệt được trang thật với trang giả mạo cơ quan nhà nước.",
        en="People cannot tell the real site from one that imitates an agency.",
    ),
    fix=Text(
        vi="Ghi tên cơ quan chủ quản ở đầu trang hoặc chân trang.",
        en="Write the name of the agency at the head or in the footer.",
    ),
    refs=("checks/frameworks/vietnam.toml: GOV-28",),
    howto="show-imprint",
    notes=SENTENCES,
    examples=(
        Example("a full imprint", told(FULL), "pass"),
        Example("none", told(BARE), "fail"),
        Example("a page drawn by scripts", drawn(), "unknown"),
    ),
)
def agency_name_missing(seen: ImprintedPage, _ctx: Context) -> Judgement:
    """Judge what stands at the head, in the footer and at the end of the page."""
    return judge_imprint(seen, "agency")
