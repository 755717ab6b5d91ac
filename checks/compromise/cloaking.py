"""compromise.cloaking: search engines or their visitors are shown another page than a browser."""

from scanner.author import (
    Confidence,
    Context,
    Example,
    Fail,
    FourViews,
    Judgement,
    Pass,
    Severity,
    Text,
    Unknown,
    check,
)
from scanner.identify.cloaking import Showing
from scanner.samples.cloaking import NEWS, OTHER, compared, showing, unseen

NEEDS = ("as-crawler", "from-search", "as-phone")
MORE = ("inner", "inner-from-search", "inner-as-crawler", "canary", "canary-as-crawler")
SHOWN_AS = {"as-crawler": "Googlebot", "from-search": "Referer: google.com", "as-phone": "Android"}
EXCERPT = 160


@check(
    "compromise.cloaking",
    on=FourViews,
    severity=Severity.CRITICAL,
    since="0.1",
    confidence=Confidence.MEDIUM,
    title=Text(
        vi="Nghi trang hiển thị khác nhau theo người xem", en="Search engines seem to be shown another page"
    ),
    why=Text(
        vi="Kẻ xâm nhập cho máy tìm kiếm hoặc người đến từ kết quả tìm kiếm xem nội dung cờ bạc, còn người quản trị mở trang thì thấy bình thường.",
        en="Intruders show gambling to search engines or those who come from one, while the administrator sees the page as ever.",
    ),
    fix=Text(
        vi="Xác minh bằng lệnh kiểm tra bên dưới; giữ nhật ký, tìm đoạn mã xét User-Agent hoặc Referer trong giao diện, .htaccess, phần mở rộng.",
        en="Verify with the command below; keep the logs, look for code that tests User-Agent or Referer in template, .htaccess and extensions.",
    ),
    refs=("CWE-506", "Google Search Essentials: Spam policies, cloaking"),
    howto="incident-first-steps",
    needs=(*NEEDS, *MORE),
    notes={
        "host": Text(
            vi="Người xem bình thường ở lại trang, còn với {view} trang chuyển sang {host}.",
            en="An ordinary visitor stays on the site, while {view} is sent to {host}.",
        ),
        "planted": Text(
            vi="Nội dung quảng bá hoặc lệnh chuyển chỉ hiện với {view}.",
            en="Promoting content or a redirect is shown to {view} only.",
        ),
        "lost": Text(
            vi="Địa chỉ không tồn tại, nhưng {view} hỏi thì được nội dung quảng bá.",
            en="The address cannot exist, yet {view} is given promoting content there.",
        ),
        "page": Text(
            vi="Với {view} là một trang khác hẳn: nội dung không trùng và khác tiêu đề, ngôn ngữ hoặc liên kết.",
            en="For {view} it is another page altogether: other text, and another title, language or links.",
        ),
    },
    examples=(
        Example(
            "visitors from a search are sent away",
            compared(showing(), showing("from-search", leads_to="kubet.example")),
            "fail",
        ),
        Example(
            "another page for crawlers",
            compared(showing(), showing("as-crawler", title="Tin mới", lang="id", text=OTHER)),
            "fail",
        ),
        Example("all see the same", compared(showing(), *(showing(name) for name in NEEDS)), "pass"),
        Example(
            "the news have moved on",
            compared(showing(), *(showing(name, text=NEWS + "Tin vừa đăng.") for name in NEEDS)),
            "pass",
        ),
        Example(
            "a mobile edition",
            compared(
                showing(),
                showing("as-crawler"),
                showing("from-search"),
                showing("as-phone", title="Di động", lang="", text=OTHER),
            ),
            "pass",
        ),
        Example(
            "a page drawn by scripts, prepared for crawlers",
            compared(
                showing(text="Đang tải"), *(showing(name, title="Trang chủ", text=OTHER) for name in NEEDS)
            ),
            "pass",
        ),
        Example(
            "a firewall turns the crawler away",
            compared(showing(), unseen("as-crawler"), showing("from-search"), showing("as-phone")),
            "unknown",
        ),
        Example("not asked", compared(showing(), unseen("as-crawler")), "unknown"),
    ),
)
def cloaking(views: FourViews, _ctx: Context) -> Judgement:
    """Judge differences no honest design explains; a view that did not come leaves the question open."""
    if views.differences:
        worst = views.differences[0]
        proof = [f"[{d.kind}] {d.detail}" for d in views.differences]
        proof += [
            f"{s.name}: {s.url} {s.status} {s.title[:80]!r} {s.text[:EXCERPT]!r}"
            for s in (worst.base, worst.other)
        ]
        return Fail(
            saw="\n".join(proof),
            where=tuple(d.other.name for d in views.differences),
            note=worst.kind,
            values=(
                ("view", SHOWN_AS[worst.other.name.removeprefix("inner-").removeprefix("canary-")]),
                ("host", worst.other.leads_to or "?"),
            ),
        )
    unseen_ones = [s for s in views.showings if s.missing is not None and s.name in NEEDS]
    if unseen_ones:
        missing = unseen_ones[0].missing
        assert missing is not None
        return Unknown(missing.why, missing.detail)
    return Pass(saw="\n".join(_line(s) for s in views.showings))


def _line(showing: Showing) -> str:
    if showing.missing is not None:
        return f"{showing.name}: {showing.url} {showing.missing.why.value}"
    return f"{showing.name}: {showing.url} {showing.status} {showing.title[:80]!r}"
