"""tls.tls12-missing: the server speaks neither TLS 1.2 nor TLS 1.3."""

from scanner.author import Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import judge_wanted
from scanner.samples.tls import OTHER_ADDRESS, endpoint, silent_endpoint, tls


@check(
    "tls.tls12-missing",
    on=TlsEvidence,
    severity=Severity.CRITICAL,
    since="0.1",
    title=Text(vi="Không có TLS 1.2 hoặc TLS 1.3", en="Neither TLS 1.2 nor TLS 1.3 is offered"),
    why=Text(
        vi="Trình duyệt hiện nay không kết nối được với máy chủ này; thiết bị cũ kết nối được thì dữ liệu không được bảo vệ đúng mức.",
        en="Present browsers cannot connect to this server at all; old devices can, but their data is poorly protected.",
    ),
    fix=Text(
        vi="Nâng cấp máy chủ web và thư viện mã hóa của nó, rồi bật TLS 1.2 và TLS 1.3.",
        en="Upgrade the web server and its cryptographic library, then enable TLS 1.2 and TLS 1.3.",
    ),
    refs=("RFC 9325 section 3.1.1", "RFC 8996"),
    howto="disable-old-tls",
    examples=(
        Example("TLS 1.0 only", tls(endpoint("TLSv1.0")), "fail"),
        Example("TLS 1.2", tls(endpoint("TLSv1.0", "TLSv1.2")), "pass"),
        Example("TLS 1.3 only", tls(endpoint("TLSv1.3")), "pass"),
        Example("TLS 1.3, question on 1.2 left open", tls(endpoint("TLSv1.3", unknown=("TLSv1.2",))), "pass"),
        Example(
            "both questions left open", tls(endpoint("TLSv1.0", unknown=("TLSv1.2", "TLSv1.3"))), "unknown"
        ),
        Example(
            "one of two addresses",
            tls(endpoint("TLSv1.2"), endpoint("TLSv1.1", address=OTHER_ADDRESS)),
            "fail",
        ),
        Example("a second address is silent", tls(endpoint("TLSv1.2"), silent_endpoint()), "unknown"),
    ),
)
def tls12_missing(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge both versions together: either is enough."""
    return judge_wanted(view, ("TLSv1.3", "TLSv1.2"))
