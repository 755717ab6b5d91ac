"""mail.dkim-missing: a key the agency says it signs with cannot be used, or the domain has none at all."""

from scanner.author import (
    Confidence,
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
from scanner.identify.dns_book import NXDOMAIN, line_of
from scanner.identify.mail import DkimSeen
from scanner.model.evidence import DnsState
from scanner.parse.dkim import BITS_LEAST, DkimKey
from scanner.samples.domain import DOMAIN, mail

KEYS = f"_domainkey.{DOMAIN}"
AT = f"k1.{KEYS}"
ED25519 = '"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="'
SHORT_RSA = (
    '"v=DKIM1; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAL6wnBeKOANn8qGJ5uCWmUfHmYWUIXCDbJNVIRN3mJN1QkjAmsqrwvTS'
    'zyBXqRLYVbnYbCHO/OzxpP9G7Q41tYkCAwEAAQ=="'
)


@check(
    "mail.dkim-missing",
    on=Mail,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Không có khóa DKIM dùng được", en="There is no usable DKIM key"),
    why=Text(
        vi="Nơi nhận không kiểm tra được chữ ký trên thư của cơ quan, nên thư thật có thể bị coi là thư giả.",
        en="Receivers cannot check the signatures of the agency's mail, so genuine mail may count as forged.",
    ),
    fix=Text(
        vi="Đăng khóa công khai DKIM (RSA từ 2048 bit) tại selector mà máy chủ thư đang ký.",
        en="Publish the public DKIM key (RSA of 2048 bits or more) at the selector the mail server signs with.",
    ),
    refs=("RFC 6376 section 3.6.1", "RFC 8301 section 3.2", "RFC 8463"),
    howto="publish-dkim",
    notes={
        "undeclared": Text(
            vi="Danh mục chưa khai báo selector DKIM; từ bên ngoài không liệt kê được.",
            en="The inventory declares no DKIM selector, and nobody can list them from outside.",
        ),
        "no-mail": Text(vi="Tên miền này không nhận thư điện tử.", en="This domain takes no mail."),
        "nothing": Text(
            vi="{domain} không có khóa DKIM nào: tên _domainkey.{domain} không tồn tại.",
            en="{domain} has no DKIM key at all: _domainkey.{domain} does not exist.",
        ),
        "unusable": Text(vi="Selector {selector}: {problem}.", en="Selector {selector}: {problem}."),
    },
    examples=(
        Example("published", mail((AT, "TXT", ED25519), selectors=("k1",)), "pass"),
        Example("absent", mail(selectors=("k1",)), "fail"),
        Example("withdrawn", mail((AT, "TXT", '"v=DKIM1; p="'), selectors=("k1",)), "fail"),
        Example("512 bits", mail((AT, "TXT", SHORT_RSA), selectors=("k1",)), "fail"),
        Example("damaged", mail((AT, "TXT", '"v=DKIM1; p=%%%"'), selectors=("k1",)), "fail"),
        Example(
            "nobody declared a selector, there may be one", mail((KEYS, "TXT", "!NOERROR")), "notapplicable"
        ),
        Example("nobody declared a selector, there is one", mail((AT, "TXT", ED25519)), "notapplicable"),
        Example("nothing below _domainkey", mail(), "fail"),
        Example("signed for others by a wildcard", mail((KEYS, "TXT", '"v=spf1 -all"')), "notapplicable"),
        Example("a domain without mail", mail((DOMAIN, "MX", "0 ."), selectors=("k1",)), "notapplicable"),
        Example("nobody knows", mail((AT, "TXT", "!timeout"), selectors=("k1",)), "unknown"),
    ),
)
def dkim_missing(mail: Mail, _ctx: Context) -> Judgement:
    """Judge declared selectors; without any, only the proof that no key stands below _domainkey (RFC 8020)."""
    return judge_domains(mail, only_with_mail(_rule))


def _rule(domain: MailDomain) -> Judgement:
    if not domain.dkim and domain.keys.detail == NXDOMAIN:
        owner = (("domain", domain.domain),)
        return Fail(line_of(domain.keys), note="nothing", values=owner, confidence=Confidence.MEDIUM)
    if not domain.dkim:
        return NotApplicable("undeclared", saw=line_of(domain.keys))
    for seen in domain.dkim:
        if problem := _problem(seen):
            values = (("selector", seen.selector), ("problem", problem))
            return Fail(line_of(seen.answer), note="unusable", values=values)
    if late := next((s.answer for s in domain.dkim if s.answer.state is DnsState.UNKNOWN), None):
        return unanswered(late)
    return Pass("\n".join(line_of(seen.answer) for seen in domain.dkim))


def _problem(seen: DkimSeen) -> str:
    """What is wrong with the key, in words of the standard; empty when nothing is, or nobody knows."""
    if seen.answer.state is DnsState.UNKNOWN:
        return ""
    if seen.key is None:
        return "no record"
    if not isinstance(seen.key, DkimKey):
        return seen.key.reason
    if seen.key.is_revoked:
        return "p= (revoked)"
    return f"RSA {seen.key.bits} bit" if seen.key.bits < BITS_LEAST.get(seen.key.kind, 0) else ""
