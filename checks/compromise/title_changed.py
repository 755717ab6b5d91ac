"""compromise.title-changed: title or language of the page is not what it was."""

from scanner.author import (
    Change,
    Confidence,
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Pass,
    Severity,
    Text,
    check,
)
from scanner.author.change import SENTENCES
from scanner.samples.change import OTHERS, beside, first_look


@check(
    "compromise.title-changed",
    on=Change,
    severity=Severity.LOW,
    since="0.1",
    confidence=Confidence.LOW,
    title=Text(vi="Tiêu đề hoặc ngôn ngữ trang đã đổi", en="Title or language of the page has changed"),
    why=Text(
        vi="Đổi tiêu đề, ngôn ngữ mà không ai hay có thể là dấu hiệu trang bị sửa; cũng có khi cơ quan đổi tên hoặc làm lại trang.",
        en="A change nobody knows of can mean that the page was altered; it may also be a new name or a new design.",
    ),
    fix=Text(
        vi="Xác nhận với người quản trị. Nếu đúng, ghi ngày kiểm tra vào reviewed_on trong danh mục.",
        en="Ask the webmaster. If rightful, write the day into reviewed_on of the inventory.",
    ),
    refs=("MITRE ATT&CK T1491.002",),
    howto="incident-first-steps",
    notes={
        **SENTENCES,
        "title": Text(
            vi='Tiêu đề ngày {since_on} là "{former}", nay là "{now}".',
            en='The title of {since_on} was "{former}", now it is "{now}".',
        ),
        "language": Text(
            vi='Ngôn ngữ khai báo ngày {since_on} là "{former}", nay là "{now}".',
            en='The language stated on {since_on} was "{former}", now it is "{now}".',
        ),
        "replaced": Text(
            vi="Cả trang đã khác; xem compromise.page-replaced.",
            en="The whole page is another; see compromise.page-replaced.",
        ),
    },
    examples=(
        Example("another title", beside(title="Chào mừng quý khách"), "fail"),
        Example("another language", beside(lang="id"), "fail"),
        Example("the same but for numbers", beside(title="Sở Mẫu: trang thông tin (3)"), "pass"),
        Example("accents lost, a word added", beside(title="So Mau - Trang thong tin dien tu"), "pass"),
        Example("no language stated now", beside(lang=""), "pass"),
        Example("region added", beside(lang="vi-VN"), "pass"),
        Example(
            "another page altogether",
            beside(title="Berita hari ini", lang="id", links=OTHERS),
            "notapplicable",
        ),
        Example("first scan", first_look(), "notapplicable"),
    ),
)
def title_changed(change: Change, _ctx: Context) -> Judgement:
    """Judge a title that shares fewer than half of its words, or another language; a replaced page is told elsewhere."""
    if change.is_replaced:
        return NotApplicable("replaced")
    day = change.before.seen_at.date().isoformat()
    old, new = change.before.look, change.now
    if change.has_new_language:
        saw = f"lang={old.lang!r} ({day}) → lang={new.lang!r}"
        values = (("former", old.lang), ("now", new.lang), ("since_on", day))
        return Fail(saw, (change.url,), "language", values)
    if change.has_new_title:
        saw = f"{old.title!r} ({day}) → {new.title!r}"
        values = (("former", old.title[:100]), ("now", new.title[:100]), ("since_on", day))
        return Fail(saw, (change.url,), "title", values)
    return Pass(saw=f"{new.title!r} lang={new.lang!r}, as on {day}", where=(change.url,))
