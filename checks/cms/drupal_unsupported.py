"""cms.drupal-unsupported: the release line of Drupal gets no security fixes any more."""

from scanner.author import Context, Example, Judgement, Platform, Severity, Text, check
from scanner.author.cms import judge_support, support_notes
from scanner.samples.cms import at_least, exact, product, site, stated


@check(
    "cms.drupal-unsupported",
    on=Platform,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Drupal đã hết hỗ trợ", en="Drupal is out of support"),
    why=Text(
        vi="Đội bảo mật Drupal không còn sửa lỗ hổng cho dòng này. Các lỗ hổng cũ của Drupal từng bị khai thác hàng loạt chỉ vài giờ sau khi công bố.",
        en="The Drupal security team no longer repairs holes of this line. Holes of Drupal have been exploited in masses within hours of their publication.",
    ),
    fix=Text(
        vi="Sao lưu, nâng cấp lên nhánh Drupal còn được hỗ trợ; trang Drupal 7 phải chuyển dữ liệu sang Drupal mới, hoặc xây lại.",
        en="Back up and upgrade to a supported branch of Drupal; a Drupal 7 site has to be migrated to a new Drupal or rebuilt.",
    ),
    refs=(
        "https://www.drupal.org/about/core/policies/core-release-cycles/schedule",
        "CWE-1104",
    ),
    howto="upgrade-drupal",
    notes=support_notes("Drupal"),
    examples=(
        Example("Drupal 7", site(product("drupal", stated("7", "Drupal 7 (http://drupal.org)"))), "fail"),
        Example(
            "Drupal 9, every line of it has ended",
            site(product("drupal", stated("9", "Drupal 9 (https://www.drupal.org)"))),
            "fail",
        ),
        Example(
            "8.5, a line between those of the data",
            site(product("drupal", exact("8.5.0", "/core/misc/drupal.js?v=8.5.0", "asset"))),
            "fail",
        ),
        Example(
            "supported branch",
            site(product("drupal", exact("11.4.5", "/core/misc/drupal.js?v=11.4.5", "asset"))),
            "pass",
        ),
        Example(
            "Drupal 10, some lines live",
            site(product("drupal", stated("10", "Drupal 10 (https://www.drupal.org)"))),
            "unknown",
        ),
        Example("8 or later", site(product("drupal", at_least("8", "drupal-settings-json"))), "unknown"),
        Example("another system", site(product("joomla")), "notapplicable"),
    ),
)
def drupal_unsupported(platform: Platform, ctx: Context) -> Judgement:
    """Judge the minor line where it is known, else every line of the major number."""
    return judge_support(platform, ctx, "drupal")
