"""tls.null-ciphers-offered: suites without encryption, without authentication, or of export strength."""

from scanner.author import Answer, Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, judge_feature
from scanner.samples.tls import OTHER_ADDRESS, endpoint, offering, silent_endpoint, tls

FEATURE = "suites-no-protection"


@check(
    "tls.null-ciphers-offered",
    on=TlsEvidence,
    severity=Severity.CRITICAL,
    since="0.1",
    title=Text(
        vi="Còn nhận bộ mã không mã hóa, không xác thực hoặc cấp xuất khẩu",
        en="Ciphers that protect nothing are accepted",
    ),
    why=Text(
        vi="Các bộ mã này không mã hóa, không chứng minh máy chủ là ai, hoặc chỉ dùng khóa 40 bit. Kẻ tấn công trên đường truyền có thể ép kết nối về chúng rồi đọc và sửa dữ liệu.",
        en="Such suites do not encrypt, do not prove who the server is, or use keys of 40 bits. An attacker on the path can push connections down to them, then read and change what passes.",
    ),
    fix=Text(
        vi="Xóa NULL, aNULL, ADH, AECDH và EXPORT khỏi danh sách bộ mã; dùng danh sách chuẩn trong hướng dẫn.",
        en="Remove NULL, aNULL, ADH, AECDH and EXPORT from the cipher list; use the standard list of the instructions.",
    ),
    refs=("RFC 9325 section 4.1", "RFC 7465"),
    howto="limit-cipher-suites",
    notes={NOT_ASKED: NOT_ASKED_TEXT},
    examples=(
        Example(
            "one suite of the class is taken",
            tls(offering((FEATURE, "accepted", "TLS_RSA_WITH_NULL_SHA (TLSv1.2)"))),
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
def null_ciphers_offered(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by the suite the server took, or by its refusal of a hello with the whole class."""
    return judge_feature(view, FEATURE, bad=Answer.ACCEPTED)
