"""cms.version-conflict: parts of one product are of different releases."""

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
from scanner.author.cms import clues_line, places, proof
from scanner.identify.products import Certainty, Precision, Product
from scanner.identify.support import LITERAL, reading_of
from scanner.samples.cms import by_files, declared, exact, product, site


@check(
    "cms.version-conflict",
    on=Platform,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(
        vi="Các phần của hệ thống thuộc những phiên bản khác nhau",
        en="Parts of one system are of different releases",
    ),
    why=Text(
        vi="Một lần cập nhật dở dang để lại tệp cũ còn lỗ hổng, trong khi trang quản trị báo là đã cập nhật xong. Cũng có thể bộ nhớ đệm đang phát ra trang cũ.",
        en="An update that stopped half-way leaves old files with holes behind, while the administration says that all is done. It may also be a cache that serves an old page.",
    ),
    fix=Text(
        vi="Xóa bộ nhớ đệm; nếu các phiên bản vẫn khác nhau, chép đè toàn bộ gói phát hành chính thức của bản mới và chạy lại bước cập nhật cơ sở dữ liệu.",
        en="Clear the caches; if the releases still differ, copy the whole official package of the newer one over the files and run the database update again.",
    ),
    refs=("CWE-1104",),
    howto="repair-half-update",
    confidence=Confidence.MEDIUM,
    notes={
        "differ": Text(
            vi="{name} tự ghi nhiều phiên bản khác nhau: {versions}.",
            en="{name} names different releases of itself: {versions}.",
        ),
        "mixed": Text(
            vi="Các tệp của {name} thuộc những bản phát hành không thể cùng tồn tại.",
            en="Files of {name} belong to releases that exclude each other.",
        ),
        "absent": Text(
            vi="Trang đã đọc không có dấu hiệu chắc chắn của hệ quản trị nội dung nào.",
            en="The page that was read shows no sure sign of a content management system.",
        ),
        "one-source": Text(
            vi="{name} chỉ cho biết phiên bản ở một nơi, hoặc không nơi nào; không có gì để so sánh.",
            en="{name} tells its release in one place or nowhere; there is nothing to compare.",
        ),
    },
    examples=(
        Example(
            "the manifest is newer than the page",
            site(product("joomla", exact("3.10.12", "3.10.12", "literal"), exact("3.10.5", "3.10.5"))),
            "fail",
        ),
        Example(
            "the manifest is newer than the files",
            site(product("joomla", exact("3.6.5", "3.6.5", "literal"), by_files("3.6.2"))),
            "fail",
        ),
        Example("files of several releases", site(product("joomla", by_files())), "fail"),
        Example(
            "two places agree",
            site(product("wordpress", exact("6.8.3", "6.8.3", "literal"), exact("6.8.3", "WordPress 6.8.3"))),
            "pass",
        ),
        Example(
            "the release is one of those the files leave",
            site(product("joomla", exact("3.4.8", "3.4.8", "literal"), by_files("3.4.4", "3.4.8"))),
            "pass",
        ),
        Example(
            "newer than the files the data knows",
            site(product("joomla", exact("5.4.9", "5.4.9", "literal"), by_files("5.4.4", or_later=True))),
            "pass",
        ),
        Example(
            "what a person typed contradicts nothing",
            site(product("joomla", declared("3.4", "Joomla 3.4"))),
            "unknown",
        ),
        Example("one place", site(product("joomla", exact("5.4.8", "5.4.8", "literal"))), "unknown"),
        Example("one weak sign", site(product("joomla", certainty=Certainty.POSSIBLE)), "notapplicable"),
        Example("nothing recognised", site(), "notapplicable"),
    ),
)
def version_conflict(platform: Platform, ctx: Context) -> Judgement:
    """Compare what version files, the page and the hashes of files say; the surest product speaks."""
    products = [p for p in platform.products if p.certainty is not Certainty.POSSIBLE]
    if not products:
        return NotApplicable("absent")
    faults = [found for p in products if (found := _fault(p, ctx))]
    if faults:
        return faults[0]
    compared = next((p for p in products if _sources(p) > 1), None)
    if compared is None:
        first = products[0]
        return Unknown(Why.NOT_ASKED, clues_line(first), "one-source", (("name", first.name),))
    reading = reading_of(compared, ctx.ref.products.get(compared.key))
    return Pass(proof(compared, reading) if reading else clues_line(compared))


def _fault(product: Product, ctx: Context) -> Fail | None:
    mixed = next((c for c in product.claims if c.precision is Precision.FILES and not c.candidates), None)
    reading = reading_of(product, ctx.ref.products.get(product.key))
    if reading is not None and reading.conflict:
        told = " | ".join(f"{c.method}: {c.saw}" for c in product.claims if c.precision in STATED)
        values = (("name", product.name), ("versions", ", ".join(reading.conflict)))
        return Fail(told, places(reading), "differ", values)
    if mixed is not None:
        return Fail(f"{mixed.method}: {mixed.saw}", (mixed.source,), "mixed", (("name", product.name),))
    return None


STATED = frozenset({Precision.EXACT, Precision.FILES})


def _sources(product: Product) -> int:
    """How many independent places tell the release: files that print it, the page, hashes."""
    exact = {c.method == LITERAL for c in product.claims if c.precision is Precision.EXACT}
    methods = {c.method for c in product.claims if c.precision is Precision.EXACT}
    by_files = any(c.precision is Precision.FILES and c.candidates for c in product.claims)
    return max(len(exact), len(methods)) + by_files
