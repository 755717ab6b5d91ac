"""mail.dane-missing: senders cannot prove by DNSSEC that they reach the right mail server."""

from scanner.author import (
    Context,
    Example,
    Fail,
    Judgement,
    Mail,
    MailDomain,
    Pass,
    Severity,
    Text,
    check,
)
from scanner.author.domain import NO_MAIL_TEXT, judge_domains, only_with_mail, unanswered
from scanner.identify.dns_book import line_of
from scanner.model.evidence import DnsState
from scanner.samples.domain import DOMAIN, mail

AT = "_25._tcp.mail.so.example"
GOOD = "3 1 1 " + "ab" * 32


@check(
    "mail.dane-missing",
    on=Mail,
    severity=Severity.INFO,
    since="0.1",
    title=Text(
        vi="Máy chủ thư chưa có bản ghi TLSA (DANE)", en="The mail servers have no TLSA records (DANE)"
    ),
    why=Text(
        vi="Nơi gửi không kiểm tra được mình đang nói với đúng máy chủ thư. MTA-STS là cách thay thế.",
        en="Senders cannot check that they speak to the right mail server. MTA-STS is the other way.",
    ),
    fix=Text(
        vi="Sau khi ký DNSSEC, thêm bản ghi TLSA cho từng máy chủ thư.",
        en="Once the domain is signed, add TLSA records for each mail server.",
    ),
    refs=("RFC 7672 section 2",),
    howto="publish-tlsa-for-mail",
    notes={"no-mail": NO_MAIL_TEXT},
    examples=(
        Example("published", mail((AT, "TLSA", GOOD)), "pass"),
        Example("none", mail(), "fail"),
        Example(
            "on one server of two",
            mail((AT, "TLSA", GOOD), (DOMAIN, "MX", "1 mail.so.example.", "2 b.so.example.")),
            "fail",
        ),
        Example("nobody knows", mail((AT, "TLSA", "!timeout")), "unknown"),
        Example("a domain without mail", mail((DOMAIN, "MX", "0 .")), "notapplicable"),
    ),
)
def dane_missing(mail: Mail, _ctx: Context) -> Judgement:
    """Judge presence at every mail server; what the records say is another check."""
    return judge_domains(mail, only_with_mail(_rule))


def _rule(domain: MailDomain) -> Judgement:
    lacking = [a for a in domain.tlsa if a.state is DnsState.ABSENT]
    if lacking:
        return Fail("\n".join(map(line_of, lacking)))
    if late := next((a for a in domain.tlsa if a.state is DnsState.UNKNOWN), None):
        return unanswered(late)
    return Pass("\n".join(map(line_of, domain.tlsa)))
