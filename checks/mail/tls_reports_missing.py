"""mail.tls-reports-missing: nobody hears of mail that could not be encrypted."""

from scanner.author import Context, Example, Fail, Judgement, Mail, MailDomain, Pass, Severity, Text, check
from scanner.author.domain import NO_MAIL_TEXT, judge_domains, only_with_mail, unanswered
from scanner.identify.dns_book import line_of
from scanner.model.evidence import DnsState
from scanner.samples.domain import DOMAIN, mail

AT = f"_smtp._tls.{DOMAIN}"


@check(
    "mail.tls-reports-missing",
    on=Mail,
    severity=Severity.INFO,
    since="0.1",
    title=Text(
        vi="Chưa nhận báo cáo lỗi mã hóa thư (TLS-RPT)", en="No reports on failed mail encryption (TLS-RPT)"
    ),
    why=Text(
        vi="Khi máy chủ khác không gửi được thư mã hóa tới cơ quan, không ai hay biết.",
        en="When other servers cannot encrypt mail towards the agency, nobody hears of it.",
    ),
    fix=Text(
        vi="Thêm bản ghi TXT tại _smtp._tls với một địa chỉ nhận báo cáo.",
        en="Add a TXT record at _smtp._tls with an address for reports.",
    ),
    refs=("RFC 8460 section 3",),
    howto="publish-tls-rpt",
    notes={"no-mail": NO_MAIL_TEXT},
    examples=(
        Example("an address is given", mail(), "pass"),
        Example("absent", mail((AT, "TXT")), "fail"),
        Example("no address", mail((AT, "TXT", '"v=TLSRPTv1; rua="')), "fail"),
        Example("a domain without mail", mail((DOMAIN, "MX", "0 ."), (AT, "TXT")), "notapplicable"),
        Example("nobody knows", mail((AT, "TXT", "!timeout")), "unknown"),
    ),
)
def tls_reports_missing(mail: Mail, _ctx: Context) -> Judgement:
    """Judge the record of each domain that takes mail."""
    return judge_domains(mail, only_with_mail(_rule))


def _rule(domain: MailDomain) -> Judgement:
    if domain.tls_reports_answer.state is DnsState.UNKNOWN:
        return unanswered(domain.tls_reports_answer)
    saw = line_of(domain.tls_reports_answer)
    return Pass(saw) if domain.tls_reports else Fail(saw)
