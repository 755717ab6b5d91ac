"""tls.hello-intolerant: the hello of a modern browser is refused, a plainer one is not."""

from scanner.author import Answer, Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, In13, judge_feature
from scanner.samples.tls import OTHER_ADDRESS, endpoint, offering, silent_endpoint, tls

FEATURE = "hello-tolerance"


@check(
    "tls.hello-intolerant",
    on=TlsEvidence,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Máy chủ từ chối lời chào TLS của trình duyệt mới", en="Hellos of modern browsers are refused"
    ),
    why=Text(
        vi="Trình duyệt mới gửi lời chào dài hơn, có TLS 1.3 và các giá trị chưa gán nghĩa. Máy chủ hoặc thiết bị trung gian không hiểu sẽ ngắt kết nối, người dân không vào được trang.",
        en="Modern browsers send longer hellos, with TLS 1.3 and values that mean nothing yet. A server or a device before it that does not understand them drops the connection, and citizens cannot open the site.",
    ),
    fix=Text(
        vi="Cập nhật máy chủ web, thiết bị cân bằng tải và tường lửa ứng dụng đứng trước trang.",
        en="Update the web server, the load balancer and the application firewall before the site.",
    ),
    refs=("RFC 8701 section 3.1", "RFC 8446 section 4.2.1", "RFC 9325 section 3.1.1"),
    howto="update-tls-library",
    notes={NOT_ASKED: NOT_ASKED_TEXT},
    examples=(
        Example("long hellos are reset", tls(offering((FEATURE, "rejected", "long hello: reset"))), "fail"),
        Example("understood", tls(offering((FEATURE, "accepted", "answered TLSv1.3"))), "pass"),
        Example(
            "one of two addresses",
            tls(
                offering((FEATURE, "accepted", "")),
                offering(
                    (FEATURE, "rejected", "TLS 1.3 among the versions: alert 70"), address=OTHER_ADDRESS
                ),
            ),
            "fail",
        ),
        Example("throttled", tls(offering((FEATURE, "unknown", "throttled"))), "unknown"),
        Example(
            "a second address is silent",
            tls(offering((FEATURE, "accepted", "")), silent_endpoint()),
            "unknown",
        ),
        Example("no connection was left for it", tls(endpoint("TLSv1.2")), "notapplicable"),
    ),
)
def hello_intolerant(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by the answer to a hello like a browser's, sent to a server that answers plainer ones."""
    return judge_feature(view, FEATURE, bad=Answer.REJECTED, in_13=In13.ASKED)
