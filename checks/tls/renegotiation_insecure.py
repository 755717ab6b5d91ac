"""tls.renegotiation-insecure: the server does not protect renegotiation (RFC 5746)."""

from scanner.author import Answer, Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, judge_feature
from scanner.samples.tls import OTHER_ADDRESS, endpoint, offering, silent_endpoint, tls

FEATURE = "secure-renegotiation"


@check(
    "tls.renegotiation-insecure",
    on=TlsEvidence,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Không bảo vệ việc thương lượng lại TLS", en="Renegotiation is not protected"),
    why=Text(
        vi="Kẻ tấn công có thể chèn yêu cầu của mình vào đầu kết nối của người dùng. Thư viện TLS thiếu bản vá năm 2010 còn thiếu nhiều bản vá khác.",
        en="An attacker can put requests of his own before those of a user. A TLS library without this fix of 2010 lacks many others as well.",
    ),
    fix=Text(
        vi="Cập nhật hệ điều hành và thư viện TLS của máy chủ hoặc thiết bị đứng trước.",
        en="Update the operating system and TLS library of the server or the device in front of it.",
    ),
    refs=("RFC 5746 section 3.6", "RFC 9325 section 3.5"),
    howto="update-tls-library",
    notes={NOT_ASKED: NOT_ASKED_TEXT},
    examples=(
        Example("the signal is ignored", tls(offering((FEATURE, "rejected", ""))), "fail"),
        Example("the extension is answered", tls(offering((FEATURE, "accepted", ""))), "pass"),
        Example(
            "one of two addresses",
            tls(
                offering((FEATURE, "accepted", "")),
                offering((FEATURE, "rejected", ""), address=OTHER_ADDRESS),
            ),
            "fail",
        ),
        Example("throttled before it was asked", tls(offering((FEATURE, "unknown", "throttled"))), "unknown"),
        Example(
            "a second address is silent",
            tls(offering((FEATURE, "accepted", "")), silent_endpoint()),
            "unknown",
        ),
        Example(
            "old versions throttled, so never asked",
            tls(endpoint("TLSv1.3", unknown=("TLSv1.2",))),
            "unknown",
        ),
        Example("TLS 1.3 alone", tls(endpoint("TLSv1.3")), "pass"),
        Example("evidence that never asked", tls(endpoint("TLSv1.2", "TLSv1.3")), "notapplicable"),
    ),
)
def renegotiation_insecure(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by the renegotiation_info extension of the ServerHello; the signal was sent."""
    return judge_feature(view, FEATURE, bad=Answer.REJECTED)
