"""mail.spf-weak: the SPF record ends without a verdict on strangers."""

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

DMARC = f"_dmarc.{DOMAIN}"


@check(
    "mail.spf-weak",
    on=Mail,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Bản ghi SPF không loại bỏ thư giả", en="The SPF record rejects nobody"),
    why=Text(
        vi="Bản ghi kết thúc mà không nói máy chủ lạ có được gửi hay không, nên thư giả vẫn vào hộp thư.",
        en="It ends without saying what strangers may do, so forged mail still reaches the inbox.",
    ),
    fix=Text(
        vi="Kết thúc bản ghi bằng -all, hoặc ~all cùng với DMARC ở mức quarantine hay reject.",
        en="End the record with -all, or with ~all together with DMARC at quarantine or reject.",
    ),
    refs=("RFC 7208 section 5.1", "RFC 7208 section 8", "RFC 9989 section 7.1"),
    howto="publish-spf",
    notes={
        "none": Text(vi="Không có bản ghi SPF dùng được.", en="There is no usable SPF record."),
        "allows-all": Text(
            vi="Bản ghi cho phép mọi máy chủ; xem mục SPF cho phép tất cả.",
            en="The record allows every server; see the check on that.",
        ),
        "neutral": Text(vi="{domain} kết thúc bằng ?all.", en="{domain} ends with ?all."),
        "open-end": Text(
            vi="{domain} không có all và không có redirect.", en="{domain} has neither all nor redirect."
        ),
        "softfail": Text(
            vi="{domain} kết thúc bằng ~all nhưng DMARC chưa có hiệu lực.",
            en="{domain} ends with ~all, and DMARC is not enforced.",
        ),
    },
    examples=(
        Example("-all", mail(), "pass"),
        Example("?all", mail((DOMAIN, "TXT", '"v=spf1 mx ?all"')), "fail"),
        Example("no all", mail((DOMAIN, "TXT", '"v=spf1 mx"')), "fail"),
        Example("~all with DMARC enforced", mail((DOMAIN, "TXT", '"v=spf1 mx ~all"')), "pass"),
        Example("~all without DMARC", mail((DOMAIN, "TXT", '"v=spf1 mx ~all"'), (DMARC, "TXT")), "fail"),
        Example(
            "~all, and DMARC is not known",
            mail((DOMAIN, "TXT", '"v=spf1 mx ~all"'), (DMARC, "TXT", "!timeout")),
            "unknown",
        ),
        Example(
            "redirect decides",
            mail((DOMAIN, "TXT", '"v=spf1 redirect=r.example"'), ("r.example", "TXT", '"v=spf1 ?all"')),
            "fail",
        ),
        Example(
            "redirect to a good one",
            mail(
                (DOMAIN, "TXT", '"v=spf1 redirect=r.example"'),
                ("r.example", "TXT", '"v=spf1 mx:so.example -all"'),
            ),
            "pass",
        ),
        Example("+all is told elsewhere", mail((DOMAIN, "TXT", '"v=spf1 +all"')), "notapplicable"),
        Example("broken is told elsewhere", mail((DOMAIN, "TXT", '"v=spf1 nonsense -all"')), "notapplicable"),
        Example("no record", mail((DOMAIN, "TXT")), "notapplicable"),
        Example("no answer", mail((DOMAIN, "TXT", "!timeout")), "unknown"),
    ),
)
def spf_weak(mail: Mail, _ctx: Context) -> Judgement:
    """Judge the last word of the record, also behind a redirect."""
    return judge_domains(mail, _rule)


def _rule(domain: MailDomain) -> Judgement:
    tree = domain.spf
    if domain.spf_answer.state is DnsState.UNKNOWN:
        return unanswered(domain.spf_answer)
    if tree.record is None or tree.faults:
        return NotApplicable("none")
    saw = f"{domain.domain} TXT {tree.texts[0]}"
    values = (("domain", domain.domain),)
    if tree.final == "+":
        return NotApplicable("allows-all", saw=saw)
    if tree.final == "?":
        return Fail(saw, note="neutral", values=values)
    if tree.final == "":
        if tree.record.redirect and (tree.unknown is not None or tree.has_macro):
            return unanswered(tree.unknown or domain.spf_answer)
        return Fail(saw, note="open-end", values=values)
    if tree.final == "-" or domain.dmarc.is_enforced:
        return Pass(saw)
    if domain.dmarc.unknown is not None:
        return unanswered(domain.dmarc.unknown)
    return Fail(saw, note="softfail", values=values)
