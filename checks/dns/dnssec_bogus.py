"""dns.dnssec-bogus: the signatures of the domain are wrong, so validating networks cannot reach it."""

from scanner.author import (
    Confidence,
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Pass,
    Severity,
    Text,
    Unknown,
    Why,
    Zone,
    check,
)
from scanner.author.domain import unanswered
from scanner.identify.dnssec import Signing
from scanner.samples.domain import DOMAIN, zone


@check(
    "dns.dnssec-bogus",
    on=Zone,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Chữ ký DNSSEC sai hoặc hết hạn", en="DNSSEC signatures are wrong or expired"),
    why=Text(
        vi="Mạng có kiểm tra DNSSEC không phân giải được tên miền: với họ trang web và thư điện tử đã mất.",
        en="Networks that validate cannot resolve the domain: for them the site and the mail are gone.",
    ),
    fix=Text(
        vi="Ký lại tên miền và so khớp bản ghi DS ở nơi đăng ký với khóa đang dùng; nếu chưa kịp, tạm gỡ bản ghi DS.",
        en="Sign the domain anew and match the DS at the registrar with the key in use; until then withdraw the DS.",
    ),
    refs=("RFC 4035 section 5.5", "RFC 8914 section 4"),
    howto="sign-domain",
    notes={
        "unsigned": Text(vi="Tên miền chưa ký DNSSEC.", en="The domain is not signed."),
        "not-validating": Text(
            vi="Máy chủ phân giải đang dùng không kiểm tra chữ ký DNSSEC.",
            en="The resolver in use does not validate signatures.",
        ),
    },
    examples=(
        Example("valid", zone(), "pass"),
        Example(
            "refused with checking, answered without", zone((DOMAIN, "SOA", "!SERVFAIL (EDE 6)")), "fail"
        ),
        Example("not signed", zone((DOMAIN, "DS"), signed=False), "notapplicable"),
        Example("nobody validates", zone(signed=False), "unknown"),
        Example("a time-out is no forgery", zone((DOMAIN, "SOA", "!timeout")), "unknown"),
        Example("no answer on DS", zone((DOMAIN, "DS", "!timeout")), "unknown"),
    ),
)
def dnssec_bogus(zone: Zone, _ctx: Context) -> Judgement:
    """Judge checked and unchecked answers of a validating resolver; without one, our own walk down the chain."""
    signing = zone.dnssec
    if signing.unanswered is not None:
        return unanswered(signing.unanswered)
    if signing.state is Signing.BOGUS:
        confidence = Confidence.MEDIUM if signing.is_own_verdict else None
        return Fail(signing.proof, where=(zone.domain,), confidence=confidence)
    if signing.state in (Signing.UNSIGNED, Signing.ISLAND):
        return NotApplicable("unsigned", saw=signing.proof)
    if signing.state is Signing.UNCHECKED:
        return Unknown(Why.NOT_ASKED, signing.proof, note="not-validating")
    return Pass(signing.proof, where=(zone.domain,))
