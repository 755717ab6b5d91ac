"""dns.caa-missing: any certificate authority of the world may issue for the name."""

from scanner.author import Context, Example, Fail, Judgement, Pass, Severity, Text, Zone, check
from scanner.author.domain import unanswered
from scanner.samples.domain import DOMAIN, WEB, zone


@check(
    "dns.caa-missing",
    on=Zone,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Chưa giới hạn nơi được cấp chứng thư (CAA)", en="No CAA record limits who may issue certificates"
    ),
    why=Text(
        vi="Kẻ xấu lừa được một nơi cấp chứng thư bất kỳ là có chứng thư hợp lệ cho trang giả mạo.",
        en="Whoever deceives any one certificate authority gets a valid certificate for a fake site.",
    ),
    fix=Text(
        vi="Thêm bản ghi CAA ghi tên những nơi được phép cấp chứng thư cho tên miền.",
        en="Add a CAA record that names the authorities allowed to issue for the domain.",
    ),
    refs=("RFC 8659 section 3", "RFC 8659 section 4.2"),
    howto="publish-caa",
    notes={
        "unlimited": Text(
            vi="Có bản ghi CAA nhưng không có mục issue, nên mọi nơi vẫn được cấp chứng thư.",
            en="There is a CAA record without an issue property, so everybody may still issue.",
        ),
    },
    examples=(
        Example("at the domain", zone(), "pass"),
        Example("none on the way up", zone((DOMAIN, "CAA")), "fail"),
        Example(
            "the nearest one counts", zone((WEB, "CAA", '0 issue "ca.example"'), (DOMAIN, "CAA")), "pass"
        ),
        Example("nobody may issue", zone((DOMAIN, "CAA", '0 issue ";"')), "pass"),
        Example(
            "only an address for reports", zone((DOMAIN, "CAA", '0 iodef "mailto:a@so.example"')), "fail"
        ),
        Example("letter case", zone((DOMAIN, "CAA", '128 ISSUE "ca.example"')), "pass"),
        Example("malformed", zone((DOMAIN, "CAA", "0 issue")), "fail"),
        Example("a time-out is no absence", zone((DOMAIN, "CAA", "!timeout")), "unknown"),
        Example("SERVFAIL at the host", zone((WEB, "CAA", "!SERVFAIL")), "unknown"),
    ),
)
def caa_missing(zone: Zone, _ctx: Context) -> Judgement:
    """Judge the first CAA set on the way from the host to the root."""
    caa = zone.caa
    if caa.unanswered is not None:
        return unanswered(caa.unanswered)
    saw = "\n".join(caa.lines)
    if not caa.at:
        return Fail(f"{zone.host} CAA: none up to the root", where=(zone.domain,))
    if not any(record.tag == "issue" for record in caa.records):
        return Fail(saw, where=(caa.at,), note="unlimited")
    return Pass(saw, where=(caa.at,))
