"""mail.unused-domain-open: the domain has no mail of its own, and forgers may use it all the same."""

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
from scanner.parse.dmarc import Policy
from scanner.samples.domain import DOMAIN, mail

NULL = (DOMAIN, "MX", "0 .")
CLOSED = (DOMAIN, "TXT", '"v=spf1 -all"')
DMARC = f"_dmarc.{DOMAIN}"
HOST = (DOMAIN, "A", "203.0.113.10")


@check(
    "mail.unused-domain-open",
    on=Mail,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Tên miền không dùng thư chưa chặn hết thư giả",
        en="A domain without mail is not closed to forgers",
    ),
    why=Text(
        vi="Tên miền không gửi thư thì mọi thư mang tên đó đều là giả; chặn hẳn không ảnh hưởng tới ai.",
        en="All mail in the name of a domain that sends none is forged, and refusing it harms nobody.",
    ),
    fix=Text(
        vi="Đặt SPF v=spf1 -all, DMARC p=reject và MX 0 dấu chấm.",
        en="Set SPF to v=spf1 -all, DMARC to p=reject, and the single MX record 0 dot.",
    ),
    refs=("RFC 7208 section 10.1.2", "RFC 9989 section 4.7", "RFC 7505 section 4.2"),
    howto="close-unused-mail",
    notes={
        "mail": Text(vi="Tên miền này có dùng thư điện tử.", en="This domain uses mail."),
        "told": Text(
            vi="Chưa có SPF hoặc DMARC; xem các mục về bản ghi đó.",
            en="SPF or DMARC is missing; see the checks on them.",
        ),
        "open": Text(vi="Còn thiếu: {parts}.", en="Still missing: {parts}."),
    },
    examples=(
        Example("closed", mail(NULL, CLOSED), "pass"),
        Example("closed, nothing answers mail anyway", mail((DOMAIN, "MX"), CLOSED), "pass"),
        Example("its web server would be asked to take mail", mail((DOMAIN, "MX"), CLOSED, HOST), "fail"),
        Example("SPF allows a sender", mail(NULL, (DOMAIN, "TXT", '"v=spf1 ip4:203.0.113.9 -all"')), "fail"),
        Example("soft end", mail(NULL, (DOMAIN, "TXT", '"v=spf1 ~all"')), "fail"),
        Example(
            "DMARC only quarantines", mail(NULL, CLOSED, (DMARC, "TXT", '"v=DMARC1; p=quarantine"')), "fail"
        ),
        Example("no SPF is told elsewhere", mail(NULL, (DOMAIN, "TXT")), "notapplicable"),
        Example("no DMARC is told elsewhere", mail(NULL, CLOSED, (DMARC, "TXT")), "notapplicable"),
        Example(
            "sends without taking mail",
            mail((DOMAIN, "MX"), (DOMAIN, "TXT", '"v=spf1 ip4:203.0.113.9 -all"')),
            "notapplicable",
        ),
        Example("uses mail", mail(), "notapplicable"),
        Example("nobody knows", mail((DOMAIN, "MX", "!timeout")), "unknown"),
        Example("SPF is not known", mail(NULL, (DOMAIN, "TXT", "!timeout")), "unknown"),
        Example("DMARC is not known", mail(NULL, CLOSED, (DMARC, "TXT", "!timeout")), "unknown"),
    ),
)
def unused_domain_open(mail: Mail, _ctx: Context) -> Judgement:
    """Judge domains that take no mail, and say by a null MX or an empty SPF record that they send none."""
    return judge_domains(mail, _rule)


def _rule(domain: MailDomain) -> Judgement:
    dmarc = domain.dmarc
    if domain.exchanges:
        return NotApplicable("mail", saw=line_of(domain.mx))
    for answer in (domain.mx, domain.spf_answer, None if dmarc.record else dmarc.unknown):
        if answer is not None and answer.state is DnsState.UNKNOWN:
            return unanswered(answer)
    sends = domain.spf.record is not None and any(
        term.qualifier == "+" for term in domain.spf.record.effective if term.kind != "all"
    )
    if sends and not domain.has_null_mx:
        return NotApplicable("mail", saw=line_of(domain.mx))
    if domain.spf.record is None or dmarc.record is None:
        return NotApplicable("told", saw=line_of(domain.mx))
    return _open(domain, sends=sends)


def _open(domain: MailDomain, *, sends: bool) -> Judgement:
    """What is still missing of the three records."""
    dmarc = domain.dmarc
    is_asked_for_mail = not domain.mx.records and any(a.records for a in domain.hosts)
    parts = ["MX 0 ."] if is_asked_for_mail else []
    parts += ["v=spf1 -all"] if sends or domain.spf.final != "-" else []
    parts += ["p=reject"] if dmarc.policy is not Policy.REJECT or not dmarc.is_enforced else []
    lines = [
        line_of(domain.mx),
        f"{domain.domain} TXT {domain.spf.texts[0]}",
        f"_dmarc.{dmarc.at} TXT {dmarc.text}",
    ]
    saw = "\n".join(lines)
    return Fail(saw, note="open", values=(("parts", ", ".join(parts)),)) if parts else Pass(saw)
