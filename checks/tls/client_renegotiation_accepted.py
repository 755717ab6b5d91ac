"""tls.client-renegotiation-accepted: anybody may make the server negotiate again and again on one connection."""

from scanner.author import Answer, Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, ONLY_13, ONLY_13_TEXT, In13, judge_feature
from scanner.samples.tls import OTHER_ADDRESS, endpoint, offering, silent_endpoint, tls

FEATURE = "client-renegotiation"


@check(
    "tls.client-renegotiation-accepted",
    on=TlsEvidence,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(
        vi="Máy khách được tự yêu cầu thương lượng lại", en="Clients may renegotiate inside a connection"
    ),
    why=Text(
        vi="Mỗi lần thương lượng lại, máy chủ phải tính toán nhiều hơn máy khách nhiều lần. Một máy tính với vài kết nối có thể làm trang ngừng phục vụ.",
        en="Each renegotiation costs the server many times what it costs the client. One computer with a few connections can bring the site down.",
    ),
    fix=Text(
        vi="Tắt thương lượng lại do máy khách yêu cầu; thường chỉ cần cập nhật máy chủ web và OpenSSL.",
        en="Switch client-initiated renegotiation off; mostly an update of web server and OpenSSL is enough.",
    ),
    refs=("CVE-2011-1473", "RFC 9325 section 3.5", "RFC 8740 section 3"),
    howto="stop-client-renegotiation",
    notes={NOT_ASKED: NOT_ASKED_TEXT, ONLY_13: ONLY_13_TEXT},
    examples=(
        Example(
            "a second hello is answered",
            tls(offering((FEATURE, "accepted", "answered with a ServerHello"))),
            "fail",
        ),
        Example(
            "a second hello is refused",
            tls(offering((FEATURE, "rejected", "alert 100 no_renegotiation"))),
            "pass",
        ),
        Example(
            "one of two addresses",
            tls(
                offering((FEATURE, "rejected", "closed")),
                offering((FEATURE, "accepted", ""), address=OTHER_ADDRESS),
            ),
            "fail",
        ),
        Example(
            "neither yes nor no", tls(offering((FEATURE, "unknown", "no answer to the hello"))), "unknown"
        ),
        Example(
            "a second address is silent",
            tls(offering((FEATURE, "rejected", "closed")), silent_endpoint()),
            "unknown",
        ),
        Example(
            "old versions throttled, so never asked",
            tls(endpoint("TLSv1.3", unknown=("TLSv1.2",))),
            "unknown",
        ),
        Example("TLS 1.3 alone", tls(endpoint("TLSv1.3")), "pass"),
        Example("daily visit", tls(endpoint("TLSv1.2", "TLSv1.3")), "notapplicable"),
    ),
)
def client_renegotiation_accepted(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by the answer to one hello inside a finished TLS 1.2 connection; TLS 1.3 has no renegotiation."""
    return judge_feature(view, FEATURE, bad=Answer.ACCEPTED, in_13=In13.SAFE)
