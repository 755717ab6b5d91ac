"""tls.post-quantum-missing: no key exchange that withstands quantum computers."""

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
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, OPEN_BECAUSE, silence_of
from scanner.identify.certificates import place
from scanner.parse.tls_names import HYBRID_GROUPS
from scanner.samples.tls import OTHER_ADDRESS, endpoint, offering, silent_endpoint, tls

HYBRID = "X25519MLKEM768"


@check(
    "tls.post-quantum-missing",
    on=TlsEvidence,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="Chưa có trao đổi khóa chống máy tính lượng tử", en="No post-quantum key exchange"),
    why=Text(
        vi="Dữ liệu ghi lại hôm nay có thể bị giải mã khi có máy tính lượng tử. Trình duyệt hiện nay đã hỗ trợ nhóm lai X25519MLKEM768.",
        en="What is recorded today may be decrypted once quantum computers exist. Current browsers speak the hybrid group X25519MLKEM768 already.",
    ),
    fix=Text(
        vi="Khi nâng cấp máy chủ, chọn OpenSSL 3.5 trở lên hoặc phần mềm có X25519MLKEM768.",
        en="At the next upgrade choose OpenSSL 3.5 or later, or other software that has X25519MLKEM768.",
    ),
    refs=("FIPS 203", "RFC 8446 section 4.2.7"),
    howto="update-tls-library",
    notes={
        NOT_ASKED: NOT_ASKED_TEXT,
        "no-13": Text(
            vi="Máy chủ chưa có TLS 1.3, phiên bản duy nhất có cơ chế này; xem mục thiếu TLS 1.3.",
            en="The server lacks TLS 1.3, the only version that has it; see the check on TLS 1.3.",
        ),
    },
    examples=(
        Example("group refused", tls(offering(groups=((HYBRID, "rejected"),))), "fail"),
        Example("group taken", tls(offering(groups=((HYBRID, "accepted"),))), "pass"),
        Example(
            "another hybrid group",
            tls(offering(groups=((HYBRID, "rejected"), ("SecP256r1MLKEM768", "accepted")))),
            "pass",
        ),
        Example(
            "one of two addresses",
            tls(
                offering(groups=((HYBRID, "accepted"),)),
                offering(groups=((HYBRID, "rejected"),), address=OTHER_ADDRESS),
            ),
            "fail",
        ),
        Example("left open", tls(offering(groups=((HYBRID, "unknown"),))), "unknown"),
        Example("silent", tls(offering(groups=((HYBRID, "accepted"),)), silent_endpoint()), "unknown"),
        Example("no TLS 1.3", tls(endpoint("TLSv1.2")), "notapplicable"),
        Example("never asked", tls(endpoint("TLSv1.3")), "notapplicable"),
    ),
)
def post_quantum_missing(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by the answer to a hello that offers hybrid groups only."""
    seen = [e for e in view.endpoints if e.missing is None]
    answers = {e.address: {g.name: g.answer for g in e.groups if g.name in HYBRID_GROUPS} for e in seen}
    lacking = [a for a, said in answers.items() if said and set(said.values()) == {Answer.REJECTED}]
    if lacking:
        return Fail(f"{HYBRID}: rejected", where=tuple(place(a, view.port) for a in lacking))
    for endpoint_seen in seen:
        said = answers[endpoint_seen.address]
        if said and Answer.ACCEPTED not in said.values():
            detail = next(g.detail for g in endpoint_seen.groups if g.answer is Answer.UNKNOWN)
            why = OPEN_BECAUSE.get(detail, Why.TLS)
            return Unknown(why, f"{place(endpoint_seen.address, view.port)}: {detail}")
    if silent := silence_of(view):
        return silent
    if not all(answers.values()) or not answers:
        has_13 = any(
            o.name == "TLSv1.3" and o.answer is Answer.ACCEPTED for e in seen for o in e.versions or ()
        )
        return NotApplicable(NOT_ASKED if has_13 else "no-13")
    taken = dict.fromkeys(n for said in answers.values() for n, a in said.items() if a is Answer.ACCEPTED)
    return Pass(", ".join(taken), where=tuple(place(a, view.port) for a in answers))
