"""dns.private-address: a public name shows an address of the inner network."""

from scanner.author import (
    Confidence,
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Pass,
    Severity,
    Text,
    Zone,
    check,
)
from scanner.author.domain import unanswered
from scanner.identify.dns_book import line_of
from scanner.identify.zone import is_private
from scanner.model.evidence import DnsState
from scanner.samples.domain import WEB, zone


@check(
    "dns.private-address",
    on=Zone,
    severity=Severity.LOW,
    since="0.1",
    confidence=Confidence.MEDIUM,  # the resolver of the scanner may belong to the inner network
    title=Text(
        vi="Tên miền công khai trỏ tới địa chỉ nội bộ", en="A public name points to a private address"
    ),
    why=Text(
        vi="Người ngoài biết được sơ đồ mạng nội bộ, còn người dân không mở được trang.",
        en="Outsiders learn the plan of the inner network, and citizens cannot open the site.",
    ),
    fix=Text(
        vi="Xóa bản ghi trỏ tới địa chỉ nội bộ khỏi DNS công khai; đặt bản ghi này ở DNS nội bộ.",
        en="Take records with private addresses out of the public DNS; keep them in the inner one.",
    ),
    refs=("RFC 1918 section 5", "RFC 6303"),
    howto="clean-dns-record",
    notes={"none": Text(vi="Tên miền không có địa chỉ nào.", en="The name has no address.")},
    examples=(
        Example("public", zone(), "pass"),
        Example("inner network", zone((WEB, "A", "10.1.2.3")), "fail"),
        Example("one of two", zone((WEB, "A", "203.0.113.10", "192.168.1.10")), "fail"),
        Example("the machine itself", zone((WEB, "A", "127.0.0.1"), (WEB, "AAAA")), "fail"),
        Example("just outside the block", zone((WEB, "A", "172.32.0.1")), "pass"),
        Example("hidden in IPv6", zone((WEB, "AAAA", "::ffff:10.0.0.1")), "fail"),
        Example("local IPv6", zone((WEB, "AAAA", "fd00::1")), "fail"),
        Example("no address", zone((WEB, "A"), (WEB, "AAAA")), "notapplicable"),
        Example("nobody knows", zone((WEB, "A", "!timeout")), "unknown"),
    ),
)
def private_address(zone: Zone, _ctx: Context) -> Judgement:
    """Judge the addresses the resolver gives, whether or not they may be visited."""
    answers = [zone.book.get(zone.host, kind) for kind in ("A", "AAAA")]
    private = [a for a in answers if any(is_private(record) for record in a.records)]
    if private:
        return Fail("\n".join(map(line_of, private)), where=(zone.host,))
    if late := next((a for a in answers if a.state is DnsState.UNKNOWN), None):
        return unanswered(late)
    if not any(a.records for a in answers):
        return NotApplicable("none", saw=line_of(answers[0]))
    return Pass("\n".join(line_of(a) for a in answers if a.records), where=(zone.host,))
