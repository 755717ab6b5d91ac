"""tls.certificate-untrusted: nobody whom browsers know vouches for the certificate."""

from ipaddress import ip_address, ip_network

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
from scanner.identify.trust import TrustState
from scanner.samples.tls import (
    INCOMPLETE,
    MALFORMED,
    PRIVATE_ADDRESS,
    PRIVATELY_TRUSTED,
    SELF_SIGNED,
    UNTRUSTED,
    certificates,
    chain,
    leaf,
    unreadable,
)

INTERNAL = tuple(
    ip_network(block)
    for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "fc00::/7", "::1/128")
)


@check(
    "tls.certificate-untrusted",
    on=Certificates,
    severity=Severity.CRITICAL,
    since="0.1",
    title=Text(vi="Chứng thư TLS không được tin cậy", en="The certificate is not trusted"),
    why=Text(
        vi="Ai cũng tự tạo được một chứng thư như vậy, nên trình duyệt chặn trang. Người dân không phân biệt được trang thật với trang giả.",
        en="Anybody can make such a certificate, so browsers block the site. Citizens cannot tell the real site from a fake one.",
    ),
    fix=Text(
        vi="Thay bằng chứng thư do tổ chức chứng thực mà trình duyệt tin cậy cấp; có tổ chức cấp miễn phí và gia hạn tự động.",
        en="Replace it with one from an authority that browsers trust; some issue free of charge and renew automatically.",
    ),
    refs=("RFC 5280 section 6.1", "RFC 8446 section 4.4.2"),
    howto="get-certificate",
    notes={
        "self-signed": Text(
            vi="Chứng thư tự ký: không có tổ chức chứng thực nào xác nhận.",
            en="The certificate is self-signed: no authority vouches for it.",
        ),
        "unknown-issuer": Text(
            vi="Chuỗi chứng thư không dẫn đến gốc tin cậy nào của trình duyệt.",
            en="The chain leads to no root that browsers trust.",
        ),
        "private-only": Text(
            vi="Chỉ được tin cậy nhờ gốc riêng khai trong cấu hình ({anchor}); trình duyệt của người dân vẫn chặn.",
            en="Trusted by the private anchor {anchor} of the configuration only; citizens' browsers still refuse it.",
        ),
        "incomplete": Text(
            vi="Máy chủ thiếu chứng thư trung gian; xem mục chuỗi chứng thư thiếu.",
            en="An intermediate certificate is missing; see the check on the chain.",
        ),
        OTHER_NAME: OTHER_NAME_TEXT,
    },
    examples=(
        Example("self-signed", certificates(chain(trust=SELF_SIGNED)), "fail"),
        Example("unknown issuer", certificates(chain(trust=UNTRUSTED)), "fail"),
        Example("public root", certificates(), "pass"),
        Example("expired but issued by a public authority", certificates(chain(leaf(days_left=-3))), "pass"),
        Example("private anchor, public address", certificates(chain(trust=PRIVATELY_TRUSTED)), "fail"),
        Example(
            "private anchor inside the agency's network",
            certificates(chain(trust=PRIVATELY_TRUSTED, address=PRIVATE_ADDRESS)),
            "pass",
        ),
        Example("missing intermediate", certificates(chain(trust=INCOMPLETE)), "notapplicable"),
        Example(
            "self-signed for another host",
            certificates(chain(trust=SELF_SIGNED, is_named=False)),
            "notapplicable",
        ),
        Example("a path that cannot be read", certificates(chain(trust=MALFORMED)), "unknown"),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def certificate_untrusted(view: Certificates, _ctx: Context) -> Judgement:
    """Judge the path alone; names, dates and missing links are told by their own checks."""
    return judge_chains(view, for_this_host(_rule))


def _rule(chain: PresentedChain) -> Judgement:
    trust = chain.trust
    saw = f"{trust.state.value}: {trust.anchor or trust.reason}"
    if trust.state is TrustState.ERROR:
        return Unknown(Why.MALFORMED, trust.reason)
    if trust.state is TrustState.INCOMPLETE:
        return NotApplicable("incomplete", saw=saw)
    if trust.state is TrustState.TRUSTED_PUBLIC or (trust.is_trusted and _is_internal(chain)):
        return Pass(saw)
    if trust.state is TrustState.TRUSTED_PRIVATE:
        return Fail(saw, note="private-only", values=(("anchor", trust.anchor),))
    return Fail(saw, note="self-signed" if trust.state is TrustState.SELF_SIGNED else "unknown-issuer")


def _is_internal(chain: PresentedChain) -> bool:
    """True when only addresses of an internal network sent the chain: no citizen's browser gets there."""
    hosts = (ip_address(where.rpartition(":")[0].strip("[]")) for where in chain.where)
    return all(any(host in block for block in INTERNAL) for host in hosts)
