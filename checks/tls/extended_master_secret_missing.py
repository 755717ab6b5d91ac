"""tls.extended-master-secret-missing: TLS 1.2 keys are not bound to the handshake."""

from scanner.author import Answer, Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, judge_feature
from scanner.samples.tls import OTHER_ADDRESS, endpoint, offering, silent_endpoint, tls

FEATURE = "extended-master-secret"


@check(
    "tls.extended-master-secret-missing",
    on=TlsEvidence,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Thiếu cơ chế extended master secret", en="Extended master secret is missing"),
    why=Text(
        vi="Khóa phiên không gắn với quá trình bắt tay, nên một máy chủ trung gian có thể ghép hai kết nối thành một (tấn công Triple Handshake).",
        en="Session keys are not bound to the handshake, so a server in the middle can join two connections (triple handshake attack).",
    ),
    fix=Text(
        vi="Cập nhật thư viện TLS (OpenSSL từ 1.1.0 đã có).",
        en="Update the TLS library (OpenSSL has it since 1.1.0).",
    ),
    refs=("RFC 7627 section 5.3", "RFC 9325 section 3.6"),
    howto="update-tls-library",
    notes={NOT_ASKED: NOT_ASKED_TEXT},
    examples=(
        Example("the extension is ignored", tls(offering((FEATURE, "rejected", ""))), "fail"),
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
def extended_master_secret_missing(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by the extension in the ServerHello of the newest version below 1.3."""
    return judge_feature(view, FEATURE, bad=Answer.REJECTED)
