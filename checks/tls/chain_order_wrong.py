"""tls.chain-order-wrong: the certificates are sent out of order, or with strangers among them."""

from itertools import pairwise

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
from scanner.parse.certificate import CertificateFacts
from scanner.samples.tls import INCOMPLETE, SELF_SIGNED, certificates, chain, issuer, leaf, unreadable

ROOT = issuer(is_root=True, name="CN=Example Root")
STRANGER = issuer(name="CN=Somebody Else")


@check(
    "tls.chain-order-wrong",
    on=Certificates,
    severity=Severity.LOW,
    since="0.1",
    title=Text(vi="Chuỗi chứng thư sai thứ tự hoặc thừa", en="The certificate chain is out of order"),
    why=Text(
        vi="Một số thiết bị và phần mềm kết nối đọc chuỗi đúng theo thứ tự gửi và sẽ báo lỗi.",
        en="Some devices and programs read the chain exactly in the order sent, and fail.",
    ),
    fix=Text(
        vi="Ghép tệp chuỗi theo thứ tự: chứng thư của trang, rồi từng chứng thư trung gian; bỏ chứng thư không liên quan.",
        en="Put the file together in order: the site's certificate, then each intermediate; leave out what does not belong.",
    ),
    refs=("RFC 5246 section 7.4.2", "RFC 8446 section 4.4.2"),
    howto="install-chain",
    notes={
        "place": Text(
            vi="Chứng thư thứ {number} không phải là chứng thư cấp cho chứng thư đứng trước nó.",
            en="Certificate {number} is not the issuer of the one before it.",
        ),
        "elsewhere": Text(
            vi="Chuỗi thiếu hoặc không dẫn tới đâu; xem các mục về chuỗi và độ tin cậy.",
            en="The chain is incomplete or leads nowhere; see the checks on chain and trust.",
        ),
        OTHER_NAME: OTHER_NAME_TEXT,
    },
    examples=(
        Example("root before the intermediate", certificates(chain(leaf(), ROOT, issuer())), "fail"),
        Example("a stranger behind", certificates(chain(leaf(), issuer(), STRANGER)), "fail"),
        Example("the leaf twice", certificates(chain(leaf(), leaf(), issuer())), "fail"),
        Example("in order", certificates(), "pass"),
        Example("in order, with the root", certificates(chain(leaf(), issuer(), ROOT)), "pass"),
        Example("incomplete", certificates(chain(leaf(), STRANGER, trust=INCOMPLETE)), "notapplicable"),
        Example("self-signed", certificates(chain(leaf(), trust=SELF_SIGNED)), "notapplicable"),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def chain_order_wrong(view: Certificates, _ctx: Context) -> Judgement:
    """Judge by names: each certificate must be the issuer of the one before."""
    return judge_chains(view, for_this_host(_rule))


def _rule(chain: PresentedChain) -> Judgement:
    assert chain.leaf is not None
    if not chain.trust.is_trusted or chain.unreadable:
        return NotApplicable("elsewhere", saw=chain.trust.state.value)
    sent = (chain.leaf, *chain.others)
    saw = " > ".join(c.subject for c in sent)
    wrong = next((n for n, pair in enumerate(pairwise(sent), 2) if _is_broken(*pair)), None)
    return Pass(saw) if wrong is None else Fail(saw, note="place", values=(("number", str(wrong)),))


def _is_broken(below: CertificateFacts, above: CertificateFacts) -> bool:
    return below.issuer != above.subject
