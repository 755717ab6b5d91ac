"""http.hsts-subdomains-missing: HSTS of the domain leaves the names below it unprotected."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Page, Pass, Severity, Text, check
from scanner.author.web import NO_HTTPS, without_https
from scanner.parse.hsts import HstsError, parse_hsts
from scanner.parse.suffix import registrable
from scanner.samples.web import page, plain_page, silence

HEADER = "strict-transport-security"
DOMAIN = "https://so-mau.gov.vn/"


@check(
    "http.hsts-subdomains-missing",
    on=Page,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="HSTS không bao gồm tên miền con", en="HSTS does not cover subdomains"),
    why=Text(
        vi="Kẻ xấu có thể dựng một tên miền con giả qua http để đặt cookie cho trang chính.",
        en="Somebody on the line can make up a subdomain over http and set cookies for the main site.",
    ),
    fix=Text(
        vi="Khi mọi tên miền con đã chạy https, thêm includeSubDomains vào HSTS của tên miền đăng ký.",
        en="Once every subdomain serves https, add includeSubDomains to the HSTS of the registered domain.",
    ),
    refs=("RFC 6797 section 6.1.2", "RFC 6797 section 14.4"),
    howto="set-response-header",
    notes={
        "no-https": NO_HTTPS,
        "without": Text(vi="Tiêu đề không có includeSubDomains.", en="The header has no includeSubDomains."),
        "below": Text(
            vi="Chỉ xét ở tên miền đăng ký, không xét ở tên bên dưới như www.",
            en="Judged on the registered domain only, not on names below it such as www.",
        ),
        "no-hsts": Text(
            vi="Chưa có HSTS hợp lệ; xem http.hsts-missing và http.hsts-invalid.",
            en="There is no valid HSTS; see http.hsts-missing and http.hsts-invalid.",
        ),
    },
    examples=(
        Example("absent on the domain", page((HEADER, "max-age=31536000"), url=DOMAIN), "fail"),
        Example("covered", page((HEADER, "max-age=31536000; INCLUDEsubdomains"), url=DOMAIN), "pass"),
        Example(
            "only the first line counts",
            page((HEADER, "max-age=31536000"), (HEADER, "max-age=1; includeSubDomains"), url=DOMAIN),
            "fail",
        ),
        Example(
            "on www nobody asks for it",
            page((HEADER, "max-age=31536000"), url="https://www.so-mau.gov.vn/"),
            "notapplicable",
        ),
        Example(
            "a department below its province",
            page((HEADER, "max-age=31536000"), url="https://soyte.hanoi.gov.vn/"),
            "notapplicable",
        ),
        Example(
            "a name that is a public suffix itself",
            page((HEADER, "max-age=31536000"), url="https://hanoi.vn/"),
            "notapplicable",
        ),
        Example("no HSTS", page(url=DOMAIN), "notapplicable"),
        Example("HSTS switched off", page((HEADER, "max-age=0"), url=DOMAIN), "notapplicable"),
        Example("plain http", plain_page(), "notapplicable"),
        Example("plain http, https silent", plain_page(https_unseen=silence()), "unknown"),
    ),
)
def hsts_subdomains_missing(page: Page, ctx: Context) -> Judgement:
    """Judge the registrable domain only: below it, the parts of the portal may still need http."""
    absent = without_https(page)
    if absent is not None:
        return absent
    if registrable(page.host, ctx.ref.suffixes) != page.host:
        return NotApplicable(because="below")
    lines = page.lines(HEADER)
    policy = parse_hsts(page.values(HEADER)[0]) if lines else None
    if policy is None or isinstance(policy, HstsError) or policy.max_age_s == 0:
        return NotApplicable(because="no-hsts", saw=lines[0] if lines else "")
    if policy.include_subdomains:
        return Pass(saw=lines[0])
    return Fail(saw=lines[0], where=(page.url,), note="without")
