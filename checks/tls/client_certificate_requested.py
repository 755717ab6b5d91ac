"""tls.client-certificate-requested: a public site asks every visitor for a certificate."""

from scanner.author import Answer, Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, In13, judge_feature
from scanner.samples.tls import OTHER_ADDRESS, endpoint, offering, silent_endpoint, tls

FEATURE = "client-certificate-request"


@check(
    "tls.client-certificate-requested",
    on=TlsEvidence,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Máy chủ đòi chứng thư của người xem", en="Visitors are asked for a certificate"),
    why=Text(
        vi="Trình duyệt của người dân hiện hộp chọn chứng thư, nhiều người bỏ cuộc; chứng thư cá nhân gửi đi trước TLS 1.3 không được mã hóa.",
        en="Browsers of citizens show a box to choose a certificate, and many give up; before TLS 1.3 a personal certificate travels unencrypted.",
    ),
    fix=Text(
        vi="Chỉ đòi chứng thư ở trang đăng nhập cần đến nó, trên một tên miền riêng.",
        en="Ask for certificates only where a login needs them, on a host name of its own.",
    ),
    refs=("RFC 8446 section 4.3.2", "RFC 5246 section 7.4.4"),
    howto="stop-client-certificates",
    notes={NOT_ASKED: NOT_ASKED_TEXT},
    examples=(
        Example("a CertificateRequest is sent", tls(offering((FEATURE, "accepted", ""))), "fail"),
        Example("none is sent", tls(offering((FEATURE, "rejected", ""))), "pass"),
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
            "notapplicable",
        ),
        Example("TLS 1.3 alone", tls(endpoint("TLSv1.3")), "notapplicable"),
        Example("evidence that never asked", tls(endpoint("TLSv1.2", "TLSv1.3")), "notapplicable"),
    ),
)
def client_certificate_requested(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by a CertificateRequest in the first flight."""
    return judge_feature(view, FEATURE, bad=Answer.ACCEPTED, in_13=In13.ASKED)
