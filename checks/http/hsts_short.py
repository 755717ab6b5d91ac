"""http.hsts-short: browsers forget within half a year that the site wants HTTPS."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.author.web import NO_HTTPS, without_https
from scanner.parse.hsts import Hsts, parse_hsts
from scanner.samples.web import page, plain_page, silence

HEADER = "strict-transport-security"
DAY_S = 86_400
ENOUGH_S = 180 * DAY_S


@check(
    "http.hsts-short",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Thời hạn HSTS quá ngắn", en="The HSTS period is too short"),
    why=Text(
        vi="Người dân ít vào trang sẽ mất lớp bảo vệ giữa hai lần truy cập.",
        en="People who come rarely lose the protection between two visits.",
    ),
    fix=Text(
        vi="Tăng max-age lên ít nhất 15552000 giây (180 ngày), nên dùng 31536000 (một năm).",
        en="Raise max-age to at least 15552000 seconds (180 days); 31536000 (one year) is better.",
    ),
    refs=("RFC 6797 section 6.1.1", "RFC 6797 section 11.2"),
    howto="set-response-header",
    notes={
        "no-https": NO_HTTPS,
        "untrusted": Text(
            vi="Trình duyệt bỏ qua HSTS vì chứng thư số chưa được tin cậy; xem các mục về chứng thư số.",
            en="Browsers ignore HSTS because they do not trust the certificate; see the findings on certificates.",
        ),
        "none": Text(vi="HSTS chưa bật hoặc sai cú pháp.", en="HSTS is not on or not valid."),
        "short": Text(
            vi="HSTS chỉ có hiệu lực {days} ngày, cần ít nhất 180.",
            en="HSTS lasts {days} days only; at least 180 are needed.",
        ),
    },
    examples=(
        Example("a day", page((HEADER, "max-age=86400")), "fail"),
        Example("one second short of 180 days", page((HEADER, "max-age=15551999")), "fail"),
        Example("180 days", page((HEADER, "max-age=15552000")), "pass"),
        Example("switched off is another fault", page((HEADER, "max-age=0")), "notapplicable"),
        Example("not a number is another fault", page((HEADER, "max-age=abc")), "notapplicable"),
        Example("absent", page(), "notapplicable"),
        Example(
            "the certificate is not trusted: browsers ignore the header",
            page((HEADER, "max-age=300"), certificate_trusted=False),
            "notapplicable",
        ),
        Example("plain http", plain_page(), "notapplicable"),
        Example("plain http, https silent", plain_page(https_unseen=silence()), "unknown"),
    ),
)
def hsts_short(page: Page, _ctx: Context) -> Judgement:
    """Judge the max-age of the first header."""
    absent = without_https(page)
    if absent is not None:
        return absent
    lines = page.lines(HEADER)
    policy = parse_hsts(page.values(HEADER)[0]) if lines else None
    if not isinstance(policy, Hsts) or policy.max_age_s == 0:
        return NotApplicable(because="none")
    if page.certificate_trusted is False:
        return NotApplicable(
            because="untrusted", saw=lines[0]
        )  # RFC 6797 section 8.1, error-free transport only
    if policy.max_age_s >= ENOUGH_S:
        return Pass(saw=lines[0])
    days = str(policy.max_age_s // DAY_S)
    return Fail(saw=lines[0], where=(page.url,), note="short", values=(("days", days),))
