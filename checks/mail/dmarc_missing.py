"""mail.dmarc-missing: receivers are not told what to do with forged mail."""

from scanner.author import Context, Example, Fail, Judgement, Mail, MailDomain, Pass, Severity, Text, check
from scanner.author.domain import judge_domains, unanswered
from scanner.samples.domain import DOMAIN, mail

AT = f"_dmarc.{DOMAIN}"


@check(
    "mail.dmarc-missing",
    on=Mail,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Tên miền chưa có bản ghi DMARC", en="The domain has no DMARC record"),
    why=Text(
        vi="Không có DMARC thì SPF và DKIM không bảo vệ địa chỉ người gửi mà cán bộ, người dân nhìn thấy.",
        en="Without DMARC, SPF and DKIM do not protect the sender address that people see.",
    ),
    fix=Text(
        vi="Thêm bản ghi TXT tại _dmarc, bắt đầu bằng p=none để theo dõi, rồi nâng lên quarantine và reject.",
        en="Add a TXT record at _dmarc, begin with p=none to watch, then rise to quarantine and reject.",
    ),
    refs=("RFC 9989 section 4.10", "RFC 9989 section 4.7"),
    howto="publish-dmarc",
    notes={
        "absent": Text(vi="{domain} không có bản ghi DMARC.", en="{domain} has no DMARC record."),
        "unusable": Text(
            vi="Bản ghi tại _dmarc.{domain} không dùng được: {proof}.",
            en="What stands at _dmarc.{domain} is unusable: {proof}.",
        ),
    },
    examples=(
        Example("present", mail(), "pass"),
        Example("absent", mail((AT, "TXT")), "fail"),
        Example(
            "two records are none", mail((AT, "TXT", '"v=DMARC1; p=none"', '"v=DMARC1; p=reject"')), "fail"
        ),
        Example("version in small letters", mail((AT, "TXT", '"v=dmarc1; p=reject"')), "fail"),
        Example("version not first", mail((AT, "TXT", '"p=reject; v=DMARC1"')), "fail"),
        Example(
            "a record without a policy asks for nothing", mail((AT, "TXT", '"v=DMARC1; adkim=s"')), "pass"
        ),
        Example("a tag twice", mail((AT, "TXT", '"v=DMARC1; p=none; p=reject"')), "fail"),
        Example("other records beside it", mail((AT, "TXT", '"google-x"', '"v=DMARC1;p=none"')), "pass"),
        Example(
            "the record may be an alias",
            mail(
                (AT, "CNAME", "d.other.example."),
                (AT, "TXT"),
                ("d.other.example", "TXT", '"v=DMARC1; p=none"'),
            ),
            "pass",
        ),
        Example("a time-out is no absence", mail((AT, "TXT", "!timeout")), "unknown"),
        Example(
            "the domain's own counts even if the suffix is silent",
            mail(("_dmarc.example", "TXT", "!timeout")),
            "pass",
        ),
    ),
)
def dmarc_missing(mail: Mail, _ctx: Context) -> Judgement:
    """Judge by the tree walk, so a record of the organisational domain covers those below."""
    return judge_domains(mail, _rule)


def _rule(domain: MailDomain) -> Judgement:
    found = domain.dmarc
    if found.record is not None:
        return Pass(f"_dmarc.{found.at} TXT {found.text}")
    if found.unknown is not None:
        return unanswered(found.unknown)
    values = (("domain", domain.domain), ("proof", found.trouble))
    if found.trouble:
        return Fail(f"_dmarc.{domain.domain} TXT {found.trouble}", note="unusable", values=values)
    return Fail("\n".join(f"{name} TXT: no v=DMARC1" for name in found.asked), note="absent", values=values)
