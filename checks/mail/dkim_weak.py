"""mail.dkim-weak: a declared DKIM key works, and is weaker than receivers ask for."""

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
from scanner.identify.dns_book import line_of
from scanner.identify.mail import DkimSeen
from scanner.model.evidence import DnsState
from scanner.parse.dkim import BITS_LEAST, DkimKey
from scanner.samples.domain import DOMAIN, mail

AT = f"k1._domainkey.{DOMAIN}"
ED25519 = "k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
RSA_1024 = (
    "p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC9AGuVyqt3DZQQFp3G7UNM+ViMsIeIYO/qiHxDT06jVjyFqRP4rDb1d3nr0Ow+XpxD"
    "x3BEGmK3Kwi3c9J5ZUiSDaJgoLqXRPq84fnlRWm2Yd5Z+tkKBBb2TrXeLBKj3zBu8KbpoFJNkHOEH5x6aCPYsgnDBrWGcCW1xHJoOgHuCQIDAQAB"
)
BITS_ENOUGH = 2048  # RFC 8301 section 3.2


def published(*texts: str) -> Mail:
    """A domain that publishes these at its one selector."""
    return mail((AT, "TXT", *(f'"{text}"' for text in texts)), selectors=("k1",))


@check(
    "mail.dkim-weak",
    on=Mail,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Khóa DKIM yếu", en="A DKIM key is weak"),
    why=Text(
        vi="Khóa RSA dưới 2048 bit có thể bị bẻ; khóa ở chế độ thử thì nơi nhận coi thư như không ký.",
        en="RSA keys below 2048 bits can be broken, and with a key in test mode mail counts as unsigned.",
    ),
    fix=Text(
        vi="Tạo khóa RSA 2048 bit ở selector mới, chuyển máy chủ thư sang khóa đó rồi thu hồi khóa cũ.",
        en="Make a key of 2048 bits at a new selector, let the mail server use it, then withdraw the old one.",
    ),
    refs=("RFC 8301 section 3.2", "RFC 6376 section 3.6.1", "RFC 6376 section 3.6.2.2"),
    howto="publish-dkim",
    notes={
        "none": Text(vi="Không có khóa DKIM dùng được.", en="There is no usable DKIM key."),
        "no-mail": Text(vi="Tên miền này không nhận thư điện tử.", en="This domain takes no mail."),
        "weak": Text(vi="Selector {selector}: {problem}.", en="Selector {selector}: {problem}."),
    },
    examples=(
        Example("in order", published(f"v=DKIM1; {ED25519}"), "pass"),
        Example("1024 bits", published(f"v=DKIM1; {RSA_1024}"), "fail"),
        Example("test mode", published(f"v=DKIM1; t=y:s; {ED25519}"), "fail"),
        Example("bound to the domain, no test", published(f"v=DKIM1; t=s; {ED25519}"), "pass"),
        Example("SHA-1 only", published(f"v=DKIM1; h=sha1; {ED25519}"), "fail"),
        Example("not for mail", published(f"v=DKIM1; s=other; {ED25519}"), "fail"),
        Example("two records", published(f"v=DKIM1; {ED25519}", f"v=DKIM1; {ED25519} "), "fail"),
        Example("unusable is told elsewhere", published("v=DKIM1; p="), "notapplicable"),
        Example("nobody declared a selector", mail(), "notapplicable"),
        Example("nobody knows", mail((AT, "TXT", "!timeout"), selectors=("k1",)), "unknown"),
    ),
)
def dkim_weak(mail: Mail, _ctx: Context) -> Judgement:
    """Judge keys that verifiers can use."""
    return judge_domains(mail, only_with_mail(_rule))


def _rule(domain: MailDomain) -> Judgement:
    for seen in domain.dkim:
        if problem := _problem(seen):
            values = (("selector", seen.selector), ("problem", problem))
            return Fail(line_of(seen.answer), note="weak", values=values)
    if late := next((s.answer for s in domain.dkim if s.answer.state is DnsState.UNKNOWN), None):
        return unanswered(late)
    usable = [
        s for s in domain.dkim if isinstance(s.key, DkimKey) and s.key.bits >= BITS_LEAST.get(s.key.kind, 1)
    ]
    return Pass("\n".join(line_of(s.answer) for s in usable)) if usable else NotApplicable("none")


def _problem(seen: DkimSeen) -> str:
    """The weakness in words of the standard; empty when there is none, or the key is of no use at all."""
    key = seen.key
    if not isinstance(key, DkimKey) or key.bits < BITS_LEAST.get(key.kind, 1):
        return ""
    if key.kind == "rsa" and key.bits < BITS_ENOUGH:
        return f"RSA {key.bits} bit"
    if key.testing:
        return "t=y"
    if key.hashes and "sha256" not in key.hashes:
        return f"h={':'.join(key.hashes)}"
    if not {"*", "email"} & set(key.services):
        return f"s={':'.join(key.services)}"
    return f"{len(seen.answer.records)} TXT" if len(seen.answer.records) > 1 else ""
