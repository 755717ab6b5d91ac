"""tls.cbc-offered: suites in CBC mode are taken (told by a full listing)."""

from scanner.author import Severity, Text
from scanner.author.tls_suites import suite_check
from scanner.samples.tls import class_examples

FEATURE = "suites-cbc"

cbc_offered = suite_check(
    "tls.cbc-offered",
    FEATURE,
    severity=Severity.LOW,
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
    examples=class_examples(FEATURE, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA (TLSv1.2)"),
)
