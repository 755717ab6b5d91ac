"""tls.tls13-missing: the server does not speak TLS 1.3."""

from scanner.author import Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import judge_wanted
from scanner.samples.tls import OTHER_ADDRESS, endpoint, silent_endpoint, tls


@check(
    "tls.tls13-missing",
    on=TlsEvidence,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Chưa bật TLS 1.3", en="TLS 1.3 is not offered"),
    why=Text(
        vi="TLS 1.3 loại bỏ các thuật toán yếu, mã hóa cả chứng thư và kết nối nhanh hơn trên mạng di động.",
        en="TLS 1.3 drops weak algorithms, encrypts the certificate as well and connects faster on mobile networks.",
    ),
    fix=Text(
        vi="Bật TLS 1.3 bên cạnh TLS 1.2; nếu phần mềm máy chủ không có thì nâng cấp khi bảo trì.",
        en="Enable TLS 1.3 beside TLS 1.2; if the server software lacks it, upgrade at the next maintenance.",
    ),
    refs=("RFC 8446", "RFC 9325 section 3.1.1"),
    howto="disable-old-tls",
    examples=(
        Example("TLS 1.2 only", tls(endpoint("TLSv1.2")), "fail"),
        Example("TLS 1.2 and 1.3", tls(endpoint("TLSv1.2", "TLSv1.3")), "pass"),
        Example("TLS 1.3 only", tls(endpoint("TLSv1.3")), "pass"),
        Example(
            "one of two addresses",
            tls(endpoint("TLSv1.3"), endpoint("TLSv1.2", address=OTHER_ADDRESS)),
            "fail",
        ),
        Example("throttled before it was asked", tls(endpoint("TLSv1.2", unknown=("TLSv1.3",))), "unknown"),
        Example("a second address is silent", tls(endpoint("TLSv1.3"), silent_endpoint()), "unknown"),
    ),
)
def tls13_missing(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by the answer to a hello that offers nothing but TLS 1.3."""
    return judge_wanted(view, ("TLSv1.3",))
