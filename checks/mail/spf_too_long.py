"""mail.spf-too-long: the SPF record does not fit into one small DNS answer."""

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

BYTES_MOST = 450  # section 3.4: so that an answer of 512 octets holds it


@check(
    "mail.spf-too-long",
    on=Mail,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="Bản ghi SPF quá dài", en="The SPF record is too long"),
    why=Text(
        vi="Câu trả lời DNS phải chuyển sang TCP; qua tường lửa chặn TCP 53, nơi nhận không đọc được SPF.",
        en="The answer has to move to TCP, and behind a firewall that blocks it nobody reads the record.",
    ),
    fix=Text(
        vi="Bỏ phần không dùng, hoặc chuyển bớt sang một bản ghi include.",
        en="Drop what is not used, or move part of it to an included record.",
    ),
    refs=("RFC 7208 section 3.4",),
    howto="publish-spf",
    notes={
        "none": Text(vi="Không có bản ghi SPF dùng được.", en="There is no usable SPF record."),
        "long": Text(vi="Dài {size} byte.", en="It has {size} bytes."),
    },
    examples=(
        Example("short", mail(), "pass"),
        Example(
            "450 bytes", mail((DOMAIN, "TXT", '"v=spf1 ' + "ip4:1.1.1.1 " * 36 + '   " " -all"')), "pass"
        ),
        Example("far more", mail((DOMAIN, "TXT", '"v=spf1 ' + "ip4:1.1.1.1 " * 40 + '-all"')), "fail"),
        Example("no record", mail((DOMAIN, "TXT")), "notapplicable"),
        Example("no answer", mail((DOMAIN, "TXT", "!timeout")), "unknown"),
    ),
)
def spf_too_long(mail: Mail, _ctx: Context) -> Judgement:
    """Judge the text of the record, its strings joined."""
    return judge_domains(mail, _rule)


def _rule(domain: MailDomain) -> Judgement:
    if domain.spf_answer.state is DnsState.UNKNOWN:
        return unanswered(domain.spf_answer)
    if domain.spf.record is None:
        return NotApplicable("none")
    text = domain.spf.texts[0]
    saw, size = f"{domain.domain} TXT {text}", len(text.encode("latin-1", "replace"))
    return Fail(saw, note="long", values=(("size", str(size)),)) if size > BYTES_MOST else Pass(saw)
