"""What several checks of pages share: sentences and readings, pure."""

from collections.abc import Callable
from dataclasses import dataclass

from scanner.identify.page import REDIRECTS, Answered, Page
from scanner.identify.secure_transport import Https, https_of
from scanner.model.check import Context, Fail, Judgement, NotApplicable, Pass, Unknown
from scanner.model.evidence import Evidence, Exchange, HttpEvidence, Missing, Why
from scanner.model.finding import Values
from scanner.model.text import Text
from scanner.parse import headers as header
from scanner.parse.cookies import Cookie, parse_cookie
from scanner.parse.csp import Policy, parse_policies
from scanner.parse.html import HtmlSummary, summarise
from scanner.parse.url import resolve

NO_HTTPS = Text(
    vi="Trang không mở qua HTTPS nên câu hỏi này chưa đặt ra; xem http.https-missing và http.downgrade-redirect.",
    en="The site does not open over HTTPS, so the question does not arise; "
    "see http.https-missing and http.downgrade-redirect.",
)


def without_https(page: Page) -> NotApplicable | Unknown | None:
    """What a check of HTTPS says about a page over http: not applicable on proof only. None over https.

    The check that asks has NO_HTTPS among its notes as `no-https`.
    """
    if page.is_secure:
        return None
    return Unknown(*page.https_unseen) if page.https_unseen else NotApplicable(because="no-https")


def without_any_https(evidence: Evidence) -> NotApplicable | Unknown | None:
    """The same for a check of the whole visit. None when the site serves HTTPS."""
    https = https_of(evidence)
    if https.state is Https.SERVED:
        return None
    return Unknown(*https.why) if https.state is Https.UNKNOWN else NotApplicable(because="no-https")


def policies_of(page: Page) -> tuple[Policy, ...]:
    """Every enforced content security policy of a page: header lines first, then meta elements."""
    return (
        *parse_policies(page.values("content-security-policy")),
        *parse_policies(page.html.http_equiv("content-security-policy"), is_meta=True),
    )


def session_cookies(page: Page, ctx: Context) -> tuple[tuple[str, Cookie, str], ...]:
    """Triples of (url, cookie, line as sent) for cookies that look like the key to a session and are being set."""
    found = []
    for url, raw in page.set_cookies:
        cookie = parse_cookie(raw)
        if cookie is not None and cookie.is_session and not cookie.is_deletion(ctx.seen_at):
            found.append((url, cookie, f"Set-Cookie: {raw}"))
    return tuple(found)


def judge_session_cookies(
    page: Page, ctx: Context, is_good: Callable[[str, Cookie], bool], *, none: str = "no-session"
) -> Judgement:
    """Fail on the first session cookie that lacks something; notapplicable when no session is set."""
    cookies = session_cookies(page, ctx)
    if not cookies:
        return NotApplicable(because=none)
    bad = [(url, cookie, line) for url, cookie, line in cookies if not is_good(url, cookie)]
    if not bad:
        return Pass(saw=cookies[0][2], where=tuple(cookie.name for _, cookie, _ in cookies))
    return Fail(
        saw="\n".join(dict.fromkeys(line for _, _, line in bad)),
        where=tuple(dict.fromkeys(cookie.name for _, cookie, _ in bad)),
        note="lacking",
        values=(("cookie", bad[0][1].name),),
    )


# ---- redirects ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """One redirect: from where, with which status, to which absolute address."""

    url: str
    status: int
    location: str

    @property
    def line(self) -> str:
        """The step in one line: the proof of a finding."""
        return f"GET {self.url}: {self.status}, Location: {self.location}"


def step_of(exchange: Exchange) -> Step | None:
    """The redirect an exchange ends in; None when it is none."""
    answer = exchange.response
    if isinstance(answer, Missing) or answer.status not in REDIRECTS:
        return None
    location = header.first(answer.headers, "location")
    return Step(exchange.url, answer.status, resolve(exchange.url, location)) if location else None


def first_step(http: HttpEvidence) -> Step | Unknown | NotApplicable:
    """The first redirect of the walk that begins over http; the check has `no-redirect` among its notes."""
    fetch = http.fetch("http")
    if fetch is None or not fetch.exchanges:
        return Unknown(Why.NOT_ASKED, "http was not asked for")
    first = fetch.exchanges[0]
    if isinstance(first.response, Missing):
        refused = first.response.why is Why.REFUSED
        return NotApplicable(because="no-redirect") if refused else Unknown(*first.response)
    return step_of(first) or NotApplicable(because="no-redirect", saw=line_of(first))


def line_of(exchange: Exchange) -> str:
    """One question and its answer in one line."""
    answer = exchange.response
    if isinstance(answer, Missing):
        return f"{exchange.method} {exchange.url}: {answer.why.value}"
    location = header.first(answer.headers, "location")
    return f"{exchange.method} {exchange.url}: {answer.status}" + (
        f", Location: {location}" if location else ""
    )


# ---- content security policy ---------------------------------------------------------------------------------

NO_SCRIPT_POLICY = Text(
    vi="Chưa có chính sách giới hạn mã chạy trên trang; xem http.csp-missing.",
    en="No policy limits the scripts of the page; see http.csp-missing.",
)


def csp_proof(page: Page) -> str:
    """Every enforced policy as it was sent, header lines first."""
    name = "content-security-policy"
    metas = (f'<meta http-equiv="{name}" content="{value}">' for value in page.html.http_equiv(name))
    return "\n".join((*page.lines(name), *metas))


def policies_in(answer: Answered) -> tuple[Policy, ...]:
    """Every enforced policy of the answer to a further question."""
    name = "content-security-policy"
    body = answer.response.body
    html = HtmlSummary() if isinstance(body, Missing) else summarise(body.content, base_url=answer.url)
    return (
        *parse_policies(header.values(answer.response.headers, name)),
        *parse_policies(html.http_equiv(name), is_meta=True),
    )


# ---- sharing with other origins (CORS) -----------------------------------------------------------------------

NOT_SHARED = Text(
    vi="Trang không cho nguồn nào khác đọc trả lời.",
    en="The site lets no other origin read its answers.",
)
ALLOW = "access-control-allow-origin"


@dataclass(frozen=True, slots=True)
class Shared:
    """Who may read an answer, asked as `origin`. Two different lines are void (Fetch standard section 3.3.5)."""

    origin: str
    allowed: str
    has_credentials: bool
    proof: str

    @property
    def is_reflected(self) -> bool:
        """True when the very origin that asked is let in."""
        return bool(self.origin) and self.allowed == self.origin


def shared_with(page: Page, *purposes: str) -> tuple[Shared, ...] | Unknown:
    """What the answers to these further questions share; unknown when none of them was answered."""
    answers = [page.answer(purpose) for purpose in purposes]
    seen = tuple(_shared(answer) for answer in answers if isinstance(answer, Answered))
    if seen:
        return seen
    return Unknown(*next(answer for answer in answers if isinstance(answer, Missing)))


def is_shared(page: Page) -> bool:
    """True when the page or a further answer lets another origin in, so that others were tried."""
    answers = (page.answer(purpose) for purpose in ("again", "options"))
    return bool(page.lines(ALLOW)) or any(isinstance(a, Answered) and a.lines(ALLOW) for a in answers)


def _shared(answer: Answered) -> Shared:
    credentials = "access-control-allow-credentials"
    return Shared(
        origin=dict(answer.sent).get("Origin", ""),
        allowed=", ".join(header.values(answer.response.headers, ALLOW)),
        has_credentials=", ".join(header.values(answer.response.headers, credentials)) == "true",
        proof="\n".join((answer.line, *answer.lines(ALLOW), *answer.lines(credentials))),
    )


# ---- cookies -------------------------------------------------------------------------------------------------


def judge_cookies(
    page: Page,
    ctx: Context,
    *,
    applies: Callable[[Cookie], bool],
    is_good: Callable[[str, Cookie], bool],
    note: str,
    values: Callable[[Cookie], Values],
) -> Judgement:
    """Judge every cookie that is being set and meant; worst wins. The check has `no-cookie` among its notes."""
    read = [(url, parse_cookie(raw), f"Set-Cookie: {raw}") for url, raw in page.set_cookies]
    meant = [
        (url, cookie, line)
        for url, cookie, line in read
        if cookie is not None and not cookie.is_deletion(ctx.seen_at) and applies(cookie)
    ]
    if not meant:
        return NotApplicable(because="no-cookie")
    bad = [(cookie, line) for url, cookie, line in meant if not is_good(url, cookie)]
    if not bad:
        names = dict.fromkeys(cookie.name for _, cookie, _ in meant)
        return Pass(saw="\n".join(dict.fromkeys(line for _, _, line in meant)), where=tuple(names))
    return Fail(
        saw="\n".join(dict.fromkeys(line for _, line in bad)),
        where=tuple(dict.fromkeys(cookie.name for cookie, _ in bad)),
        note=note,
        values=values(bad[0][0]),
    )
