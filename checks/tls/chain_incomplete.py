"""tls.chain-incomplete: the server leaves out an intermediate certificate."""

from scanner.author import (
    Certificates,
    Confidence,
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
from scanner.identify.trust import TrustState
from scanner.samples.tls import (
    INCOMPLETE,
    MALFORMED,
    OTHER_ADDRESS,
    PRIVATELY_TRUSTED,
    PROVEN_INCOMPLETE,
    SELF_SIGNED,
    UNTRUSTED,
    certificates,
    chain,
    leaf,
    unreadable,
)


@check(
    "tls.chain-incomplete",
    on=Certificates,
    severity=Severity.HIGH,
    since="0.1",
    title=Text(vi="Chuỗi chứng thư thiếu CA trung gian", en="The certificate chain is incomplete"),
    why=Text(
        vi="Máy tính đã từng tải chứng thư trung gian thì vẫn mở được trang, còn điện thoại, ứng dụng và hệ thống kết nối liên thông thì báo lỗi. Vì vậy lỗi hay bị bỏ qua.",
        en="Computers that happen to have the intermediate still open the site, while phones, apps and connected systems fail. That is why it goes unnoticed.",
    ),
    fix=Text(
        vi="Cấu hình máy chủ gửi đủ chuỗi: chứng thư của trang, rồi chứng thư CA trung gian (tệp fullchain).",
        en="Let the server send the whole chain: its own certificate followed by the intermediate ones (the fullchain file).",
    ),
    refs=("RFC 8446 section 4.4.2", "RFC 5246 section 7.4.2"),
    howto="install-chain",
    confidence=Confidence.MEDIUM,
    notes={
        "missing": Text(
            vi="Máy chủ gửi {count} chứng thư nhưng thiếu chứng thư của bên cấp: {issuer}.",
            en="The server sends {count} certificate(s) and leaves out the issuer: {issuer}.",
        ),
        "proven": Text(
            vi="Máy chủ gửi {count} chứng thư nhưng thiếu chứng thư của bên cấp: {issuer}. Tải thêm từ {source} thì chuỗi đủ.",
            en="The server sends {count} certificate(s) and leaves out the issuer: {issuer}. With what {source} gives, the chain is whole.",
        ),
        "untrusted": Text(
            vi="Không có chuỗi nào dẫn đến gốc tin cậy; xem mục chứng thư không được tin cậy.",
            en="There is no path to a trusted root at all; see the check on trust.",
        ),
        OTHER_NAME: OTHER_NAME_TEXT,
    },
    examples=(
        Example("leaf alone, issuer named in it", certificates(chain(trust=INCOMPLETE)), "fail"),
        Example("proven with the issuer fetched", certificates(chain(trust=PROVEN_INCOMPLETE)), "fail"),
        Example("whole chain", certificates(), "pass"),
        Example("whole chain to a private anchor", certificates(chain(trust=PRIVATELY_TRUSTED)), "pass"),
        Example(
            "one of two addresses",
            certificates(chain(), chain(trust=INCOMPLETE, address=OTHER_ADDRESS)),
            "fail",
        ),
        Example("expired and incomplete", certificates(chain(leaf(days_left=-3), trust=INCOMPLETE)), "fail"),
        Example("self-signed has no chain", certificates(chain(trust=SELF_SIGNED)), "notapplicable"),
        Example("issuer that nobody knows", certificates(chain(trust=UNTRUSTED)), "notapplicable"),
        Example("another host's", certificates(chain(trust=INCOMPLETE, is_named=False)), "notapplicable"),
        Example("a path that cannot be read", certificates(chain(trust=MALFORMED)), "unknown"),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def chain_incomplete(view: Certificates, _ctx: Context) -> Judgement:
    """Judge with the issuer that was fetched; without it by structure: the last certificate names where it can be had.

    By structure alone the confidence is medium: what that address holds may be unknown to browsers as well.
    """
    return judge_chains(view, for_this_host(_rule))


def _rule(chain: PresentedChain) -> Judgement:
    trust = chain.trust
    if trust.state is TrustState.ERROR:
        return Unknown(Why.MALFORMED, trust.reason)
    if trust.is_trusted:
        return Pass(f"{1 + len(chain.others)} certificates, {trust.anchor}")
    if trust.state is not TrustState.INCOMPLETE:
        return NotApplicable("untrusted", saw=trust.reason)
    last = chain.others[-1] if chain.others else chain.leaf
    assert last is not None
    values = (("count", str(1 + len(chain.others))), ("issuer", last.issuer))
    if not trust.supplied:
        return Fail(trust.reason, note="missing", values=values)
    saw = f"{trust.reason}; fetched, it leads to {trust.anchor}"
    proven = (*values, ("source", trust.supplied[0]))
    return Fail(saw, note="proven", values=proven, confidence=Confidence.HIGH)
