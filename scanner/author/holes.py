# ruff: noqa: E501 - a Vietnamese sentence is one line, as in the report
"""What the checks for published holes share: one judgement of a release, and its sentences."""

from collections.abc import Sequence
from dataclasses import replace

from scanner.author.cms import data_values, named, packager, places, proof, readable, shared_notes
from scanner.identify.platform import Platform
from scanner.identify.support import Reading
from scanner.identify.vulnerable import Grade, Hole, first_free, holes_of, release_of
from scanner.model.check import Context, Fail, Judgement, NotApplicable, Pass, Unknown
from scanner.model.evidence import Why
from scanner.model.finding import Confidence, Values
from scanner.model.reference import ProductTable
from scanner.model.text import Text

LISTED = 20  # holes named in one finding
UNSURE = frozenset({"perhaps", "packaged"})  # sentences of faults that are only possible


def judge_holes(platform: Platform, ctx: Context, key: str, *, only_exploited: bool = False) -> Judgement:
    """The published holes of the release a product runs; nothing is listed where only a line is known."""
    found = readable(platform, ctx, key)
    if not isinstance(found, tuple):
        return found
    product, reading, table = found
    records = ctx.ref.vulnerabilities.get(key, ())
    values = data_values(reading, table, ctx)
    if not reading.candidates:
        return Unknown(Why.NOT_ASKED, proof(product, reading), "no-release", values)
    if not records:
        return Unknown(Why.NOT_ASKED, proof(product, reading), "no-data", values)
    distribution = packager(platform, ctx, key, reading)
    holes = holes_of(
        reading.candidates, records, or_later=reading.or_later, at_most_possible=bool(distribution)
    )
    if only_exploited:
        holes = tuple(hole for hole in holes if hole.record.kev)
    saw = f"{proof(product, reading)} | releases: {', '.join(reading.candidates)}{'+' if reading.or_later else ''}"
    if not holes:
        return Pass(saw, places(reading), values)
    found_holes = fault(saw, holes, reading.confidence, (*values, *_fixed(reading, table, ctx, key)))
    if not distribution:
        return found_holes
    return replace(found_holes, note="packaged", values=(*found_holes.values, ("distribution", distribution)))


def fault(saw: str, holes: Sequence[Hole], confidence: Confidence, values: Values) -> Fail:
    """The fault: what is sure decides the words and the confidence; every hole stands in a line of its own."""
    sure = [hole for hole in holes if hole.grade is Grade.AFFECTED]
    told = sure or holes
    exploited = sum(1 for hole in told if hole.record.kev)
    scores = [hole.record.cvss.score for hole in told if hole.record.cvss]
    figures = (
        ("holes", str(len(told))),
        ("exploited", str(exploited)),
        ("worst", f"{max(scores):g}" if scores else "–"),
        ("example", told[0].record.id),
    )
    note = ("exploited" if exploited else "affected") if sure else "perhaps"
    listed = tuple(hole.line for hole in holes[:LISTED])
    return Fail(saw, listed, note, (*values, *figures), confidence if sure else Confidence.LOW)


def _fixed(reading: Reading, table: ProductTable, ctx: Context, key: str) -> Values:
    newest = release_of(reading.candidates[-1])
    records = ctx.ref.vulnerabilities.get(key, ())
    fixed = first_free(newest, records, table.releases) if newest else ""
    return (("fixed", fixed or "–"),)


def hole_notes(name: str) -> dict[str, Text]:
    """The sentences of `judge_holes` for one product."""
    data_vi, data_en = "(theo dữ liệu ngày {holes_on})", "(data of {holes_on})"
    return {
        **shared_notes(name),
        "no-release": Text(
            vi=f"Chỉ biết {name} {{version}}, chưa biết bản phát hành cụ thể nên không liệt kê lỗ hổng; hãy xem trong trang quản trị.",
            en=f"Only {name} {{version}} is known, not the release, so no holes are listed; look it up in the administration.",
        ),
        "no-data": Text(
            vi=f"Bảng dữ liệu ngày {{holes_on}} không có lỗ hổng nào của {name} để đối chiếu.",
            en=f"The data of {{holes_on}} holds no record of {name} to compare with.",
        ),
        "affected": Text(
            vi=f"{name} {{version}} có {{holes}} lỗ hổng đã công bố (điểm CVSS cao nhất {{worst}}, ví dụ {{example}}); bản đầu tiên không còn các lỗ hổng này: {{fixed}} {data_vi}.",
            en=f"{name} {{version}} has {{holes}} published holes (highest CVSS score {{worst}}, such as {{example}}); first release without them: {{fixed}} {data_en}.",
        ),
        "exploited": Text(
            vi=f"{name} {{version}} có {{holes}} lỗ hổng đã công bố, trong đó {{exploited}} lỗ hổng đang bị khai thác ngoài thực tế (ví dụ {{example}}); bản đầu tiên không còn các lỗ hổng này: {{fixed}} {data_vi}.",
            en=f"{name} {{version}} has {{holes}} published holes, {{exploited}} of them exploited in the wild (such as {{example}}); first release without them: {{fixed}} {data_en}.",
        ),
        "packaged": Text(
            vi=f"{name} {{version}} có thể bị ảnh hưởng bởi {{holes}} lỗ hổng đã công bố (ví dụ {{example}}). Nếu đây là gói của {{distribution}} thì lỗ hổng có thể đã được vá mà không đổi số: hãy xem phiên bản gói trên máy chủ. Bản của nhà phát triển chắc chắn không còn các lỗ hổng này: {{fixed}} {data_vi}.",
            en=f"{name} {{version}} may be affected by {{holes}} published holes (such as {{example}}). If this is the package of {{distribution}}, they may be repaired behind the same number: look up the package on the server. First release of its makers that is surely free of them: {{fixed}} {data_en}.",
        ),
        "perhaps": Text(
            vi=f"{name} {{version}} có thể bị ảnh hưởng bởi {{holes}} lỗ hổng đã công bố (ví dụ {{example}}); hãy xác nhận bản phát hành trong trang quản trị. Bản đầu tiên chắc chắn không còn các lỗ hổng này: {{fixed}} {data_vi}.",
            en=f"{name} {{version}} may be affected by {{holes}} published holes (such as {{example}}); confirm the release in the administration. First release that is surely free of them: {{fixed}} {data_en}.",
        ),
    }


def judge_exploited(platform: Platform, ctx: Context) -> Judgement:
    """Whether any product of a site has a hole of the catalogue of exploited ones; a sure hole speaks first."""
    if not platform.products:
        return NotApplicable("nothing")
    judged = [
        named(judge_holes(platform, ctx, p.key, only_exploited=True), p.name) for p in platform.products
    ]
    faults = [j for j in judged if isinstance(j, Fail)]
    if faults:
        return min(faults, key=lambda j: j.note in UNSURE)
    passed = [j for j in judged if isinstance(j, Pass)]
    if passed:
        return passed[0]
    return judged[0]


def exploited_notes() -> dict[str, Text]:
    """The sentences of `judge_exploited`; they name the product."""
    return {
        **{key: words for key, words in hole_notes("{name}").items() if key != "absent"},
        "nothing": Text(
            vi="Trang đã đọc không có dấu hiệu của hệ quản trị nội dung nào.",
            en="The page that was read shows no sign of a content management system.",
        ),
    }
