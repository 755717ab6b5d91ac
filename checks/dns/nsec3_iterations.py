"""dns.nsec3-iterations: proofs of absence are hashed again and again, which costs resolvers and protects nobody."""

from dataclasses import replace

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
from scanner.identify.dns_book import line_of
from scanner.identify.dnssec import Signing
from scanner.model.evidence import DnsAnswer, DnsState
from scanner.samples.domain import DOMAIN, signed_zone, zone


def with_denial(
    rrtype: str = "NSEC3", record: str = "1 0 0 - 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR A RRSIG"
) -> Zone:
    """A signed domain that proves absences so."""
    seen = signed_zone()
    denial = DnsAnswer(f"0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.{DOMAIN}", rrtype, DnsState.VALUE, (record,))
    return replace(seen, dnssec=replace(seen.dnssec, denials=(denial,)))


@check(
    "dns.nsec3-iterations",
    on=Zone,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="NSEC3 lặp băm nhiều lần", en="NSEC3 hashes more often than once"),
    why=Text(
        vi="Lặp thêm không che được tên nào, chỉ làm nặng máy chủ; vượt ngưỡng thì bộ phân giải coi tên miền như chưa ký.",
        en="More rounds hide no name and burden servers; above a limit resolvers treat the domain as unsigned.",
    ),
    fix=Text(
        vi="Đặt NSEC3 với 0 lần lặp và không dùng salt, hoặc dùng NSEC.",
        en="Set NSEC3 to zero iterations without salt, or use NSEC.",
    ),
    refs=("RFC 9276 section 3.1",),
    howto="sign-domain",
    notes={
        "unsigned": Text(vi="Tên miền chưa ký DNSSEC.", en="The domain is not signed."),
        "count": Text(vi="{count} lần lặp.", en="{count} iterations."),
    },
    examples=(
        Example("no further round", with_denial(), "pass"),
        Example("ten", with_denial(record="1 0 10 AABB 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR A"), "fail"),
        Example("NSEC hashes nothing", with_denial("NSEC", f"b.{DOMAIN}. A"), "pass"),
        Example("no proof was seen", signed_zone(), "unknown"),
        Example("not signed", zone((DOMAIN, "DS"), signed=False), "notapplicable"),
    ),
)
def nsec3_iterations(zone: Zone, _ctx: Context) -> Judgement:
    """Judge the records that prove an absence in the domain itself."""
    if zone.dnssec.state is not Signing.SECURE:
        return NotApplicable("unsigned")
    denials = zone.dnssec.denials
    if not denials:
        return Unknown(Why.DNS, f"{zone.domain}. NSEC3")
    fields = [record.split() for a in denials if a.rrtype == "NSEC3" for record in a.records]
    count = max((int(f[2]) for f in fields if len(f) > 2 and f[2].isdigit()), default=0)
    saw = "\n".join(map(line_of, denials))
    if count:
        return Fail(saw, where=(zone.domain,), note="count", values=(("count", str(count)),))
    return Pass(saw, where=(zone.domain,))
