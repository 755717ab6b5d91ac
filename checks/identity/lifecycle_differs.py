"""identity.lifecycle-differs: the site does something else than the inventory declares."""

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

MOVED = Lifecycle.REDIRECT_ONLY
LATE, REFUSED = Missing(Why.TIMEOUT), Missing(Why.REFUSED)
GONE = (Presence.ABSENT, Presence.REFUSED)


@check(
    "identity.lifecycle-differs",
    on=Evidence,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(
        vi="Trạng thái trang khác với khai báo trong danh mục",
        en="The site is not what the inventory declares",
    ),
    why=Text(
        vi="Trang tưởng chỉ chuyển hướng mà vẫn có nội dung thì không ai cập nhật; trang tưởng đang chạy mà đã chuyển đi thì các mục đánh giá nói về nơi khác.",
        en="A site thought to redirect only, yet full of pages, is updated by nobody; one thought active that has moved is judged in the wrong place.",
    ),
    fix=Text(
        vi="Hỏi người quản trị rồi sửa lifecycle trong danh mục cho đúng thực tế, hoặc sửa máy chủ cho đúng khai báo.",
        en="Ask the webmaster; then correct lifecycle in the inventory, or the server.",
    ),
    refs=("RFC 9110 section 15.4",),
    howto="retire-site",
    notes={
        "shows": Text(
            vi="Khai báo chỉ chuyển hướng, nhưng trang vẫn trả nội dung tại {url}.",
            en="Declared to redirect only, yet it shows pages at {url}.",
        ),
        "moved": Text(
            vi="Khai báo đang hoạt động, nhưng địa chỉ chỉ chuyển sang {host}.",
            en="Declared active, yet the address only leads to {host}.",
        ),
        "gone": Text(
            vi="Khai báo chỉ chuyển hướng, nhưng máy chủ không còn trả lời.",
            en="Declared to redirect only, yet there is no server any more.",
        ),
        "retired": Text(
            vi="Trang khai báo đã ngừng do identity.retired-site-answers xét.",
            en="A site declared retired is judged by identity.retired-site-answers.",
        ),
        "silent": Text(
            vi="Không nhận được trả lời nên chưa biết thực tế ra sao.",
            en="Nothing answered, so what the site really does is not known.",
        ),
    },
    examples=(
        Example("active and shows pages", visit(answer(), answer()), "pass"),
        Example("active but moved away", visit(answer(301), answer(301), end=End.OUT_OF_SCOPE), "fail"),
        Example("active but ends at a sister site", visit(answer(), answer(), host="so-moi.example"), "fail"),
        Example("active at its www name", visit(answer(), answer(), host="www.so.example"), "pass"),
        Example(
            "redirects as declared",
            visit(answer(301), answer(301), end=End.OUT_OF_SCOPE, declared=MOVED),
            "pass",
            declared=MOVED,
        ),
        Example(
            "redirects to a sister site as declared",
            visit(answer(), answer(), host="so-moi.example", declared=MOVED),
            "pass",
            declared=MOVED,
        ),
        Example(
            "declared to redirect, shows pages",
            visit(answer(), answer(), declared=MOVED),
            "fail",
            declared=MOVED,
        ),
        Example(
            "declared to redirect, gone", visit(REFUSED, REFUSED, declared=MOVED), "fail", declared=MOVED
        ),
        Example(
            "declared to redirect, name gone",
            unresolved(DnsState.ABSENT, declared=MOVED),
            "fail",
            declared=MOVED,
        ),
        Example("no answer in time", visit(LATE, LATE, declared=MOVED), "unknown", declared=MOVED),
        Example("an error page", visit(answer(500), answer(500), declared=MOVED), "unknown", declared=MOVED),
        Example(
            "retired",
            visit(answer(), answer(), declared=Lifecycle.RETIRED),
            "notapplicable",
            declared=Lifecycle.RETIRED,
        ),
    ),
)
def lifecycle_differs(evidence: Evidence, ctx: Context) -> Judgement:
    """Compare where the main addresses end with what is declared; silence proves nothing."""
    if ctx.declared is Lifecycle.RETIRED:
        return NotApplicable("retired")
    presence = presence_of(evidence)
    if presence in GONE and ctx.declared is MOVED:
        return Fail(presence.value, (evidence.target.host,), "gone")
    ends = _ends(evidence)
    if not ends:
        missing = first_missing(evidence)
        return Unknown(missing.why, missing.detail, "silent")
    saw = ", ".join(f"HTTP {status} {url}" for url, status, _host in ends)
    own = [(url, status) for url, status, host in ends if _bare(host) == _bare(evidence.target.host)]
    if ctx.declared is MOVED:
        return _of_redirect(own, saw)
    if own:
        return Pass(saw, tuple(url for url, _status in own))
    return Fail(saw, tuple(url for url, _s, _h in ends), "moved", (("host", ends[0][2]),))


def _ends(evidence: Evidence) -> list[tuple[str, int, str]]:
    """(address, status, host) each chain ended at; the host of a redirect that was not followed is unknown: "?"."""
    return [
        (f.last.url, f.last.response.status, "?" if f.end is End.OUT_OF_SCOPE else host_of(f.last.url))
        for f in main_fetches(evidence)
        if isinstance(f.last.response, Response)
    ]


def _of_redirect(own: list[tuple[str, int]], saw: str) -> Judgement:
    pages = [url for url, status in own if 200 <= status < 300]
    if pages:
        return Fail(saw, tuple(pages), "shows", (("url", pages[0]),))
    if own:
        return Unknown(Why.BLOCKED, saw, "silent")
    return Pass(saw)


def _bare(host: str) -> str:
    return host.removeprefix("www.")
