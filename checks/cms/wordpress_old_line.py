"""cms.wordpress-old-line: WordPress still gets fixes, but runs on a line that is no longer developed."""

from scanner.author import (
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Pass,
    Platform,
    Severity,
    Text,
    check,
)
from scanner.author.cms import judge_support, support_notes
from scanner.samples.cms import exact, product, site


@check(
    "cms.wordpress-old-line",
    on=Platform,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="WordPress không ở dòng mới nhất", en="WordPress is not on its newest line"),
    why=Text(
        vi="WordPress chỉ cam kết hỗ trợ dòng mới nhất; bản vá cho dòng cũ là thiện chí và có thể ngừng bất cứ lúc nào.",
        en="WordPress only promises support for its newest line; fixes for older ones are a courtesy that may end at any time.",
    ),
    fix=Text(
        vi="Lên kế hoạch nâng cấp lên dòng WordPress mới nhất sau khi thử trên bản sao.",
        en="Plan the upgrade to the newest line of WordPress and try it on a copy first.",
    ),
    refs=("https://codex.wordpress.org/Supported_Versions",),
    howto="upgrade-wordpress",
    notes=support_notes("WordPress")
    | {
        "ended": Text(
            vi="WordPress {version} không còn ở dòng mới nhất từ {ended_on}; nâng cấp lên WordPress {target} (theo dữ liệu ngày {data_on}).",
            en="WordPress {version} has not been on the newest line since {ended_on}; upgrade to WordPress {target} (data of {data_on}).",
        ),
        "dropped": Text(
            vi="Dòng này không còn bản vá; phép kiểm tra về hết hỗ trợ nêu rõ việc cần làm.",
            en="This line gets no fixes at all; the check for that says what to do.",
        ),
    },
    examples=(
        Example(
            "6.8 while 7.1 is out", site(product("wordpress", exact("6.8.8", "WordPress 6.8.8"))), "fail"
        ),
        Example("newest line", site(product("wordpress", exact("7.1", "WordPress 7.1"))), "pass"),
        Example("newer than the data", site(product("wordpress", exact("8.0", "WordPress 8.0"))), "unknown"),
        Example(
            "a line without any fixes",
            site(product("wordpress", exact("4.0.1", "WordPress 4.0.1"))),
            "notapplicable",
        ),
        Example("another system", site(product("drupal")), "notapplicable"),
    ),
)
def wordpress_old_line(platform: Platform, ctx: Context) -> Judgement:
    """Judge by the calendar, but only lines that still get fixes."""
    repaired = judge_support(platform, ctx, "wordpress", old_lines_get_fixes=True)
    if isinstance(repaired, Fail):
        return NotApplicable("dropped", repaired.saw)
    if not isinstance(repaired, Pass):
        return repaired
    return judge_support(platform, ctx, "wordpress")
