"""http.version-disclosed: headers name the exact version of the server's software."""

import re

from scanner.author import Context, Example, Fail, Judgement, Page, Pass, Severity, Text, check
from scanner.samples.web import page

HEADERS = ("server", "x-powered-by", "x-aspnet-version", "x-aspnetmvc-version", "x-generator", "via")
# a number with a dot, or one right behind a product name; `Via: 1.1 proxy` is the protocol, not a version
VERSION = re.compile(r"[A-Za-z\-_)][ /](v?\d+(?:\.\d+)+|\d+)\b|^\s*v?\d+\.\d+(?:\.\d+)+")
VIA = re.compile(r"\([^)]*\d+\.\d+[^)]*\)")


@check(
    "http.version-disclosed",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Tiêu đề lộ phiên bản phần mềm", en="Headers disclose software versions"),
    why=Text(
        vi="Biết đúng phiên bản, kẻ tấn công chọn được ngay lỗ hổng phù hợp. Ẩn đi không thay cho cập nhật.",
        en="Knowing the exact version, an attacker picks the matching hole at once. Hiding it does not replace updating.",
    ),
    fix=Text(
        vi="Tắt số phiên bản trong tiêu đề Server, X-Powered-By và các tiêu đề tương tự.",
        en="Switch version numbers off in Server, X-Powered-By and their like.",
    ),
    refs=("RFC 9110 section 10.2.4",),
    howto="hide-version",
    notes={"told": Text(vi="Trả lời nêu: {headers}.", en="Answers name: {headers}.")},
    examples=(
        Example("nginx with a number", page(("Server", "nginx/1.14.0 (Ubuntu)")), "fail"),
        Example("PHP", page(("X-Powered-By", "PHP/5.6.40")), "fail"),
        Example("IIS", page(("Server", "Microsoft-IIS/7.5")), "fail"),
        Example("ASP.NET", page(("X-AspNet-Version", "4.0.30319")), "fail"),
        Example("generator", page(("X-Generator", "Drupal 7 (http://drupal.org)")), "fail"),
        Example("product name alone", page(("Server", "nginx"), ("X-Powered-By", "ASP.NET")), "pass"),
        Example("nothing", page(), "pass"),
        Example("protocol number of a proxy", page(("Via", "1.1 varnish")), "pass"),
        Example("version of a proxy", page(("Via", "1.1 proxy (squid/3.5.20)")), "fail"),
        Example("name with a digit", page(("Server", "cloudflare2")), "pass"),
    ),
)
def version_disclosed(page: Page, _ctx: Context) -> Judgement:
    """A product name is no fault, a number behind it is."""
    told = [line for name in HEADERS for line in page.lines(name)]
    bad = [line for line in told if _has_version(*line.split(": ", 1))]
    if bad:
        values = (("headers", "; ".join(bad)),)
        return Fail(saw="\n".join(bad), where=(page.url,), note="told", values=values)
    return Pass(saw="\n".join(told) or f"GET {page.url}: none of {', '.join(HEADERS)}")


def _has_version(name: str, value: str) -> bool:
    if name.lower() == "via":
        return bool(VIA.search(value))
    return bool(VERSION.search(value)) or (
        name.lower().endswith("-version") and bool(re.search(r"\d+\.\d+", value))
    )
