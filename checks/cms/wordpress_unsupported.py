"""cms.wordpress-unsupported: the release line of WordPress gets no security fixes any more."""

from scanner.author import Context, Example, Judgement, Platform, Severity, Text, check
from scanner.author.cms import judge_support, support_notes
from scanner.samples.cms import declared, exact, product, site


@check(
    "cms.wordpress-unsupported",
    on=Platform,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="WordPress đã hết hỗ trợ", en="WordPress is out of support"),
    why=Text(
        vi="Dòng này không còn nhận bản vá, kể cả bản vá đưa ngược về dòng cũ. Lỗ hổng đã công bố sẽ không được sửa và bị dò quét tự động trên toàn Internet.",
        en="This line gets no fixes any more, not even those carried back to old lines. Published holes stay open and are searched for automatically all over the Internet.",
    ),
    fix=Text(
        vi="Sao lưu, nâng PHP lên phiên bản còn hỗ trợ, rồi nâng cấp WordPress lên dòng mới nhất và cập nhật giao diện, phần bổ trợ.",
        en="Back up, bring PHP to a supported version, then upgrade WordPress to the newest line together with its theme and plugins.",
    ),
    refs=(
        "https://codex.wordpress.org/Supported_Versions",
        "CWE-1104",
    ),
    howto="upgrade-wordpress",
    notes=support_notes("WordPress"),
    examples=(
        Example(
            "4.0, last fix years ago", site(product("wordpress", exact("4.0.1", "WordPress 4.0.1"))), "fail"
        ),
        Example(
            "3.5, older than the data", site(product("wordpress", exact("3.5.2", "WordPress 3.5.2"))), "fail"
        ),
        Example(
            "footer says 3.9", site(product("wordpress", declared("3.9", "Powered by WordPress 3.9"))), "fail"
        ),
        Example(
            "old line that gets fixes", site(product("wordpress", exact("6.8.8", "WordPress 6.8.8"))), "pass"
        ),
        Example("newest line", site(product("wordpress", exact("7.1", "WordPress 7.1"))), "pass"),
        Example("newer than the data", site(product("wordpress", exact("8.2", "WordPress 8.2"))), "unknown"),
        Example("no number", site(product("wordpress")), "unknown"),
        Example("another system", site(product("joomla")), "notapplicable"),
    ),
)
def wordpress_unsupported(platform: Platform, ctx: Context) -> Judgement:
    """Judge by the last fix a line got: the calendar only says "not the newest line", and old lines still get fixes."""
    return judge_support(platform, ctx, "wordpress", old_lines_get_fixes=True)
