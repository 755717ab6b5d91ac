"""tls.early-data-enabled: the server takes data before the handshake is over (0-RTT)."""

from scanner.author import Answer, Context, Example, Judgement, Severity, Text, TlsEvidence, check
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, In13, judge_feature
from scanner.samples.tls import OTHER_ADDRESS, endpoint, offering, silent_endpoint, tls

FEATURE = "early-data"


@check(
    "tls.early-data-enabled",
    on=TlsEvidence,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Bật dữ liệu sớm 0-RTT", en="Early data (0-RTT) is enabled"),
    why=Text(
        vi="Dữ liệu gửi sớm có thể bị kẻ tấn công ghi lại và gửi lại: một yêu cầu nộp hồ sơ có thể được thực hiện hai lần.",
        en="Early data can be recorded and sent again by an attacker: a form may be submitted twice.",
    ),
    fix=Text(
        vi="Tắt 0-RTT (early data) trên máy chủ web và trên CDN.",
        en="Switch 0-RTT (early data) off on the web server and on the CDN.",
    ),
    refs=("RFC 8446 section 8", "RFC 8470 section 3", "RFC 9325 section 3.8"),
    howto="stop-early-data",
    notes={NOT_ASKED: NOT_ASKED_TEXT},
    examples=(
        Example("a ticket allows it", tls(offering((FEATURE, "accepted", "16384 bytes"))), "fail"),
        Example("a ticket does not", tls(offering((FEATURE, "rejected", ""))), "pass"),
        Example("no ticket", tls(offering((FEATURE, "rejected", "no ticket"))), "pass"),
        Example(
            "one of two addresses",
            tls(
                offering((FEATURE, "rejected", "")),
                offering((FEATURE, "accepted", ""), address=OTHER_ADDRESS),
            ),
            "fail",
        ),
        Example("left open", tls(offering((FEATURE, "unknown", "no answer to the hello"))), "unknown"),
        Example(
            "a second address is silent",
            tls(offering((FEATURE, "rejected", "")), silent_endpoint()),
            "unknown",
        ),
        Example("daily visit", tls(endpoint("TLSv1.2", "TLSv1.3")), "notapplicable"),
    ),
)
def early_data_enabled(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by the ticket that follows a whole handshake; nothing is sent early."""
    return judge_feature(view, FEATURE, bad=Answer.ACCEPTED, in_13=In13.ASKED)
