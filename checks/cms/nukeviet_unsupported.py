"""cms.nukeviet-unsupported: the release line of NukeViet gets no security fixes any more."""

from datetime import UTC, datetime

from scanner.author import Context, Example, Judgement, Platform, Severity, Text, check
from scanner.author.cms import judge_support, support_notes
from scanner.identify.products import Precision
from scanner.samples.cms import at_least, declared, exact, product, site, stated

NUKEVIET_40 = ("4.0", "4.1", "4.2", "4.3")  # the lines that print "v4.0"


@check(
    "cms.nukeviet-unsupported",
    on=Platform,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="NukeViet đã hết hỗ trợ", en="NukeViet is out of support"),
    why=Text(
        vi="Dự án chỉ phát hành bản vá cho dòng mới nhất. Dòng cũ không có bản phát hành nào trong nhiều năm, nên lỗ hổng đã biết vẫn để ngỏ.",
        en="The project publishes fixes for its newest line only. An old line without a release for years keeps its known holes open.",
    ),
    fix=Text(
        vi="Sao lưu, nâng cấp NukeViet lên dòng mới nhất; với bản dành cho cơ quan nhà nước, yêu cầu đơn vị cung cấp chuyển lên lõi mới.",
        en="Back up and upgrade NukeViet to its newest line; for the government edition, ask the vendor to move it to the new core.",
    ),
    refs=(
        "https://github.com/nukeviet/nukeviet/releases",
        "CWE-1104",
    ),
    howto="upgrade-nukeviet",
    notes=support_notes("NukeViet"),
    examples=(
        Example(
            "generator v4.0: 4.0 to 4.3",
            site(product("nukeviet", stated("4.0", "NukeViet v4.0", Precision.PRINTED, NUKEVIET_40))),
            "fail",
        ),
        Example(
            "footer says 3.4", site(product("nukeviet", declared("3.4", "Mã nguồn NukeViet 3.4"))), "fail"
        ),
        Example(
            "4.4 after two years of silence",
            site(product("nukeviet", stated("4.4", "NukeViet v4.4", Precision.PRINTED, ("4.4",)))),
            "fail",
        ),
        Example(
            "4.4 before two years have passed",
            site(product("nukeviet", stated("4.4", "NukeViet v4.4", Precision.PRINTED, ("4.4",)))),
            "unknown",
            seen_at=datetime(2026, 3, 1, tzinfo=UTC),
        ),
        Example(
            "a release after the last one known",
            site(product("nukeviet", exact("4.4.09", "4.4.09", "literal"))),
            "unknown",
        ),
        Example(
            "newest line", site(product("nukeviet", exact("4.5.07", "NukeViet 4.5.07", "literal"))), "pass"
        ),
        Example("4.0 or later", site(product("nukeviet", at_least("4.0", "nv_base_siteurl"))), "unknown"),
        Example(
            "newer than the data", site(product("nukeviet", exact("5.0.01", "5.0.01", "literal"))), "unknown"
        ),
        Example("another system", site(product("joomla")), "notapplicable"),
    ),
)
def nukeviet_unsupported(platform: Platform, ctx: Context) -> Judgement:
    """Judge by silence, since no calendar is published: newer lines exist and the last release is two years old."""
    return judge_support(platform, ctx, "nukeviet")
