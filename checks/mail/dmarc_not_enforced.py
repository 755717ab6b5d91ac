"""mail.dmarc-not-enforced: DMARC watches, and forged mail is delivered all the same."""

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
from scanner.parse.dmarc import FULL, DmarcRecord, Policy
from scanner.samples.domain import DOMAIN, mail

AT = f"_dmarc.{DOMAIN}"


@check(
    "mail.dmarc-not-enforced",
    on=Mail,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="DMARC chưa có hiệu lực ngăn thư giả", en="DMARC is not enforced"),
    why=Text(
        vi="Thư giả mang tên cơ quan vẫn được chuyển tới người nhận như thư bình thường.",
        en="Mail forged in the agency's name still reaches people like any other.",
    ),
    fix=Text(
        vi="Xem báo cáo, sửa các nguồn gửi thư hợp lệ, rồi đặt p=quarantine và sau đó p=reject, kể cả sp và np.",
        en="Read the reports, repair genuine senders, then set p=quarantine and later p=reject, sp and np included.",
    ),
    refs=("RFC 9989 section 4.7", "RFC 7489 section 6.3"),
    howto="publish-dmarc",
    notes={
        "none": Text(vi="Chưa có bản ghi DMARC.", en="There is no DMARC record."),
        "watching": Text(vi="Chính sách của {domain} là p=none.", en="The policy of {domain} is p=none."),
        "testing": Text(vi="{domain} đang ở chế độ thử (t=y).", en="{domain} is in test mode (t=y)."),
        "partial": Text(
            vi="{domain} chỉ áp dụng cho {share}% thư.", en="{domain} covers {share}% of the mail only."
        ),
        "below": Text(
            vi="Chính sách cho tên miền con ({tag}) yếu hơn chính sách của {domain}.",
            en="The policy for names below ({tag}) is weaker than that of {domain}.",
        ),
    },
    examples=(
        Example("reject", mail(), "pass"),
        Example("quarantine", mail((AT, "TXT", '"v=DMARC1; p=quarantine"')), "pass"),
        Example("none", mail((AT, "TXT", '"v=DMARC1; p=none; rua=mailto:a@so.example"')), "fail"),
        Example(
            "an absent policy counts as none",
            mail((AT, "TXT", '"v=DMARC1; rua=mailto:a@so.example"')),
            "fail",
        ),
        Example("test mode", mail((AT, "TXT", '"v=DMARC1; p=reject; t=y"')), "fail"),
        Example("half of the mail", mail((AT, "TXT", '"v=DMARC1; p=reject; pct=50"')), "fail"),
        Example("all of it", mail((AT, "TXT", '"v=DMARC1; p=reject; pct=100"')), "pass"),
        Example("open below", mail((AT, "TXT", '"v=DMARC1; p=reject; sp=none"')), "fail"),
        Example(
            "open for names that do not exist", mail((AT, "TXT", '"v=DMARC1; p=reject; np=none"')), "fail"
        ),
        Example("stricter below", mail((AT, "TXT", '"v=DMARC1; p=quarantine; sp=reject"')), "pass"),
        Example("no record", mail((AT, "TXT")), "notapplicable"),
        Example("nobody knows", mail((AT, "TXT", "!SERVFAIL")), "unknown"),
    ),
)
def dmarc_not_enforced(mail: Mail, _ctx: Context) -> Judgement:
    """Judge the policy that applies to each mail domain."""
    return judge_domains(mail, _rule)


def _rule(domain: MailDomain) -> Judgement:
    found = domain.dmarc
    if found.record is None:
        return unanswered(found.unknown) if found.unknown is not None else NotApplicable("none")
    saw = f"_dmarc.{found.at} TXT {found.text}"
    note, extra = _weakness(found.record, found.policy)
    if note:
        return Fail(saw, note=note, values=(("domain", domain.domain), *extra))
    return Pass(saw)


def _weakness(record: DmarcRecord, policy: Policy) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The sentence that names the first weakness, with its slots; empty when there is none."""
    if policy is Policy.NONE:
        return "watching", ()
    if record.testing:
        return "testing", ()
    if record.percent < FULL:
        return "partial", (("share", str(record.percent)),)
    for tag, below in (("sp", record.subdomains), ("np", record.missing)):
        if below is not None and below.rank < record.policy.rank:
            return "below", (("tag", f"{tag}={below}"),)
    return "", ()
