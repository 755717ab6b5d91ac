"""tls.compression-enabled: the server compresses inside TLS (CRIME)."""

from scanner.author import Answer, Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, judge_feature
from scanner.samples.tls import OTHER_ADDRESS, endpoint, offering, silent_endpoint, tls

FEATURE = "compression-deflate"


@check(
    "tls.compression-enabled",
    on=TlsEvidence,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Bật nén trong TLS", en="TLS compression is enabled"),
    why=Text(
        vi="Độ dài dữ liệu nén làm lộ nội dung mã hóa: kẻ tấn công có thể đoán dần mã phiên đăng nhập (tấn công CRIME).",
        en="The length of compressed data betrays what is encrypted: an attacker can guess session cookies bit by bit (CRIME).",
    ),
    fix=Text(
        vi="Tắt nén TLS; phần mềm máy chủ mới không còn tính năng này.",
        en="Switch TLS compression off; current server software no longer has it.",
    ),
    refs=("RFC 9325 section 3.3", "CVE-2012-4929"),
    howto="update-tls-library",
    notes={NOT_ASKED: NOT_ASKED_TEXT},
    examples=(
        Example("DEFLATE is chosen", tls(offering((FEATURE, "accepted", ""))), "fail"),
        Example("none is chosen", tls(offering((FEATURE, "rejected", ""))), "pass"),
        Example(
            "one of two addresses",
            tls(
                offering((FEATURE, "rejected", "")),
                offering((FEATURE, "accepted", ""), address=OTHER_ADDRESS),
            ),
            "fail",
        ),
        Example("throttled before it was asked", tls(offering((FEATURE, "unknown", "throttled"))), "unknown"),
        Example(
            "a second address is silent",
            tls(offering((FEATURE, "rejected", "")), silent_endpoint()),
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
def compression_enabled(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by the compression method in the ServerHello; DEFLATE was offered."""
    return judge_feature(view, FEATURE, bad=Answer.ACCEPTED)
