"""cms.joomla-vulnerable: the release of Joomla has published holes."""

from scanner.author import Context, Example, Judgement, Platform, Severity, Text, check
from scanner.author.holes import hole_notes, judge_holes
from scanner.identify.products import Certainty
from scanner.samples.cms import by_files, declared, exact, product, site


@check(
    "cms.joomla-vulnerable",
    on=Platform,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(
        vi="Bản Joomla đang dùng có lỗ hổng đã công bố", en="The Joomla release in use has published holes"
    ),
    why=Text(
        vi="Lỗ hổng đã công bố kèm số hiệu CVE thường có sẵn công cụ tấn công tự động. Kẻ tấn công quét hàng loạt trang để tìm đúng phiên bản này.",
        en="Published holes with a CVE number usually come with ready-made attack tools. Attackers scan the whole Internet for exactly this release.",
    ),
    fix=Text(
        vi="Sao lưu rồi cập nhật Joomla lên bản không còn lỗ hổng; nếu lỗ hổng đang bị khai thác, kiểm tra trang có bị chèn mã lạ hay không trước khi cập nhật.",
        en="Back up and update Joomla to a release without the holes; where a hole is exploited in the wild, look for foreign code before the update.",
    ),
    refs=("https://developer.joomla.org/security-centre.html", "CWE-1395"),
    howto="upgrade-joomla",
    notes=hole_notes("Joomla"),
    examples=(
        Example(
            "a manifest says 3.6.3: holes that are exploited",
            site(product("joomla", exact("3.6.3", "<version>3.6.3</version>", "literal"))),
            "fail",
        ),
        Example(
            "files leave 4.2.7 and 4.2.8: possibly only",
            site(product("joomla", by_files("4.2.7", "4.2.8"))),
            "fail",
        ),
        Example(
            "X or later: possibly only", site(product("joomla", by_files("3.10.12", or_later=True))), "fail"
        ),
        Example(
            "two files disagree: of the older one possibly",
            site(product("joomla", exact("9.9.9", "9.9.9", "literal"), exact("5.4.6", "5.4.6", "generator"))),
            "fail",
        ),
        Example(
            "newer than every record", site(product("joomla", exact("9.9.9", "9.9.9", "literal"))), "pass"
        ),
        Example(
            "a line typed into the footer is no release",
            site(product("joomla", declared("3.4", "Portal mã nguồn mở Joomla 3.4"))),
            "unknown",
        ),
        Example("no version", site(product("joomla")), "unknown"),
        Example("one weak sign", site(product("joomla", certainty=Certainty.POSSIBLE)), "unknown"),
        Example("another system", site(product("wordpress")), "notapplicable"),
    ),
)
def joomla_vulnerable(platform: Platform, ctx: Context) -> Judgement:
    """Judge the releases the site may run; a line alone gives no list of holes."""
    return judge_holes(platform, ctx, "joomla")
