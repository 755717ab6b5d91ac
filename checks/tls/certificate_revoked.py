"""tls.certificate-revoked: the authority has taken the certificate back."""

from scanner.author import (
    Certificates,
    Context,
    Example,
    Fail,
    Judgement,
    Missing,
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
from scanner.identify.revoked import Revocation, RevocationState
from scanner.samples.tls import (
    GOOD_STAPLE,
    OTHER_ADDRESS,
    REVOKED_STAPLE,
    certificates,
    chain,
    leaf,
    revocation,
    unreadable,
)

GOOD, REVOKED = revocation("good"), revocation("revoked")
SILENT = revocation("unknown", missing=Missing(Why.TIMEOUT, "pki.example"))


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
            vi="{subject} bị thu hồi ngày {revoked_on}; lý do: {reason}. Nguồn: {source}.",
            en="{subject} was revoked on {revoked_on}; reason: {reason}. Told by: {source}.",
        ),
        "unreachable": Text(
            vi="Không hỏi được tình trạng thu hồi của {subject} ở {source}; lần sau hỏi lại.",
            en="The state of {subject} could not be had from {source}; the next visit asks again.",
        ),
        "not-told": Text(
            vi="Máy chủ không kèm trạng thái thu hồi dùng được, và lần rà soát này không tải danh sách thu hồi. Bản liệt kê TLS đầy đủ có tải.",
            en="The server sends no usable status, and this visit fetched no revocation lists. A full TLS listing does.",
        ),
        "nowhere": Text(
            vi="Chứng thư không ghi nơi hỏi tình trạng thu hồi (chứng thư thời hạn rất ngắn được phép như vậy).",
            en="The certificate names no place to ask for its state; very short-lived ones may leave it out.",
        ),
        "untrusted": Text(
            vi="Không có chuỗi nào dẫn đến gốc tin cậy nên không biết hỏi ai; xem mục chứng thư không được tin cậy.",
            en="There is no path to a trusted root, so there is nobody to ask; see the check on trust.",
        ),
        OTHER_NAME: OTHER_NAME_TEXT,
    },
    examples=(
        Example("the staple says revoked", certificates(chain(staple=REVOKED_STAPLE)), "fail"),
        Example("the staple says good", certificates(chain(staple=GOOD_STAPLE)), "pass"),
        Example("no staple, nobody asked", certificates(), "notapplicable"),
        Example("the list names it", certificates(chain(revocations=(REVOKED,))), "fail"),
        Example("the list does not name it", certificates(chain(revocations=(GOOD, GOOD))), "pass"),
        Example("the list names the intermediate", certificates(chain(revocations=(GOOD, REVOKED))), "fail"),
        Example("nobody answered", certificates(chain(revocations=(SILENT, GOOD))), "unknown"),
        Example(
            "nobody answered about the intermediate",
            certificates(chain(revocations=(GOOD, SILENT))),
            "unknown",
        ),
        Example("revoked, and silence above", certificates(chain(revocations=(REVOKED, SILENT))), "fail"),
        Example(
            "the staple says good, above nobody was asked",
            certificates(chain(revocations=(revocation("good", source="staple"), revocation("not-asked")))),
            "pass",
        ),
        Example(
            "a certificate of six days that names nobody",
            certificates(chain(leaf(lifetime_days=6, days_left=3), revocations=(revocation("nowhere"),))),
            "notapplicable",
        ),
        Example(
            "one address sends a revoked one",
            certificates(chain(revocations=(GOOD,)), chain(revocations=(REVOKED,), address=OTHER_ADDRESS)),
            "fail",
        ),
        Example("another host's", certificates(chain(leaf(), is_named=False)), "notapplicable"),
        Example("no certificate that can be read", certificates(unreadable()), "unknown"),
    ),
)
def certificate_revoked(view: Certificates, _ctx: Context) -> Judgement:
    """Judge every certificate of the path by the first source that decides: staple, list, responder."""
    return judge_chains(view, for_this_host(_rule))


def _rule(chain: PresentedChain) -> Judgement:
    if not chain.revocations:
        return NotApplicable("untrusted", saw=chain.trust.reason)
    saw = "; ".join(_proof(r) for r in chain.revocations)
    by_state = {r.state: r for r in reversed(chain.revocations)}
    if revoked := by_state.get(RevocationState.REVOKED):
        return _fail(revoked)
    if silent := by_state.get(RevocationState.UNKNOWN):
        missing = silent.missing or Missing(Why.TLS)
        values = (("subject", silent.subject), ("source", silent.source or "-"))
        return Unknown(missing.why, f"{silent.source}: {missing.detail}", "unreachable", values)
    leaf = chain.revocations[0]
    if leaf.state is RevocationState.GOOD:
        return Pass(saw)
    return NotApplicable("nowhere" if leaf.state is RevocationState.NOWHERE else "not-told", saw=saw)


def _fail(revoked: Revocation) -> Fail:
    on = revoked.revoked_at.date().isoformat() if revoked.revoked_at else "-"
    values = (
        ("subject", revoked.subject),
        ("revoked_on", on),
        ("reason", revoked.reason or "-"),
        ("source", revoked.source),
    )
    when = f"{revoked.revoked_at:%Y-%m-%dT%H:%M:%SZ}" if revoked.revoked_at else "-"
    return Fail(
        f"serial {revoked.serial} revoked {when} ({revoked.reason or 'no reason'}); {_proof(revoked)}",
        note="revoked",
        values=values,
    )


def _proof(one: Revocation) -> str:
    told = f" by {one.source} ({one.detail})" if one.detail else ""
    return f"{one.subject}: {one.state.value}{told}"
