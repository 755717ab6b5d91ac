"""cms.product-outdated: another system lacks released fixes of its own line."""

from scanner.author import Context, Example, Judgement, Platform, Severity, Text, check
from scanner.author.cms import judge_others, judge_patches, notes_of_others, patch_notes
from scanner.samples.cms import by_files, exact, product, site, stated


@check(
    "cms.product-outdated",
    on=Platform,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(
        vi="Hệ thống nền của trang thiếu bản vá mới nhất",
        en="The system behind the site lacks the newest fixes",
    ),
    why=Text(
        vi="Bản phát hành sửa lỗi cũng cho mọi người thấy lỗ hổng của bản trước đó. Trang chưa cập nhật là mục tiêu dễ nhất trong những ngày tiếp theo.",
        en="A release with fixes also shows everybody the holes of the one before. A site that has not been updated is the easiest target in the days that follow.",
    ),
    fix=Text(
        vi="Sao lưu rồi cập nhật lên bản vá mới nhất của dòng đang dùng; đăng ký nhận thông báo phát hành.",
        en="Back up and update to the newest release of the line in use; subscribe to the release announcements.",
    ),
    refs=("https://endoflife.date/", "CWE-1104"),
    howto="update-product",
    notes=notes_of_others(patch_notes("{name}")),
    examples=(
        Example("TYPO3 13.4.1", site(product("typo3", exact("13.4.1", "13.4.1", "literal"))), "fail"),
        Example("newest of its line", site(product("typo3", exact("13.4.34", "13.4.34", "literal"))), "pass"),
        Example("all candidates are behind", site(product("typo3", by_files("13.4.1", "13.4.2"))), "fail"),
        Example("only the line", site(product("typo3", stated("13", "TYPO3 13"))), "unknown"),
        Example("the whole line is over", site(product("typo3", exact("8.7.7", "8.7.7"))), "notapplicable"),
        Example("no version", site(product("moodle")), "unknown"),
        Example("Joomla has a check of its own", site(product("joomla")), "notapplicable"),
        Example("nothing recognised", site(), "notapplicable"),
    ),
)
def product_outdated(platform: Platform, ctx: Context) -> Judgement:
    """Judge every product that has no check of its own; a failure speaks first."""
    return judge_others(platform, lambda key: judge_patches(platform, ctx, key))
