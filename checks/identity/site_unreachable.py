"""identity.site-unreachable: a site declared active is proven not to serve anything."""

from scanner.author import (
    Context,
    Evidence,
    Example,
    Fail,
    Judgement,
    Lifecycle,
    Missing,
    NotApplicable,
    Pass,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.identify.state import Presence, first_missing, main_fetches, presence_of
from scanner.model.evidence import DnsState
from scanner.samples.cms import answer, unresolved, visit

REFUSED, LATE = Missing(Why.REFUSED), Missing(Why.TIMEOUT)


@check(
    "identity.site-unreachable",
    on=Evidence,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Trang không truy cập được", en="The site cannot be reached"),
    why=Text(
        vi="Người dân không truy cập được, và không phép kiểm tra nào khác có thể thực hiện. Tên miền bỏ quên có thể bị kẻ khác chiếm dụng.",
        en="Citizens cannot use it, and nothing else about it can be checked. A forgotten name may be taken over by somebody else.",
    ),
    fix=Text(
        vi="Khôi phục hoạt động của trang; nếu trang đã ngừng, sửa danh mục thành đã ngừng và thu hồi tên miền, bản ghi DNS.",
        en="Bring the site back; if it was closed, mark it as retired in the inventory and withdraw its name and DNS records.",
    ),
    refs=("RFC 8020 section 2 (NXDOMAIN)", "RFC 9293 section 3.10.7 (refused connections)"),
    howto="retire-site",
    notes={
        "absent": Text(
            vi="Tên miền không tồn tại hoặc không có địa chỉ.",
            en="The name does not exist or has no address.",
        ),
        "refused": Text(
            vi="Máy chủ từ chối mọi kết nối tới các địa chỉ của trang.",
            en="The server refuses every connection to the addresses of the site.",
        ),
        "silent": Text(
            vi="Không nhận được trả lời; chưa đủ căn cứ để kết luận trang ngừng hoạt động.",
            en="Nothing answered, which does not prove that the site is down.",
        ),
        "retired": Text(vi="Trang được khai báo là đã ngừng.", en="The site is declared as retired."),
        "blocked": Text(
            vi="Trang hoạt động nhưng chặn công cụ kiểm tra.", en="The site lives but blocks the scanner."
        ),
    },
    examples=(
        Example("name does not exist", unresolved(DnsState.ABSENT), "fail"),
        Example("refused on both ports", visit(REFUSED, REFUSED), "fail"),
        Example("resolver did not answer", unresolved(DnsState.UNKNOWN), "unknown"),
        Example("refused on one, late on the other", visit(REFUSED, LATE), "unknown"),
        Example("both late", visit(LATE, LATE), "unknown"),
        Example("answers over http only", visit(answer(), REFUSED), "pass"),
        Example("an error page is an answer", visit(REFUSED, answer(500)), "pass"),
        Example(
            "declared as retired",
            unresolved(DnsState.ABSENT, declared=Lifecycle.RETIRED),
            "notapplicable",
            declared=Lifecycle.RETIRED,
        ),
    ),
)
def site_unreachable(evidence: Evidence, ctx: Context) -> Judgement:
    """Fail on proof only: a name without addresses, or refusals everywhere. A time-out proves nothing."""
    if ctx.declared is Lifecycle.RETIRED:
        return NotApplicable("retired")
    presence = presence_of(evidence)
    if presence in (Presence.ANSWERS, Presence.BLOCKED, Presence.ELSEWHERE):
        return Pass(presence.value, (evidence.target.host,))
    if presence is Presence.ABSENT:
        return Fail(
            f"A, AAAA {evidence.target.host}: {DnsState.ABSENT.value}", (evidence.target.host,), "absent"
        )
    if presence is Presence.REFUSED:
        asked = tuple(fetch.last.url for fetch in main_fetches(evidence))
        return Fail(f"{Why.REFUSED.value}: {', '.join(asked)}", asked, "refused")
    missing = first_missing(evidence)
    return Unknown(missing.why, missing.detail, "silent")
