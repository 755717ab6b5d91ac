"""cms.support-ending: security support of a system or of server software ends within 90 days."""

from datetime import UTC, date, datetime, timedelta

from scanner.author import (
    Confidence,
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Pass,
    Platform,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.author.ending import Ending, endings_of
from scanner.samples.cms import declared, exact, product, site

WITHIN = timedelta(days=90)
DAY_IT_ENDS = datetime(2027, 10, 12, 2, 0, tzinfo=UTC)


@check(
    "cms.support-ending",
    on=Platform,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Sắp hết hỗ trợ bảo mật", en="Security support ends soon"),
    why=Text(
        vi="Sau ngày này, lỗ hổng mới không còn được vá. Nâng cấp cần thời gian thử nghiệm và thường cần kinh phí, nên phải lên kế hoạch từ bây giờ.",
        en="After that day new holes are not repaired. An upgrade needs time to test and often money, so plan it now.",
    ),
    fix=Text(
        vi="Đưa việc nâng cấp vào kế hoạch và thử trên bản sao trước ngày hết hỗ trợ.",
        en="Put the upgrade on the plan and try it on a copy before support ends.",
    ),
    refs=("https://endoflife.date/", "CWE-1104"),
    howto="plan-upgrade",
    notes={
        "ends": Text(
            vi="{name} {version}: hỗ trợ bảo mật kết thúc ngày {ended_on}, còn {days} ngày; nâng cấp lên {target} (theo dữ liệu ngày {data_on}).",
            en="{name} {version}: security support ends on {ended_on}, in {days} days; upgrade to {target} (data of {data_on}).",
        ),
        "none": Text(
            vi="Không biết phiên bản của hệ thống nào có ngày kết thúc hỗ trợ được công bố.",
            en="No release is known of any system whose end of support is published.",
        ),
        "over": Text(
            vi="Dòng đang dùng đã hết hỗ trợ; phép kiểm tra về hết hỗ trợ nêu rõ việc cần làm.",
            en="The line in use is already out of support; the check for that says what to do.",
        ),
    },
    examples=(
        Example(
            "73 days left",
            site(product("joomla", exact("5.4.8", "5.4.8", "literal"))),
            "fail",
            seen_at=datetime(2027, 7, 31, tzinfo=UTC),
        ),
        Example(
            "exactly 90 days left",
            site(product("joomla", exact("5.4.8", "5.4.8", "literal"))),
            "fail",
            seen_at=datetime(2027, 7, 14, tzinfo=UTC),
        ),
        Example(
            "91 days left",
            site(product("joomla", exact("5.4.8", "5.4.8", "literal"))),
            "pass",
            seen_at=datetime(2027, 7, 13, tzinfo=UTC),
        ),
        Example(
            "over on this day",
            site(product("joomla", exact("5.4.8", "5.4.8", "literal"))),
            "notapplicable",
            seen_at=DAY_IT_ENDS,
        ),
        Example("PHP 8.2 in its last weeks", site(headers=(("X-Powered-By", "PHP/8.2.30"),)), "fail"),
        Example(
            "a line somebody typed, with time left",
            site(product("joomla", declared("5.4", "Joomla 5.4"))),
            "pass",
        ),
        Example(
            "a line without a date", site(product("nukeviet", exact("4.5.07", "4.5.07"))), "notapplicable"
        ),
        Example("no release known", site(product("joomla")), "unknown"),
        Example("nothing recognised", site(), "notapplicable"),
    ),
)
def support_ending(platform: Platform, ctx: Context) -> Judgement:
    """Judge the nearest published end; what a distribution packages has a calendar of its own, so confidence is low."""
    found = endings_of(platform, ctx)
    today = ctx.seen_at.date()
    ahead = sorted((e for e in found if e.ends_on > today), key=lambda e: e.ends_on)
    if ahead and ahead[0].ends_on - today <= WITHIN:
        return _fail(ahead, today, ctx)
    if ahead:
        return Pass(" | ".join(e.saw for e in ahead), (platform.url,))
    if found:
        return NotApplicable("over", " | ".join(e.saw for e in found))
    if any(not p.claims for p in platform.products):
        return Unknown(Why.NOT_ASKED, ", ".join(p.name for p in platform.products), "none")
    return NotApplicable("none")


def _fail(ahead: list[Ending], today: date, ctx: Context) -> Fail:
    soon = [e for e in ahead if e.ends_on - today <= WITHIN]
    first = soon[0]
    values = (
        ("name", first.name),
        ("version", first.version),
        ("ended_on", first.ends_on.isoformat()),
        ("days", str((first.ends_on - today).days)),
        ("target", first.target),
        ("data_on", ctx.ref.data_date.isoformat()),
    )
    where = tuple(f"{e.name} {e.version}: {e.ends_on.isoformat()}" for e in soon)
    confidence = Confidence.LOW if first.is_server else Confidence.HIGH
    return Fail(" | ".join(e.saw for e in soon), where, "ends", values, confidence)
