"""dns.dnssec-expiring: the domain's signatures are about to run out, and nobody renewed them in time."""

from datetime import datetime, timedelta

from scanner.author import (
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
from scanner.identify.trust_chain import Held
from scanner.samples.domain import DOMAIN, signed_zone, zone

SHARE_LEFT = 10  # percent: signers renew with a quarter to half of the time left
HOURS_LEFT = 72
OWN = ("DNSKEY", "SOA")


@check(
    "dns.dnssec-expiring",
    on=Zone,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Chữ ký DNSSEC sắp hết hạn", en="DNSSEC signatures are about to expire"),
    why=Text(
        vi="Chữ ký lẽ ra đã được làm mới. Khi hết hạn, mạng có kiểm tra DNSSEC không mở được trang và không gửi được thư.",
        en="They should have been renewed by now. Once expired, networks that validate reach neither site nor mail.",
    ),
    fix=Text(
        vi="Kiểm tra tiến trình ký tự động của máy chủ tên miền và ký lại ngay.",
        en="Look after the signer of the name servers, and sign again now.",
    ),
    refs=("RFC 6781 section 4.4.2", "RFC 4035 section 5.3.1"),
    howto="sign-domain",
    notes={
        "unsigned": Text(vi="Tên miền chưa ký DNSSEC.", en="The domain is not signed."),
        "bogus": Text(
            vi="Chữ ký đã sai hoặc hết hạn; xem mục chữ ký sai.",
            en="The signatures are wrong already; see the check on that.",
        ),
        "ends": Text(
            vi="Chữ ký của {rrtype} hết hạn ngày {ends_on}.",
            en="The signature over {rrtype} ends on {ends_on}.",
        ),
    },
    examples=(
        Example("half of the time is left", signed_zone(days=30, left_hours=360), "pass"),
        Example("two of thirty days are left", signed_zone(days=30, left_hours=48), "fail"),
        Example("a tenth of a long time", signed_zone(days=60, left_hours=140), "pass"),
        Example("signed on the fly for two days", signed_zone(days=2, left_hours=24), "pass"),
        Example("not signed", zone((DOMAIN, "DS"), signed=False), "notapplicable"),
        Example("wrong already", zone((DOMAIN, "SOA", "!SERVFAIL (EDE 6)")), "notapplicable"),
        Example("no signature was seen", zone(), "unknown"),
        Example("nobody knows", zone((DOMAIN, "DS", "!timeout")), "unknown"),
    ),
)
def dnssec_expiring(zone: Zone, ctx: Context) -> Judgement:
    """Judge the signatures over the domain's own keys and SOA, as our walk read them."""
    signing = zone.dnssec
    if signing.state in (Signing.UNSIGNED, Signing.ISLAND):
        return NotApplicable("unsigned")
    if signing.state is Signing.BOGUS:
        return NotApplicable("bogus", saw=signing.proof)
    if signing.unanswered is not None:
        return unanswered(signing.unanswered)
    own = [h for h in signing.chain.held if h.name == zone.domain and h.rrtype in OWN]
    if not own:
        return Unknown(Why.DNS, signing.chain.trouble or f"{zone.domain}. RRSIG")
    saw = "\n".join(
        f"{h.name}. RRSIG({h.rrtype}) {h.begins_at:%Y-%m-%d} .. {h.expires_at:%Y-%m-%d %H:%M}" for h in own
    )
    late = next((h for h in own if _is_late(h, ctx.seen_at)), None)
    if late is None:
        return Pass(saw, where=(zone.domain,))
    values = (("rrtype", late.rrtype), ("ends_on", late.expires_at.date().isoformat()))
    return Fail(saw, where=(zone.domain,), note="ends", values=values)


def _is_late(held: Held, seen_at: datetime) -> bool:
    left, whole = held.expires_at - seen_at, held.expires_at - held.begins_at
    return left < timedelta(hours=HOURS_LEFT) and left * 100 < whole * SHARE_LEFT
