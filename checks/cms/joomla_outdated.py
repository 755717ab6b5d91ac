"""cms.joomla-outdated: Joomla lacks released fixes of its own line."""

from datetime import UTC, datetime

from scanner.author import Context, Example, Judgement, Platform, Severity, Text, check
from scanner.author.cms import judge_patches, patch_notes
from scanner.samples.cms import declared, exact, product, site


@check(
    "cms.joomla-outdated",
    on=Platform,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Joomla thiếu bản vá mới nhất", en="Joomla lacks the newest fixes"),
    why=Text(
        vi="Bản phát hành sửa lỗi cũng cho mọi người thấy lỗ hổng của bản trước đó. Trang chưa cập nhật là mục tiêu dễ nhất trong những ngày tiếp theo.",
        en="A release with fixes also shows everybody the holes of the one before. A site that has not been updated is the easiest target in the days that follow.",
    ),
    fix=Text(
        vi="Sao lưu rồi cập nhật Joomla lên bản vá mới nhất của dòng đang dùng; bật cập nhật tự động hoặc đăng ký nhận thông báo phát hành.",
        en="Back up and update Joomla to the newest release of its line; switch automatic updates on or subscribe to the release announcements.",
    ),
    refs=(
        "https://downloads.joomla.org/",
        "CWE-1104",
    ),
    howto="upgrade-joomla",
    notes=patch_notes("Joomla"),
    examples=(
        Example("two releases behind", site(product("joomla", exact("5.4.6", "5.4.6", "literal"))), "fail"),
        Example("newest of its line", site(product("joomla", exact("5.4.8", "5.4.8", "literal"))), "pass"),
        Example(
            "newest on that day",
            site(product("joomla", exact("5.4.0", "5.4.0", "literal"))),
            "pass",
            seen_at=datetime(2025, 10, 14, tzinfo=UTC),
        ),
        Example("newer than the data", site(product("joomla", exact("5.4.99", "5.4.99", "literal"))), "pass"),
        Example("only the line is known", site(product("joomla", declared("5.4", "Joomla 5.4"))), "unknown"),
        Example(
            "two files disagree: the newer counts",
            site(product("joomla", exact("5.4.8", "5.4.8", "literal"), exact("5.4.6", "5.4.6", "hash"))),
            "pass",
        ),
        Example(
            "the whole line is over",
            site(product("joomla", exact("3.10.5", "3.10.5", "literal"))),
            "notapplicable",
        ),
        Example("another system", site(product("wordpress")), "notapplicable"),
    ),
)
def joomla_outdated(platform: Platform, ctx: Context) -> Judgement:
    """Judge exact releases only, against what was released on the day of the visit."""
    return judge_patches(platform, ctx, "joomla")
