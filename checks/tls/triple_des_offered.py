"""tls.triple-des-offered: a suite with 3DES is taken (SWEET32)."""

from scanner.author import Answer, Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, judge_feature
from scanner.samples.tls import OTHER_ADDRESS, endpoint, offering, silent_endpoint, tls

FEATURE = "suites-triple-des"


@check(
    "tls.triple-des-offered",
    on=TlsEvidence,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(vi="Còn nhận bộ mã 3DES", en="3DES is accepted"),
    why=Text(
        vi="3DES dùng khối 64 bit: qua một kết nối dài, kẻ tấn công có thể khôi phục mã phiên đăng nhập (tấn công SWEET32).",
        en="3DES works on blocks of 64 bits: over a long connection an attacker can recover session cookies (SWEET32).",
    ),
    fix=Text(
        vi="Xóa 3DES khỏi danh sách bộ mã. Máy còn cần 3DES (Windows XP) thì đã quá cũ.",
        en="Remove 3DES from the cipher list. Clients that need it (Windows XP) are too old.",
    ),
    refs=("RFC 9325 section 4.1", "CVE-2016-2183"),
    howto="limit-cipher-suites",
    notes={NOT_ASKED: NOT_ASKED_TEXT},
    examples=(
        Example(
            "one suite of the class is taken",
            tls(offering((FEATURE, "accepted", "TLS_RSA_WITH_3DES_EDE_CBC_SHA (TLSv1.2)"))),
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
def triple_des_offered(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by the suite the server took, or by its refusal of a hello with the whole class."""
    return judge_feature(view, FEATURE, bad=Answer.ACCEPTED)
