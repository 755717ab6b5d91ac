"""identity.retired-site-answers: a site declared as retired still shows pages."""

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
from scanner.identify.sights import host_of
from scanner.identify.state import Presence, first_missing, main_fetches, presence_of
from scanner.model.evidence import DnsState, End, Response
from scanner.samples.cms import answer, unresolved, visit

REFUSED, LATE = Missing(Why.REFUSED), Missing(Why.TIMEOUT)
GONE = frozenset({404, 410})
RETIRED = Lifecycle.RETIRED


@check(
    "identity.retired-site-answers",
    on=Evidence,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Trang đã ngừng nhưng vẫn còn hoạt động", en="A retired site still answers"),
    why=Text(
        vi="Trang không còn ai quản lý thì không ai cập nhật hay theo dõi, nên dễ bị chiếm quyền để phát tán nội dung xấu dưới tên cơ quan nhà nước.",
        en="A site nobody manages is neither updated nor watched, so it is easily taken over to spread bad content under the name of the state.",
    ),
    fix=Text(
        vi="Lưu trữ dữ liệu, tắt máy chủ, gỡ bản ghi DNS; nếu còn cần trang, sửa danh mục thành đang hoạt động và giao người phụ trách.",
        en="Archive its data, shut the server down and remove the DNS records; if the site is still needed, mark it active and name who is in charge.",
    ),
    refs=("RFC 9110 section 15.5.11 (410 Gone)",),
    howto="retire-site",
    notes={
        "answers": Text(
            vi="Trang trả lời với mã {status} tại {url}.",
            en="The site answers with status {status} at {url}.",
        ),
        "active": Text(
            vi="Trang không được khai báo là đã ngừng.", en="The site is not declared as retired."
        ),
        "alive": Text(
            vi="Máy chủ còn hoạt động nhưng không cho xem trang; chưa thể kết luận.",
            en="The server lives but shows no page; nothing can be concluded.",
        ),
        "silent": Text(
            vi="Không nhận được trả lời; chưa đủ căn cứ để kết luận trang đã ngừng hẳn.",
            en="Nothing answered, which does not prove that the site is gone.",
        ),
    },
    examples=(
        Example("still shows a page", visit(answer(), REFUSED, declared=RETIRED), "fail", declared=RETIRED),
        Example("name is gone", unresolved(DnsState.ABSENT, declared=RETIRED), "pass", declared=RETIRED),
        Example("server is off", visit(REFUSED, REFUSED, declared=RETIRED), "pass", declared=RETIRED),
        Example("410 on both", visit(answer(410), answer(410), declared=RETIRED), "pass", declared=RETIRED),
        Example(
            "leads to another host",
            visit(answer(301), answer(301), declared=RETIRED, end=End.OUT_OF_SCOPE),
            "pass",
            declared=RETIRED,
        ),
        Example(
            "ends at its successor, which is in the inventory too",
            visit(answer(), answer(), declared=RETIRED, host="so-moi.example"),
            "pass",
            declared=RETIRED,
        ),
        Example("server error", visit(answer(500), REFUSED, declared=RETIRED), "unknown", declared=RETIRED),
        Example("no answer in time", visit(LATE, LATE, declared=RETIRED), "unknown", declared=RETIRED),
        Example("an active site", visit(answer(), answer()), "notapplicable"),
    ),
)
def retired_site_answers(evidence: Evidence, ctx: Context) -> Judgement:
    """Fail when any main address ends at a page; gone, refused and moved away are what retired means."""
    if ctx.declared is not RETIRED:
        return NotApplicable("active")
    presence = presence_of(evidence)
    if presence in (Presence.ABSENT, Presence.REFUSED, Presence.ELSEWHERE):
        return Pass(presence.value, (evidence.target.host,))
    answers = [
        (fetch.last.url, fetch.last.response.status)
        for fetch in main_fetches(evidence)
        if isinstance(fetch.last.response, Response) and fetch.end is not End.OUT_OF_SCOPE
    ]
    if not answers:
        missing = first_missing(evidence)
        return Unknown(missing.why, missing.detail, "silent")
    return _of_answers(answers, evidence.target.host)


def _of_answers(answers: list[tuple[str, int]], host: str) -> Judgement:
    """The verdict on pairs of (address a chain ended at, status)."""
    seen = ", ".join(f"HTTP {status} {url}" for url, status in answers)
    where = tuple(url for url, _status in answers)
    own = [(url, status) for url, status in answers if host_of(url) == host]
    pages = [(url, status) for url, status in own if 200 <= status < 300]
    if pages:
        url, status = pages[0]
        return Fail(seen, where, "answers", (("status", str(status)), ("url", url)))
    if all(status in GONE for _url, status in own):
        return Pass(seen, where)  # gone, or moved to another host altogether
    return Unknown(Why.BLOCKED, seen, "alive")
