"""tls.aead-missing: no suite of the server encrypts with integrity built in."""

from scanner.author import Severity, Text
from scanner.author.tls_suites import suite_check
from scanner.samples.tls import wanted_class_examples

FEATURE = "suites-aead"

aead_missing = suite_check(
    "tls.aead-missing",
    FEATURE,
    is_wanted=True,
    severity=Severity.MEDIUM,
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
    examples=wanted_class_examples(FEATURE, "TLS_AES_128_GCM_SHA256 (TLSv1.3)"),
)
