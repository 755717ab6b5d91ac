"""cms.product-unsupported: another system's release line gets no security fixes any more."""

from scanner.author import Context, Example, Judgement, Platform, Severity, Text, check
from scanner.author.cms import judge_others, judge_support, notes_of_others, support_notes
from scanner.identify.products import Certainty
from scanner.samples.cms import product, site, stated


@check(
    "cms.product-unsupported",
    on=Platform,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Hệ thống nền của trang đã hết hỗ trợ", en="The system behind the site is out of support"),
    why=Text(
        vi="Lỗ hổng mới của dòng này không còn được vá. Trang chạy hệ thống hết hỗ trợ là mục tiêu lâu dài của tấn công tự động.",
        en="New holes of this line are not repaired any more. A site on an unsupported system stays a target of automated attacks.",
    ),
    fix=Text(
        vi="Nâng cấp lên dòng còn được hỗ trợ, hoặc chuyển trang sang nền tảng dùng chung của tỉnh.",
        en="Upgrade to a supported line, or move the site to the province's shared platform.",
    ),
    refs=("https://endoflife.date/", "CWE-1104"),
    howto="replace-unsupported-cms",
    notes=notes_of_others(support_notes("{name}")),
    examples=(
        Example("TYPO3 8", site(product("typo3", stated("8.7", "TYPO3 8.7 CMS"))), "fail"),
        Example(
            "TYPO3 4.7, older than the data", site(product("typo3", stated("4.7", "TYPO3 4.7 CMS"))), "fail"
        ),
        Example("supported TYPO3", site(product("typo3", stated("14", "TYPO3 14"))), "pass"),
        Example("Moodle without version", site(product("moodle")), "unknown"),
        Example("one weak sign", site(product("typo3", certainty=Certainty.POSSIBLE)), "unknown"),
        Example("Joomla has a check of its own", site(product("joomla")), "notapplicable"),
        Example("nothing recognised", site(), "notapplicable"),
    ),
)
def product_unsupported(platform: Platform, ctx: Context) -> Judgement:
    """Judge every product that has no check of its own; a failure speaks first."""
    return judge_others(platform, lambda key: judge_support(platform, ctx, key))
