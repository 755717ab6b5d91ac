"""mail.dane-invalid: the mail servers publish TLSA records that senders cannot rely on."""

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
from scanner.author.domain import judge_domains, only_with_mail, unanswered
from scanner.identify.dns_book import VALIDATED, line_of
from scanner.model.check import Unknown
from scanner.model.evidence import DnsState, Why
from scanner.parse.tlsa import read_tlsa
from scanner.samples.domain import DOMAIN, mail

AT = "_25._tcp.mail.so.example"
GOOD = "3 1 1 " + "ab" * 32


@check(
    "mail.dane-invalid",
    on=Mail,
    severity=Severity.INFO,
    since="0.1",
    title=Text(
        vi="Bản ghi TLSA của máy chủ thư không dùng được", en="TLSA records of a mail server cannot be used"
    ),
    why=Text(
        vi="Nơi gửi bỏ qua bản ghi không có DNSSEC; bản ghi sai làm nơi gửi hỗ trợ DANE không gửi được thư.",
        en="Without DNSSEC senders ignore them, and a wrong record makes senders with DANE hold mail back.",
    ),
    fix=Text(
        vi="Ký DNSSEC tên miền của máy chủ thư, dùng TLSA loại 3 1 1, và đổi TLSA mỗi khi thay khóa.",
        en="Sign the mail server's domain, use TLSA 3 1 1, and change it whenever the key changes.",
    ),
    refs=("RFC 7672 section 2.2", "RFC 7672 section 3.1", "RFC 6698 section 2.1"),
    howto="publish-tlsa-for-mail",
    notes={
        "no-mail": Text(vi="Tên miền này không nhận thư điện tử.", en="This domain takes no mail."),
        "none": Text(vi="Máy chủ thư không có bản ghi TLSA.", en="The mail servers have no TLSA records."),
        "unsigned": Text(
            vi="{server} có TLSA nhưng không có DNSSEC.", en="{server} has TLSA, and no DNSSEC."
        ),
        "unusable": Text(
            vi="Không bản ghi nào của {server} dùng được cho thư.",
            en="No record of {server} can be used for mail.",
        ),
        "not-validating": Text(
            vi="Máy chủ phân giải đang dùng không kiểm tra chữ ký DNSSEC.",
            en="The resolver in use does not validate signatures.",
        ),
    },
    examples=(
        Example("in order", mail((AT, "TLSA", GOOD)), "pass"),
        Example("an authority's key", mail((AT, "TLSA", "2 0 1 " + "ab" * 32)), "pass"),
        Example("a usage for the Web only", mail((AT, "TLSA", "1 1 1 " + "ab" * 32)), "fail"),
        Example("a digest cut short", mail((AT, "TLSA", "3 1 1 abab")), "fail"),
        Example("one usable is enough", mail((AT, "TLSA", "1 1 1 " + "ab" * 32, GOOD)), "pass"),
        Example("without DNSSEC", mail((AT, "TLSA", GOOD, "?unsigned")), "fail"),
        Example("the resolver does not validate", mail((AT, "TLSA", GOOD), signed=False), "unknown"),
        Example("none", mail(), "notapplicable"),
        Example("nobody knows", mail((AT, "TLSA", "!timeout")), "unknown"),
        Example("a domain without mail", mail((DOMAIN, "MX", "0 .")), "notapplicable"),
    ),
)
def dane_invalid(mail: Mail, _ctx: Context) -> Judgement:
    """Judge the records; the server's certificate is not fetched, because port 25 is not opened."""
    return judge_domains(mail, only_with_mail(_rule))


def _rule(domain: MailDomain) -> Judgement:
    published = [a for a in domain.tlsa if a.state is DnsState.VALUE]
    for answer in published:
        values = (("server", answer.name.removeprefix("_25._tcp.")),)
        if not any(t is not None and t.is_usable_for_mail for t in map(read_tlsa, answer.records)):
            return Fail(line_of(answer), note="unusable", values=values)
        if VALIDATED not in answer.flags:
            if not domain.is_validating:
                return Unknown(Why.NOT_ASKED, line_of(answer), note="not-validating")
            return Fail(f"{line_of(answer)} (no ad)", note="unsigned", values=values)
    if late := next((a for a in domain.tlsa if a.state is DnsState.UNKNOWN), None):
        return unanswered(late)
    if not published:
        return NotApplicable("none", saw="\n".join(map(line_of, domain.tlsa)))
    return Pass("\n".join(map(line_of, published)))
