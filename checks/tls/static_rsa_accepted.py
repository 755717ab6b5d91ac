"""tls.static-rsa-accepted: key exchanges that let the certificate's key decrypt recorded traffic."""

from scanner.author import Answer, Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, judge_feature
from scanner.samples.tls import OTHER_ADDRESS, endpoint, offering, silent_endpoint, tls

FEATURE = "suites-static-key"


@check(
    "tls.static-rsa-accepted",
    on=TlsEvidence,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Còn nhận trao đổi khóa không có tính bảo mật chuyển tiếp",
        en="Key exchange without forward secrecy is accepted",
    ),
    why=Text(
        vi="Với cách trao đổi khóa này, ai lấy được khóa của máy chủ sẽ giải mã được toàn bộ dữ liệu đã ghi lại trước đó.",
        en="With it, whoever gets hold of the server's key can decrypt all traffic recorded before.",
    ),
    fix=Text(
        vi="Chỉ giữ các bộ mã bắt đầu bằng ECDHE; xóa các bộ mã AES..., RSA và ECDH tĩnh.",
        en="Keep only suites that begin with ECDHE; remove plain RSA and static ECDH ones.",
    ),
    refs=("RFC 9325 section 4.1",),
    howto="limit-cipher-suites",
    notes={NOT_ASKED: NOT_ASKED_TEXT},
    examples=(
        Example(
            "one suite of the class is taken",
            tls(offering((FEATURE, "accepted", "TLS_RSA_WITH_AES_128_CBC_SHA (TLSv1.2)"))),
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
def static_rsa_accepted(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by the suite the server took, or by its refusal of a hello with the whole class."""
    return judge_feature(view, FEATURE, bad=Answer.ACCEPTED)
