"""mail.mta-sts-missing: senders are not told to insist on encryption towards the domain."""

from scanner.author import (
    Context,
    Example,
    Fail,
    Judgement,
    Mail,
    MailDomain,
    NotApplicable,
    Pass,
    Severity,
    Text,
    check,
)
from scanner.author.domain import NO_MAIL_TEXT, judge_domains, only_with_mail, unanswered
from scanner.identify.dns_book import line_of
from scanner.model.evidence import DnsState
from scanner.samples.domain import DOMAIN, mail

AT = f"_mta-sts.{DOMAIN}"


@check(
    "mail.mta-sts-missing",
    on=Mail,
    severity=Severity.INFO,
    since="0.1",
    title=Text(
        vi="Chưa yêu cầu mã hóa khi nhận thư (MTA-STS)",
        en="Encryption of incoming mail is not required (MTA-STS)",
    ),
    why=Text(
        vi="Kẻ đứng giữa có thể ép máy chủ gửi chuyển thư không mã hóa và đọc nội dung.",
        en="Somebody in between can make senders fall back to plain text and read the mail.",
    ),
    fix=Text(
        vi="Đăng chính sách MTA-STS, bắt đầu với mode: testing, rồi chuyển sang enforce.",
        en="Publish an MTA-STS policy, begin with mode: testing, then change to enforce.",
    ),
    refs=("RFC 8461 section 3.1",),
    howto="publish-mta-sts",
    notes={
        "no-mail": NO_MAIL_TEXT,
        "broken": Text(
            vi="Có bản ghi MTA-STS nhưng sai; xem mục MTA-STS không dùng được.",
            en="There is a record, and it is wrong; see the check on broken MTA-STS.",
        ),
    },
    examples=(
        Example("announced", mail(), "pass"),
        Example("absent", mail((AT, "TXT")), "fail"),
        Example("some other text", mail((AT, "TXT", '"v=spf1 -all"')), "fail"),
        Example("a wrong record is told elsewhere", mail((AT, "TXT", '"v=STSv1;"')), "notapplicable"),
        Example("a domain without mail", mail((DOMAIN, "MX", "0 ."), (AT, "TXT")), "notapplicable"),
        Example("nobody knows", mail((AT, "TXT", "!timeout")), "unknown"),
        Example("nobody knows whether it takes mail", mail((DOMAIN, "MX", "!timeout")), "unknown"),
    ),
)
def mta_sts_missing(mail: Mail, _ctx: Context) -> Judgement:
    """Judge the announcement in DNS; what it leads to is another check."""
    return judge_domains(mail, only_with_mail(_rule))


def _rule(domain: MailDomain) -> Judgement:
    if domain.sts_answer.state is DnsState.UNKNOWN:
        return unanswered(domain.sts_answer)
    saw = line_of(domain.sts_answer)
    if domain.sts_id:
        return Pass(saw)
    return NotApplicable("broken", saw=saw) if domain.sts_records else Fail(saw)
