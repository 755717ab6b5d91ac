"""compromise.defaced: the page bears the marks of somebody who has overwritten it."""

from scanner.author import (
    Compromise,
    Confidence,
    Context,
    Example,
    Fail,
    Judgement,
    Pass,
    Severity,
    Text,
    Unknown,
    check,
)
from scanner.identify.compromise import ELSEWHERE
from scanner.identify.defacement import DefacedSign
from scanner.samples.compromise import looked


@check(
    "compromise.defaced",
    on=Compromise,
    severity=Severity.CRITICAL,
    since="0.1",
    confidence=Confidence.MEDIUM,
    title=Text(vi="Nghi trang bị thay đổi giao diện", en="The page seems to be defaced"),
    why=Text(
        vi="Kẻ xâm nhập đã ghi được nội dung lên trang; có thể còn cửa hậu và dữ liệu đã bị lấy.",
        en="Somebody could write to the site; a back door may remain and data may be gone.",
    ),
    fix=Text(
        vi="Đưa trang về trạng thái bảo trì, giữ bản sao máy chủ và nhật ký, báo đơn vị chuyên trách; chỉ khôi phục sau khi bịt đường vào.",
        en="Put the site into maintenance, keep a copy of server and logs, report; restore only after the way in is closed.",
    ),
    refs=("CWE-506", "MITRE ATT&CK T1491.002"),
    howto="incident-first-steps",
    notes={"marks": Text(vi="Trên trang có chữ: {words}.", en="The page says: {words}.")},
    examples=(
        Example(
            "claimed in the title", looked(DefacedSign("title", ("hacked by",), "Hacked by Nobody")), "fail"
        ),
        Example("an ordinary page", looked(), "pass"),
    ),
)
def defaced(page: Compromise, _ctx: Context) -> Judgement:
    """Judge marks in the title, a heading or a page with hardly anything else."""
    sign = page.defaced
    if sign is None and not page.is_page:
        return Unknown(*ELSEWHERE)
    if sign is None:
        return Pass(saw=f"GET {page.url}: no mark of a defacement")
    return Fail(f"[{sign.place}] {sign.saw}", (page.url,), "marks", (("words", ", ".join(sign.words[:5])),))
