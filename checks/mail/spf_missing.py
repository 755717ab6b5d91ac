"""mail.spf-missing: nobody is told which servers may send the domain's mail."""

from scanner.author import Context, Example, Fail, Judgement, Mail, MailDomain, Pass, Severity, Text, check
from scanner.author.domain import judge_domains, unanswered
from scanner.identify.dns_book import line_of
from scanner.model.evidence import DnsState
from scanner.samples.domain import DOMAIN, mail


@check(
    "mail.spf-missing",
    on=Mail,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Tên miền chưa có bản ghi SPF", en="The domain has no SPF record"),
    why=Text(
        vi="Ai cũng có thể gửi thư mang tên cơ quan, và nơi nhận không có căn cứ để loại bỏ thư giả.",
        en="Anybody can send mail in the agency's name, and receivers have no ground to reject it.",
    ),
    fix=Text(
        vi="Thêm bản ghi TXT v=spf1 ghi các máy chủ được gửi thư; tên miền không gửi thư thì ghi v=spf1 -all.",
        en="Add a TXT record v=spf1 that lists the sending servers; for a domain without mail: v=spf1 -all.",
    ),
    refs=("RFC 7208 section 3", "RFC 7208 section 10.1.2"),
    howto="publish-spf",
    notes={
        "absent": Text(vi="{domain} không có bản ghi SPF.", en="{domain} has no SPF record."),
        "no-mail": Text(
            vi="{domain} không nhận thư và cũng chưa có bản ghi SPF v=spf1 -all.",
            en="{domain} takes no mail, and has no v=spf1 -all either.",
        ),
    },
    examples=(
        Example("present", mail(), "pass"),
        Example("absent", mail((DOMAIN, "TXT", '"site-verification=abc"')), "fail"),
        Example("no TXT at all", mail((DOMAIN, "TXT")), "fail"),
        Example("version glued to a word", mail((DOMAIN, "TXT", '"v=spf10 -all"')), "fail"),
        Example("two strings are one record", mail((DOMAIN, "TXT", '"v=spf" "1 -all"')), "pass"),
        Example("upper case", mail((DOMAIN, "TXT", '"V=SPF1 -ALL"')), "pass"),
        Example("a domain without mail", mail((DOMAIN, "MX", "0 ."), (DOMAIN, "TXT")), "fail"),
        Example(
            "parked as it should be", mail((DOMAIN, "MX", "0 ."), (DOMAIN, "TXT", '"v=spf1 -all"')), "pass"
        ),
        Example("the host takes mail of its own", mail(("so.example", "MX", "5 m.so.example.")), "pass"),
        Example(
            "and has no SPF of its own",
            mail(("phong.so.example", "MX", "5 mail.so.example."), host="phong.so.example"),
            "fail",
        ),
        Example("a time-out is no absence", mail((DOMAIN, "TXT", "!timeout")), "unknown"),
        Example("SERVFAIL is no absence", mail((DOMAIN, "TXT", "!SERVFAIL")), "unknown"),
    ),
)
def spf_missing(mail: Mail, _ctx: Context) -> Judgement:
    """Judge each mail domain; a record that is wrong is another check."""
    return judge_domains(mail, _rule)


def _rule(domain: MailDomain) -> Judgement:
    if domain.spf_answer.state is DnsState.UNKNOWN:
        return unanswered(domain.spf_answer)
    if domain.spf.texts:
        return Pass("\n".join(f"{domain.domain} TXT {text}" for text in domain.spf.texts))
    note = "absent" if domain.takes_mail is not False else "no-mail"
    saw = f"{line_of(domain.spf_answer)}\n(no v=spf1)"
    return Fail(saw, note=note, values=(("domain", domain.domain),))
