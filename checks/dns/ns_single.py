"""dns.ns-single: one machine carries the whole domain."""

from scanner.author import Context, Example, Fail, Judgement, Pass, Severity, Text, Zone, check
from scanner.author.domain import unanswered
from scanner.identify.dns_book import line_of
from scanner.model.evidence import DnsState
from scanner.samples.domain import DOMAIN, zone

TWO = 2


@check(
    "dns.ns-single",
    on=Zone,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Chỉ có một máy chủ tên miền", en="Only one name server"),
    why=Text(
        vi="Khi máy chủ đó dừng, trang web và thư điện tử của mọi đơn vị dùng tên miền này đều mất.",
        en="When it stops, the web sites and the mail of everybody under this domain are gone.",
    ),
    fix=Text(
        vi="Có ít nhất hai máy chủ tên miền ở hai địa chỉ, tốt nhất ở hai nơi khác nhau.",
        en="Have at least two name servers on two addresses, best in two places.",
    ),
    refs=("RFC 1034 section 4.1", "RFC 2182 section 5"),
    howto="add-name-server",
    notes={
        "one": Text(vi="Tên miền {domain} chỉ khai báo một máy chủ.", en="{domain} names a single server."),
        "same": Text(
            vi="Các máy chủ của {domain} cùng dùng một địa chỉ {address}.",
            en="All servers of {domain} share the address {address}.",
        ),
    },
    examples=(
        Example("two servers", zone(), "pass"),
        Example("one server", zone((DOMAIN, "NS", "ns1.so.example.")), "fail"),
        Example(
            "two names, one address",
            zone(("ns2.so.example", "A", "203.0.113.53"), ("ns1.so.example", "AAAA")),
            "fail",
        ),
        Example("one name written twice", zone((DOMAIN, "NS", "ns1.so.example.", "NS1.so.example.")), "fail"),
        Example(
            "address of the second is not known",
            zone(("ns2.so.example", "A", "!timeout"), ("ns1.so.example", "AAAA")),
            "unknown",
        ),
        Example("no answer", zone((DOMAIN, "NS", "!SERVFAIL")), "unknown"),
    ),
)
def ns_single(zone: Zone, _ctx: Context) -> Judgement:
    """Judge names and addresses; one network for all is not judged, because anycast looks the same."""
    answer = zone.book.get(zone.domain, "NS")
    if answer.state is DnsState.UNKNOWN:
        return unanswered(answer)
    names = zone.server_names
    values = (("domain", zone.domain),)
    if len(names) < TWO:
        return Fail(line_of(answer), where=(zone.domain,), note="one", values=values)
    addresses = {a for name in names for a in zone.book.addresses(name)}
    lines = [f"{name} {' '.join(zone.book.addresses(name)) or '-'}" for name in names]
    if len(addresses) > 1:
        return Pass("\n".join(lines), where=names)
    open_answers = [zone.book.get(name, kind) for name in names for kind in ("A", "AAAA")]
    if late := next((a for a in open_answers if a.state is DnsState.UNKNOWN), None):
        return unanswered(late)
    shared = (*values, ("address", next(iter(addresses), "-")))
    return Fail("\n".join(lines), where=names, note="same", values=shared)
