"""compromise.new-script-host: the page loads code from a host it did not load from before."""

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
    "compromise.new-script-host",
    on=Change,
    severity=Severity.MEDIUM,
    since="0.1",
    confidence=Confidence.MEDIUM,
    title=Text(
        vi="Trang mới tải mã từ máy chủ lạ", en="The page loads code from a host it did not use before"
    ),
    why=Text(
        vi="Mã từ máy chủ khác chạy với mọi quyền của trang; kẻ xâm nhập thường thêm đúng một dòng như vậy.",
        en="Code of another host runs with all rights of the page; intruders often add just one such line.",
    ),
    fix=Text(
        vi="Hỏi người quản trị, nhà thầu ai đã thêm. Nếu đúng, ghi ngày kiểm tra vào reviewed_on trong danh mục; nếu không ai nhận, xử lý như sự cố.",
        en="Ask webmaster and contractor who added it. If rightful, write the day into reviewed_on of the inventory; if nobody did, treat it as an incident.",
    ),
    refs=("CWE-829", "OWASP WSTG-CLNT-13"),
    howto="incident-first-steps",
    notes={
        **SENTENCES,
        "new": Text(
            vi="{count} máy chủ mới so với lần quét ngày {since_on}: {hosts}.",
            en="{count} new hosts since the scan of {since_on}: {hosts}.",
        ),
    },
    examples=(
        Example("a stranger's script", beside(loaded=(*FORMER.loaded, "la.example.net")), "fail"),
        Example("the same as before", beside(), "pass"),
        Example("one less", beside(loaded=()), "pass"),
        Example(
            "a well-known service",
            beside(loaded=(*FORMER.loaded, "www.googletagmanager.com")),
            "pass",
        ),
        Example("an official host", beside(loaded=(*FORMER.loaded, "cdn.tinh.gov.vn")), "pass"),
        Example(
            "the former list was cut", beside(loaded=(*FORMER.loaded, "la.example.net"), cut=True), "unknown"
        ),
        Example("first scan", first_look(), "notapplicable"),
    ),
)
def new_script_host(change: Change, _ctx: Context) -> Judgement:
    """Judge strangers only; it stays open until the host is gone or a person has reviewed the page."""
    return judge_new(change, change.new_loaded, change.now.loaded, note="new")
