"""dns.delegation-differs: the registry sends visitors to other name servers than the domain names itself."""

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
from scanner.identify.dns_book import REFERRAL, line_of
from scanner.identify.zone import names_in
from scanner.model.evidence import DnsAnswer, DnsState
from scanner.samples.domain import DOMAIN, PARENT, zone

ABOVE = f"@{PARENT}"
BOTH = ("ns1.so.example.", "ns2.so.example.")


@check(
    "dns.delegation-differs",
    on=Zone,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(
        vi="Danh sách máy chủ tên miền ở nơi đăng ký không khớp",
        en="The registry lists other name servers than the domain",
    ),
    why=Text(
        vi="Máy chủ chỉ còn ở một bên thì không ai trông coi: truy vấn bị hỏng, hoặc tên máy chủ bỏ không bị đăng ký lại.",
        en="A server listed on one side only is looked after by nobody: queries fail, or its name is registered by others.",
    ),
    fix=Text(
        vi="Sửa bản ghi NS của tên miền và danh sách ở nơi đăng ký cho giống nhau.",
        en="Make the NS records of the domain and the list at the registrar the same.",
    ),
    refs=("RFC 1034 section 4.2.2", "RFC 1912 section 2.3"),
    howto="match-name-servers",
    notes={
        "differs": Text(
            vi="Chỉ có ở nơi đăng ký: {above}. Chỉ có trong tên miền: {below}.",
            en="At the registry only: {above}. In the domain only: {below}.",
        ),
        "same-servers": Text(
            vi="Tên miền cha nằm trên cùng máy chủ, nên không thấy được danh sách riêng của nơi đăng ký.",
            en="The parent zone lives on the same servers, so its own list cannot be seen.",
        ),
    },
    examples=(
        Example("the same", zone(), "pass"),
        Example(
            "order and letter case do not count", zone((ABOVE, "NS", "NS2.so.example.", BOTH[0])), "pass"
        ),
        Example("one more at the registry", zone((ABOVE, "NS", *BOTH, "ns9.old.example.")), "fail"),
        Example("one more in the domain", zone((ABOVE, "NS", BOTH[0])), "fail"),
        Example("the registry is silent", zone((ABOVE, "NS", "!timeout")), "unknown"),
        Example("the registry refuses", zone((ABOVE, "NS", "!REFUSED")), "unknown"),
        Example(
            "one server for both zones",
            zone(("ns.nic.example", "A", "203.0.113.53"), ("example", "NS", "ns.nic.example.")),
            "notapplicable",
        ),
        Example("nobody knows", zone((DOMAIN, "NS", "!timeout")), "unknown"),
    ),
)
def delegation_differs(zone: Zone, _ctx: Context) -> Judgement:
    """Judge the referral of the zone above against what the domain's own servers say, else its NS records."""
    known = zone.book.get(zone.domain, "NS")
    if known.state is not DnsState.VALUE:
        return unanswered(known)
    referral = next((a for a in zone.delegation if REFERRAL in a.flags), None)
    if referral is None:
        return _without_referral(zone, known)
    above = names_in(referral)
    own = [s.ns for s in zone.servers if "aa" in s.ns.flags and s.ns.state is DnsState.VALUE]
    below = frozenset().union(*map(names_in, own)) if own else names_in(known)
    saw = "\n".join(dict.fromkeys((line_of(referral), *map(line_of, own or [known]))))
    if above == below:
        return Pass(saw, where=(zone.domain,))
    values = (("above", _list(above - below)), ("below", _list(below - above)))
    return Fail(saw, where=(zone.domain,), note="differs", values=values)


def _without_referral(zone: Zone, known: DnsAnswer) -> Judgement:
    shared = next((a for a in zone.delegation if a.state is DnsState.VALUE), None)
    if shared is not None:
        return NotApplicable("same-servers", saw=line_of(shared))
    return unanswered(zone.delegation[0]) if zone.delegation else Unknown(Why.DNS, line_of(known))


def _list(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "-"
