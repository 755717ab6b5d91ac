"""identity.outside-gov-vn: the site of an agency has a name outside .gov.vn."""

from scanner.author import (
    Context,
    Evidence,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Pass,
    Severity,
    Text,
    check,
)
from scanner.identify.kinship import is_below
from scanner.samples.names import at_host

RESERVED = ("example", "test", "invalid", "localhost", "local", "internal")  # RFC 2606, RFC 6761
NATIONAL = "vn"


@check(
    "identity.outside-gov-vn",
    on=Evidence,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Tên miền không thuộc .gov.vn", en="The name lies outside .gov.vn"),
    why=Text(
        vi="Tên miền khác ai cũng đăng ký được, nên người dân khó phân biệt trang thật; hết hạn không gia hạn thì người khác lấy mất.",
        en="Anybody can register other names, so people cannot tell the real site; one that lapses is taken by somebody else.",
    ),
    fix=Text(
        vi="Chuyển sang tên miền .gov.vn của cơ quan; giữ tên cũ và chuyển hướng trong thời gian dài.",
        en="Move to a .gov.vn name of the agency; keep the old name and redirect it for a long time.",
    ),
    refs=("RFC 7720 section 1",),
    howto="retire-site",
    notes={
        "other": Text(vi="{host} là tên miền .vn thông thường.", en="{host} is an ordinary name under .vn."),
        "foreign": Text(vi="{host} là tên miền quốc tế.", en="{host} is a name outside .vn."),
        "reserved": Text(
            vi="Đây là địa chỉ IP hoặc tên dành cho thử nghiệm, mạng nội bộ.",
            en="It is an address or a name for tests and internal networks.",
        ),
    },
    examples=(
        Example("an agency's name", at_host("soyte.haiduong.gov.vn"), "pass"),
        Example("a school", at_host("truong.edu.vn"), "pass"),
        Example("an ordinary name", at_host("sokhcn-mau.com.vn"), "fail"),
        Example("a foreign name", at_host("sokhcn-mau.com"), "fail"),
        Example("looks like one", at_host("soyte-gov.vn"), "fail"),
        Example("a name for tests", at_host("so.example"), "notapplicable"),
        Example("an address", at_host("192.0.2.1"), "notapplicable"),
    ),
)
def outside_gov_vn(evidence: Evidence, ctx: Context) -> Judgement:
    """Judge the name of the inventory; the names official bodies get by a document of theirs pass."""
    host = evidence.target.host
    last = host.rpartition(".")[2]
    if ":" in host or last.isdigit() or last in RESERVED or "." not in host:
        return NotApplicable("reserved", saw=host)
    official = tuple(suffix for suffix in ctx.ref.lexicon.official if suffix.endswith(".vn"))
    if is_below(host, official):
        return Pass(saw=host)
    return Fail(host, (host,), "other" if last == NATIONAL else "foreign", (("host", host),))
