"""tls.weak-ciphers-offered: RC4, DES, RC2, IDEA or a suite with MD5 is taken."""

from scanner.author import Answer, Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, judge_feature
from scanner.samples.tls import OTHER_ADDRESS, endpoint, offering, silent_endpoint, tls

FEATURE = "suites-broken"


@check(
    "tls.weak-ciphers-offered",
    on=TlsEvidence,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(
        vi="Còn nhận bộ mã đã bị phá (RC4, DES, RC2, IDEA, MD5)",
        en="Broken ciphers are accepted (RC4, DES, RC2, IDEA, MD5)",
    ),
    why=Text(
        vi="Các thuật toán này đã bị phá trong thực tế: nội dung lặp lại như mã phiên đăng nhập có thể bị khôi phục.",
        en="These algorithms are broken in practice: what repeats, such as a session cookie, can be recovered.",
    ),
    fix=Text(
        vi="Xóa RC4, DES, RC2, IDEA và các bộ mã dùng MD5; chỉ giữ ECDHE với AES-GCM hoặc ChaCha20.",
        en="Remove RC4, DES, RC2, IDEA and suites with MD5; keep ECDHE with AES-GCM or ChaCha20 only.",
    ),
    refs=("RFC 7465 section 2", "RFC 9325 section 4.1"),
    howto="limit-cipher-suites",
    notes={NOT_ASKED: NOT_ASKED_TEXT},
    examples=(
        Example(
            "one suite of the class is taken",
            tls(offering((FEATURE, "accepted", "TLS_RSA_WITH_RC4_128_MD5 (TLSv1.2)"))),
            "fail",
        ),
        Example(
            "the whole class is refused",
            tls(offering((FEATURE, "rejected", "alert 40 handshake_failure"))),
            "pass",
        ),
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
def weak_ciphers_offered(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by the suite the server took, or by its refusal of a hello with the whole class."""
    return judge_feature(view, FEATURE, bad=Answer.ACCEPTED)
