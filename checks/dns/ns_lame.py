"""dns.ns-lame: a listed name server does not serve the domain."""

from scanner.author import Context, Example, Fail, Judgement, Pass, Severity, Text, Unknown, Why, Zone, check
from scanner.author.domain import unanswered
from scanner.identify.dns_book import line_of
from scanner.model.evidence import DnsState
from scanner.samples.domain import DOMAIN, zone

FIRST, SECOND, THIRD = "@203.0.113.53", "@198.51.100.53", "@2001:db8::53"


@check(
    "dns.ns-lame",
    on=Zone,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(
        vi="Có máy chủ tên miền không phục vụ tên miền này",
        en="A listed name server does not serve the domain",
    ),
    why=Text(
        vi="Một phần truy vấn bị hỏng hoặc chậm; tên máy chủ bỏ không còn có thể bị người khác đăng ký lại.",
        en="Part of the queries fail or are slow; an abandoned server name may be registered by somebody else.",
    ),
    fix=Text(
        vi="Bỏ máy chủ không dùng khỏi danh sách NS ở nơi đăng ký, hoặc cấu hình để máy chủ đó trả lời cho tên miền.",
        en="Take the unused server off the NS list at the registrar, or make it answer for the domain.",
    ),
    refs=("RFC 1912 section 2.8", "RFC 1034 section 4.2.2"),
    howto="add-name-server",
    notes={
        "lame": Text(vi="Không phục vụ {domain}: {servers}.", en="Does not serve {domain}: {servers}."),
        "in-between": Text(
            vi="Mọi câu trả lời đều qua một bộ phân giải ở giữa nên không hỏi được trực tiếp.",
            en="All answers come from a resolver in between, so nobody could be asked directly.",
        ),
    },
    examples=(
        Example("all answer with authority", zone(), "pass"),
        Example("one refuses", zone((SECOND, "SOA", "!REFUSED")), "fail"),
        Example("one answers without authority", zone((SECOND, "SOA", "-")), "fail"),
        Example("its name does not exist", zone(("ns2.so.example", "A")), "fail"),
        Example("one is silent", zone((SECOND, "SOA", "!timeout")), "unknown"),
        Example("we have no IPv6", zone((THIRD, "SOA", "!address policy")), "pass"),
        Example("refused and silent", zone((FIRST, "SOA", "!REFUSED"), (SECOND, "SOA", "!timeout")), "fail"),
        Example(
            "a firewall answers in the place of all",
            zone((FIRST, "SOA", "-"), (SECOND, "SOA", "-"), (THIRD, "SOA", "-")),
            "unknown",
        ),
        Example("no answer", zone((DOMAIN, "NS", "!timeout")), "unknown"),
    ),
)
def ns_lame(zone: Zone, _ctx: Context) -> Judgement:
    """Judge what each server says itself on any of its addresses; silence proves nothing."""
    answer = zone.book.get(zone.domain, "NS")
    if answer.state is not DnsState.VALUE:
        return unanswered(answer)
    speaking = [s for s in zone.servers if not s.is_silent]
    if speaking and all("ra" in s.soa.flags and not s.is_authority for s in speaking):
        return Unknown(Why.BLOCKED, line_of(speaking[0].soa), note="in-between")
    lame = {s.name: line_of(s.soa) for s in speaking if not s.is_authority}
    for name in zone.server_names:
        found = [zone.book.get(name, kind) for kind in ("A", "AAAA")]
        if all(a.state is DnsState.ABSENT for a in found):
            lame[name] = line_of(found[0])
    if lame:
        values = (("domain", zone.domain), ("servers", ", ".join(lame)))
        return Fail("\n".join(lame.values()), where=tuple(lame), note="lame", values=values)
    heard = {s.name for s in speaking}
    if late := next((s for s in zone.servers if s.name not in heard), None):
        return unanswered(late.soa)
    if not speaking:
        return Unknown(Why.DNS, line_of(answer))
    return Pass("\n".join(line_of(s.soa) for s in speaking), where=zone.server_names)
