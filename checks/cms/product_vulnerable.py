"""cms.product-vulnerable: another system's release has published holes."""

from scanner.author import Context, Example, Judgement, Platform, Severity, Text, check
from scanner.author.cms import judge_others, notes_of_others
from scanner.author.holes import hole_notes, judge_holes
from scanner.samples.cms import by_files, exact, product, site, stated


@check(
    "cms.product-vulnerable",
    on=Platform,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(
        vi="Hệ thống nền của trang có lỗ hổng đã công bố", en="The system behind the site has published holes"
    ),
    why=Text(
        vi="Lỗ hổng đã công bố kèm số hiệu CVE thường có sẵn công cụ tấn công tự động. Kẻ tấn công quét hàng loạt trang để tìm đúng phiên bản này.",
        en="Published holes with a CVE number usually come with ready-made attack tools. Attackers scan the whole Internet for exactly this release.",
    ),
    fix=Text(
        vi="Sao lưu rồi cập nhật lên bản không còn lỗ hổng nêu trong báo cáo.",
        en="Back up and update to the release named in the report.",
    ),
    refs=("https://www.cve.org/", "CWE-1395"),
    howto="replace-unsupported-cms",
    notes=notes_of_others(hole_notes("{name}")),
    examples=(
        Example("TYPO3 9.5.0", site(product("typo3", exact("9.5.0", "9.5.0", "literal"))), "fail"),
        Example("two candidates by files", site(product("typo3", by_files("9.5.0", "99.1.0"))), "fail"),
        Example(
            "newer than every record", site(product("typo3", exact("99.1.1", "99.1.1", "literal"))), "pass"
        ),
        Example("only the line", site(product("typo3", stated("8.7", "TYPO3 8.7 CMS"))), "unknown"),
        Example("Joomla has a check of its own", site(product("joomla")), "notapplicable"),
        Example("nothing recognised", site(), "notapplicable"),
    ),
)
def product_vulnerable(platform: Platform, ctx: Context) -> Judgement:
    """Judge every product that has no check of its own; a failure speaks first."""
    return judge_others(platform, lambda key: judge_holes(platform, ctx, key))
