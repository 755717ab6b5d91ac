"""cms.wordpress-vulnerable: the release of WordPress has published holes."""

from scanner.author import Context, Example, Judgement, Platform, Severity, Text, check
from scanner.author.holes import hole_notes, judge_holes
from scanner.identify.products import Certainty
from scanner.samples.cms import by_files, exact, product, site, stated


@check(
    "cms.wordpress-vulnerable",
    on=Platform,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(
        vi="Bản WordPress đang dùng có lỗ hổng đã công bố",
        en="The WordPress release in use has published holes",
    ),
    why=Text(
        vi="Lỗ hổng đã công bố kèm số hiệu CVE thường có sẵn công cụ tấn công tự động. Kẻ tấn công quét hàng loạt trang để tìm đúng phiên bản này.",
        en="Published holes with a CVE number usually come with ready-made attack tools. Attackers scan the whole Internet for exactly this release.",
    ),
    fix=Text(
        vi="Sao lưu rồi cập nhật WordPress lên bản không còn lỗ hổng; nếu lỗ hổng đang bị khai thác, kiểm tra trang có bị chèn mã lạ hay không trước khi cập nhật.",
        en="Back up and update WordPress to a release without the holes; where a hole is exploited in the wild, look for foreign code before the update.",
    ),
    refs=("https://wordpress.org/news/category/security/", "CWE-1395"),
    howto="upgrade-wordpress",
    notes=hole_notes("WordPress"),
    examples=(
        Example("6.9.0", site(product("wordpress", exact("6.9.0", "WordPress 6.9.0"))), "fail"),
        Example("two candidates by files", site(product("wordpress", by_files("6.9.4", "6.9.5"))), "fail"),
        Example(
            "newer than every record", site(product("wordpress", exact("9.9.9", "WordPress 9.9.9"))), "pass"
        ),
        Example(
            "a distribution that packages the line: possibly only",
            site(
                product("wordpress", exact("6.8.1", "WordPress 6.8.1")),
                headers=(("Server", "Apache/2.4.66 (Debian)"),),
            ),
            "fail",
        ),
        Example("only the line", site(product("wordpress", stated("6.9", "Version 6.9"))), "unknown"),
        Example("no version", site(product("wordpress")), "unknown"),
        Example("one weak sign", site(product("wordpress", certainty=Certainty.POSSIBLE)), "unknown"),
        Example("another system", site(product("joomla")), "notapplicable"),
    ),
)
def wordpress_vulnerable(platform: Platform, ctx: Context) -> Judgement:
    """Judge the releases the site may run; a line alone gives no list of holes."""
    return judge_holes(platform, ctx, "wordpress")
