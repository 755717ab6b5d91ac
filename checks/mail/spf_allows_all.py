"""mail.spf-allows-all: the SPF record allows every server of the world to send."""

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
    "mail.spf-allows-all",
    on=Mail,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="SPF cho phép mọi máy chủ gửi thư", en="SPF allows every server to send"),
    why=Text(
        vi="Thư giả mang tên cơ quan được xác nhận là thư thật, còn tệ hơn không có SPF.",
        en="Forged mail in the agency's name is confirmed as genuine, which is worse than no SPF.",
    ),
    fix=Text(
        vi="Thay +all (hoặc all) ở cuối bản ghi bằng -all sau khi đã liệt kê đủ máy chủ gửi thư.",
        en="Replace +all (or all) at the end by -all once every sending server is listed.",
    ),
    refs=("RFC 7208 section 5.1", "RFC 7208 section 4.6.2"),
    howto="publish-spf",
    notes={"none": Text(vi="Không có bản ghi SPF dùng được.", en="There is no usable SPF record.")},
    examples=(
        Example("+all", mail((DOMAIN, "TXT", '"v=spf1 mx +all"')), "fail"),
        Example("bare all", mail((DOMAIN, "TXT", '"v=spf1 ALL"')), "fail"),
        Example(
            "behind a redirect",
            mail((DOMAIN, "TXT", '"v=spf1 redirect=r.example"'), ("r.example", "TXT", '"v=spf1 +all"')),
            "fail",
        ),
        Example(
            "all of an include is not ours",
            mail((DOMAIN, "TXT", '"v=spf1 include:r.example -all"'), ("r.example", "TXT", '"v=spf1 ?all"')),
            "pass",
        ),
        Example(
            "but +all of an include lets everybody in",
            mail((DOMAIN, "TXT", '"v=spf1 include:r.example -all"'), ("r.example", "TXT", '"v=spf1 +all"')),
            "fail",
        ),
        Example(
            "the whole Internet by address", mail((DOMAIN, "TXT", '"v=spf1 ip4:0.0.0.0/0 -all"')), "fail"
        ),
        Example("-all", mail(), "pass"),
        Example("no record", mail((DOMAIN, "TXT")), "notapplicable"),
        Example("no answer", mail((DOMAIN, "TXT", "!timeout")), "unknown"),
    ),
)
def spf_allows_all(mail: Mail, _ctx: Context) -> Judgement:
    """Judge the term that lets everybody in: all, a network of everything, an include that does so."""
    return judge_domains(mail, _rule)


def _rule(domain: MailDomain) -> Judgement:
    tree = domain.spf
    if domain.spf_answer.state is DnsState.UNKNOWN:
        return unanswered(domain.spf_answer)
    if tree.record is None:
        return NotApplicable("none")
    lines = "\n".join(
        (f"{domain.domain} TXT {tree.texts[0]}", *(f"{at} TXT {text}" for at, text in tree.included))
    )
    if tree.open_by:
        return Fail(f"{tree.open_by}\n{lines}")
    return Pass(lines) if tree.is_settled else unanswered(tree.unknown or domain.spf_answer)
