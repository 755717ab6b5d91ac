"""compromise.hidden-links: the page holds links to strangers that visitors do not see."""

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
from scanner.identify.compromise import suspicious_hiding
from scanner.identify.kinship import host_in
from scanner.parse.hiding import Hiding
from scanner.samples.compromise import hidden, looked

SHOWN = 12


@check(
    "compromise.hidden-links",
    on=Compromise,
    severity=Severity.HIGH,
    since="0.1",
    confidence=Confidence.MEDIUM,
    title=Text(vi="Nghi bị cài link ẩn", en="Links are hidden on the page"),
    why=Text(
        vi="Link ẩn chỉ để máy tìm kiếm đọc, thường do kẻ xâm nhập hoặc nhà thầu cài để đẩy thứ hạng trang khác; người quản trị không thấy nên để tồn tại nhiều tháng.",
        en="Hidden links are for search engines only, planted by intruders or a contractor to lift other sites; nobody sees them, so they stay for months.",
    ),
    fix=Text(
        vi="Tìm đoạn mã chứa các link này trong giao diện, cơ sở dữ liệu và phần mở rộng; tìm ai đã thêm và bằng đường nào trước khi gỡ.",
        en="Find the code that holds these links in template, database and extensions; learn who added it and how before removing it.",
    ),
    refs=("CWE-506", "Google Search Essentials: Spam policies, hidden links"),
    howto="incident-first-steps",
    notes={
        "hidden": Text(
            vi="{count} liên kết ra ngoài bị giấu ({ways}), dẫn tới {hosts}.",
            en="{count} outside links are hidden ({ways}), leading to {hosts}.",
        ),
    },
    examples=(
        Example(
            "off screen", looked(hidden("https://la.example/", Hiding.OFF_SCREEN, "left:-9999px")), "fail"
        ),
        Example("size of nothing", looked(hidden("https://la.example/", Hiding.ZERO_SIZE)), "fail"),
        Example(
            "a farm in a closed box",
            looked(*(hidden(f"https://la{n}.example/", Hiding.DISPLAY_NONE) for n in range(8))),
            "fail",
        ),
        Example(
            "two strangers after the end of the page",
            looked(*(hidden(f"https://la{n}.example/", Hiding.AFTER_HTML) for n in range(2))),
            "fail",
        ),
        Example(
            "partners in a closed menu", looked(hidden("https://ban.example/", Hiding.DISPLAY_NONE)), "pass"
        ),
        Example("a counter without scripts", looked(hidden("https://dem.example/", Hiding.NOSCRIPT)), "pass"),
        Example("nothing hidden", looked(), "pass"),
        Example("too large to be sure", looked(truncated=True), "unknown"),
    ),
)
def hidden_links(page: Compromise, _ctx: Context) -> Judgement:
    """Judge links to strangers only: own pages and official hosts in closed menus are everyday design."""
    found = suspicious_hiding(page.hidden)
    if not found:
        if page.unread is not None:
            return Unknown(*page.unread)
        return Pass(saw=f"GET {page.url}: {page.links} links, none hidden without an honest reason")
    hosts = tuple(dict.fromkeys(host_in(link.url) for link in found))
    ways = dict.fromkeys(link.hiding.value for link in found if link.hiding)
    return Fail(
        saw="\n".join(f"{link.text[:80]} → {link.url[:200]} ({link.how[:120]})" for link in found[:SHOWN]),
        where=hosts,
        note="hidden",
        values=(("count", str(len(found))), ("ways", ", ".join(ways)), ("hosts", ", ".join(hosts[:3]))),
    )
