"""dns.dnssec-missing: answers about the domain carry no signature anybody can check."""

from scanner.author import Context, Example, Fail, Judgement, Pass, Severity, Text, Zone, check
from scanner.author.domain import unanswered
from scanner.identify.dnssec import Signing
from scanner.samples.domain import DOMAIN, zone


@check(
    "dns.dnssec-missing",
    on=Zone,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Tên miền chưa ký DNSSEC", en="The domain is not signed with DNSSEC"),
    why=Text(
        vi="Câu trả lời DNS có thể bị làm giả trên đường truyền và đưa người dân tới máy chủ khác.",
        en="DNS answers can be forged on the way and lead citizens to another server.",
    ),
    fix=Text(
        vi="Ký tên miền và gửi bản ghi DS cho nơi đăng ký; tên miền cha .vn và .gov.vn đã được ký.",
        en="Sign the domain and hand its DS record to the registrar; .vn and .gov.vn are signed.",
    ),
    refs=("RFC 9364", "RFC 4035 section 5"),
    howto="sign-domain",
    notes={
        "island": Text(
            vi="Tên miền đã ký nhưng nơi đăng ký chưa có bản ghi DS, nên không ai kiểm tra được chữ ký.",
            en="The domain is signed, but the registrar holds no DS record, so nobody can check the signatures.",
        ),
    },
    examples=(
        Example("signed", zone(), "pass"),
        Example("signed, and the resolver does not validate", zone(signed=False), "pass"),
        Example("not signed", zone((DOMAIN, "DS"), (DOMAIN, "DNSKEY"), signed=False), "fail"),
        Example("keys without DS", zone((DOMAIN, "DS"), signed=False), "fail"),
        Example("no answer", zone((DOMAIN, "DS", "!timeout")), "unknown"),
        Example("broken signatures are signatures", zone((DOMAIN, "SOA", "!SERVFAIL (EDE 6)")), "pass"),
    ),
)
def dnssec_missing(zone: Zone, _ctx: Context) -> Judgement:
    """Judge the DS record at the parent; whether signatures hold is another check."""
    signing = zone.dnssec
    if signing.unanswered is not None and signing.unanswered.rrtype == "DS":
        return unanswered(signing.unanswered)
    if signing.state is Signing.UNSIGNED:
        return Fail(signing.proof, where=(zone.domain,))
    if signing.state is Signing.ISLAND:
        return Fail(signing.proof, where=(zone.domain,), note="island")
    return Pass(signing.proof, where=(zone.domain,))
