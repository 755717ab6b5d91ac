"""dns.ipv6-missing: the site, its name servers or its mail servers have no IPv6 address."""

from scanner.author import Context, Example, Fail, Judgement, Pass, Severity, Text, Zone, check
from scanner.author.domain import unanswered
from scanner.identify.dns_book import line_of
from scanner.identify.zone import has_ipv6
from scanner.model.evidence import DnsState
from scanner.samples.domain import DOMAIN, WEB, zone


@check(
    "dns.ipv6-missing",
    on=Zone,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="Chưa sẵn sàng cho IPv6", en="Not ready for IPv6"),
    why=Text(
        vi="Mạng di động trong nước phần lớn đã dùng IPv6; trang chỉ có IPv4 phải đi vòng qua máy chuyển đổi.",
        en="Most mobile networks use IPv6; a site with IPv4 alone is reached through translators.",
    ),
    fix=Text(
        vi="Thêm bản ghi AAAA cho trang web, máy chủ tên miền và máy chủ thư sau khi dịch vụ chạy được trên IPv6.",
        en="Add AAAA records for the site, the name servers and the mail servers once they run over IPv6.",
    ),
    refs=("RFC 6540",),
    howto="add-ipv6",
    notes={"lacking": Text(vi="Chưa có IPv6: {parts}.", en="Without IPv6: {parts}.")},
    examples=(
        Example("everything has IPv6", zone(), "pass"),
        Example("the site has none", zone((WEB, "AAAA")), "fail"),
        Example("a mapped IPv4 address is none", zone((WEB, "AAAA", "::ffff:203.0.113.10")), "fail"),
        Example("no name server", zone(("ns1.so.example", "AAAA")), "fail"),
        Example("one name server is enough", zone(("ns2.so.example", "AAAA")), "pass"),
        Example("the mail server", zone(("mail.so.example", "AAAA")), "fail"),
        Example("a domain without mail", zone((DOMAIN, "MX", "0 ."), ("mail.so.example", "AAAA")), "pass"),
        Example("nobody knows", zone((WEB, "AAAA", "!timeout")), "unknown"),
    ),
)
def ipv6_missing(zone: Zone, _ctx: Context) -> Judgement:
    """Judge the records only; whether the addresses answer is a matter of the network we sit in."""
    groups = {"web": (zone.host,), "NS": zone.server_names, "MX": zone.mail_servers}
    groups = {part: hosts[:4] for part, hosts in groups.items() if hosts}
    found = {part: has_ipv6(hosts, zone.book) for part, hosts in groups.items()}
    lacking = [part for part, has in found.items() if has is False]
    if lacking:
        saw = "\n".join(line_of(zone.book.get(host, "AAAA")) for part in lacking for host in groups[part])
        where = tuple(host for part in lacking for host in groups[part])
        return Fail(saw, where=where, note="lacking", values=(("parts", ", ".join(lacking)),))
    answers = [zone.book.get(host, "AAAA") for hosts in groups.values() for host in hosts]
    if None in found.values():
        return unanswered(next(a for a in answers if a.state is DnsState.UNKNOWN))
    return Pass("\n".join(line_of(a) for a in answers if a.records), where=(zone.host,))
