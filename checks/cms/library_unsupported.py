"""cms.library-unsupported: the page loads a script library that gets no fixes any more."""

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
    Unknown,
    Why,
    check,
)
from scanner.identify.libraries import LibraryUse
from scanner.identify.support import State, Support, place_of
from scanner.samples.cms import library, site


@check(
    "cms.library-unsupported",
    on=Platform,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Thư viện JavaScript đã hết hỗ trợ", en="A script library is out of support"),
    why=Text(
        vi="Thư viện hết hỗ trợ không còn bản vá. Một lỗ hổng trong thư viện cho phép chèn mã chạy trong trình duyệt của người dân khi trang dùng đúng chức năng đó.",
        en="An unsupported library gets no fixes. A hole in it lets foreign code run in visitors' browsers where the page uses that part of it.",
    ),
    fix=Text(
        vi="Nâng thư viện lên dòng còn được hỗ trợ; nếu nó đi kèm hệ quản trị nội dung thì nâng cấp hệ đó.",
        en="Upgrade the library to a supported line; if it comes with the content management system, upgrade that.",
    ),
    refs=("https://endoflife.date/", "CWE-1104"),
    howto="upgrade-script-library",
    notes={
        "over": Text(
            vi="Trang nạp thư viện hết hỗ trợ: {libraries} (theo dữ liệu ngày {data_on}).",
            en="The page loads libraries without support: {libraries} (data of {data_on}).",
        ),
        "none": Text(
            vi="Địa chỉ tệp script trên trang không nêu phiên bản thư viện nào mà công cụ theo dõi.",
            en="No address on the page names a release of a library this tool follows.",
        ),
        "no-line": Text(
            vi="Bảng dữ liệu ngày {data_on} không cho biết {libraries} còn được hỗ trợ hay không.",
            en="The data of {data_on} does not tell whether {libraries} is still supported.",
        ),
    },
    examples=(
        Example("jQuery 1.12.4", site(libraries=(library("jquery", "jQuery", "1.12.4"),)), "fail"),
        Example("Bootstrap 3", site(libraries=(library("bootstrap", "Bootstrap", "3.3.7"),)), "fail"),
        Example(
            "an old one beside a new one",
            site(
                libraries=(library("jquery", "jQuery", "3.7.1"), library("angularjs", "AngularJS", "1.4.8"))
            ),
            "fail",
        ),
        Example("supported", site(libraries=(library("bootstrap", "Bootstrap", "5.3.3"),)), "pass"),
        Example("no calendar", site(libraries=(library("mootools", "MooTools", "1.2.4"),)), "unknown"),
        Example("no library", site(), "notapplicable"),
    ),
)
def library_unsupported(platform: Platform, ctx: Context) -> Judgement:
    """Judge every library whose address names its release."""
    libraries = [use for use in platform.libraries if use.version]
    if not libraries:
        return NotApplicable("none")
    day, data = ctx.seen_at.date(), (("data_on", ctx.ref.data_date.isoformat()),)
    judged = [(use, place_of(use.version, ctx.ref.products.get(use.key), day)) for use in libraries]
    over = [pair for pair in judged if pair[1].is_over]
    if over:
        return Fail(_saw(over), tuple(use.url for use, _support in over), "over", (*_names(over), *data))
    if all(support.state is State.SUPPORTED for _use, support in judged):
        return Pass(_saw(judged), tuple(use.url for use, _support in judged))
    unsure = [pair for pair in judged if pair[1].state is not State.SUPPORTED]
    return Unknown(Why.NOT_ASKED, _saw(unsure), "no-line", (*_names(unsure), *data))


Judged = list[tuple[LibraryUse, Support]]


def _names(judged: Judged) -> tuple[tuple[str, str], ...]:
    return (("libraries", ", ".join(f"{use.name} {use.version}" for use, _support in judged)),)


def _saw(judged: Judged) -> str:
    return " | ".join(use.url for use, _support in judged)
