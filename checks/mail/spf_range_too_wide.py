"""mail.spf-range-too-wide: the SPF record lets a whole network of strangers send in the agency's name."""

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
from scanner.parse.spf import SpfTerm
from scanner.samples.domain import DOMAIN, mail

LEAST = {"ip4": 16, "ip6": 32}


@check(
    "mail.spf-range-too-wide",
    on=Mail,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="SPF cho phép dải địa chỉ quá rộng", en="SPF allows too wide a range of addresses"),
    why=Text(
        vi="Hàng chục nghìn máy, kể cả máy của người khác, được gửi thư mang tên cơ quan.",
        en="Tens of thousands of machines, those of others among them, may send in the agency's name.",
    ),
    fix=Text(
        vi="Chỉ ghi địa chỉ của những máy chủ thật sự gửi thư.",
        en="List only the addresses that really send mail.",
    ),
    refs=("RFC 7208 section 5.6",),
    howto="publish-spf",
    notes={
        "none": Text(vi="Không có bản ghi SPF dùng được.", en="There is no usable SPF record."),
        "wide": Text(vi="Dải quá rộng: {terms}.", en="Too wide: {terms}."),
    },
    examples=(
        Example("servers", mail(), "pass"),
        Example("a /16", mail((DOMAIN, "TXT", '"v=spf1 ip4:203.0.0.0/16 -all"')), "pass"),
        Example("a /15", mail((DOMAIN, "TXT", '"v=spf1 ip4:203.0.0.0/15 -all"')), "fail"),
        Example("IPv6", mail((DOMAIN, "TXT", '"v=spf1 ip6:2001:d00::/24 -all"')), "fail"),
        Example("forbidden, not allowed", mail((DOMAIN, "TXT", '"v=spf1 -ip4:10.0.0.0/8 mx -all"')), "pass"),
        Example("everybody is told elsewhere", mail((DOMAIN, "TXT", '"v=spf1 ip4:0.0.0.0/0 -all"')), "pass"),
        Example(
            "a provider's own record is its affair",
            mail(
                (DOMAIN, "TXT", '"v=spf1 include:s.example -all"'),
                ("s.example", "TXT", '"v=spf1 ip4:40.92.0.0/14 -all"'),
            ),
            "pass",
        ),
        Example("no record", mail((DOMAIN, "TXT")), "notapplicable"),
        Example("no answer", mail((DOMAIN, "TXT", "!timeout")), "unknown"),
    ),
)
def spf_range_too_wide(mail: Mail, _ctx: Context) -> Judgement:
    """Judge the domain's own record only."""
    return judge_domains(mail, _rule)


def _rule(domain: MailDomain) -> Judgement:
    tree = domain.spf
    if domain.spf_answer.state is DnsState.UNKNOWN:
        return unanswered(domain.spf_answer)
    if tree.record is None:
        return NotApplicable("none")
    saw = f"{domain.domain} TXT {tree.texts[0]}"
    wide = [term.raw for term in tree.record.effective if _is_wide(term)]
    return Fail(saw, note="wide", values=(("terms", ", ".join(wide)),)) if wide else Pass(saw)


def _is_wide(term: SpfTerm) -> bool:
    """A network of everything is another check."""
    _, slash, length = term.network.partition("/")
    return term.qualifier == "+" and bool(slash) and 0 < int(length or 0) < LEAST.get(term.kind, 0)
