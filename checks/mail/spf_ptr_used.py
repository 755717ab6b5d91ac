"""mail.spf-ptr-used: the SPF record relies on reverse names, which receivers are told not to look up."""

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
from scanner.model.evidence import DnsState
from scanner.samples.domain import DOMAIN, mail


@check(
    "mail.spf-ptr-used",
    on=Mail,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="SPF dùng cơ chế ptr", en="SPF uses the mechanism ptr"),
    why=Text(
        vi="Tra tên ngược vừa chậm vừa không tin cậy; một số nơi nhận bỏ qua cả bản ghi.",
        en="Reverse names are slow and unreliable, and some receivers skip such a record.",
    ),
    fix=Text(vi="Thay ptr bằng a, mx, ip4 hoặc ip6.", en="Replace ptr by a, mx, ip4 or ip6."),
    refs=("RFC 7208 section 5.5",),
    howto="publish-spf",
    notes={"none": Text(vi="Không có bản ghi SPF dùng được.", en="There is no usable SPF record.")},
    examples=(
        Example("no ptr", mail(), "pass"),
        Example("ptr", mail((DOMAIN, "TXT", '"v=spf1 ptr -all"')), "fail"),
        Example("ptr of a domain", mail((DOMAIN, "TXT", '"v=spf1 PTR:so.example -all"')), "fail"),
        Example(
            "in an included record",
            mail(
                (DOMAIN, "TXT", '"v=spf1 include:s.so.example -all"'),
                ("s.so.example", "TXT", '"v=spf1 ptr ?all"'),
            ),
            "fail",
        ),
        Example("behind all nothing counts", mail((DOMAIN, "TXT", '"v=spf1 -all ptr"')), "pass"),
        Example("no record", mail((DOMAIN, "TXT")), "notapplicable"),
        Example("no answer", mail((DOMAIN, "TXT", "!timeout")), "unknown"),
    ),
)
def spf_ptr_used(mail: Mail, _ctx: Context) -> Judgement:
    """Judge the whole tree."""
    return judge_domains(mail, _rule)


def _rule(domain: MailDomain) -> Judgement:
    tree = domain.spf
    if domain.spf_answer.state is DnsState.UNKNOWN:
        return unanswered(domain.spf_answer)
    if tree.record is None:
        return NotApplicable("none")
    lines = (f"{domain.domain} TXT {tree.texts[0]}", *(f"{at} TXT {text}" for at, text in tree.included))
    if tree.uses_ptr:
        return Fail("\n".join(line for line in lines if "ptr" in line.lower()))
    return Pass("\n".join(lines)) if tree.is_settled else unanswered(tree.unknown or domain.spf_answer)
