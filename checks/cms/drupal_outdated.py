"""cms.drupal-outdated: Drupal lacks released fixes of its own line."""

from datetime import UTC, datetime

from scanner.author import Context, Example, Judgement, Platform, Severity, Text, check
from scanner.author.cms import judge_patches, patch_notes
from scanner.samples.cms import exact, product, site, stated


@check(
    "cms.drupal-outdated",
    on=Platform,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Drupal thiếu bản vá mới nhất", en="Drupal lacks the newest fixes"),
    why=Text(
        vi="Bản phát hành sửa lỗi cũng cho mọi người thấy lỗ hổng của bản trước đó. Trang chưa cập nhật là mục tiêu dễ nhất trong những ngày tiếp theo.",
        en="A release with fixes also shows everybody the holes of the one before. A site that has not been updated is the easiest target in the days that follow.",
    ),
    fix=Text(
        vi="Sao lưu rồi cập nhật Drupal lên bản vá mới nhất của dòng đang dùng; bật cập nhật tự động hoặc đăng ký nhận thông báo phát hành.",
        en="Back up and update Drupal to the newest release of its line; switch automatic updates on or subscribe to the release announcements.",
    ),
    refs=(
        "https://www.drupal.org/security",
        "CWE-1104",
    ),
    howto="upgrade-drupal",
    notes=patch_notes("Drupal"),
    examples=(
        Example(
            "behind",
            site(product("drupal", exact("11.4.1", "/core/misc/drupal.js?v=11.4.1", "asset"))),
            "fail",
        ),
        Example(
            "newest",
            site(product("drupal", exact("11.4.5", "/core/misc/drupal.js?v=11.4.5", "asset"))),
            "pass",
        ),
        Example(
            "newest on that day",
            site(product("drupal", exact("11.4.0", "/core/misc/drupal.js?v=11.4.0", "asset"))),
            "pass",
            seen_at=datetime(2026, 7, 1, tzinfo=UTC),
        ),
        Example(
            "only the line is known",
            site(product("drupal", stated("11", "Drupal 11 (https://www.drupal.org)"))),
            "unknown",
        ),
        Example(
            "the whole line is over",
            site(product("drupal", exact("7.101", "/misc/ajax.js?v=7.101", "asset"))),
            "notapplicable",
        ),
        Example("another system", site(product("joomla")), "notapplicable"),
    ),
)
def drupal_outdated(platform: Platform, ctx: Context) -> Judgement:
    """Judge exact releases only, against what was released on the day of the visit."""
    return judge_patches(platform, ctx, "drupal")
