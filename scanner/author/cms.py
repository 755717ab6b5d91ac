# ruff: noqa: E501 - a Vietnamese sentence is one line, as in the report
"""What the checks of content management systems share: two judgements and their sentences.

The checks stay one file each, since severity, remedy and references differ by product; how a reading of the
version becomes a verdict is the same for all and stands here once.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from scanner.identify.packaged import packager_of
from scanner.identify.platform import Platform
from scanner.identify.products import Certainty, Product
from scanner.identify.support import (
    Reading,
    State,
    Support,
    newest,
    newest_release,
    newest_supported,
    reading_of,
    releases_of,
    support_of,
)
from scanner.model.check import Context, Fail, Judgement, NotApplicable, Pass, Unknown
from scanner.model.evidence import Why
from scanner.model.finding import Confidence, Values
from scanner.model.reference import ProductTable
from scanner.model.text import Text
from scanner.parse.version import parse_version

PROOFS = 4  # signs quoted in a finding


def judge_support(
    platform: Platform, ctx: Context, key: str, *, old_lines_get_fixes: bool = False
) -> Judgement:
    """Whether the release line of a product is out of support on the day of the visit.

    `old_lines_get_fixes` is explained at `line_support`.
    """
    found = readable(platform, ctx, key)
    if not isinstance(found, tuple):
        return found
    product, reading, table = found
    day = ctx.seen_at.date()
    supports = support_of(reading, table, day, old_lines_get_fixes=old_lines_get_fixes)
    values = data_values(reading, table, ctx)
    if all(s.is_over for s in supports):
        fault = _over(product, reading, supports, values)
        if packager(platform, ctx, key, reading):
            fault = replace(
                fault, confidence=Confidence.LOW
            )  # a distribution supports what its makers do not
        return _beyond_public(fault, supports, values) if _is_beyond_public(reading, table, day) else fault
    if all(s.state is State.SUPPORTED for s in supports) and not reading.is_lower_bound:
        if reading.method == "declared":
            return Unknown(Why.NOT_ASKED, proof(product, reading), "only-declared", values)
        return Pass(proof(product, reading), places(reading), values)
    note = _undecided(supports)
    return Unknown(Why.NOT_ASKED, proof(product, reading), note, values)


def judge_patches(
    platform: Platform, ctx: Context, key: str, *, old_lines_get_fixes: bool = False
) -> Judgement:
    """Whether the exact release a product prints is the newest of its line on the day of the visit."""
    found = readable(platform, ctx, key)
    if not isinstance(found, tuple):
        return found
    product, reading, table = found
    values = data_values(reading, table, ctx)
    if reading.exact is None and (reading.or_later or not reading.candidates):
        return Unknown(Why.NOT_ASKED, proof(product, reading), "no-exact", values)
    day = ctx.seen_at.date()
    if len(reading.lines) != 1:
        return Unknown(Why.NOT_ASKED, proof(product, reading), "no-line", values)
    supports = support_of(reading, table, day, old_lines_get_fixes=old_lines_get_fixes)
    if all(s.is_over for s in supports):
        return NotApplicable("line-over", proof(product, reading))
    judged = _patches(product, reading, table, day, values)
    distribution = packager(platform, ctx, key, reading)
    if isinstance(judged, Fail) and distribution:
        named_too = (*judged.values, ("distribution", distribution))
        return replace(judged, note="behind-packaged", values=named_too, confidence=Confidence.LOW)
    return judged


def packager(platform: Platform, ctx: Context, key: str, reading: Reading) -> str:
    """The distribution whose package this may be, "" when it is none."""
    return packager_of(key, reading.candidates, platform.components, ctx.ref.packaged)


def readable(
    platform: Platform, ctx: Context, key: str
) -> tuple[Product, Reading, ProductTable] | NotApplicable | Unknown:
    """The product, its version and its calendar; or why nothing can be said of them."""
    product = platform.product(key)
    if product is None:
        return NotApplicable("absent")
    if product.certainty is Certainty.POSSIBLE:
        return Unknown(Why.NOT_ASKED, clues_line(product), "possible")
    table = ctx.ref.products.get(key)
    reading = reading_of(product, table)
    if reading is None or table is None:
        return Unknown(Why.NOT_ASKED, clues_line(product), "no-version")
    return product, reading, table


def _over(product: Product, reading: Reading, supports: tuple[Support, ...], values: Values) -> Fail:
    """The fault, with the latest of the days that may apply: never earlier than proven."""
    states = {s.state for s in supports}
    ends = [s.ended_on for s in supports if s.ended_on]
    last = [s.last_release_on for s in supports if s.last_release_on]
    dated = (("ended_on", max(ends).isoformat()),) if len(ends) == len(supports) else ()
    released = (("last_release_on", max(last).isoformat()),) if last else ()
    if State.ABANDONED in states:
        note = "abandoned" if released else "undated"
    elif not dated:
        note = "undated"
    elif State.ENDED_BEFORE in states:
        note = "ended-before"
    else:
        note = "ended-declared" if reading.method == "declared" else "ended"
    confidence = reading.confidence
    if State.ABANDONED in states and confidence is Confidence.HIGH:
        confidence = Confidence.MEDIUM  # concluded from silence, not from a calendar
    return Fail(proof(product, reading), places(reading), note, (*values, *dated, *released), confidence)


def _beyond_public(fault: Fail, supports: tuple[Support, ...], values: Values) -> Judgement:
    """A release the data does not know: paid repairs where support ended by calendar, else a line that lives on."""
    if all(s.state is State.ENDED and s.ended_on for s in supports):
        return replace(fault, note="extended", confidence=Confidence.LOW)
    return Unknown(Why.NOT_ASKED, fault.saw, "newer", values)


def _is_beyond_public(reading: Reading, table: ProductTable, day: date) -> bool:
    """True for a release that came after the last one of its line the data knows."""
    if reading.exact is None or len(reading.lines) != 1:
        return False
    public = newest_release(reading.lines[0], table, day)
    return bool(public) and reading.exact > parse_version(public)


def _undecided(supports: tuple[Support, ...]) -> str:
    states = {s.state for s in supports}
    if State.NEWER in states:
        return "newer"
    if State.UNKNOWN in states:
        return "no-calendar"
    return "several-lines"


def _patches(product: Product, reading: Reading, table: ProductTable, day: date, values: Values) -> Judgement:
    line = reading.lines[0]
    best = reading.exact or parse_version(reading.candidates[-1])
    missed = [n for n in releases_of(line, table, day) if parse_version(n) > best]
    if not missed and reading.exact is None:
        return Unknown(Why.NOT_ASKED, proof(product, reading), "no-exact", values)
    if not missed:
        return Pass(proof(product, reading), places(reading), values)
    cycle = next(c for c in table.cycles if c.line == line)
    first_on = table.releases.get(missed[0]) or cycle.latest_on or day
    more = (
        ("newest", missed[-1]),
        ("releases", str(len(missed))),
        ("missed_on", first_on.isoformat()),
        ("days", str((day - first_on).days)),
    )
    return Fail(proof(product, reading), places(reading), "behind", (*values, *more), reading.confidence)


def data_values(reading: Reading, table: ProductTable, ctx: Context) -> Values:
    """What every sentence may use: the version, its line, where to go, and how old the data is."""
    day = ctx.seen_at.date()
    goal = newest_supported(table, day) or newest(table)
    target = (newest_release(goal.line, table, day) or goal.line) if goal else ""
    return (
        ("version", reading.text),
        ("line", ", ".join(reading.lines) or reading.text),
        ("target", target),
        ("method", reading.method),
        ("data_on", ctx.ref.data_date.isoformat()),
        ("holes_on", (ctx.ref.vulnerabilities_on or ctx.ref.data_date).isoformat()),
    )


def proof(product: Product, reading: Reading) -> str:
    """The signs the reading rests on, verbatim: method and text."""
    seen = [f"{claim.method}: {claim.saw}" for claim in reading.claims]
    return " | ".join(dict.fromkeys((*seen, *_lines(product))[:PROOFS]))


def clues_line(product: Product) -> str:
    """The first signs of a product, verbatim."""
    return " | ".join(_lines(product)[:PROOFS])


def _lines(product: Product) -> tuple[str, ...]:
    return tuple(f"{clue.kind}: {clue.saw}" for clue in product.clues)


def places(reading: Reading) -> tuple[str, ...]:
    """Where the signs of a reading were seen."""
    return tuple(dict.fromkeys(claim.source for claim in reading.claims))


# ---- sentences -------------------------------------------------------------------------------------------------


def shared_notes(name: str) -> dict[str, Text]:
    """Why nothing could be said, for every check of one product."""
    return {
        "absent": Text(
            vi=f"Trang đã đọc không có dấu hiệu của {name}.",
            en=f"The page that was read shows no sign of {name}.",
        ),
        "possible": Text(
            vi=f"Chỉ có một dấu hiệu yếu của {name}; chưa đủ căn cứ để kết luận.",
            en=f"There is only one weak sign of {name}, too little to conclude from.",
        ),
        "no-version": Text(
            vi=f"Trang dùng {name} nhưng không cho biết phiên bản; cần kiểm tra sâu hơn hoặc xem trong trang quản trị.",
            en=f"The site runs {name} but does not show its version; look deeper, or look it up in the administration.",
        ),
    }


def support_notes(name: str) -> dict[str, Text]:
    """The sentences of `judge_support` for one product."""
    data_vi, data_en = "(theo dữ liệu ngày {data_on})", "(data of {data_on})"
    return {
        **shared_notes(name),
        "ended": Text(
            vi=f"{name} {{version}}, hết hỗ trợ từ {{ended_on}}; nâng cấp lên {name} {{target}} {data_vi}.",
            en=f"{name} {{version}}, out of support since {{ended_on}}; upgrade to {name} {{target}} {data_en}.",
        ),
        "ended-declared": Text(
            vi=f"Chân trang ghi {name} {{version}}, hết hỗ trợ từ {{ended_on}}; hãy đối chiếu phiên bản trong trang quản trị rồi nâng cấp lên {name} {{target}} {data_vi}.",
            en=f"The footer says {name} {{version}}, out of support since {{ended_on}}; confirm the version in the administration, then upgrade to {name} {{target}} {data_en}.",
        ),
        "ended-before": Text(
            vi=f"{name} {{version}} thuộc dòng cũ hơn dòng đã hết hỗ trợ từ {{ended_on}}; nâng cấp lên {name} {{target}} {data_vi}.",
            en=f"{name} {{version}} is older than a release line that has been out of support since {{ended_on}}; upgrade to {name} {{target}} {data_en}.",
        ),
        "extended": Text(
            vi=f"{name} {{version}} mới hơn bản công khai cuối cùng của dòng này: có thể đang dùng gói hỗ trợ kéo dài có trả phí. Hãy yêu cầu đơn vị cung cấp gửi bằng chứng; nếu không có, nâng cấp lên {name} {{target}} {data_vi}.",
            en=f"{name} {{version}} is newer than the last public release of its line: it may be under paid extended support. Ask the vendor for proof; without it, upgrade to {name} {{target}} {data_en}.",
        ),
        "undated": Text(
            vi=f"{name} {{version}} không còn được hỗ trợ (không công bố ngày); nâng cấp lên {name} {{target}} {data_vi}.",
            en=f"{name} {{version}} is no longer supported (no date was published); upgrade to {name} {{target}} {data_en}.",
        ),
        "abandoned": Text(
            vi=f"{name} {{version}}: dòng này không có bản vá nào từ {{last_release_on}} trong khi đã có dòng mới hơn; nâng cấp lên {name} {{target}} {data_vi}.",
            en=f"{name} {{version}}: this line has had no release since {{last_release_on}} while newer lines exist; upgrade to {name} {{target}} {data_en}.",
        ),
        "only-declared": Text(
            vi=f"Chân trang ghi {name} {{version}}, dòng còn được hỗ trợ, nhưng chữ ở chân trang do người nhập; hãy xác nhận trong trang quản trị.",
            en=f"The footer says {name} {{version}}, which is supported, but a person typed that; confirm it in the administration.",
        ),
        "newer": Text(
            vi=f"{name} {{version}} mới hơn bảng dữ liệu ngày {{data_on}}; hãy cập nhật dữ liệu rồi xét lại.",
            en=f"{name} {{version}} is newer than the data of {{data_on}}; update the data and judge again.",
        ),
        "no-calendar": Text(
            vi=f"{name} {{version}}: chưa có ngày kết thúc hỗ trợ được công bố {data_vi}.",
            en=f"{name} {{version}}: no end of support has been published {data_en}.",
        ),
        "several-lines": Text(
            vi=f"{name} {{version}} có thể thuộc nhiều dòng, có dòng còn hỗ trợ, có dòng không; cần xem phiên bản trong trang quản trị.",
            en=f"{name} {{version}} may belong to several lines, of which some are supported and some are not; look the version up in the administration.",
        ),
    }


def patch_notes(name: str) -> dict[str, Text]:
    """The sentences of `judge_patches` for one product."""
    return {
        **shared_notes(name),
        "behind": Text(
            vi=f"{name} {{version}} chậm {{releases}} bản vá, đã {{days}} ngày kể từ bản đầu tiên còn thiếu ({{missed_on}}); cập nhật lên {name} {{newest}} (theo dữ liệu ngày {{data_on}}).",
            en=f"{name} {{version}} is {{releases}} releases and {{days}} days behind, the first missed release is of {{missed_on}}; update to {name} {{newest}} (data of {{data_on}}).",
        ),
        "behind-packaged": Text(
            vi=f"{name} {{version}} chậm {{releases}} bản vá, đã {{days}} ngày kể từ bản đầu tiên còn thiếu ({{missed_on}}). Nếu đây là gói của {{distribution}} thì bản vá có thể đã có mà không đổi số: hãy xem phiên bản gói trên máy chủ; nếu không, cập nhật lên {name} {{newest}} (theo dữ liệu ngày {{data_on}}).",
            en=f"{name} {{version}} is {{releases}} releases and {{days}} days behind, the first missed release is of {{missed_on}}. If this is the package of {{distribution}}, it may be repaired behind the same number: look up the package on the server; otherwise update to {name} {{newest}} (data of {{data_on}}).",
        ),
        "no-exact": Text(
            vi=f"Chỉ biết {name} {{version}}, chưa biết chính xác bản vá; hãy xem trong trang quản trị.",
            en=f"Only {name} {{version}} is known, not the exact release; look it up in the administration.",
        ),
        "no-line": Text(
            vi=f"Bảng dữ liệu ngày {{data_on}} không có dòng phiên bản của {name} {{version}}.",
            en=f"The data of {{data_on}} has no release line for {name} {{version}}.",
        ),
        "line-over": Text(
            vi=f"Cả dòng {name} này đã hết hỗ trợ; phép kiểm tra về hết hỗ trợ nêu rõ việc cần làm.",
            en=f"The whole line of {name} is out of support; the check for that says what to do.",
        ),
    }


# ---- every other product at once -------------------------------------------------------------------------------

OWN_CHECKS = frozenset({"joomla", "wordpress", "drupal", "nukeviet"})


def judge_others(
    platform: Platform, judge: Callable[[str], Judgement], *, apart_from: frozenset[str] = OWN_CHECKS
) -> Judgement:
    """The verdict over every product that has no check of its own: a failure speaks first, then what is unknown.

    A product with one weak sign is heard only where no other is surely there.
    """
    others = [p for p in platform.products if p.key not in apart_from]
    heard = [p for p in others if p.certainty is not Certainty.POSSIBLE] or others
    if not heard:
        return NotApplicable("no-other")
    judged = [named(judge(p.key), p.name) for p in heard]
    for kind in (Fail, Unknown, Pass):
        first = next((j for j in judged if isinstance(j, kind)), None)
        if first is not None:
            return first
    return judged[0]


def named(judgement: Judgement, name: str) -> Judgement:
    """The same judgement with the product's name for its sentence."""
    if isinstance(judgement, Fail | Unknown):
        return replace(judgement, values=(("name", name), *judgement.values))
    return judgement


def notes_of_others(notes: dict[str, Text]) -> dict[str, Text]:
    """Sentences that name the product themselves, and those for a site without one and for a line that is over."""
    kept = {key: words for key, words in notes.items() if key != "absent"}
    no_other = Text(
        vi="Trang đã đọc không có dấu hiệu của hệ quản trị nội dung nào khác mà công cụ theo dõi.",
        en="The page that was read shows no sign of any other system this tool follows.",
    )
    line_over = Text(
        vi="Cả dòng phiên bản đang dùng đã hết hỗ trợ; phép kiểm tra về hết hỗ trợ nêu rõ việc cần làm.",
        en="The whole line in use is out of support; the check for that says what to do.",
    )
    return kept | {"no-other": no_other} | ({"line-over": line_over} if "line-over" in kept else {})
