"""tls.certificate-revoked: the authority has taken the certificate back."""

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
from scanner.samples.tls import GOOD_STAPLE, REVOKED_STAPLE, certificates, chain, leaf, unreadable


@check(
    "tls.certificate-revoked",
    on=Certificates,
    severity=Severity.CRITICAL,
    since="0.1",
    title=Text(vi="Chứng thư đã bị thu hồi", en="The certificate is revoked"),
    why=Text(
        vi="Tổ chức cấp đã thu hồi chứng thư, thường vì khóa bị lộ: người có khóa giả mạo được trang. Nhiều trình duyệt chặn trang.",
        en="The authority took the certificate back, mostly because its key leaked: whoever has it can pose as the site. Many browsers block the site.",
    ),
    fix=Text(
        vi="Tạo khóa mới, xin chứng thư mới ngay, và tìm hiểu vì sao chứng thư bị thu hồi.",
        en="Make a new key, get a new certificate at once, and find out why it was revoked.",
    ),
    refs=("RFC 5280 section 5", "RFC 6960 section 2.2"),
    howto="renew-certificate",
    notes={
        "revoked": Text(
            vi="Chứng thư bị thu hồi ngày {revoked_on}; lý do: {reason}.",
            en="The certificate was revoked on {revoked_on}; reason: {reason}.",
        ),
        "not-told": Text(
            vi="Máy chủ không kèm trạng thái thu hồi dùng được, và lần rà soát này không tải danh sách thu hồi.",
            en="The server sends no usable status, and this visit fetched no revocation lists.",
        ),
        OTHER_NAME: OTHER_NAME_TEXT,
    },
    examples=(
        Example("the staple says revoked", certificates(chain(staple=REVOKED_STAPLE)), "fail"),
        Example("the staple says good", certificates(chain(staple=GOOD_STAPLE)), "pass"),
        Example("no staple", certificates(), "notapplicable"),
        Example("another host's", certificates(chain(leaf(), is_named=False)), "notapplicable"),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def certificate_revoked(view: Certificates, _ctx: Context) -> Judgement:
    """Judge by a staple that is signed and about this certificate."""
    return judge_chains(view, for_this_host(_rule))


def _rule(chain: PresentedChain) -> Judgement:
    staple = chain.staple
    if staple.state is StapleState.GOOD:
        return Pass(f"staple good: {staple.detail}")
    if staple.state is not StapleState.REVOKED:
        return NotApplicable("not-told", saw=f"staple {staple.state.value}")
    on = staple.revoked_at.date().isoformat() if staple.revoked_at else "-"
    values = (("revoked_on", on), ("reason", staple.reason or "-"))
    return Fail(f"staple revoked: {staple.detail}", note="revoked", values=values)
