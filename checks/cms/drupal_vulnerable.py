"""cms.drupal-vulnerable: the release of Drupal has published holes."""

from scanner.author import Context, Example, Judgement, Platform, Severity, Text, check
from scanner.author.holes import hole_notes, judge_holes
from scanner.identify.products import Certainty
from scanner.samples.cms import by_files, exact, product, site, stated


@check(
    "cms.drupal-vulnerable",
    on=Platform,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(
        vi="Bản Drupal đang dùng có lỗ hổng đã công bố", en="The Drupal release in use has published holes"
    ),
    why=Text(
        vi="Lỗ hổng đã công bố kèm số hiệu CVE thường có sẵn công cụ tấn công tự động. Kẻ tấn công quét hàng loạt trang để tìm đúng phiên bản này.",
        en="Published holes with a CVE number usually come with ready-made attack tools. Attackers scan the whole Internet for exactly this release.",
    ),
    fix=Text(
        vi="Sao lưu rồi cập nhật Drupal lên bản không còn lỗ hổng; nếu lỗ hổng đang bị khai thác, kiểm tra trang có bị chèn mã lạ hay không trước khi cập nhật.",
        en="Back up and update Drupal to a release without the holes; where a hole is exploited in the wild, look for foreign code before the update.",
    ),
    refs=("https://www.drupal.org/security", "CWE-1395"),
    howto="upgrade-drupal",
    notes=hole_notes("Drupal"),
    examples=(
        Example("8.5.0", site(product("drupal", exact("8.5.0", "8.5.0", "literal"))), "fail"),
        Example("fixed and unfixed look alike", site(product("drupal", by_files("8.3.8", "8.3.9"))), "fail"),
        Example(
            "newer than every record", site(product("drupal", exact("99.1.1", "99.1.1", "literal"))), "pass"
        ),
        Example("only the line", site(product("drupal", stated("7", "Drupal 7"))), "unknown"),
        Example("no version", site(product("drupal")), "unknown"),
        Example("one weak sign", site(product("drupal", certainty=Certainty.POSSIBLE)), "unknown"),
        Example("another system", site(product("wordpress")), "notapplicable"),
    ),
)
def drupal_vulnerable(platform: Platform, ctx: Context) -> Judgement:
    """Judge the releases the site may run; a line alone gives no list of holes."""
    return judge_holes(platform, ctx, "drupal")
