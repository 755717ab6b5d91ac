"""dns.secondary-stale: a name server still hands out an old copy of the domain."""

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
from scanner.author.domain import is_silence, unanswered
from scanner.identify.dns_book import line_of
from scanner.model.evidence import DnsState
from scanner.parse.soa import is_overdue, read_soa
from scanner.samples.domain import DOMAIN, SOA, zone

SECOND = "@198.51.100.53"
TWO = 2


def serial(number: str) -> str:
    """The SOA record with this serial."""
    return SOA.replace("2026112201", number)


@check(
    "dns.secondary-stale",
    on=Zone,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Máy chủ tên miền phụ giữ bản cũ", en="A secondary name server holds an old copy"),
    why=Text(
        vi="Thay đổi mới không tới được mọi người; quá hạn expire thì máy chủ phụ thôi trả lời.",
        en="Changes do not reach everybody, and once the copy expires the server stops answering.",
    ),
    fix=Text(
        vi="Kiểm tra việc chuyển vùng (AXFR, NOTIFY) từ máy chủ chính tới máy chủ phụ.",
        en="Look after the transfer (AXFR, NOTIFY) from the primary to that server.",
    ),
    refs=("RFC 1034 section 4.3.5", "RFC 1996", "RFC 1912 section 2.2"),
    howto="match-name-servers",
    notes={
        "one": Text(vi="Chỉ có một máy chủ trả lời.", en="Only one server answered."),
        "stale": Text(vi="Bản cũ ở: {servers}.", en="An old copy at: {servers}."),
        "updating": Text(
            vi="Số serial khác nhau, có thể đang cập nhật.", en="Serials differ; an update may be under way."
        ),
    },
    examples=(
        Example("the same everywhere", zone(), "pass"),
        Example(
            "days behind",
            zone(
                *((f"@{a}", "SOA", serial("2026111901")) for a in ("203.0.113.53", "2001:db8::53")),
                (SECOND, "SOA", serial("2026111502")),
            ),
            "fail",
        ),
        Example("changed today", zone((SECOND, "SOA", serial("2026112105"))), "unknown"),
        Example("numbers that are no dates", zone((SECOND, "SOA", serial("7"))), "unknown"),
        Example("one is silent", zone((SECOND, "SOA", "!timeout")), "pass"),
        Example("a single server", zone((DOMAIN, "NS", "ns2.so.example.")), "notapplicable"),
        Example("nobody knows", zone((DOMAIN, "NS", "!timeout")), "unknown"),
    ),
)
def secondary_stale(zone: Zone, ctx: Context) -> Judgement:
    """Judge serials that are dates: older than the newest by more than the time in which a copy must be renewed."""
    known = zone.book.get(zone.domain, "NS")
    if known.state is not DnsState.VALUE:
        return unanswered(known)
    speaking = [s for s in zone.servers if s.is_authority]
    read = [(s, soa) for s in speaking if (soa := read_soa(s.soa.records[0])) is not None]
    if len(read) < TWO:
        heard = {s.name for s in zone.servers if not is_silence(s.soa)}
        late = next((s.soa for s in zone.servers if s.name not in heard), None)
        return unanswered(late) if late is not None else NotApplicable("one", saw=line_of(known))
    saw = "\n".join(line_of(s.soa) for s, _ in read)
    if len({soa.serial for _, soa in read}) == 1:
        return Pass(saw, where=zone.server_names)
    newest = max((soa for _, soa in read), key=lambda soa: soa.serial)
    stale = tuple(dict.fromkeys(s.name for s, soa in read if is_overdue(soa, newest, ctx.seen_at)))
    if not stale:
        return Unknown(Why.DNS, saw, note="updating")
    return Fail(saw, where=stale, note="stale", values=(("servers", ", ".join(stale)),))
