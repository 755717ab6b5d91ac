"""dns.recursion-open: a name server of the domain looks up foreign names for anybody."""

from scanner.author import Context, Example, Fail, Judgement, Pass, Severity, Text, Unknown, Why, Zone, check
from scanner.author.domain import is_silence, unanswered
from scanner.identify.dns_book import line_of
from scanner.model.evidence import DnsState
from scanner.samples.domain import DOMAIN, zone

FIRST, SECOND = "@203.0.113.53", "@198.51.100.53"


@check(
    "dns.recursion-open",
    on=Zone,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(
        vi="Máy chủ tên miền tra cứu hộ cho bất kỳ ai", en="A name server looks up foreign names for anybody"
    ),
    why=Text(
        vi="Kẻ xấu dùng máy chủ này để khuếch đại tấn công từ chối dịch vụ và đầu độc bộ nhớ đệm.",
        en="Attackers use it to amplify floods against others, and to poison its cache.",
    ),
    fix=Text(
        vi="Tắt recursion trên máy chủ có thẩm quyền, hoặc chỉ cho phép địa chỉ nội bộ.",
        en="Switch recursion off on the authoritative server, or allow it for inner addresses only.",
    ),
    refs=("RFC 5358 section 4",),
    howto="close-recursion",
    notes={
        "open": Text(
            vi="Máy chủ trả lời tên miền lạ: {servers}.",
            en="Servers that answered a foreign name: {servers}.",
        ),
    },
    examples=(
        Example("all refuse", zone(), "pass"),
        Example("one looks it up", zone((SECOND, "A", "192.0.2.7")), "fail"),
        Example("one is silent", zone((SECOND, "A", "!timeout")), "unknown"),
        Example("one open, one silent", zone((FIRST, "A", "!timeout"), (SECOND, "A", "192.0.2.7")), "fail"),
        Example("a refusal by code", zone((SECOND, "A", "!REFUSED")), "pass"),
        Example("not asked as a visitor", zone(deep=False), "unknown"),
        Example("no name server is known", zone((DOMAIN, "NS", "!timeout")), "unknown"),
        Example(
            "a firewall answers in the place of all",
            zone(
                (FIRST, "SOA", "-"),
                (SECOND, "SOA", "-"),
                ("@2001:db8::53", "SOA", "-"),
                (FIRST, "A", "192.0.2.7"),
            ),
            "unknown",
        ),
    ),
)
def recursion_open(zone: Zone, _ctx: Context) -> Judgement:
    """Judge the answer to one name that is surely not the server's own."""
    if not zone.is_deep:
        return Unknown(Why.NOT_ASKED, "a foreign name is asked for at standard depth")
    if not zone.servers:
        return unanswered(zone.book.get(zone.domain, "NS"))
    own = [s for s in zone.servers if s.is_authority]
    if not own:
        return unanswered(zone.servers[0].foreign)
    given = [s for s in own if s.foreign.state is DnsState.VALUE and "ra" in s.foreign.flags]
    if given:
        names = tuple(dict.fromkeys(s.name for s in given))
        saw = "\n".join(line_of(s.foreign) for s in given)
        return Fail(saw, where=names, note="open", values=(("servers", ", ".join(names)),))
    closed = {s.name for s in zone.servers if not is_silence(s.foreign)}
    if late := next((s for s in zone.servers if s.name not in closed), None):
        return unanswered(late.foreign)
    return Pass("\n".join(line_of(s.foreign) for s in zone.servers), where=zone.server_names)
