"""cms.joomla-unsupported: the release line of Joomla gets no security fixes any more."""

from datetime import UTC, datetime

from scanner.author import Context, Example, Judgement, Platform, Severity, Text, check
from scanner.author.cms import judge_support, support_notes
from scanner.identify.products import Certainty
from scanner.samples.cms import at_least, declared, exact, implied, product, site, stated


@check(
    "cms.joomla-unsupported",
    on=Platform,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Joomla đã hết hỗ trợ", en="Joomla is out of support"),
    why=Text(
        vi="Lỗ hổng mới của dòng này được công bố nhưng không còn bản vá, nên kẻ tấn công dùng công cụ sẵn có là có thể chiếm quyền trang. Trang bị chiếm thường bị chèn nội dung cờ bạc hoặc mã độc.",
        en="New holes of this line are published but no longer repaired, so ready-made tools are enough to take the site over. A site taken over usually ends up serving gambling pages or malware.",
    ),
    fix=Text(
        vi="Sao lưu, nâng cấp lên dòng Joomla còn được hỗ trợ theo từng bước 3.10, 4.4, 5.4; nếu phần mở rộng không còn tương thích thì thay thế hoặc xây lại trang.",
        en="Back up, then upgrade step by step over 3.10, 4.4 and 5.4 to a supported line of Joomla; replace extensions that have no successor, or rebuild the site.",
    ),
    refs=(
        "https://docs.joomla.org/Release_and_support_cycle",
        "CWE-1104",
    ),
    howto="upgrade-joomla",
    notes=support_notes("Joomla"),
    examples=(
        Example(
            "footer says 3.4",
            site(product("joomla", declared("3.4", "Website Sử dụng Portal mã nguồn mở Joomla 3.4"))),
            "fail",
        ),
        Example(
            "assets of the 3.x line",
            site(product("joomla", implied("3", saw="/media/jui/js/jquery.min.js"))),
            "fail",
        ),
        Example(
            "footer and assets agree",
            site(
                product(
                    "joomla",
                    declared("3.4", "Portal mã nguồn mở Joomla 3.4"),
                    implied("3", saw="/media/jui/css/bootstrap.min.css"),
                )
            ),
            "fail",
        ),
        Example(
            "after the last public 3.10, perhaps paid support",
            site(product("joomla", exact("3.10.20", "3.10.20", "literal"))),
            "fail",
        ),
        Example(
            "1.5, older than the data",
            site(product("joomla", stated("1.5", "Joomla! 1.5 - Open Source Content Management"))),
            "fail",
        ),
        Example(
            "the day support ends",
            site(product("joomla", declared("4.4", "Joomla 4.4"))),
            "fail",
            seen_at=datetime(2025, 10, 14, tzinfo=UTC),
        ),
        Example(
            "the day before",
            site(product("joomla", exact("4.4.13", "4.4.13", "literal"))),
            "pass",
            seen_at=datetime(2025, 10, 13, tzinfo=UTC),
        ),
        Example(
            "a footer is no proof of support",
            site(product("joomla", declared("6.1", "Joomla 6.1"))),
            "unknown",
        ),
        Example("supported release", site(product("joomla", exact("5.4.8", "5.4.8", "literal"))), "pass"),
        Example("4 or later", site(product("joomla", at_least("4", "/media/templates/site/"))), "unknown"),
        Example("newer than the data", site(product("joomla", declared("9.1", "Joomla 9.1"))), "unknown"),
        Example(
            "number is no number", site(product("joomla", declared("ba.bon", "Joomla ba.bon"))), "unknown"
        ),
        Example("one weak sign", site(product("joomla", certainty=Certainty.POSSIBLE)), "unknown"),
        Example("another system", site(product("wordpress")), "notapplicable"),
        Example("nothing recognised", site(), "notapplicable"),
    ),
)
def joomla_unsupported(platform: Platform, ctx: Context) -> Judgement:
    """Judge the release line; what only a footer says is judged with less confidence."""
    return judge_support(platform, ctx, "joomla")
