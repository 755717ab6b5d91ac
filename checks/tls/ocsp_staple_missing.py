"""tls.ocsp-staple-missing: the authority answers OCSP, and the server does not staple."""

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

RESPONDER = "http://ocsp.example/"


@check(
    "tls.ocsp-staple-missing",
    on=Certificates,
    severity=Severity.INFO,
    since="0.1",
    title=Text(
        vi="Chưa kèm trạng thái chứng thư (OCSP stapling)", en="The certificate status is not stapled"
    ),
    why=Text(
        vi="Không kèm trạng thái thì trình duyệt phải tự hỏi tổ chức cấp chứng thư: chậm hơn và lộ trang người dân xem.",
        en="Without a staple browsers ask the authority themselves: slower, and it tells which sites citizens visit.",
    ),
    fix=Text(vi="Bật OCSP stapling trên máy chủ.", en="Enable OCSP stapling on the server."),
    refs=("RFC 6066 section 8", "RFC 9325 section 7.5"),
    howto="staple-certificate-status",
    notes={
        "no-responder": Text(
            vi="Tổ chức cấp chứng thư này không có dịch vụ OCSP, nên không có gì để kèm.",
            en="This authority runs no OCSP service, so there is nothing to staple.",
        ),
        OTHER_NAME: OTHER_NAME_TEXT,
    },
    examples=(
        Example("a responder and no staple", certificates(chain(leaf(responder=RESPONDER))), "fail"),
        Example("stapled", certificates(chain(leaf(responder=RESPONDER), staple=GOOD_STAPLE)), "pass"),
        Example("no responder", certificates(), "notapplicable"),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def ocsp_staple_missing(view: Certificates, _ctx: Context) -> Judgement:
    """Judge only certificates whose authority names a responder."""
    return judge_chains(view, for_this_host(_rule))


def _rule(chain: PresentedChain) -> Judgement:
    assert chain.leaf is not None
    if chain.staple.state is not StapleState.ABSENT:
        return Pass(f"staple: {chain.staple.state.value}")
    if not chain.leaf.ocsp_urls:
        return NotApplicable("no-responder")
    return Fail(f"OCSP responder {chain.leaf.ocsp_urls[0]}, no staple")
