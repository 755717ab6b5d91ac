"""tls.sct-invalid: a timestamp of the certificate was not made by the log it names."""

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
from scanner.identify.timestamps import Stamp
from scanner.identify.trust import TrustState
from scanner.samples.tls import PRIVATELY_TRUSTED, certificates, chain, leaf, unreadable

A, B = ("valid", "Log A"), ("valid", "Log B")
FORGED, STRANGE = ("forged", "Log A"), ("unknown-log", "a0" * 32)


@check(
    "tls.sct-invalid",
    on=Certificates,
    severity=Severity.MEDIUM,
    since="0.1",
    title=Text(
        vi="Dấu ghi sổ minh bạch (CT) của chứng thư sai chữ ký",
        en="A transparency timestamp of the certificate is not genuine",
    ),
    why=Text(
        vi="Trình duyệt không tính dấu thời gian sai chữ ký; chứng thư có thể chưa được ghi sổ, tức là không ai giám sát được.",
        en="Browsers do not count a timestamp whose signature is wrong; the certificate may not be logged, so nobody can watch over it.",
    ),
    fix=Text(
        vi="Xin tổ chức cấp chứng thư cấp lại chứng thư; nếu máy chủ tự gửi dấu thời gian thì xóa tệp dấu cũ.",
        en="Have the authority issue the certificate again; if the server sends timestamps of its own, remove the old ones.",
    ),
    refs=("RFC 6962 section 3.2", "RFC 6962 section 5.2"),
    howto="renew-certificate",
    notes={
        "forged": Text(
            vi="Sổ {log} không ký dấu thời gian này.", en="The log {log} did not sign this timestamp."
        ),
        "private": Text(
            vi="Chỉ chứng thư của tổ chức công cộng mới phải ghi sổ.",
            en="Only certificates of public authorities have to be logged.",
        ),
        "none": Text(
            vi="Chứng thư không có dấu thời gian nào; xem mục thiếu dấu ghi sổ.",
            en="There are no timestamps; see the check on missing ones.",
        ),
        OTHER_NAME: OTHER_NAME_TEXT,
    },
    examples=(
        Example("two real ones", certificates(chain(stamps=(A, B))), "pass"),
        Example("one is forged", certificates(chain(stamps=(A, B, FORGED))), "fail"),
        Example("one of a log that is newer than the list", certificates(chain(stamps=(A, STRANGE))), "pass"),
        Example("logs nobody knows", certificates(chain(stamps=(STRANGE, STRANGE))), "unknown"),
        Example("the issuer is not known", certificates(chain(stamps=(("unverified", "Log A"),))), "unknown"),
        Example("none at all", certificates(chain(leaf(timestamps=0))), "notapplicable"),
        Example(
            "private authority",
            certificates(chain(trust=PRIVATELY_TRUSTED, stamps=(STRANGE,))),
            "notapplicable",
        ),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def sct_invalid(view: Certificates, ctx: Context) -> Judgement:
    """Judge the signatures with the keys of the dated list of logs; a log that is not in it proves nothing."""
    day = next((t.day.isoformat() for t in ctx.ref.dates if t.name == "ct_logs.json"), "-")

    def rule(chain: PresentedChain) -> Judgement:
        if chain.trust.state is not TrustState.TRUSTED_PUBLIC:
            return NotApplicable("private", saw=chain.trust.state.value)
        if not chain.stamps:
            return NotApplicable("none")
        saw = "; ".join(f"{s.log} ({s.place}): {s.state.value}" for s in chain.stamps)
        if forged := next((s for s in chain.stamps if s.state is Stamp.FORGED), None):
            return Fail(saw, note="forged", values=(("log", forged.log),))
        if any(s.state is Stamp.VALID for s in chain.stamps):
            return Pass(saw)
        return Unknown(Why.NOT_ASKED, f"{saw}; list of logs of {day}")

    return judge_chains(view, for_this_host(rule))
