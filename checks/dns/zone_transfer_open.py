"""dns.zone-transfer-open: anybody may copy the whole zone."""

from scanner.author import Context, Example, Fail, Judgement, Pass, Severity, Text, Unknown, Why, Zone, check
from scanner.author.domain import unanswered
from scanner.identify.dns_book import line_of
from scanner.model.evidence import DnsState
from scanner.samples.domain import DOMAIN, SOA, zone

SECOND = "@198.51.100.53"


@check(
    "dns.zone-transfer-open",
    on=Zone,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Ai cũng sao chép được toàn bộ bản ghi tên miền", en="Anybody can copy the whole zone"),
    why=Text(
        vi="Danh sách mọi máy chủ, kể cả máy nội bộ và máy thử nghiệm, nằm trong tay kẻ tấn công chỉ sau một truy vấn.",
        en="One query gives an attacker the list of all hosts, inner and test machines among them.",
    ),
    fix=Text(
        vi="Chỉ cho phép chuyển vùng (AXFR) từ địa chỉ của các máy chủ tên miền phụ.",
        en="Allow zone transfers (AXFR) to the addresses of the secondary servers only.",
    ),
    refs=("RFC 5936 section 6",),
    howto="close-zone-transfer",
    notes={
        "open": Text(vi="Máy chủ cho sao chép: {servers}.", en="Servers that gave the zone away: {servers}.")
    },
    examples=(
        Example("all refuse", zone(), "pass"),
        Example("one gives it away", zone((SECOND, "AXFR", f"SOA {SOA}")), "fail"),
        Example("one is silent", zone((SECOND, "AXFR", "!timeout")), "unknown"),
        Example(
            "one open, one silent", zone(("@203.0.113.53", "AXFR", "!timeout"), (SECOND, "AXFR", "x")), "fail"
        ),
        Example("we have no IPv6", zone(("@2001:db8::53", "AXFR", "!timeout")), "pass"),
        Example("not asked as a visitor", zone(deep=False), "unknown"),
        Example("no name server is known", zone((DOMAIN, "NS", "!timeout")), "unknown"),
    ),
)
def zone_transfer_open(zone: Zone, _ctx: Context) -> Judgement:
    """Judge every address of every server; one try each, the first message only."""
    if not zone.is_deep:
        return Unknown(Why.NOT_ASKED, "AXFR is asked for at standard depth")
    if not zone.servers:
        return unanswered(zone.book.get(zone.domain, "NS"))
    given = [s for s in zone.servers if s.transfer.state is DnsState.VALUE]
    if given:
        saw = "\n".join(f"dig AXFR {zone.domain} @{s.address}: {s.transfer.detail}" for s in given)
        names = tuple(dict.fromkeys(s.name for s in given))
        return Fail(saw, where=names, note="open", values=(("servers", ", ".join(names)),))
    closed = {s.name for s in zone.servers if s.transfer.state is DnsState.ABSENT}
    if late := next((s for s in zone.servers if s.name not in closed), None):
        return unanswered(late.transfer)
    return Pass("\n".join(line_of(s.transfer) for s in zone.servers), where=zone.server_names)
