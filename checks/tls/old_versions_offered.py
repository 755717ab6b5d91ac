"""tls.old-versions-offered: the server still speaks TLS 1.0 or TLS 1.1."""

from scanner.author import Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import judge_offered
from scanner.samples.tls import OTHER_ADDRESS, closed_endpoint, endpoint, silent_endpoint, tls


@check(
    "tls.old-versions-offered",
    on=TlsEvidence,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Còn bật TLS 1.0 hoặc TLS 1.1", en="TLS 1.0 or TLS 1.1 is still offered"),
    why=Text(
        vi="Hai phiên bản giao thức này đã bị bãi bỏ vì dựa trên giải thuật băm đã bị phá. Kẻ tấn công trên đường truyền có thể ép thiết bị cũ dùng chúng.",
        en="Both protocol versions are deprecated, because they rest on broken hash algorithms. An attacker on the path can push old devices into using them.",
    ),
    fix=Text(
        vi="Chỉ bật TLS 1.2 và TLS 1.3 trên máy chủ web và trên mọi thiết bị đứng trước nó.",
        en="Enable only TLS 1.2 and TLS 1.3 on the web server and on everything in front of it.",
    ),
    refs=("RFC 8996 section 4", "RFC 8996 section 5", "RFC 9325 section 3.1.1"),
    howto="disable-old-tls",
    examples=(
        Example("TLS 1.0 to 1.2", tls(endpoint("TLSv1.0", "TLSv1.1", "TLSv1.2")), "fail"),
        Example("TLS 1.1 alone of the old ones", tls(endpoint("TLSv1.1", "TLSv1.2")), "fail"),
        Example("1.2 and 1.3", tls(endpoint("TLSv1.2", "TLSv1.3")), "pass"),
        Example("SSLv3 is another check", tls(endpoint("TLSv1.2", "SSLv3")), "pass"),
        Example(
            "one of two addresses",
            tls(endpoint("TLSv1.2"), endpoint("TLSv1.2", "TLSv1.0", address=OTHER_ADDRESS)),
            "fail",
        ),
        Example("throttled before it was asked", tls(endpoint("TLSv1.2", unknown=("TLSv1.0",))), "unknown"),
        Example(
            "one found, the other not known",
            tls(endpoint("TLSv1.1", "TLSv1.2", unknown=("TLSv1.0",))),
            "fail",
        ),
        Example(
            "silent on the old hello",
            tls(endpoint("TLSv1.2", unknown=("TLSv1.1",), why="no answer to the hello")),
            "unknown",
        ),
        Example("a second address is silent", tls(endpoint("TLSv1.2"), silent_endpoint()), "unknown"),
        Example("nothing listens at the second address", tls(endpoint("TLSv1.2"), closed_endpoint()), "pass"),
        Example("nothing was asked", tls(), "unknown"),
    ),
)
def old_versions_offered(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by what was accepted or refused in answer to a hello of that very version."""
    return judge_offered(view, ("TLSv1.1", "TLSv1.0"))
