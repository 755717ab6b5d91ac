"""compromise.hidden-frame: the page loads a stranger's page in a frame nobody sees."""

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
from scanner.samples.compromise import looked, script


@check(
    "compromise.hidden-frame",
    on=Compromise,
    severity=Severity.HIGH,
    since="0.1",
    confidence=Confidence.LOW,
    title=Text(
        vi="Trang tải ngầm một khung từ máy chủ lạ", en="The page loads a stranger's page out of sight"
    ),
    why=Text(
        vi="Khung ẩn là cách thường dùng để phát tán mã độc hoặc tăng lượt xem cho trang khác; cũng có khi là công cụ đo đếm mà cơ quan không còn nhớ.",
        en="Hidden frames often spread malware or lift another site's figures; sometimes they are a forgotten counter.",
    ),
    fix=Text(
        vi="Hỏi nhà thầu khung này để làm gì; không ai nhận thì xử lý như sự cố.",
        en="Ask the contractor what the frame is for; if nobody owns it, treat it as an incident.",
    ),
    refs=("CWE-829",),
    howto="incident-first-steps",
    notes={"frame": Text(vi="Khung ẩn tải trang từ {host}.", en="A hidden frame loads a page from {host}.")},
    examples=(
        Example("one pixel", looked(script("hidden-frame", "https://la.example/ (0 x 0)")), "fail"),
        Example("other signs are other checks'", looked(script("miner", "coinhive")), "pass"),
        Example("none", looked(), "pass"),
        Example("too large to be sure", looked(truncated=True), "unknown"),
    ),
)
def hidden_frame(page: Compromise, _ctx: Context) -> Judgement:
    """Judge frames of strangers; those of well-known services are everyday practice."""
    found = [sign for sign in page.scripts if sign.kind == "hidden-frame"]
    if found:
        hosts = tuple(dict.fromkeys(sign.host for sign in found))
        return Fail("\n".join(s.saw for s in found[:10]), hosts, "frame", (("host", ", ".join(hosts[:3])),))
    if page.unread is not None:
        return Unknown(*page.unread)
    return Pass(saw=f"GET {page.url}: no hidden frame of a stranger")
