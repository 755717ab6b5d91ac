"""tls.sct-missing: a public certificate without proof that it was logged."""

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
from scanner.identify.trust import TrustState
from scanner.samples.tls import PRIVATELY_TRUSTED, certificates, chain, leaf, unreadable

LEAST = 2


@check(
    "tls.sct-missing",
    on=Certificates,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(
        vi="Chứng thư thiếu dấu ghi sổ minh bạch (CT)", en="The certificate has no proof of being logged (CT)"
    ),
    why=Text(
        vi="Chrome và Safari từ chối chứng thư công cộng không có đủ dấu thời gian của sổ minh bạch chứng thư.",
        en="Chrome and Safari refuse public certificates without enough timestamps of transparency logs.",
    ),
    fix=Text(
        vi="Xin tổ chức cấp chứng thư cấp lại chứng thư có kèm dấu thời gian (SCT).",
        en="Have the authority issue the certificate again with embedded timestamps (SCT).",
    ),
    refs=("RFC 6962 section 3.3", "RFC 9162 section 6"),
    howto="renew-certificate",
    notes={
        "few": Text(
            vi="Có {count} dấu thời gian, cần ít nhất 2.", en="It has {count} timestamps; 2 are the least."
        ),
        "private": Text(
            vi="Chỉ chứng thư của tổ chức công cộng mới phải ghi sổ.",
            en="Only certificates of public authorities have to be logged.",
        ),
        OTHER_NAME: OTHER_NAME_TEXT,
    },
    examples=(
        Example("none at all", certificates(chain(leaf(timestamps=0))), "fail"),
        Example("one", certificates(chain(leaf(timestamps=1))), "fail"),
        Example("two in the certificate", certificates(), "pass"),
        Example("two beside the certificate", certificates(chain(leaf(timestamps=0), logs_beside=2)), "pass"),
        Example("one in, one beside", certificates(chain(leaf(timestamps=1), logs_beside=1)), "pass"),
        Example(
            "private authority",
            certificates(chain(leaf(timestamps=0), trust=PRIVATELY_TRUSTED)),
            "notapplicable",
        ),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def sct_missing(view: Certificates, _ctx: Context) -> Judgement:
    """Count timestamps in the certificate and beside it; their signatures are not verified."""
    return judge_chains(view, for_this_host(_rule))


def _rule(chain: PresentedChain) -> Judgement:
    assert chain.leaf is not None
    if chain.trust.state is not TrustState.TRUSTED_PUBLIC:
        return NotApplicable("private", saw=chain.trust.state.value)
    saw = f"SCT: {chain.leaf.sct_count} embedded, {chain.sct_logs} in the handshake"
    count = chain.leaf.sct_count + chain.sct_logs
    if count >= LEAST:
        return Pass(saw)
    return Fail(saw, note="few", values=(("count", str(count)),))
