"""identity.editor-missing: nobody is named as responsible for the content."""

from scanner.author import Confidence, Context, Example, ImprintedPage, Judgement, Severity, Text, check
from scanner.author.imprint import SENTENCES, judge_imprint
from scanner.samples.imprint import BARE, FULL, drawn, told


@check(
    "identity.editor-missing",
    on=ImprintedPage,
    severity=Severity.INFO,
    since="0.1",
    confidence=Confidence.LOW,
    title=Text(
        vi="Trang không ghi người chịu trách nhiệm nội dung",
        en="Nobody is named as responsible for the content",
    ),
    why=Text(
        vi="Khi có nội dung sai hoặc bị chèn, người dân và cơ quan khác không biết báo cho ai.",
        en="When content is wrong or planted, nobody knows whom to tell.",
    ),
    fix=Text(
        vi="Ghi ở chân trang: người hoặc bộ phận chịu trách nhiệm nội dung.",
        en="Name in the footer who is responsible for the content.",
    ),
    refs=("RFC 9116 section 1",),
    howto="show-imprint",
    notes=SENTENCES,
    examples=(
        Example("a full imprint", told(FULL), "pass"),
        Example("none", told(BARE), "fail"),
        Example("a page drawn by scripts", drawn(), "unknown"),
    ),
)
def editor_missing(seen: ImprintedPage, _ctx: Context) -> Judgement:
    """Judge what stands at the head, in the footer and at the end of the page."""
    return judge_imprint(seen, "editor")
