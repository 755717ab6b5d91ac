"""tls.aead-missing: no suite of the server encrypts with integrity built in."""

from scanner.author import Answer, Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, In13, judge_feature
from scanner.samples.tls import OTHER_ADDRESS, endpoint, offering, silent_endpoint, tls

FEATURE = "suites-aead"


@check(
    "tls.aead-missing",
    on=TlsEvidence,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Không có bộ mã AEAD (GCM, ChaCha20)", en="No AEAD cipher (GCM, ChaCha20)"),
    why=Text(
        vi="Máy chủ chỉ có bộ mã kiểu cũ, từng nhiều lần bị tấn công; trình duyệt mới đang bỏ dần chúng.",
        en="The server has old kinds of suites only, which were attacked again and again; browsers are dropping them.",
    ),
    fix=Text(
        vi="Bật TLS 1.3, hoặc ECDHE với AES-GCM trong TLS 1.2.",
        en="Enable TLS 1.3, or ECDHE with AES-GCM in TLS 1.2.",
    ),
    refs=("RFC 9325 section 4.2",),
    howto="limit-cipher-suites",
    notes={NOT_ASKED: NOT_ASKED_TEXT},
    examples=(
        Example(
            "every AEAD suite is refused",
            tls(offering((FEATURE, "rejected", "alert 40 handshake_failure"))),
            "fail",
        ),
        Example(
            "an AEAD suite is taken",
            tls(offering((FEATURE, "accepted", "TLS_AES_128_GCM_SHA256 (TLSv1.3)"))),
            "pass",
        ),
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
            "notapplicable",
        ),
        Example("TLS 1.3 alone", tls(endpoint("TLSv1.3")), "notapplicable"),
        Example("evidence that never asked", tls(endpoint("TLSv1.2", "TLSv1.3")), "notapplicable"),
    ),
)
def aead_missing(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by the suite the server took, or by its refusal of a hello with the whole class."""
    return judge_feature(view, FEATURE, bad=Answer.REJECTED, in_13=In13.ASKED)
