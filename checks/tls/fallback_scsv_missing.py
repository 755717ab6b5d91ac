"""tls.fallback-scsv-missing: the server lets clients be pushed to an older version."""

from scanner.author import Answer, Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, ONLY_13, ONLY_13_TEXT, In13, judge_feature
from scanner.samples.tls import OTHER_ADDRESS, endpoint, offering, silent_endpoint, tls

FEATURE = "fallback-scsv"


@check(
    "tls.fallback-scsv-missing",
    on=TlsEvidence,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Không chặn việc ép lùi phiên bản TLS", en="Protection against version fallback is missing"
    ),
    why=Text(
        vi="Kẻ tấn công trên đường truyền có thể làm trình duyệt cũ lùi về phiên bản TLS yếu hơn mà máy chủ không phản đối.",
        en="An attacker on the path can make old browsers fall back to a weaker version, and the server does not object.",
    ),
    fix=Text(
        vi="Cập nhật thư viện TLS (OpenSSL từ 1.0.1j đã có); hoặc chỉ bật một phiên bản.",
        en="Update the TLS library (OpenSSL has it since 1.0.1j), or enable one version only.",
    ),
    refs=("RFC 7507 section 3",),
    howto="update-tls-library",
    notes={NOT_ASKED: NOT_ASKED_TEXT, ONLY_13: ONLY_13_TEXT},
    examples=(
        Example(
            "the old version is spoken all the same",
            tls(offering((FEATURE, "rejected", "answered TLSv1.0"))),
            "fail",
        ),
        Example("alert 86", tls(offering((FEATURE, "accepted", "alert 86 inappropriate_fallback"))), "pass"),
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
        Example("TLS 1.3 alone", tls(endpoint("TLSv1.3")), "notapplicable"),
        Example("evidence that never asked", tls(endpoint("TLSv1.2", "TLSv1.3")), "notapplicable"),
    ),
)
def fallback_scsv_missing(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by alert 86 in answer to an old hello with the fallback signal."""
    return judge_feature(view, FEATURE, bad=Answer.REJECTED, in_13=In13.NO_QUESTION)
