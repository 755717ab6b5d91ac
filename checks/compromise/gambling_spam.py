"""compromise.gambling-spam: gambling, pharma or other spam seems to be planted on the page."""

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
from scanner.identify.spam import is_beyond_doubt
from scanner.parse.hiding import Hiding
from scanner.samples.compromise import looked, spam

SHOWN = 12

OFF_SCREEN = Hiding.OFF_SCREEN
FIRST = spam(
    "game bài đổi thưởng",
    "https://kubet.example/",
    "game bài đổi thưởng",
    "kubet",
    weight=6,
    hiding=OFF_SCREEN,
)
SECOND = spam("nhà cái uy tín", "https://98win.example/", "nhà cái uy tín", hiding=OFF_SCREEN)


@check(
    "compromise.gambling-spam",
    on=Compromise,
    severity=Severity.CRITICAL,
    since="0.1",
    confidence=Confidence.MEDIUM,
    title=Text(
        vi="Nghi bị chèn nội dung cờ bạc, quảng cáo trái phép",
        en="Gambling or other spam seems to be planted",
    ),
    why=Text(
        vi="Kẻ xâm nhập mượn uy tín của trang cơ quan nhà nước để quảng bá cờ bạc, thuốc, hàng giả; đã chèn được chữ thì thường cũng đọc, sửa được dữ liệu khác.",
        en="Intruders borrow the good name of an agency to promote gambling, drugs or fakes; who can plant words can usually read and change other data too.",
    ),
    fix=Text(
        vi="Giữ nhật ký và một bản sao trước, tìm đường vào rồi mới gỡ nội dung; báo đơn vị chuyên trách ngay.",
        en="Keep the logs and a copy first, find the way in, only then remove the content; report at once.",
    ),
    refs=("CWE-506", "Google Search Essentials: Spam policies, hacked content"),
    howto="incident-first-steps",
    notes={
        "suspected": Text(
            vi="Nghi ngờ, cần người xác minh: {count} chỗ có từ ngữ kèm liên kết ngoài hoặc chỗ ẩn ({words}), dẫn tới {hosts}.",
            en="Suspected, a person must verify: {count} places hold telling words with an outside link or in a hidden place ({words}), leading to {hosts}.",
        ),
        "clear": Text(
            vi="Dấu hiệu rõ ràng: {count} liên kết quảng bá ({words}) bị giấu hoặc liệt kê hàng loạt, dẫn tới {hosts}; chờ người xác nhận.",
            en="Clear signs: {count} promoting links ({words}), hidden or listed in numbers, leading to {hosts}; a person is still to confirm.",
        ),
    },
    examples=(
        Example("hidden links to gambling", looked(FIRST, SECOND), "fail"),
        Example("one open link", looked(spam("Kubet", "https://kubet.example/", "kubet")), "fail"),
        Example("nothing planted", looked(), "pass"),
        Example("too large to be sure", looked(truncated=True), "unknown"),
        Example("too large, and planted all the same", looked(FIRST, truncated=True), "fail"),
    ),
)
def gambling_spam(page: Compromise, _ctx: Context) -> Judgement:
    """Judge words that stand together with an outside link or in a hidden place; never words alone."""
    if not page.spam:
        if page.unread is not None:
            return Unknown(*page.unread)
        return Pass(saw=f"GET {page.url}: {page.links} links, none planted")
    is_sure = is_beyond_doubt(page.spam)
    words = dict.fromkeys(word for sign in page.spam for word in sign.words)
    hosts = dict.fromkeys(sign.host for sign in page.spam if sign.host)
    proof = "\n".join(
        f"[{sign.place}{f' {sign.hiding.value}' if sign.hiding else ''}, {sign.weight}] {sign.saw}"
        for sign in page.spam[:SHOWN]
    )
    return Fail(
        saw=proof,
        where=tuple(hosts) or (page.url,),
        note="clear" if is_sure else "suspected",
        values=(
            ("count", str(len(page.spam))),
            ("words", ", ".join([*words][:5])),
            ("hosts", ", ".join([*hosts][:3]) or page.url),
        ),
        confidence=Confidence.HIGH if is_sure else None,
    )
