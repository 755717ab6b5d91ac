"""cms.wordpress-outdated: WordPress lacks released fixes of its own line."""

from datetime import UTC, datetime

from scanner.author import Context, Example, Judgement, Platform, Severity, Text, check
from scanner.author.cms import judge_patches, patch_notes
from scanner.samples.cms import exact, product, site


@check(
    "cms.wordpress-outdated",
    on=Platform,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="WordPress thiếu bản vá mới nhất", en="WordPress lacks the newest fixes"),
    why=Text(
        vi="Bản phát hành sửa lỗi cũng cho mọi người thấy lỗ hổng của bản trước đó. Trang chưa cập nhật là mục tiêu dễ nhất trong những ngày tiếp theo.",
        en="A release with fixes also shows everybody the holes of the one before. A site that has not been updated is the easiest target in the days that follow.",
    ),
    fix=Text(
        vi="Sao lưu rồi cập nhật WordPress lên bản vá mới nhất của dòng đang dùng; bật cập nhật tự động hoặc đăng ký nhận thông báo phát hành.",
        en="Back up and update WordPress to the newest release of its line; switch automatic updates on or subscribe to the release announcements.",
    ),
    refs=(
        "https://wordpress.org/documentation/category/releases/",
        "CWE-1104",
    ),
    howto="upgrade-wordpress",
    notes=patch_notes("WordPress"),
    examples=(
        Example(
            "old patch of an old line", site(product("wordpress", exact("6.8.3", "WordPress 6.8.3"))), "fail"
        ),
        Example(
            "newest patch of an old line",
            site(product("wordpress", exact("6.8.8", "WordPress 6.8.8"))),
            "pass",
        ),
        Example(
            "first release of the newest line",
            site(product("wordpress", exact("7.1", "WordPress 7.1"))),
            "pass",
        ),
        Example(
            "newest on that day",
            site(product("wordpress", exact("6.8.3", "WordPress 6.8.3"))),
            "pass",
            seen_at=datetime(2025, 11, 1, tzinfo=UTC),
        ),
        Example("no number", site(product("wordpress")), "unknown"),
        Example(
            "a line the data does not have",
            site(product("wordpress", exact("8.2.1", "WordPress 8.2.1"))),
            "unknown",
        ),
        Example(
            "the whole line is over",
            site(product("wordpress", exact("4.0.1", "WordPress 4.0.1"))),
            "notapplicable",
        ),
        Example("another system", site(product("joomla")), "notapplicable"),
    ),
)
def wordpress_outdated(platform: Platform, ctx: Context) -> Judgement:
    """Judge exact releases only, against what was released on the day of the visit."""
    return judge_patches(platform, ctx, "wordpress", old_lines_get_fixes=True)
