"""mail.mta-sts-not-enforced: the policy on mail encryption is tried out, and protects nobody yet."""

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
    Unknown,
    check,
)
from scanner.author.domain import NO_MAIL_TEXT, judge_domains, only_with_mail, unanswered
from scanner.identify.dns_book import line_of
from scanner.identify.sts import Sts
from scanner.model.evidence import DnsState, Missing, Why
from scanner.samples.domain import DOMAIN, STS_POLICY, mail, sts_policy

AT = f"_mta-sts.{DOMAIN}"


@check(
    "mail.mta-sts-not-enforced",
    on=Mail,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="MTA-STS còn ở chế độ thử", en="MTA-STS is not enforced yet"),
    why=Text(
        vi="Ở chế độ testing hoặc none, thư vẫn được gửi không mã hóa khi có người can thiệp đường truyền.",
        en="With mode testing or none, mail still goes out in plain text when somebody interferes.",
    ),
    fix=Text(
        vi="Khi báo cáo TLS-RPT không còn lỗi, đổi mode thành enforce và đổi id.",
        en="Once TLS-RPT reports are clean, set mode: enforce and change the id.",
    ),
    refs=("RFC 8461 section 5",),
    howto="publish-mta-sts",
    notes={
        "no-mail": NO_MAIL_TEXT,
        "none": Text(
            vi="Tên miền chưa có chính sách MTA-STS dùng được.", en="The domain has no usable MTA-STS policy."
        ),
        "mode": Text(vi="Chính sách ghi mode: {mode}.", en="The policy says mode: {mode}."),
    },
    examples=(
        Example("enforced", mail(), "pass"),
        Example("testing", mail(policy=sts_policy(STS_POLICY.replace("enforce", "testing"))), "fail"),
        Example("withdrawn", mail(policy=sts_policy("version: STSv1\nmode: none\nmax_age: 1")), "fail"),
        Example("a broken policy is told elsewhere", mail(policy=sts_policy(status=404)), "notapplicable"),
        Example("not announced", mail((AT, "TXT")), "notapplicable"),
        Example("silence", mail(policy=Sts(unknown=Missing(Why.TIMEOUT, "GET"))), "unknown"),
        Example("nobody knows", mail((AT, "TXT", "!timeout")), "unknown"),
    ),
)
def mta_sts_not_enforced(mail: Mail, _ctx: Context) -> Judgement:
    """Judge the mode of a policy senders can use."""
    return judge_domains(mail, only_with_mail(_rule))


def _rule(domain: MailDomain) -> Judgement:
    if domain.sts_answer.state is DnsState.UNKNOWN:
        return unanswered(domain.sts_answer)
    sts = domain.sts
    if not domain.sts_id:
        return NotApplicable("none", saw=line_of(domain.sts_answer))
    if sts.unknown is not None:
        return Unknown(sts.unknown.why, sts.unknown.detail)
    if sts.policy is None or sts.fault is not None:
        return NotApplicable("none", saw=sts.proof)
    mode = (("mode", str(sts.policy.mode)),)
    return Pass(sts.proof) if sts.is_enforced else Fail(sts.proof, note="mode", values=mode)
