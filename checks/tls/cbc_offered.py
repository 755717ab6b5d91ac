"""tls.cbc-offered: suites in CBC mode are taken (told by a full listing)."""

from scanner.author import Answer, Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, judge_feature
from scanner.samples.tls import OTHER_ADDRESS, endpoint, offering, silent_endpoint, tls

FEATURE = "suites-cbc"


@check(
    "tls.cbc-offered",
    on=TlsEvidence,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Còn nhận bộ mã kiểu CBC", en="Ciphers in CBC mode are accepted"),
    why=Text(
        vi="Kiểu CBC từng nhiều lần bị tấn công do cách kiểm tra phần đệm; bộ mã AEAD không có điểm yếu này.",
        en="CBC mode was attacked again and again through its padding; AEAD suites have no such weakness.",
    ),
    fix=Text(
        vi="Chỉ giữ các bộ mã có GCM, CCM hoặc CHACHA20-POLY1305.",
        en="Keep only suites with GCM, CCM or CHACHA20-POLY1305.",
    ),
    refs=("RFC 9325 section 4.2", "RFC 7457 section 2.4"),
    howto="limit-cipher-suites",
    notes={NOT_ASKED: NOT_ASKED_TEXT},
    examples=(
        Example(
            "one suite of the class is taken",
            tls(offering((FEATURE, "accepted", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA (TLSv1.2)"))),
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
def cbc_offered(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by the suite the server took, or by its refusal of a hello with the whole class."""
    return judge_feature(view, FEATURE, bad=Answer.ACCEPTED)
