"""tls.must-staple-ignored: the certificate demands a staple and the server sends none."""

from scanner.author import (
    Certificates,
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Pass,
    Severity,
    Text,
    check,
)
from scanner.author.tls import OTHER_NAME, OTHER_NAME_TEXT, for_this_host, judge_chains
from scanner.identify.certificates import PresentedChain
from scanner.identify.revocation import StapleState
from scanner.samples.tls import GOOD_STAPLE, certificates, chain, leaf, unreadable


@check(
    "tls.must-staple-ignored",
    on=Certificates,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(
        vi="Chứng thư đòi kèm trạng thái OCSP nhưng máy chủ không gửi",
        en="The certificate demands stapling and the server does not staple",
    ),
    why=Text(
        vi="Firefox chặn trang khi chứng thư có dấu must-staple mà máy chủ không kèm trạng thái thu hồi.",
        en="Firefox blocks a site whose certificate is marked must-staple when the server sends no status.",
    ),
    fix=Text(
        vi="Bật OCSP stapling, hoặc xin chứng thư không có dấu must-staple.",
        en="Enable OCSP stapling, or get a certificate without the mark.",
    ),
    refs=("RFC 7633 section 4.2.2", "RFC 6066 section 8"),
    howto="staple-certificate-status",
    notes={
        "unmarked": Text(
            vi="Chứng thư không có dấu must-staple.", en="The certificate is not marked must-staple."
        ),
        OTHER_NAME: OTHER_NAME_TEXT,
    },
    examples=(
        Example("marked, no staple", certificates(chain(leaf(is_must_staple=True))), "fail"),
        Example(
            "marked and stapled", certificates(chain(leaf(is_must_staple=True), staple=GOOD_STAPLE)), "pass"
        ),
        Example("not marked", certificates(), "notapplicable"),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def must_staple_ignored(view: Certificates, _ctx: Context) -> Judgement:
    """Judge whether any staple came; what it says is for other checks."""
    return judge_chains(view, for_this_host(_rule))


def _rule(chain: PresentedChain) -> Judgement:
    assert chain.leaf is not None
    if not chain.leaf.is_must_staple:
        return NotApplicable("unmarked")
    saw = f"TLS feature status_request; staple: {chain.staple.state.value}"
    return Fail(saw) if chain.staple.state is StapleState.ABSENT else Pass(saw)
