"""tls.sha1-key-exchange: the server signs its key exchange with SHA-1 and with nothing better."""

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
from scanner.author.tls import NOT_ASKED, NOT_ASKED_TEXT, In13, judge_feature, silence_of
from scanner.identify.certificates import place
from scanner.model.evidence import ExchangeSeen, TlsEndpoint
from scanner.parse.tls_names import scheme_name
from scanner.samples.tls import OTHER_ADDRESS, endpoint, offering, signed, silent_endpoint, tls

FEATURE = "sha2-key-exchange"
TLS12 = "TLSv1.2"


@check(
    "tls.sha1-key-exchange",
    on=TlsEvidence,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Máy chủ chỉ ký trao đổi khóa bằng SHA-1", en="Key exchanges are signed with SHA-1 only"),
    why=Text(
        vi="SHA-1 đã bị phá. Trình duyệt mới không nhận chữ ký này nữa và sẽ báo lỗi khi mở trang.",
        en="SHA-1 is broken. Modern browsers no longer take such a signature and show an error instead of the site.",
    ),
    fix=Text(
        vi="Cập nhật thư viện TLS của máy chủ để ký bằng SHA-256 trở lên, và cho phép SHA-2 nếu cấu hình đang hạn chế.",
        en="Update the server's TLS library so that it signs with SHA-256 or better, and allow SHA-2 where the configuration forbids it.",
    ),
    refs=("RFC 9155 section 3", "RFC 5246 section 7.4.3"),
    howto="update-tls-library",
    notes={
        NOT_ASKED: NOT_ASKED_TEXT,
        "no-signature": Text(
            vi="Không thấy máy chủ ký trao đổi khóa trong TLS 1.2, nên không có gì để xét.",
            en="The server was not seen to sign a key exchange in TLS 1.2, so there is nothing to judge.",
        ),
    },
    examples=(
        Example(
            "SHA-2 alone is refused",
            tls(offering((FEATURE, "rejected", "alert 40"), exchanges=(signed(0x0201),))),
            "fail",
        ),
        Example(
            "SHA-1 by preference only",
            tls(offering((FEATURE, "accepted", ""), exchanges=(signed(0x0201),))),
            "pass",
        ),
        Example("signed with SHA-256", tls(offering(exchanges=(signed(0x0401),))), "pass"),
        Example(
            "one of two addresses",
            tls(
                offering(exchanges=(signed(0x0401),)),
                offering((FEATURE, "rejected", ""), exchanges=(signed(0x0203),), address=OTHER_ADDRESS),
            ),
            "fail",
        ),
        Example(
            "throttled",
            tls(offering((FEATURE, "unknown", "throttled"), exchanges=(signed(0x0201),))),
            "unknown",
        ),
        Example(
            "SHA-1 seen, and nobody asked further",
            tls(offering(exchanges=(signed(0x0201),))),
            "notapplicable",
        ),
        Example(
            "a second address is silent",
            tls(offering(exchanges=(signed(0x0401),)), silent_endpoint()),
            "unknown",
        ),
        Example("no TLS 1.2", tls(endpoint("TLSv1.3")), "notapplicable"),
    ),
)
def sha1_key_exchange(view: TlsEvidence, _ctx: Context) -> Judgement:
    """Judge by the signatures seen in TLS 1.2; where they were SHA-1, by a hello that offers SHA-2 alone."""
    asked = judge_feature(view, FEATURE, bad=Answer.REJECTED, in_13=In13.ASKED)
    if isinstance(asked, Fail) or any(f.name == FEATURE for e in view.endpoints for f in e.features):
        return asked
    seen = [(e, x) for e in view.endpoints for x in _signed(e)]
    if silent := silence_of(view):
        return silent
    if not seen:
        return NotApplicable("no-signature")
    if any(scheme_name(x.scheme).endswith("_sha1") for _, x in seen):
        return NotApplicable(NOT_ASKED)
    proof = dict.fromkeys(f"{x.suite}: {scheme_name(x.scheme)}" for _, x in seen)
    return Pass("; ".join(proof), where=tuple(dict.fromkeys(place(e.address, view.port) for e, _ in seen)))


def _signed(seen: TlsEndpoint) -> list[ExchangeSeen]:
    return [x for x in seen.exchanges if x.version == TLS12 and x.scheme]
