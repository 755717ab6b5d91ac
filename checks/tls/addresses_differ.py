"""tls.addresses-differ: the addresses of one name do not protect alike."""

from collections.abc import Mapping

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
from scanner.author.tls import silence_of
from scanner.identify.certificates import place
from scanner.model.evidence import TlsEndpoint
from scanner.samples.tls import OTHER_ADDRESS, closed_endpoint, endpoint, offering, silent_endpoint, tls

COMPARED = (
    "suites-no-protection",
    "suites-broken",
    "suites-triple-des",
    "suites-static-key",
    "suites-forward-secret",
    "compression-deflate",
    "secure-renegotiation",
)


@check(
    "tls.addresses-differ",
    on=TlsEvidence,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(
        vi="Các địa chỉ của trang không giống nhau về TLS", en="The addresses of the site differ in TLS"
    ),
    why=Text(
        vi="Người dân vào trang qua địa chỉ nào là ngẫu nhiên; địa chỉ yếu hơn quyết định mức an toàn. Thường một máy chủ hoặc IPv6 đã bị bỏ quên khi sửa cấu hình.",
        en="Which address a citizen reaches is chance, and the weaker one decides. Mostly one server, or IPv6, was forgotten when the configuration was changed.",
    ),
    fix=Text(
        vi="Đưa cùng một cấu hình TLS lên mọi máy chủ và mọi địa chỉ, cả IPv4 và IPv6.",
        en="Bring the same TLS configuration to every server and every address, IPv4 and IPv6.",
    ),
    refs=("RFC 9325 section 3.1.1",),
    howto="disable-old-tls",
    notes={
        "differ": Text(
            vi="Khác nhau ở: {what}.",
            en="They differ in: {what}.",
        ),
        "one": Text(
            vi="Tên miền chỉ có một địa chỉ trả lời bằng TLS.", en="Only one address of the name speaks TLS."
        ),
    },
    examples=(
        Example(
            "TLS 1.0 on one of two",
            tls(endpoint("TLSv1.2"), endpoint("TLSv1.2", "TLSv1.0", address=OTHER_ADDRESS)),
            "fail",
        ),
        Example("alike", tls(endpoint("TLSv1.2"), endpoint("TLSv1.2", address=OTHER_ADDRESS)), "pass"),
        Example(
            "3DES on one of two",
            tls(
                offering(("suites-triple-des", "rejected", "")),
                offering(("suites-triple-des", "accepted", ""), address=OTHER_ADDRESS),
            ),
            "fail",
        ),
        Example(
            "an open question is no difference",
            tls(endpoint("TLSv1.2"), endpoint("TLSv1.2", unknown=("TLSv1.0",), address=OTHER_ADDRESS)),
            "pass",
        ),
        Example("one address", tls(endpoint("TLSv1.2")), "notapplicable"),
        Example(
            "nothing listens at the second", tls(endpoint("TLSv1.2"), closed_endpoint()), "notapplicable"
        ),
        Example("the second is silent", tls(endpoint("TLSv1.2"), silent_endpoint()), "unknown"),
    ),
)
def addresses_differ(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Compare what was surely accepted and surely refused; what is open compares with nothing."""
    seen = [e for e in view.endpoints if e.missing is None]
    said = [_said(e) for e in seen]
    names = dict.fromkeys(name for answers in said for name in answers)
    differing = [n for n in names if len({answers[n] for answers in said if n in answers}) > 1]
    where = tuple(place(e.address, view.port) for e in seen)
    if differing:
        proof = "; ".join(f"{p}: {_told(a, differing)}" for p, a in zip(where, said, strict=True))
        return Fail(proof, where=where, note="differ", values=(("what", ", ".join(differing)),))
    if silent := silence_of(view):
        return silent
    if len(seen) < 2:
        return NotApplicable("one")
    return Pass(", ".join(n for n, a in said[0].items() if a is Answer.ACCEPTED), where=where)


def _said(endpoint_seen: TlsEndpoint) -> Mapping[str, Answer]:
    offers = (*(endpoint_seen.versions or ()), *(f for f in endpoint_seen.features if f.name in COMPARED))
    return {o.name: o.answer for o in offers if o.answer is not Answer.UNKNOWN}


def _told(answers: Mapping[str, Answer], names: list[str]) -> str:
    return ", ".join(f"{n} {answers[n].value}" for n in names if n in answers)
