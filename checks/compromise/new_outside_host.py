"""compromise.new-outside-host: the page links strangers it did not link before."""

from scanner.author import (
    Change,
    Confidence,
    Context,
    Example,
    Judgement,
    Severity,
    Text,
    check,
)
from scanner.author.change import SENTENCES, judge_new
from scanner.samples.change import FORMER, beside, first_look


@check(
    "compromise.new-outside-host",
    on=Change,
    severity=Severity.LOW,
    since="0.1",
    confidence=Confidence.LOW,
    title=Text(vi="Trang mới dẫn tới trang lạ", en="The page links strangers it did not link before"),
    why=Text(
        vi="Link quảng cáo trái phép thường xuất hiện giữa hai lần quét; phát hiện sớm thì nhật ký còn đủ để tìm đường vào.",
        en="Planted links appear between two scans; seen early, the logs still tell how they came in.",
    ),
    fix=Text(
        vi="Xem các liên kết này có do cơ quan đăng không. Nếu đúng, ghi ngày kiểm tra vào reviewed_on trong danh mục.",
        en="See whether the agency published these links. If so, write the day into reviewed_on of the inventory.",
    ),
    refs=("CWE-506", "Google Search Essentials: Spam policies, hacked content"),
    howto="incident-first-steps",
    notes={
        **SENTENCES,
        "new": Text(
            vi="{count} trang ngoài mới so với lần quét ngày {since_on}: {hosts}.",
            en="{count} new outside hosts since the scan of {since_on}: {hosts}.",
        ),
    },
    examples=(
        Example("a stranger", beside(outside=(*FORMER.outside, "la.example.net")), "fail"),
        Example("the same as before", beside(), "pass"),
        Example("a newspaper under .vn", beside(outside=(*FORMER.outside, "bao.vn")), "pass"),
        Example(
            "the former list was cut",
            beside(outside=(*FORMER.outside, "la.example.net"), cut=True),
            "unknown",
        ),
        Example("first scan", first_look(), "notapplicable"),
    ),
)
def new_outside_host(change: Change, _ctx: Context) -> Judgement:
    """Judge strangers only; names under .vn and official hosts change with the news."""
    return judge_new(change, change.new_outside, change.now.outside, note="new")
