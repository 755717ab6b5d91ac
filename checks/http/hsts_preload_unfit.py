"""http.hsts-preload-unfit: the header asks for the preload list but breaks the rules of that list."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.author.web import NO_HTTPS, without_https
from scanner.parse.hsts import HstsError, parse_hsts
from scanner.samples.web import page, plain_page, silence

HEADER = "strict-transport-security"
YEAR_S = 31_536_000


@check(
    "http.hsts-preload-unfit",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Xin vào danh sách HSTS preload nhưng chưa đủ điều kiện", en="Asks for HSTS preload but is not fit"
    ),
    why=Text(
        vi="Từ preload là lời đề nghị đưa tên miền vào danh sách cài sẵn của trình duyệt, rất khó gỡ; nửa vời thì không có tác dụng mà vẫn có rủi ro.",
        en="The word preload asks browsers to build the name into their list, which is hard to leave; done by halves it does nothing and is still a risk.",
    ),
    fix=Text(
        vi="Bỏ preload, hoặc đặt max-age ít nhất 31536000 cùng includeSubDomains.",
        en="Drop preload, or send a max-age of at least 31536000 together with includeSubDomains.",
    ),
    refs=("HSTS preload list, submission requirements", "RFC 6797 section 12.3"),
    howto="set-response-header",
    notes={
        "no-https": NO_HTTPS,
        "unfit": Text(vi="Còn thiếu: {lacking}.", en="Still lacking: {lacking}."),
        "not-asked": Text(
            vi="Tiêu đề không xin vào danh sách này.", en="The header does not ask for the list."
        ),
    },
    examples=(
        Example("too short", page((HEADER, "max-age=15552000; includeSubDomains; preload")), "fail"),
        Example("without includeSubDomains", page((HEADER, "max-age=31536000; preload")), "fail"),
        Example("fit", page((HEADER, "max-age=31536000; includeSubDomains; preload")), "pass"),
        Example(
            "a second line does not help",
            page((HEADER, "max-age=1; preload"), (HEADER, "max-age=31536000; includeSubDomains; preload")),
            "fail",
        ),
        Example("not asked for", page((HEADER, "max-age=300")), "notapplicable"),
        Example("invalid", page((HEADER, "preload")), "notapplicable"),
        Example("absent", page(), "notapplicable"),
        Example("plain http", plain_page(), "notapplicable"),
        Example("plain http, https silent", plain_page(https_unseen=silence()), "unknown"),
    ),
)
def hsts_preload_unfit(page: Page, _ctx: Context) -> Judgement:
    """Judge the first header by the rules of the list."""
    absent = without_https(page)
    if absent is not None:
        return absent
    lines = page.lines(HEADER)
    policy = parse_hsts(page.values(HEADER)[0]) if lines else None
    if policy is None or isinstance(policy, HstsError) or not policy.preload:
        return NotApplicable(because="not-asked", saw=lines[0] if lines else "")
    lacking = [] if policy.max_age_s >= YEAR_S else [f"max-age={YEAR_S}"]
    lacking += [] if policy.include_subdomains else ["includeSubDomains"]
    if not lacking:
        return Pass(saw=lines[0])
    return Fail(saw=lines[0], where=(page.url,), note="unfit", values=(("lacking", ", ".join(lacking)),))
