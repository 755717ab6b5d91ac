"""tls.forward-secrecy-missing: no suite of the server has forward secrecy."""

from scanner.author import Answer, Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, In13, judge_feature
from scanner.samples.tls import OTHER_ADDRESS, endpoint, offering, silent_endpoint, tls

FEATURE = "suites-forward-secret"


@check(
    "tls.forward-secrecy-missing",
    on=TlsEvidence,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Không có tính bảo mật chuyển tiếp", en="No forward secrecy"),
    why=Text(
        vi="Ai lấy được khóa của máy chủ, dù nhiều năm sau, sẽ giải mã được mọi dữ liệu đã ghi lại, kể cả mật khẩu.",
        en="Whoever gets the server's key, even years later, can decrypt everything recorded before, passwords included.",
    ),
    fix=Text(
        vi="Bật các bộ mã ECDHE và TLS 1.3.",
        en="Enable ECDHE suites and TLS 1.3.",
    ),
    refs=("RFC 9325 section 4.1", "RFC 9325 section 7.3"),
    howto="limit-cipher-suites",
    notes={NOT_ASKED: NOT_ASKED_TEXT},
    examples=(
        Example(
            "every ephemeral exchange is refused",
            tls(offering((FEATURE, "rejected", "alert 40 handshake_failure"))),
            "fail",
        ),
        Example(
            "an ephemeral exchange is taken",
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
def forward_secrecy_missing(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by the suite the server took, or by its refusal of a hello with the whole class."""
    return judge_feature(view, FEATURE, bad=Answer.REJECTED, in_13=In13.ASKED)
