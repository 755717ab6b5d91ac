"""dns.ns-one-network: all name servers of the domain stand in one network."""

import ipaddress

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Pass, Severity, Text, Zone, check
from scanner.author.domain import unanswered
from scanner.model.evidence import DnsState
from scanner.samples.domain import DOMAIN, zone

PREFIXES = {4: 24, 6: 48}
TWO = 2
NEAR = ("ns2.so.example", "A", "203.0.113.54")


@check(
    "dns.ns-one-network",
    on=Zone,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="Các máy chủ tên miền cùng một mạng", en="All name servers are in one network"),
    why=Text(
        vi="Đường truyền hoặc điện ở một nơi bị sự cố là mất cả trang web và thư điện tử.",
        en="One broken line or power cut takes the site and the mail away.",
    ),
    fix=Text(
        vi="Đặt thêm một máy chủ tên miền ở mạng khác, hoặc dùng dịch vụ tên miền dự phòng.",
        en="Add a name server in another network, or use a secondary DNS service.",
    ),
    refs=("RFC 2182 section 3.1",),
    howto="add-name-server",
    notes={
        "one": Text(
            vi="Chỉ có một địa chỉ; xem mục một máy chủ tên miền.",
            en="There is one address only; see the check on that.",
        ),
        "network": Text(
            vi="Mạng: {networks}. Dịch vụ anycast cũng trông như vậy.",
            en="Network: {networks}. An anycast service looks the same.",
        ),
    },
    examples=(
        Example("two networks", zone(), "pass"),
        Example("one network", zone(NEAR), "fail"),
        Example(
            "one network, IPv6 of one network too",
            zone(NEAR, ("ns2.so.example", "AAAA", "2001:db8::54")),
            "fail",
        ),
        Example("IPv6 elsewhere", zone(NEAR, ("ns2.so.example", "AAAA", "2001:db8:7::54")), "pass"),
        Example("the neighbouring /24", zone(("ns2.so.example", "A", "203.0.114.53")), "pass"),
        Example(
            "a single address",
            zone(("ns2.so.example", "A", "203.0.113.53"), ("ns1.so.example", "AAAA")),
            "notapplicable",
        ),
        Example("an address nobody could get", zone(("ns2.so.example", "A", "!timeout")), "unknown"),
        Example("nobody knows", zone((DOMAIN, "NS", "!timeout")), "unknown"),
    ),
)
def ns_one_network(zone: Zone, _ctx: Context) -> Judgement:
    """Judge /24 and /48 blocks; information only, because anycast hides many places behind one block."""
    known = zone.book.get(zone.domain, "NS")
    if known.state is DnsState.UNKNOWN:
        return unanswered(known)
    answers = [zone.book.get(name, kind) for name in zone.server_names for kind in ("A", "AAAA")]
    addresses = sorted({record for answer in answers for record in answer.records})
    networks = sorted({_network(address) for address in addresses})
    versions = {":" in network for network in networks}
    saw = "\n".join(f"{name} {' '.join(zone.book.addresses(name)) or '-'}" for name in zone.server_names)
    if len(networks) > len(versions):
        return Pass(saw, where=zone.server_names)
    if late := next((a for a in answers if a.state is DnsState.UNKNOWN), None):
        return unanswered(late)
    if len(addresses) < TWO:
        return NotApplicable("one", saw=saw)
    return Fail(saw, where=zone.server_names, note="network", values=(("networks", ", ".join(networks)),))


def _network(address: str) -> str:
    ip = ipaddress.ip_address(address)
    return str(ipaddress.ip_network((ip, PREFIXES[ip.version]), strict=False))
