"""tls.null-ciphers-offered: suites without encryption, without authentication, or of export strength."""

from scanner.author import Severity, Text
from scanner.author.tls_suites import suite_check
from scanner.samples.tls import class_examples

FEATURE = "suites-no-protection"

null_ciphers_offered = suite_check(
    "tls.null-ciphers-offered",
    FEATURE,
    severity=Severity.CRITICAL,
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
    examples=class_examples(FEATURE, "TLS_RSA_WITH_NULL_SHA (TLSv1.2)"),
)
