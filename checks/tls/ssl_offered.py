"""tls.ssl-offered: the server still speaks SSLv2 or SSLv3."""

from scanner.author import Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import judge_offered
from scanner.samples.tls import OTHER_ADDRESS, endpoint, silent_endpoint, tls


@check(
    "tls.ssl-offered",
    on=TlsEvidence,
    severity=Severity.CRITICAL,
    since="0.1",
    title=Text(vi="Còn bật SSL 2.0 hoặc SSL 3.0", en="SSL 2.0 or SSL 3.0 is still offered"),
    why=Text(
        vi="Mã hóa của hai phiên bản này đã bị phá hoàn toàn (POODLE, DROWN); dữ liệu và mật khẩu có thể bị đọc trên đường truyền.",
        en="The encryption of both is broken for good (POODLE, DROWN): data and passwords can be read on the way.",
    ),
    fix=Text(
        vi="Tắt SSL 2.0 và SSL 3.0 ngay; chỉ bật TLS 1.2 và TLS 1.3. Máy chủ chỉ có SSL thì phải thay.",
        en="Switch off SSL 2.0 and SSL 3.0 at once and enable only TLS 1.2 and TLS 1.3. A server that has nothing else must be replaced.",
    ),
    refs=("RFC 6176 section 3", "RFC 7568 section 3"),
    howto="disable-old-tls",
    examples=(
        Example("SSLv3", tls(endpoint("TLSv1.2", "SSLv3")), "fail"),
        Example("SSLv2", tls(endpoint("TLSv1.0", "SSLv2")), "fail"),
        Example("1.2 and 1.3", tls(endpoint("TLSv1.2", "TLSv1.3")), "pass"),
        Example("TLS 1.0 is another check", tls(endpoint("TLSv1.0", "TLSv1.2")), "pass"),
        Example(
            "one of two addresses",
            tls(endpoint("TLSv1.2"), endpoint("TLSv1.2", "SSLv3", address=OTHER_ADDRESS)),
            "fail",
        ),
        Example(
            "throttled before it was asked", tls(endpoint("TLSv1.2", unknown=("SSLv3", "SSLv2"))), "unknown"
        ),
        Example("a second address is silent", tls(endpoint("TLSv1.2"), silent_endpoint()), "unknown"),
    ),
)
def ssl_offered(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by what was accepted or refused in answer to a hello of that very version."""
    return judge_offered(view, ("SSLv3", "SSLv2"))
