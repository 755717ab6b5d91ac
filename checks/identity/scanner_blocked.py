"""identity.scanner-blocked: the site shows the scanner a block page, so little else can be judged."""

from scanner.author import (
    Context,
    Evidence,
    Example,
    Fail,
    Judgement,
    Missing,
    Pass,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.identify.state import Presence, first_missing, main_fetches, presence_of
from scanner.model.evidence import Response
from scanner.samples.cms import answer, visit

REFUSED, LATE = Missing(Why.REFUSED), Missing(Why.TIMEOUT)
WAF = "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 123456789</body></html>"


@check(
    "identity.scanner-blocked",
    on=Evidence,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="Trang chặn công cụ kiểm tra", en="The site blocks the scanner"),
    why=Text(
        vi="Tường lửa chặn công cụ là việc bình thường, nhưng khi đó nhiều nội dung không kiểm tra được. Trang bị chặn không có nghĩa là trang an toàn.",
        en="A firewall that blocks tools is nothing bad, but much cannot be checked then. A site that could not be looked at is not a safe site.",
    ),
    fix=Text(
        vi="Cho phép địa chỉ và User-Agent của công cụ kiểm tra trong thời gian rà soát đã được phê duyệt, rồi kiểm tra lại.",
        en="Allow the address and the User-Agent of the scanner for the time of the authorised scan, then scan again.",
    ),
    refs=("RFC 9110 section 15.5.4", "RFC 6585 section 4"),
    howto="allow-scanner",
    notes={
        "blocked": Text(
            vi="Trang trả về trang chặn (mã {status}); các phép kiểm tra nội dung không thực hiện được.",
            en="The site returns a block page (status {status}); checks of its content could not be made.",
        ),
        "silent": Text(
            vi="Không nhận được trả lời nào để biết có bị chặn hay không.",
            en="Nothing answered, so it is not known whether the scanner is blocked.",
        ),
    },
    examples=(
        Example("request rejected by a firewall", visit(REFUSED, answer(403, WAF)), "fail"),
        Example("an ordinary page", visit(answer(), answer()), "pass"),
        Example("blocked over https only, page over http", visit(answer(), answer(403, WAF)), "pass"),
        Example("no answer in time", visit(LATE, LATE), "unknown"),
        Example("refused", visit(REFUSED, REFUSED), "unknown"),
    ),
)
def scanner_blocked(evidence: Evidence, _ctx: Context) -> Judgement:
    """Fail when block pages are all that came back."""
    presence = presence_of(evidence)
    if presence in (Presence.ANSWERS, Presence.ELSEWHERE):
        return Pass(presence.value, (evidence.target.host,))
    if presence is not Presence.BLOCKED:
        missing = first_missing(evidence)
        return Unknown(missing.why, missing.detail, "silent")
    answers = [
        (fetch.last.url, fetch.last.response.status)
        for fetch in main_fetches(evidence)
        if isinstance(fetch.last.response, Response)
    ]
    status = (
        ", ".join(dict.fromkeys(str(status) for _url, status in answers)) or first_missing(evidence).why.value
    )
    seen = ", ".join(f"HTTP {status} {url}" for url, status in answers) or first_missing(evidence).detail
    return Fail(seen, tuple(url for url, _status in answers), "blocked", (("status", status),))
