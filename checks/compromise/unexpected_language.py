"""compromise.unexpected-language: title or text of the page is in a language nobody expects there."""

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
from scanner.samples.compromise import looked


@check(
    "compromise.unexpected-language",
    on=Compromise,
    severity=Severity.HIGH,
    since="0.1",
    confidence=Confidence.MEDIUM,
    title=Text(
        vi="Trang có nội dung tiếng nước ngoài bất thường", en="The page speaks a language nobody expects"
    ),
    why=Text(
        vi="Kẻ xâm nhập thường thay tiêu đề hoặc nội dung bằng tiếng Nhật, Trung, Thái, Indonesia để máy tìm kiếm đưa trang cờ bạc, hàng giả lên kết quả.",
        en="Intruders often swap title or text for Japanese, Chinese, Thai or Indonesian, so that search engines list gambling or fakes.",
    ),
    fix=Text(
        vi="Giữ bản sao và nhật ký, tìm nơi sinh ra đoạn chữ này và đường vào rồi mới gỡ.",
        en="Keep a copy and the logs, find what writes these words and the way in, then remove them.",
    ),
    refs=("CWE-506", "Google Search Essentials: Spam policies, hacked content"),
    howto="incident-first-steps",
    notes={"words": Text(vi="Chữ bất thường: {words}.", en="Unexpected words: {words}.")},
    examples=(
        Example(
            "a title in Japanese over Vietnamese news",
            looked(foreign="ロレックスコピー 激安通販 専門店"),
            "fail",
        ),
        Example("nothing odd", looked(), "pass"),
        Example("too large to be sure", looked(truncated=True), "unknown"),
    ),
)
def unexpected_language(page: Compromise, _ctx: Context) -> Judgement:
    """Judge a title for other eyes than the text's, and a page that says it is Vietnamese and is not."""
    if page.foreign:
        return Fail(page.foreign, (page.url,), "words", (("words", page.foreign[:100]),))
    if not page.is_page:
        return Unknown(*ELSEWHERE)
    if page.unread is not None:
        return Unknown(*page.unread)
    return Pass(saw=f"GET {page.url}: the language is the one the page declares")
