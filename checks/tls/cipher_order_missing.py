"""tls.cipher-order-missing: clients choose, and weak suites are among the choices."""

from scanner.author import (
    Answer,
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Pass,
    Severity,
    Text,
    TlsEvidence,
    check,
)
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, ONLY_13, ONLY_13_TEXT, In13, judge_feature
from scanner.samples.tls import endpoint, offering, tls

WEAK = ("suites-no-protection", "suites-broken", "suites-triple-des")
FREE = ("server-preference", "rejected", "TLS_RSA_WITH_3DES_EDE_CBC_SHA")


@check(
    "tls.cipher-order-missing",
    on=TlsEvidence,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Máy khách được chọn bộ mã yếu", en="Clients may choose weak ciphers over strong ones"),
    why=Text(
        vi="Máy chủ để máy khách quyết định trong khi vẫn nhận bộ mã yếu, nên máy khách cũ sẽ dùng bộ mã yếu dù có bộ tốt hơn.",
        en="The server lets clients decide while it still takes weak ciphers, so old clients use a weak one although they know a better one.",
    ),
    fix=Text(
        vi="Xóa bộ mã yếu; trong lúc chờ, bật thứ tự ưu tiên của máy chủ.",
        en="Remove the weak ciphers; until then switch the server's own order on.",
    ),
    refs=("RFC 9325 section 4.2.1",),
    howto="limit-cipher-suites",
    notes={
        NOT_ASKED: NOT_ASKED_TEXT,
        ONLY_13: ONLY_13_TEXT,
        "only-strong": Text(
            vi="Mọi bộ mã máy chủ nhận đều tốt, nên thứ tự không quan trọng.",
            en="All ciphers the server takes are good, so their order does not matter.",
        ),
    },
    examples=(
        Example("client order with 3DES", tls(offering(FREE, ("suites-triple-des", "accepted", ""))), "fail"),
        Example(
            "server order with 3DES",
            tls(offering(("server-preference", "accepted", ""), ("suites-triple-des", "accepted", ""))),
            "pass",
        ),
        Example(
            "client order, strong suites only",
            tls(offering(FREE, ("suites-triple-des", "rejected", ""))),
            "notapplicable",
        ),
        Example(
            "left open",
            tls(offering(("server-preference", "unknown", "throttled"), ("suites-broken", "accepted", ""))),
            "unknown",
        ),
        Example("TLS 1.3 alone", tls(endpoint("TLSv1.3")), "notapplicable"),
        Example("never asked", tls(offering(("suites-triple-des", "accepted", ""))), "notapplicable"),
    ),
)
def cipher_order_missing(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by whether the reversed list of accepted suites changed the choice."""
    said = judge_feature(view, "server-preference", bad=Answer.REJECTED, in_13=In13.NO_QUESTION)
    weak = [
        f.detail for e in view.endpoints for f in e.features if f.name in WEAK and f.answer is Answer.ACCEPTED
    ]
    if isinstance(said, Fail | Pass) and not weak:
        return NotApplicable("only-strong", saw=said.saw)
    return said
