"""identity.incident-contact-missing: the page does not say where to report a security incident."""

from scanner.author import Confidence, Context, Example, ImprintedPage, Judgement, Severity, Text, check
from scanner.author.imprint import SENTENCES, judge_imprint
from scanner.samples.imprint import BARE, FULL, drawn, told

NEWS = "Hội nghị về ứng phó sự cố an ninh mạng diễn ra sáng nay tại hội trường. " * 6
LINK = '<a href="/lien-he-attt">Tiếp nhận phản ánh sự cố an toàn thông tin</a>'


@check(
    "identity.incident-contact-missing",
    on=ImprintedPage,
    severity=Severity.LOW,
    since="0.1",
    confidence=Confidence.LOW,
    title=Text(
        vi="Trang không ghi nơi tiếp nhận báo cáo sự cố",
        en="The page does not say where to report an incident",
    ),
    why=Text(
        vi="Người thấy trang bị chèn cờ bạc hoặc lộ dữ liệu không biết báo cho ai, nên cơ quan thường là nơi biết sau cùng.",
        en="Who sees planted gambling or leaked data does not know whom to tell, so the agency often learns of it last.",
    ),
    fix=Text(
        vi="Ghi ở chân trang địa chỉ thư, số điện thoại tiếp nhận báo cáo sự cố an ninh mạng và công bố security.txt.",
        en="Write a mail address and a telephone number for security incidents in the footer and publish security.txt.",
    ),
    refs=("RFC 9116 section 1", "ISO/IEC 29147 section 6"),
    howto="show-imprint",
    notes=SENTENCES,
    examples=(
        Example("in the footer", told(FULL), "pass"),
        Example("a link of that name", told(LINK), "pass"),
        Example("link to security.txt", told('<a href="/.well-known/security.txt">security.txt</a>'), "pass"),
        Example("news about an incident", told("Điện thoại: 0220 3123456", text=NEWS), "fail"),
        Example("nothing", told(BARE), "fail"),
        Example("a page drawn by scripts", drawn(), "unknown"),
    ),
)
def incident_contact_missing(seen: ImprintedPage, _ctx: Context) -> Judgement:
    """Judge words of incidents with a way to reach somebody beside them."""
    return judge_imprint(seen, "incident")
