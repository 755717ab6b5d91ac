"""tls.triple-des-offered: a suite with 3DES is taken (SWEET32)."""

from scanner.author import Severity, Text
from scanner.author.tls_suites import suite_check
from scanner.samples.tls import class_examples

FEATURE = "suites-triple-des"

triple_des_offered = suite_check(
    "tls.triple-des-offered",
    FEATURE,
    severity=Severity.MEDIUM,
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
    examples=class_examples(FEATURE, "TLS_RSA_WITH_3DES_EDE_CBC_SHA (TLSv1.2)"),
)
