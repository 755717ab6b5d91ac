"""tls.caa-issuer-unlisted: the certificate in use comes from an authority the CAA records do not name."""

from scanner.author import (
    Context,
    Example,
    Fail,
    Issuance,
    Judgement,
    NotApplicable,
    Pass,
    Severity,
    Text,
    Unknown,
    Why,
    check,
)
from scanner.author.domain import add_up, unanswered
from scanner.identify.issuance import Issue
from scanner.parse.caa import CaaRecord
from scanner.samples.dane import issuance


@check(
    "tls.caa-issuer-unlisted",
    on=Issuance,
    severity=Severity.INFO,
    since="0.1",
    title=Text(
        vi="Chứng thư do nơi cấp không có trong bản ghi CAA",
        en="The certificate's issuer is not in the CAA record",
    ),
    why=Text(
        vi="Bản ghi CAA chỉ ràng buộc vào ngày cấp: có thể bản ghi được thêm sau, và lần gia hạn tới sẽ bị từ chối; hoặc có người ngoài đã xin chứng thư.",
        en="CAA binds on the day of issue only: the record may be younger, and then the next renewal will be refused; or a stranger has obtained the certificate.",
    ),
    fix=Text(
        vi="Nếu chứng thư là của mình, thêm nơi cấp vào bản ghi CAA trước khi gia hạn; nếu không, yêu cầu thu hồi.",
        en="If the certificate is yours, add its issuer to the CAA record before renewal; if not, have it revoked.",
    ),
    refs=("RFC 8659 section 4.2", "RFC 8659 section 4.3"),
    howto="publish-caa",
    notes={
        "unlisted": Text(
            vi="Chứng thư do {issuer} cấp; bản ghi chỉ cho phép: {allowed}.",
            en="The certificate comes from {issuer}; the record allows {allowed} only.",
        ),
        "no-record": Text(
            vi="Không có bản ghi CAA giới hạn nơi cấp; xem mục CAA.",
            en="No CAA record limits who may issue; see the check on CAA.",
        ),
        "no-certificate": Text(
            vi="Không có chứng thư của tổ chức công cộng cho tên miền này để so sánh.",
            en="There is no certificate of a public authority for this name to compare.",
        ),
        "wildcard": Text(
            vi="Chứng thư đại diện (*) theo bản ghi của tên miền phía trên, không theo bản ghi này.",
            en="A wildcard certificate follows the record of the name above, not this one.",
        ),
    },
    examples=(
        Example("named", issuance('0 issue "ca.example"'), "pass"),
        Example("another one is named", issuance('0 issue "other.example"'), "fail"),
        Example(
            "one of several names of the authority",
            issuance('0 issue "ca.example"', identifiers=("a.example", "ca.example")),
            "pass",
        ),
        Example("with parameters", issuance('0 issue "CA.example; validationmethods=dns-01"'), "pass"),
        Example("nobody may issue", issuance('0 issue ";"'), "fail"),
        Example("wildcards for nobody", issuance('0 issue "ca.example"', '0 issuewild ";"'), "pass"),
        Example(
            "a wildcard although there may be none",
            issuance('0 issue "ca.example"', '0 issuewild ";"', is_wildcard=True, at="example"),
            "fail",
        ),
        Example(
            "a wildcard under issue", issuance('0 issue "ca.example"', is_wildcard=True, at="example"), "pass"
        ),
        Example(
            "a wildcard from above", issuance('0 issue "other.example"', is_wildcard=True), "notapplicable"
        ),
        Example("no limit", issuance('0 iodef "mailto:a@so.example"'), "notapplicable"),
        Example("no record", issuance(), "notapplicable"),
        Example(
            "an authority the table does not know",
            issuance('0 issue "other.example"', identifiers=()),
            "unknown",
        ),
        Example("no answer", issuance(silent=True), "unknown"),
        Example("private authority", issuance('0 issue "ca.example"', issued=False), "notapplicable"),
    ),
)
def caa_issuer_unlisted(view: Issuance, _ctx: Context) -> Judgement:
    """Compare the identifiers of each issuer, from a dated table, with the first CAA set on the way up."""
    caa = view.caa
    if caa.unanswered is not None:
        return unanswered(caa.unanswered)
    saw = "\n".join(caa.lines)
    if not any(record.tag == "issue" for record in caa.records):
        return NotApplicable("no-record", saw=saw)
    if not view.issues:
        return NotApplicable("no-certificate", saw=saw)

    def rule(issue: Issue) -> Judgement:
        if issue.is_wildcard and caa.at == view.host:
            return NotApplicable("wildcard", saw=saw)
        if not issue.identifiers:
            return Unknown(Why.NOT_ASKED, f"the table of authorities does not know {issue.issuer}")
        allowed = _allowed(caa.records, wants_wildcard=issue.is_wildcard)
        proof = f"{saw}\nissuer: {issue.issuer}"
        if allowed & set(issue.identifiers):
            return Pass(proof)
        names = ", ".join(sorted(allowed)) or "-"
        return Fail(proof, note="unlisted", values=(("issuer", issue.issuer), ("allowed", names)))

    return add_up((issue.where[0], rule(issue)) for issue in view.issues)


def _allowed(records: tuple[CaaRecord, ...], *, wants_wildcard: bool) -> set[str]:
    """The authorities that may issue; wildcards have records of their own when there are any."""
    has_own = any(record.tag == "issuewild" for record in records)
    tag = "issuewild" if wants_wildcard and has_own else "issue"
    names = (r.value.partition(";")[0].strip().lower().rstrip(".") for r in records if r.tag == tag)
    return {name for name in names if name}
