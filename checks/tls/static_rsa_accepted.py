"""tls.static-rsa-accepted: key exchanges that let the certificate's key decrypt recorded traffic."""

from scanner.author import Severity, Text
from scanner.author.tls_suites import suite_check
from scanner.samples.tls import class_examples

FEATURE = "suites-static-key"

static_rsa_accepted = suite_check(
    "tls.static-rsa-accepted",
    FEATURE,
    severity=Severity.LOW,
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
    examples=class_examples(FEATURE, "TLS_RSA_WITH_AES_128_CBC_SHA (TLSv1.2)"),
)
