"""dns.wildcard-present: every name below the domain leads somewhere, also those nobody chose."""

from scanner.author import Context, Example, Fail, Judgement, Pass, Severity, Text, Zone, check
from scanner.author.domain import unanswered
from scanner.identify.dns_book import line_of
from scanner.model.evidence import DnsState
from scanner.samples.domain import DOMAIN, TOKEN, zone

NOBODY = f"rasoat-{TOKEN}.{DOMAIN}"


@check(
    "dns.wildcard-present",
    on=Zone,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="Mọi tên miền con đều có địa chỉ", en="Every name below the domain resolves"),
    why=Text(
        vi="Tên miền con bịa ra cũng mở được trang của cơ quan, nên dễ dùng để lừa đảo và khó kiểm kê.",
        en="An invented name opens the agency's site too, which helps deceivers and hides what really exists.",
    ),
    fix=Text(
        vi="Nếu không cần, thay bản ghi * bằng các tên miền con đang dùng.",
        en="Unless it is needed, replace the * record by the names in use.",
    ),
    refs=("RFC 4592",),
    howto="replace-wildcard",
    examples=(
        Example("no wildcard", zone(), "pass"),
        Example("a wildcard address", zone((NOBODY, "A", "203.0.113.10")), "fail"),
        Example("a wildcard alias", zone((NOBODY, "CNAME", "www.so.example.")), "fail"),
        Example("nobody knows", zone((NOBODY, "A", "!timeout")), "unknown"),
    ),
)
def wildcard_present(zone: Zone, _ctx: Context) -> Judgement:
    """Judge a name made of random letters."""
    answer = zone.nobody
    if answer.state is DnsState.UNKNOWN:
        return unanswered(answer)
    if answer.state is DnsState.VALUE:
        return Fail(line_of(answer), where=(f"*.{zone.domain}",))
    return Pass(line_of(answer), where=(zone.domain,))
