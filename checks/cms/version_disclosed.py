"""cms.version-disclosed: the page tells everybody which version of its system it runs."""

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
from scanner.identify.products import Claim, Precision
from scanner.samples.cms import at_least, declared, exact, implied, product, site, stated

HEADER = "header"  # what response headers disclose is the business of http.version-disclosed


@check(
    "cms.version-disclosed",
    on=Platform,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Trang công khai phiên bản hệ quản trị nội dung", en="The page discloses the version of its CMS"
    ),
    why=Text(
        vi="Số phiên bản trên trang giúp công cụ dò quét tự động chọn đúng lỗ hổng để thử. Ẩn đi không thay cho cập nhật, nhưng bớt bị nhắm tới.",
        en="A version number on the page lets automatic tools pick the holes that fit. Hiding it does not replace updating, but draws less attention.",
    ),
    fix=Text(
        vi="Bỏ số phiên bản khỏi thẻ generator, chân trang và địa chỉ tệp tĩnh.",
        en="Remove the version from the generator tag, the footer and the addresses of static files.",
    ),
    refs=("OWASP WSTG-INFO-08", "CWE-200"),
    howto="hide-cms-version",
    notes={
        "shown": Text(vi="Trang tự ghi {version}.", en="The page itself says {version}."),
        "absent": Text(
            vi="Trang đã đọc không có dấu hiệu của hệ quản trị nội dung nào mà công cụ biết.",
            en="The page that was read shows no sign of a system this tool knows.",
        ),
    },
    examples=(
        Example("generator", site(product("wordpress", exact("6.8.3", "WordPress 6.8.3"))), "fail"),
        Example("footer", site(product("joomla", declared("3.4", "Portal mã nguồn mở Joomla 3.4"))), "fail"),
        Example(
            "a lagging number is one too",
            site(product("nukeviet", stated("4.0", "NukeViet v4.0", Precision.PRINTED, ("4.0", "4.1")))),
            "fail",
        ),
        Example(
            "only conclusions of ours",
            site(product("joomla", implied("3", saw="/media/jui/js/jquery.min.js"))),
            "pass",
        ),
        Example(
            "a lower bound of ours", site(product("drupal", at_least("8", "drupal-settings-json"))), "pass"
        ),
        Example("product without a number", site(product("joomla")), "pass"),
        Example("nothing recognised", site(), "notapplicable"),
    ),
)
def version_disclosed(platform: Platform, _ctx: Context) -> Judgement:
    """Judge numbers that stand on the page; what the scanner concludes from paths discloses nothing by itself."""
    if not platform.products:
        return NotApplicable("absent")
    shown = [(p.name, claim) for p in platform.products for claim in p.claims if _is_disclosed(claim)]
    if not shown:
        return Pass(", ".join(p.name for p in platform.products), (platform.url,))
    version = ", ".join(dict.fromkeys(f"{name} {claim.text}" for name, claim in shown))
    saw = " | ".join(dict.fromkeys(f"{claim.method}: {claim.saw}" for _name, claim in shown))
    where = tuple(dict.fromkeys(claim.source for _name, claim in shown))
    return Fail(saw, where, "shown", (("version", version),))


def _is_disclosed(claim: Claim) -> bool:
    return claim.is_printed and bool(claim.text) and claim.method != HEADER
