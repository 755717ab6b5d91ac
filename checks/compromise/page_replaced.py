"""compromise.page-replaced: the home page is another page than the one an earlier scan saw."""

from scanner.author import (
    Change,
    Confidence,
    Context,
    Example,
    Fail,
    Judgement,
    Pass,
    Severity,
    Text,
    check,
)
from scanner.author.change import SENTENCES
from scanner.samples.change import LINKS, OTHERS, beside, first_look


@check(
    "compromise.page-replaced",
    on=Change,
    severity=Severity.HIGH,
    since="0.1",
    confidence=Confidence.MEDIUM,
    title=Text(vi="Trang chủ đã thành một trang khác", en="The home page has become another page"),
    why=Text(
        vi="Trang bị chiếm, tên miền bị người khác dùng lại hoặc máy chủ trỏ nhầm đều khiến người dân đọc nội dung không phải của cơ quan.",
        en="A site taken over, a name in other hands or a server set up wrongly: people read what is not the agency's.",
    ),
    fix=Text(
        vi="Hỏi ngay người quản trị. Nếu là giao diện mới, ghi ngày kiểm tra vào reviewed_on trong danh mục; nếu không, xử lý như sự cố.",
        en="Ask the webmaster at once. If it is a new design, write the day into reviewed_on of the inventory; if not, treat it as an incident.",
    ),
    refs=("MITRE ATT&CK T1491.002", "CWE-506"),
    howto="incident-first-steps",
    notes={
        **SENTENCES,
        "another": Text(
            vi='So với ngày {since_on}: còn {kept} liên kết cũ; tiêu đề "{now}".',
            en='Beside {since_on}: {kept} of the links are left; the title is "{now}".',
        ),
    },
    examples=(
        Example("links and title are others", beside(title="Kubet casino", links=OTHERS), "fail"),
        Example("links and language are others", beside(lang="id", links=OTHERS), "fail"),
        Example("title and language are others", beside(title="Berita hari ini", lang="id"), "fail"),
        Example("news of a week", beside(links=(*LINKS[:20], *OTHERS[:20])), "pass"),
        Example("a new title alone", beside(title="Cổng mới"), "pass"),
        Example("other links alone", beside(links=OTHERS), "pass"),
        Example("too few links to tell", beside(title="Cổng mới", links=OTHERS[:5]), "pass"),
        Example("first scan", first_look(), "notapplicable"),
    ),
)
def page_replaced(change: Change, _ctx: Context) -> Judgement:
    """Judge two changes together: one alone happens to every honest site."""
    day = change.before.seen_at.date().isoformat()
    kept = "?" if change.kept_links is None else f"{change.kept_links:.0%}"
    old, new = change.before.look, change.now
    saw = (
        f"GET {change.url}: {kept} of links kept since {day} ({change.before.scan_id})\n"
        f"{old.title!r} lang={old.lang!r} → {new.title!r} lang={new.lang!r}"
    )
    if not change.is_replaced:
        return Pass(saw=saw, where=(change.url,))
    values = (("kept", kept), ("now", new.title[:100]), ("since_on", day))
    return Fail(saw, (change.url,), "another", values)
