"""tls.root-sent: the server sends the root along, which nobody needs."""

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
from scanner.samples.tls import SELF_SIGNED, certificates, chain, issuer, leaf, unreadable

ROOT = issuer(is_root=True, name="CN=Example Root")


@check(
    "tls.root-sent",
    on=Certificates,
    severity=Severity.INFO,
    since="0.1",
    title=Text(vi="Máy chủ gửi thừa chứng thư gốc", en="The server sends the root certificate along"),
    why=Text(
        vi="Máy của người xem đã có gốc hoặc không tin gốc được gửi; gửi kèm chỉ làm mỗi kết nối chậm thêm.",
        en="Visitors' machines have the root already or do not trust one that is sent; sending it only slows every connection.",
    ),
    fix=Text(
        vi="Bỏ chứng thư gốc khỏi tệp chuỗi; giữ chứng thư của trang và các CA trung gian.",
        en="Leave the root out of the chain file; keep the site's certificate and the intermediates.",
    ),
    refs=("RFC 8446 section 4.4.2", "RFC 5246 section 7.4.2"),
    howto="install-chain",
    notes={
        "root": Text(vi="Gửi thừa: {subject}.", en="Not needed: {subject}."),
        "untrusted": Text(
            vi="Chuỗi không dẫn đến gốc tin cậy; xem các mục về chuỗi và độ tin cậy.",
            en="The chain leads to no trusted root; see the checks on chain and trust.",
        ),
        OTHER_NAME: OTHER_NAME_TEXT,
    },
    examples=(
        Example("leaf, intermediate, root", certificates(chain(leaf(), issuer(), ROOT)), "fail"),
        Example("leaf and intermediate", certificates(), "pass"),
        Example("self-signed", certificates(chain(trust=SELF_SIGNED)), "notapplicable"),
        Example("another host's", certificates(chain(leaf(), ROOT, is_named=False)), "notapplicable"),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def root_sent(view: Certificates, _ctx: Context) -> Judgement:
    """Judge whether a certificate behind the leaf names itself as its issuer."""
    return judge_chains(view, for_this_host(_rule))


def _rule(chain: PresentedChain) -> Judgement:
    if not chain.trust.is_trusted:
        return NotApplicable("untrusted", saw=chain.trust.state.value)
    saw = " > ".join(c.subject for c in (*((chain.leaf,) if chain.leaf else ()), *chain.others))
    root = next((c for c in chain.others if c.is_self_issued), None)
    return Pass(saw) if root is None else Fail(saw, note="root", values=(("subject", root.subject),))
