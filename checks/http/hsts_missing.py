"""http.hsts-missing: browsers are not told to insist on HTTPS."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.author.web import NO_HTTPS, without_https
from scanner.parse.hsts import HstsError, parse_hsts
from scanner.samples.web import page, plain_page, silence

HEADER = "strict-transport-security"


@check(
    "http.hsts-missing",
    on=Page,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Trang chưa bật HSTS", en="HSTS is not enforced"),
    why=Text(
        vi="Lần đầu mở trang qua http, người dân có thể bị dẫn sang trang giả mạo.",
        en="A first visit over plain http can be steered to a fake page.",
    ),
    fix=Text(
        vi="Gửi Strict-Transport-Security với max-age ít nhất 15552000 giây (180 ngày) trên mọi trả lời https.",
        en="Send Strict-Transport-Security with a max-age of at least 15552000 seconds (180 days) on every https answer.",
    ),
    refs=("RFC 6797 section 6.1", "RFC 6797 section 8.1"),
    howto="set-response-header",
    notes={
        "no-https": NO_HTTPS,
        "untrusted": Text(
            vi="Trình duyệt bỏ qua HSTS vì chứng thư số chưa được tin cậy; xem các mục về chứng thư số.",
            en="Browsers ignore HSTS because they do not trust the certificate; see the findings on certificates.",
        ),
        "absent": Text(
            vi="Không có tiêu đề Strict-Transport-Security.",
            en="There is no Strict-Transport-Security header.",
        ),
        "off": Text(vi="max-age=0: tiêu đề này tắt HSTS.", en="max-age=0: this header switches HSTS off."),
        "invalid": Text(
            vi="Có tiêu đề nhưng trình duyệt không hiểu; xem http.hsts-invalid.",
            en="There is a header, but browsers cannot read it; see http.hsts-invalid.",
        ),
    },
    examples=(
        Example("absent", page(), "fail"),
        Example("one year", page(("Strict-Transport-Security", "max-age=31536000")), "pass"),
        Example("switched off", page((HEADER, "max-age=0")), "fail"),
        Example("only the first counts", page((HEADER, "max-age=31536000"), (HEADER, "max-age=0")), "pass"),
        Example("the first switches off", page((HEADER, "max-age=0"), (HEADER, "max-age=31536000")), "fail"),
        Example("upper case and quoted", page((HEADER, 'MAX-AGE="31536000"; IncludeSubDomains')), "pass"),
        Example("short is present", page((HEADER, "max-age=300")), "pass"),
        Example("not a number is another fault", page((HEADER, "max-age=abc")), "notapplicable"),
        Example(
            "the certificate is not trusted: browsers ignore the header",
            page((HEADER, "max-age=31536000"), certificate_trusted=False),
            "notapplicable",
        ),
        Example("absent whatever the certificate", page(certificate_trusted=False), "fail"),
        Example("plain http", plain_page(), "notapplicable"),
        Example("plain http, https silent", plain_page(https_unseen=silence()), "unknown"),
    ),
)
def hsts_missing(page: Page, _ctx: Context) -> Judgement:
    """Judge the first header only, as browsers must (RFC 6797 section 8.1)."""
    absent = without_https(page)
    if absent is not None:
        return absent
    lines = page.lines(HEADER)
    if not lines:
        return Fail(saw=f"GET {page.url}: {page.status}, no {HEADER}", where=(page.url,), note="absent")
    policy = parse_hsts(page.values(HEADER)[0])
    if isinstance(policy, HstsError):
        return NotApplicable(because="invalid", saw=lines[0])
    if policy.max_age_s == 0:
        return Fail(saw=lines[0], where=(page.url,), note="off")
    if page.certificate_trusted is False:
        return NotApplicable(
            because="untrusted", saw=lines[0]
        )  # RFC 6797 section 8.1, error-free transport only
    return Pass(saw=lines[0])
