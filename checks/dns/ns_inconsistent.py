"""dns.ns-inconsistent: the name servers of the domain contradict each other."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Pass, Severity, Text, Zone, check
from scanner.author.domain import is_silence, unanswered
from scanner.identify.dns_book import line_of
from scanner.identify.zone import names_in
from scanner.model.evidence import DnsState
from scanner.samples.domain import DOMAIN, zone

FIRST, SECOND = "@203.0.113.53", "@198.51.100.53"
TWO = 2


@check(
    "dns.ns-inconsistent",
    on=Zone,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Các máy chủ tên miền trả lời khác nhau", en="The name servers contradict each other"),
    why=Text(
        vi="Người dùng nhận kết quả tùy máy chủ trả lời: lúc mở được trang, lúc không.",
        en="What people get depends on the server that answers: now the site opens, now it does not.",
    ),
    fix=Text(
        vi="Sửa để các máy chủ phụ đồng bộ từ một máy chủ chính.",
        en="Make all secondaries copy the zone from one primary.",
    ),
    refs=("RFC 1034 section 4.3.5", "RFC 1912 section 2.2"),
    howto="match-name-servers",
    notes={
        "one": Text(vi="Chỉ có một máy chủ trả lời.", en="Only one server answered."),
        "differ": Text(
            vi="Bản ghi NS khác nhau giữa {servers}.", en="The NS records differ between {servers}."
        ),
    },
    examples=(
        Example("all agree", zone(), "pass"),
        Example(
            "one names another server", zone((SECOND, "NS", "ns1.so.example.", "ns3.so.example.")), "fail"
        ),
        Example("one is silent, the others agree", zone((SECOND, "NS", "!timeout")), "pass"),
        Example(
            "an answer without authority is told elsewhere",
            zone((SECOND, "SOA", "-"), (SECOND, "NS", "-")),
            "pass",
        ),
        Example("a single server", zone((DOMAIN, "NS", "ns2.so.example.")), "notapplicable"),
        Example("nobody knows", zone((DOMAIN, "NS", "!timeout")), "unknown"),
    ),
)
def ns_inconsistent(zone: Zone, _ctx: Context) -> Judgement:
    """Judge the NS sets of the servers that answer with authority; serial numbers are another check."""
    known = zone.book.get(zone.domain, "NS")
    if known.state is not DnsState.VALUE:
        return unanswered(known)
    own = [s for s in zone.servers if "aa" in s.ns.flags and s.ns.state is DnsState.VALUE]
    if len(own) < TWO:
        heard = {s.name for s in zone.servers if not is_silence(s.ns)}
        late = next((s.ns for s in zone.servers if s.name not in heard), None)
        return unanswered(late) if late is not None else NotApplicable("one", saw=line_of(known))
    saw = "\n".join(line_of(s.ns) for s in own)
    if len({names_in(s.ns) for s in own}) == 1:
        return Pass(saw, where=zone.server_names)
    names = tuple(dict.fromkeys(s.name for s in own))
    return Fail(saw, where=names, note="differ", values=(("servers", ", ".join(names)),))
