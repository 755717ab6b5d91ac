"""tls.weak-ciphers-offered: RC4, DES, RC2, IDEA or a suite with MD5 is taken."""

from scanner.author import Severity, Text
from scanner.author.tls_suites import suite_check
from scanner.samples.tls import class_examples

FEATURE = "suites-broken"

weak_ciphers_offered = suite_check(
    "tls.weak-ciphers-offered",
    FEATURE,
    severity=Severity.HIGH,
    title=Text(
        vi="Còn nhận bộ mã đã bị phá (RC4, DES, RC2, IDEA, MD5)",
        en="Broken ciphers are accepted (RC4, DES, RC2, IDEA, MD5)",
    ),
    why=Text(
        vi="Các thuật toán này đã bị phá trong thực tế: nội dung lặp lại như mã phiên đăng nhập có thể bị khôi phục.",
        en="These algorithms are broken in practice: what repeats, such as a session cookie, can be recovered.",
    ),
    fix=Text(
        vi="Xóa RC4, DES, RC2, IDEA và các bộ mã dùng MD5; chỉ giữ ECDHE với AES-GCM hoặc ChaCha20.",
        en="Remove RC4, DES, RC2, IDEA and suites with MD5; keep ECDHE with AES-GCM or ChaCha20 only.",
    ),
    refs=("RFC 7465 section 2", "RFC 9325 section 4.1"),
    examples=class_examples(FEATURE, "TLS_RSA_WITH_RC4_128_MD5 (TLSv1.2)"),
)
