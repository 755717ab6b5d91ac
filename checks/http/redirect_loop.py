"""http.redirect-loop: redirects go round and round and never show a page."""

from scanner.author import (
    Confidence,
    Context,
    Example,
    Fail,
    HttpEvidence,
    Judgement,
    Missing,
    Pass,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.author.web import line_of
from scanner.model.evidence import End, Fetch
from scanner.samples.web import chain, fetched, redirect, response, silence

PLAIN = "http://so.example/"
SECURE = "https://so.example/"


@check(
    "http.redirect-loop",
    on=HttpEvidence,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Chuyển hướng vòng vô tận", en="Redirects never end"),
    why=Text(
        vi="Người dân chỉ thấy thông báo lỗi của trình duyệt; trang coi như ngừng hoạt động.",
        en="People see nothing but an error of their browser; the site is as good as down.",
    ),
    fix=Text(
        vi="Tìm hai quy tắc chuyển hướng ngược nhau (thường ở máy chủ trung gian và ở CMS) và bỏ một.",
        en="Find the two rules that redirect to each other (often one in the proxy and one in the CMS), and drop one.",
    ),
    refs=("RFC 9110 section 15.4",),
    howto="redirect-to-https",
    confidence=Confidence.MEDIUM,  # a site may redirect until a cookie comes back; the scanner keeps none
    notes={
        "loop": Text(
            vi="Địa chỉ {url} chuyển về một địa chỉ đã đi qua.",
            en="{url} redirects to an address already visited.",
        ),
        "many": Text(
            vi="Sau {count} lần chuyển hướng vẫn chưa có trang.",
            en="After {count} redirects there is still no page.",
        ),
        "cookie": Text(
            vi="Trang chuyển về chính nó sau khi đặt cookie; chương trình kiểm tra không giữ cookie nên chưa kết luận.",
            en="The site redirects to itself after it sets a cookie; the scanner keeps no cookies, so this is left open.",
        ),
    },
    examples=(
        Example("to itself", fetched(chain("https", (SECURE, redirect(SECURE)), end=End.LOOP)), "fail"),
        Example(
            "too many",
            fetched(
                chain(
                    "https",
                    *((f"{SECURE}{n}", redirect(f"{SECURE}{n + 1}")) for n in range(11)),
                    end=End.HOP_LIMIT,
                )
            ),
            "fail",
        ),
        Example(
            "until a cookie comes back",
            fetched(
                chain(
                    "https",
                    (SECURE, response(302, ("Location", SECURE), ("Set-Cookie", "seen=1"), html="")),
                    end=End.LOOP,
                )
            ),
            "unknown",
        ),
        Example(
            "only http loops",
            fetched(
                chain("http", (PLAIN, redirect(PLAIN)), end=End.LOOP), chain("https", (SECURE, response()))
            ),
            "fail",
        ),
        Example("two steps", fetched(chain("http", (PLAIN, redirect(SECURE)), (SECURE, response()))), "pass"),
        Example("nothing answers", fetched(chain("https", (SECURE, silence()))), "unknown"),
    ),
)
def redirect_loop(http: HttpEvidence, _ctx: Context) -> Judgement:
    """Judge how the walks from both schemes ended."""
    walks = [f for f in (http.fetch("http"), http.fetch("https")) if f is not None and f.exchanges]
    ended = [f for f in walks if f.end in (End.LOOP, End.HOP_LIMIT)]
    if any(_sets_cookie(fetch) for fetch in ended):
        return Unknown(Why.MALFORMED, "\n".join(map(line_of, ended[0].exchanges)), "cookie")
    if ended:
        worst = ended[0]
        values = (("url", worst.last.url), ("count", str(len(worst.exchanges))))
        note = "loop" if worst.end is End.LOOP else "many"
        proof = "\n".join(map(line_of, worst.exchanges))
        return Fail(saw=proof, where=(worst.exchanges[0].url,), note=note, values=values)
    answered = [f for f in walks if not isinstance(f.last.response, Missing)]
    if not answered:
        missing = next((f.last.response for f in walks if isinstance(f.last.response, Missing)), None)
        return Unknown(*(missing or Missing(Why.NOT_ASKED)))
    return Pass(saw="\n".join(line_of(e) for f in answered for e in f.exchanges))


def _sets_cookie(fetch: Fetch) -> bool:
    answers = (e.response for e in fetch.exchanges if not isinstance(e.response, Missing))
    return any(name.lower() == "set-cookie" for answer in answers for name, _ in answer.headers)
