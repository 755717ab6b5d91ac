"""tls.dh-too-small: Diffie-Hellman with a prime that can be broken (Logjam)."""

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
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, judge_feature
from scanner.identify.certificates import place
from scanner.model.evidence import ExchangeSeen
from scanner.samples.tls import dhe, endpoint, offering, silent_endpoint, tls

LEAST_BITS = 2048
TAKEN = ("suites-dhe", "accepted", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256 (TLSv1.2)")
REFUSED = ("suites-dhe", "rejected", "alert 40 handshake_failure")


@check(
    "tls.dh-too-small",
    on=TlsEvidence,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Tham số Diffie-Hellman quá ngắn", en="Diffie-Hellman parameters are too short"),
    why=Text(
        vi="Số nguyên tố ngắn bị tính trước được một lần rồi dùng để giải mã mọi kết nối (tấn công Logjam).",
        en="A short prime can be worked on once, and then every connection with it can be decrypted (Logjam).",
    ),
    fix=Text(
        vi="Xóa các bộ mã DHE, chỉ giữ ECDHE; nếu phải giữ thì tạo tham số 2048 bit trở lên.",
        en="Remove DHE suites and keep ECDHE; if they must stay, make parameters of 2048 bits or more.",
    ),
    refs=("RFC 9325 section 4.1", "RFC 7919 section 4", "CVE-2015-4000"),
    howto="limit-cipher-suites",
    notes={
        "short": Text(
            vi="Số nguyên tố Diffie-Hellman dài {bits} bit; tối thiểu là 2048 bit.",
            en="The Diffie-Hellman prime has {bits} bits; 2048 is the least.",
        ),
        NOT_ASKED: NOT_ASKED_TEXT,
    },
    examples=(
        Example("1024 bits", tls(offering(TAKEN, exchanges=(dhe(1024),))), "fail"),
        Example("2047 bits", tls(offering(TAKEN, exchanges=(dhe(2047),))), "fail"),
        Example("2048 bits", tls(offering(TAKEN, exchanges=(dhe(2048),))), "pass"),
        Example("no such suite", tls(offering(REFUSED)), "pass"),
        Example(
            "without authentication, which is another check",
            tls(offering(TAKEN, exchanges=(dhe(1024, suite="TLS_DH_anon_WITH_AES_128_CBC_SHA"),))),
            "pass",
        ),
        Example("throttled", tls(offering(("suites-dhe", "unknown", "throttled"))), "unknown"),
        Example("a second address is silent", tls(offering(REFUSED), silent_endpoint()), "unknown"),
        Example("TLS 1.3 alone", tls(endpoint("TLSv1.3")), "pass"),
        Example("never asked", tls(endpoint("TLSv1.2")), "notapplicable"),
    ),
)
def dh_too_small(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge the prime in the ServerKeyExchange; refusing every DHE suite passes as well."""
    found = [(e, x) for e in view.endpoints for x in e.exchanges if _is_short(x)]
    if found:
        worst = min((x for _, x in found), key=lambda x: x.bits)
        where = tuple(dict.fromkeys(place(e.address, view.port) for e, _ in found))
        return Fail(_proof(worst), where=where, note="short", values=(("bits", str(worst.bits)),))
    refused = judge_feature(view, "suites-dhe", bad=Answer.ACCEPTED)
    if not isinstance(refused, Fail):
        return refused
    seen = tuple(x for e in view.endpoints for x in e.exchanges if _is_own_prime(x))
    if not seen:
        return NotApplicable(NOT_ASKED, saw=refused.saw)
    return Pass("; ".join(dict.fromkeys(map(_proof, seen))), where=refused.where)


def _is_short(exchange: ExchangeSeen) -> bool:
    return _is_own_prime(exchange) and "_anon_" not in exchange.suite and exchange.bits < LEAST_BITS


def _is_own_prime(exchange: ExchangeSeen) -> bool:
    return exchange.kind == "DHE" and exchange.bits > 0


def _proof(exchange: ExchangeSeen) -> str:
    return f"{exchange.suite} ({exchange.version}): {exchange.bits} bit"
