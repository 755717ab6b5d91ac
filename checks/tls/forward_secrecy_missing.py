"""tls.forward-secrecy-missing: no suite of the server has forward secrecy."""

from scanner.author import Severity, Text
from scanner.author.tls_suites import suite_check
from scanner.samples.tls import wanted_class_examples

FEATURE = "suites-forward-secret"

forward_secrecy_missing = suite_check(
    "tls.forward-secrecy-missing",
    FEATURE,
    is_wanted=True,
    severity=Severity.HIGH,
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
    examples=wanted_class_examples(FEATURE, "TLS_AES_128_GCM_SHA256 (TLSv1.3)"),
)
