"""tls.weak-curve-accepted: the server agrees on keys over a curve of less than 224 bits."""

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
    Unknown,
    Why,
    check,
)
from scanner.author.tls import (
    NOT_ASKED,
    NOT_ASKED_TEXT,
    ONLY_13,
    ONLY_13_TEXT,
    OPEN_BECAUSE,
    silence_of,
    speaks_13_alone,
)
from scanner.identify.certificates import place
from scanner.model.evidence import Offer, TlsEndpoint
from scanner.parse.tls_names import GROUP_BITS
from scanner.samples.tls import OTHER_ADDRESS, endpoint, offering, silent_endpoint, tls

LEAST_BITS = 224


@check(
    "tls.weak-curve-accepted",
    on=TlsEvidence,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Còn nhận đường cong elliptic quá ngắn", en="Elliptic curves that are too short are accepted"
    ),
    why=Text(
        vi="Đường cong dưới 224 bit không còn đủ mạnh: dữ liệu ghi lại hôm nay có thể bị giải mã về sau.",
        en="A curve of less than 224 bits is no longer strong enough: what is recorded today may be decrypted later.",
    ),
    fix=Text(
        vi="Chỉ giữ X25519, P-256 và P-384 (secp256r1, secp384r1).",
        en="Keep only X25519, P-256 and P-384 (secp256r1, secp384r1).",
    ),
    refs=("RFC 8422 section 5.1.1", "RFC 9325 section 4.3", "NIST SP 800-57 part 1 table 2"),
    howto="limit-curves",
    notes={
        NOT_ASKED: NOT_ASKED_TEXT,
        ONLY_13: ONLY_13_TEXT,
        "no-curves": Text(
            vi="Dưới TLS 1.3 máy chủ không dùng đường cong nào để trao đổi khóa.",
            en="Below TLS 1.3 the server agrees on no key over a curve.",
        ),
    },
    examples=(
        Example("192 bits", tls(offering(groups=(("secp192r1", "accepted"),))), "fail"),
        Example(
            "refused", tls(offering(groups=(("secp192r1", "rejected"), ("sect163k1", "rejected")))), "pass"
        ),
        Example(
            "224 bits", tls(offering(groups=(("secp224r1", "accepted"), ("secp192r1", "rejected")))), "pass"
        ),
        Example(
            "one of two addresses",
            tls(
                offering(groups=(("secp192r1", "rejected"),)),
                offering(groups=(("secp160r1", "accepted"),), address=OTHER_ADDRESS),
            ),
            "fail",
        ),
        Example("left open", tls(offering(groups=(("secp192r1", "unknown"),))), "unknown"),
        Example(
            "a second address is silent",
            tls(offering(groups=(("secp192r1", "rejected"),)), silent_endpoint()),
            "unknown",
        ),
        Example("no suite with a curve", tls(offering(listing="full")), "notapplicable"),
        Example("TLS 1.3 alone", tls(endpoint("TLSv1.3")), "notapplicable"),
        Example("never asked", tls(endpoint("TLSv1.2")), "notapplicable"),
    ),
)
def weak_curve_accepted(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by the answers to hellos that offer such curves alone, below TLS 1.3."""
    seen = [(e, _weak(e)) for e in view.endpoints if e.missing is None]
    taken = [(e, o) for e, offers in seen for o in offers if o.answer is Answer.ACCEPTED]
    if taken:
        first = [o.name for e, o in taken if e is taken[0][0]]
        where = tuple(dict.fromkeys(place(e.address, view.port) for e, _ in taken))
        return Fail(f"{', '.join(first)}: accepted", where=where)
    if hole := next(((e, o) for e, offers in seen for o in offers if o.answer is Answer.UNKNOWN), None):
        why = OPEN_BECAUSE.get(hole[1].detail, Why.TLS)
        return Unknown(why, f"{place(hole[0].address, view.port)}: {hole[1].name}: {hole[1].detail}")
    if silent := silence_of(view):
        return silent
    if quiet := [e for e, offers in seen if not offers]:
        return NotApplicable(_why_not_asked(quiet))
    names = dict.fromkeys(o.name for _, offers in seen for o in offers)
    return Pass(f"{', '.join(names)}: rejected", where=tuple(place(e.address, view.port) for e, _ in seen))


def _why_not_asked(quiet: list[TlsEndpoint]) -> str:
    if all(map(speaks_13_alone, quiet)):
        return ONLY_13
    return "no-curves" if all(e.listing == "full" for e in quiet) else NOT_ASKED


def _weak(seen: TlsEndpoint) -> tuple[Offer, ...]:
    return tuple(g for g in seen.groups if GROUP_BITS.get(g.name, LEAST_BITS) < LEAST_BITS)
