"""dns.dangling-cname: the name points to a host that no longer exists."""

from scanner.author import Alias, Context, Example, Fail, Judgement, Pass, Severity, Text, check
from scanner.author.domain import unanswered
from scanner.model.evidence import DnsState
from scanner.samples.domain import WEB, alias

NO_ALIAS = Text(vi="Tên miền không dùng bản ghi CNAME.", en="The name is no alias.")


@check(
    "dns.dangling-cname",
    on=Alias,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Bản ghi CNAME treo", en="A CNAME record points to nothing"),
    why=Text(
        vi="Nếu ai đó đăng ký lại tên đích, họ điều khiển trang mang tên của cơ quan.",
        en="Whoever registers the target again controls a site under the agency's name.",
    ),
    fix=Text(
        vi="Xóa bản ghi CNAME, hoặc sửa để trỏ tới máy chủ đang dùng.",
        en="Delete the CNAME record, or point it to the server in use.",
    ),
    refs=("RFC 8020 section 2", "RFC 1034 section 3.6.2"),
    howto="clean-dns-record",
    notes={
        "no-alias": NO_ALIAS,
        "gone": Text(vi="Tên đích {target} không tồn tại.", en="The target {target} does not exist."),
    },
    examples=(
        Example(
            "the target lives",
            alias((WEB, "CNAME", "cdn.example."), ("cdn.example", "A", "203.0.113.9")),
            "pass",
        ),
        Example("the target does not exist", alias((WEB, "CNAME", "old.other.example.")), "fail"),
        Example(
            "at the end of two hops",
            alias((WEB, "CNAME", "a.so.example."), ("a.so.example", "CNAME", "gone.other.example.")),
            "fail",
        ),
        Example(
            "the target exists and has no address",
            alias((WEB, "CNAME", "cdn.example."), ("cdn.example", "TXT", '"here"')),
            "pass",
        ),
        Example(
            "SERVFAIL is no proof",
            alias((WEB, "CNAME", "cdn.example."), ("cdn.example", "A", "!SERVFAIL")),
            "unknown",
        ),
        Example("no alias", alias(), "notapplicable"),
    ),
)
def dangling_cname(alias: Alias, _ctx: Context) -> Judgement:
    """Judge the end of the chain: only a proven NXDOMAIN counts."""
    if alias.is_gone:
        return Fail(alias.proof, where=(alias.host,), note="gone", values=(("target", alias.target),))
    if alias.end.state is DnsState.UNKNOWN:
        return unanswered(alias.end)
    return Pass(alias.proof, where=(alias.host,))
