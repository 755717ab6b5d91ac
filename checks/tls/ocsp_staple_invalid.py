"""tls.ocsp-staple-invalid: the stapled status cannot be used."""

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
    Unknown,
    Why,
    check,
)
from scanner.author.tls import OTHER_NAME, OTHER_NAME_TEXT, for_this_host, judge_chains
from scanner.identify.certificates import PresentedChain
from scanner.identify.revocation import Staple, StapleState
from scanner.samples.tls import GOOD_STAPLE, REVOKED_STAPLE, certificates, chain, leaf, unreadable

FAULTS = (
    StapleState.STALE,
    StapleState.FOREIGN,
    StapleState.UNSIGNED,
    StapleState.MALFORMED,
    StapleState.UNKNOWN,
)


@check(
    "tls.ocsp-staple-invalid",
    on=Certificates,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Trạng thái OCSP kèm theo không dùng được", en="The stapled certificate status is unusable"
    ),
    why=Text(
        vi="Trình duyệt nhận trạng thái quá hạn hoặc sai sẽ bỏ qua hoặc chặn trang; thường do máy chủ không ra được Internet hoặc sai giờ.",
        en="Browsers that get a stale or wrong status ignore it or block the site; mostly the server cannot reach the responder or its clock is wrong.",
    ),
    fix=Text(
        vi="Kiểm tra giờ hệ thống và đường ra tới máy chủ OCSP, hoặc tắt stapling nếu tổ chức cấp không còn OCSP.",
        en="Check the clock and the way out to the responder, or switch stapling off if the authority has no OCSP any more.",
    ),
    refs=("RFC 6960 section 3.2", "RFC 6066 section 8"),
    howto="staple-certificate-status",
    notes={
        "fault": Text(vi="Trạng thái kèm theo: {state}.", en="The staple is: {state}."),
        "none": Text(vi="Máy chủ không kèm trạng thái OCSP.", en="The server sends no staple."),
        OTHER_NAME: OTHER_NAME_TEXT,
    },
    examples=(
        Example("stale", certificates(chain(staple=Staple(StapleState.STALE))), "fail"),
        Example("about another certificate", certificates(chain(staple=Staple(StapleState.FOREIGN))), "fail"),
        Example("signed by nobody", certificates(chain(staple=Staple(StapleState.UNSIGNED))), "fail"),
        Example("damaged", certificates(chain(staple=Staple(StapleState.MALFORMED))), "fail"),
        Example("good", certificates(chain(staple=GOOD_STAPLE)), "pass"),
        Example("revoked is another check", certificates(chain(staple=REVOKED_STAPLE)), "pass"),
        Example("issuer not sent", certificates(chain(staple=Staple(StapleState.UNVERIFIED))), "unknown"),
        Example("none sent", certificates(), "notapplicable"),
        Example("another host's", certificates(chain(leaf(), is_named=False)), "notapplicable"),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def ocsp_staple_invalid(view: Certificates, _ctx: Context) -> Judgement:
    """Judge whether the staple speaks of this certificate, is signed, and is in its time."""
    return judge_chains(view, for_this_host(_rule))


def _rule(chain: PresentedChain) -> Judgement:
    state, detail = chain.staple.state, chain.staple.detail
    if state is StapleState.ABSENT:
        return NotApplicable("none")
    if state is StapleState.UNVERIFIED:
        return Unknown(Why.TLS, f"staple: {detail}")
    saw = f"staple {state.value}: {detail}"
    return Fail(saw, note="fault", values=(("state", state.value),)) if state in FAULTS else Pass(saw)
