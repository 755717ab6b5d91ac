"""cms.nukeviet-outdated: NukeViet lacks released fixes of its own line."""

from datetime import UTC, datetime

from scanner.author import Context, Example, Judgement, Platform, Severity, Text, check
from scanner.author.cms import judge_patches, patch_notes
from scanner.samples.cms import exact, product, site, stated


@check(
    "cms.nukeviet-outdated",
    on=Platform,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="NukeViet thiếu bản vá mới nhất", en="NukeViet lacks the newest fixes"),
    why=Text(
        vi="Bản phát hành sửa lỗi cũng cho mọi người thấy lỗ hổng của bản trước đó. Trang chưa cập nhật là mục tiêu dễ nhất trong những ngày tiếp theo.",
        en="A release with fixes also shows everybody the holes of the one before. A site that has not been updated is the easiest target in the days that follow.",
    ),
    fix=Text(
        vi="Sao lưu rồi cập nhật NukeViet lên bản vá mới nhất của dòng đang dùng; bật cập nhật tự động hoặc đăng ký nhận thông báo phát hành.",
        en="Back up and update NukeViet to the newest release of its line; switch automatic updates on or subscribe to the release announcements.",
    ),
    refs=(
        "https://github.com/nukeviet/nukeviet/releases",
        "CWE-1104",
    ),
    howto="upgrade-nukeviet",
    notes=patch_notes("NukeViet"),
    examples=(
        Example("behind", site(product("nukeviet", exact("4.5.02", "4.5.02", "literal"))), "fail"),
        Example("newest", site(product("nukeviet", exact("4.5.07", "4.5.07", "literal"))), "pass"),
        Example(
            "newest on that day",
            site(product("nukeviet", exact("4.5.00", "4.5.00", "literal"))),
            "pass",
            seen_at=datetime(2021, 7, 18, tzinfo=UTC),
        ),
        Example(
            "only the line is known", site(product("nukeviet", stated("4.5", "NukeViet v4.5"))), "unknown"
        ),
        Example(
            "the whole line is over",
            site(product("nukeviet", exact("4.3.08", "4.3.08", "literal"))),
            "notapplicable",
        ),
        Example("another system", site(product("joomla")), "notapplicable"),
    ),
)
def nukeviet_outdated(platform: Platform, ctx: Context) -> Judgement:
    """Judge exact releases only, against what was released on the day of the visit."""
    return judge_patches(platform, ctx, "nukeviet")
