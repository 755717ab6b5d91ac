"""cms.nukeviet-vulnerable: the release of NukeViet has published holes."""

from scanner.author import Context, Example, Judgement, Platform, Severity, Text, check
from scanner.author.holes import hole_notes, judge_holes
from scanner.identify.products import Certainty
from scanner.samples.cms import by_files, product, site, stated


@check(
    "cms.nukeviet-vulnerable",
    on=Platform,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(
        vi="Bản NukeViet đang dùng có lỗ hổng đã công bố",
        en="The NukeViet release in use has published holes",
    ),
    why=Text(
        vi="Lỗ hổng đã công bố kèm số hiệu CVE thường có sẵn công cụ tấn công tự động. Kẻ tấn công quét hàng loạt trang để tìm đúng phiên bản này.",
        en="Published holes with a CVE number usually come with ready-made attack tools. Attackers scan the whole Internet for exactly this release.",
    ),
    fix=Text(
        vi="Sao lưu rồi cập nhật NukeViet lên bản không còn lỗ hổng; nếu lỗ hổng đang bị khai thác, kiểm tra trang có bị chèn mã lạ hay không trước khi cập nhật.",
        en="Back up and update NukeViet to a release without the holes; where a hole is exploited in the wild, look for foreign code before the update.",
    ),
    refs=("https://nukeviet.vn/vi/news/", "CWE-1395"),
    howto="upgrade-nukeviet",
    notes=hole_notes("NukeViet"),
    examples=(
        Example("4.3.03", site(product("nukeviet", by_files("4.3.03"))), "fail"),
        Example("after the last record", site(product("nukeviet", by_files("4.5.06"))), "pass"),
        Example("only the line", site(product("nukeviet", stated("4.5", "NukeViet v4.5"))), "unknown"),
        Example("no version", site(product("nukeviet")), "unknown"),
        Example("one weak sign", site(product("nukeviet", certainty=Certainty.POSSIBLE)), "unknown"),
        Example("another system", site(product("wordpress")), "notapplicable"),
    ),
)
def nukeviet_vulnerable(platform: Platform, ctx: Context) -> Judgement:
    """Judge the releases the site may run; a line alone gives no list of holes."""
    return judge_holes(platform, ctx, "nukeviet")
