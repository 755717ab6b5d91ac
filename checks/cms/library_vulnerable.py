"""cms.library-vulnerable: the page loads a script library with published holes."""

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
from scanner.identify.vulnerable import Hole, holes_of
from scanner.samples.cms import library, site


@check(
    "cms.library-vulnerable",
    on=Platform,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Thư viện JavaScript có lỗ hổng đã công bố", en="A script library has published holes"),
    why=Text(
        vi="Nếu trang dùng đúng chức năng có lỗ hổng, kẻ tấn công chèn được mã chạy trong trình duyệt của người dân. Bản trên trang có thể đã được vá mà không đổi số, nên cần đối chiếu.",
        en="Where the page uses the faulty part, an attacker gets foreign code into visitors' browsers. The copy may have been repaired without a new number, so compare.",
    ),
    fix=Text(
        vi="Nâng thư viện lên bản không còn lỗ hổng; nếu nó đi kèm hệ quản trị nội dung thì nâng cấp hệ đó.",
        en="Upgrade the library to a release without the hole; if it comes with the content management system, upgrade that.",
    ),
    refs=("https://www.cve.org/", "CWE-1395"),
    howto="upgrade-script-library",
    confidence=Confidence.LOW,
    notes={
        "perhaps": Text(
            vi="{libraries}: có thể bị ảnh hưởng bởi {holes} lỗ hổng đã công bố, ví dụ {example} (theo dữ liệu ngày {holes_on}).",
            en="{libraries}: may be affected by {holes} published holes, such as {example} (data of {holes_on}).",
        ),
        "none": Text(
            vi="Địa chỉ tệp script trên trang không nêu phiên bản thư viện nào mà công cụ theo dõi.",
            en="No address on the page names a release of a library this tool follows.",
        ),
        "no-data": Text(
            vi="Bảng dữ liệu ngày {holes_on} không có lỗ hổng của {libraries} để đối chiếu.",
            en="The data of {holes_on} holds no record of {libraries} to compare with.",
        ),
    },
    examples=(
        Example("jQuery 1.12.4", site(libraries=(library("jquery", "jQuery", "1.12.4"),)), "fail"),
        Example("jQuery 3.7.1", site(libraries=(library("jquery", "jQuery", "3.7.1"),)), "pass"),
        Example(
            "nothing to compare with", site(libraries=(library("nobody", "Nobody", "2.6.14"),)), "unknown"
        ),
        Example("no library", site(), "notapplicable"),
    ),
)
def library_vulnerable(platform: Platform, ctx: Context) -> Judgement:
    """Judge every library whose address names its release; never more than possibly."""
    libraries = [use for use in platform.libraries if use.version]
    if not libraries:
        return NotApplicable("none")
    data = (("holes_on", (ctx.ref.vulnerabilities_on or ctx.ref.data_date).isoformat()),)
    covered = [use for use in libraries if ctx.ref.vulnerabilities.get(use.key)]
    if not covered:
        names = ", ".join(f"{use.name} {use.version}" for use in libraries)
        return Unknown(Why.NOT_ASKED, names, "no-data", (("libraries", names), *data))
    found: list[Hole] = []
    faulty = []
    for use in covered:
        holes = holes_of((use.version,), ctx.ref.vulnerabilities[use.key], at_most_possible=True)
        found += holes
        faulty += [use] if holes else []
    if not found:
        return Pass(" | ".join(use.url for use in covered))
    names = ", ".join(f"{use.name} {use.version}" for use in faulty)
    values = (("libraries", names), ("holes", str(len(found))), ("example", found[0].record.id), *data)
    return Fail(" | ".join(use.url for use in faulty), tuple(hole.line for hole in found), "perhaps", values)
