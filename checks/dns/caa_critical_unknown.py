"""dns.caa-critical-unknown: a CAA record forbids every authority to issue, most likely by a slip."""

from scanner.author import Context, Example, Fail, Judgement, NotApplicable, Pass, Severity, Text, Zone, check
from scanner.author.domain import unanswered
from scanner.samples.domain import DOMAIN, zone


@check(
    "dns.caa-critical-unknown",
    on=Zone,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Bản ghi CAA chặn mọi nơi cấp chứng thư", en="A CAA record stops every certificate authority"
    ),
    why=Text(
        vi="Mục CAA lạ được đánh dấu bắt buộc thì không nơi nào được cấp chứng thư: lần gia hạn tới sẽ thất bại.",
        en="With an unknown property marked critical nobody may issue, so the next renewal fails.",
    ),
    fix=Text(
        vi="Sửa tên mục CAA cho đúng (issue, issuewild, iodef), hoặc bỏ cờ 128.",
        en="Spell the property right (issue, issuewild, iodef), or drop the flag 128.",
    ),
    refs=("RFC 8659 section 4.1", "RFC 8659 section 4.5"),
    howto="publish-caa",
    notes={
        "none": Text(vi="Không có bản ghi CAA.", en="There is no CAA record."),
        "tags": Text(vi="Mục không ai hiểu: {tags}.", en="Properties nobody knows: {tags}."),
    },
    examples=(
        Example("known properties", zone(), "pass"),
        Example("a slip, marked critical", zone((DOMAIN, "CAA", '128 isue "ca.example"')), "fail"),
        Example("unknown, not critical", zone((DOMAIN, "CAA", '0 isue "x"', '0 issue "ca.example"')), "pass"),
        Example("known and critical", zone((DOMAIN, "CAA", '128 issue "ca.example"')), "pass"),
        Example("none", zone((DOMAIN, "CAA")), "notapplicable"),
        Example("a time-out is no absence", zone((DOMAIN, "CAA", "!timeout")), "unknown"),
    ),
)
def caa_critical_unknown(zone: Zone, _ctx: Context) -> Judgement:
    """Judge the set that applies to the host."""
    caa = zone.caa
    if caa.unanswered is not None:
        return unanswered(caa.unanswered)
    if not caa.at:
        return NotApplicable("none")
    saw = "\n".join(caa.lines)
    strange = [record.tag for record in caa.records if record.is_critical and not record.is_known]
    if strange:
        return Fail(saw, where=(caa.at,), note="tags", values=(("tags", ", ".join(strange)),))
    return Pass(saw, where=(caa.at,))
