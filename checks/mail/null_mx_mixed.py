"""mail.null-mx-mixed: the domain says that it takes no mail, and names mail servers."""

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
from scanner.author.domain import judge_domains, unanswered
from scanner.identify.dns_book import line_of
from scanner.model.evidence import DnsState
from scanner.samples.domain import DOMAIN, mail


@check(
    "mail.null-mx-mixed",
    on=Mail,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Bản ghi MX tự mâu thuẫn", en="The MX records contradict each other"),
    why=Text(
        vi="Nơi gửi không biết tên miền có nhận thư hay không; thư của người dân có thể bị trả lại.",
        en="Senders cannot tell whether the domain takes mail, and citizens' mail may bounce.",
    ),
    fix=Text(
        vi="Tên miền không nhận thư: giữ riêng bản ghi MX 0 dấu chấm. Có nhận thư: bỏ bản ghi đó.",
        en="For a domain without mail keep the single record MX 0 dot. For one with mail drop it.",
    ),
    refs=("RFC 7505 section 3",),
    howto="close-unused-mail",
    notes={"none": Text(vi="Tên miền không có bản ghi MX.", en="The domain has no MX record.")},
    examples=(
        Example("mail servers", mail(), "pass"),
        Example("no mail at all", mail((DOMAIN, "MX", "0 .")), "pass"),
        Example("both", mail((DOMAIN, "MX", "0 .", "10 mail.so.example.")), "fail"),
        Example("no MX", mail((DOMAIN, "MX")), "notapplicable"),
        Example("nobody knows", mail((DOMAIN, "MX", "!timeout")), "unknown"),
    ),
)
def null_mx_mixed(mail: Mail, _ctx: Context) -> Judgement:
    """Judge each domain's set of MX records."""
    return judge_domains(mail, _rule)


def _rule(domain: MailDomain) -> Judgement:
    if domain.mx.state is DnsState.UNKNOWN:
        return unanswered(domain.mx)
    if not domain.mx.records:
        return NotApplicable("none")
    saw = line_of(domain.mx)
    return Fail(saw) if domain.has_null_mx and domain.exchanges else Pass(saw)
