"""tls.dane-mismatch: the DNS names another certificate than the server shows."""

from scanner.author import (
    Context,
    Dane,
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
from scanner.author.domain import unanswered
from scanner.model.evidence import DnsState
from scanner.samples.dane import dane


@check(
    "tls.dane-mismatch",
    on=Dane,
    severity=Severity.LOW,
    since="0.1",
    title=Text(
        vi="Bản ghi TLSA (DANE) không khớp chứng thư của máy chủ",
        en="The TLSA record (DANE) does not fit the certificate",
    ),
    why=Text(
        vi="Phần mềm kiểm tra DANE sẽ từ chối kết nối. Thường do đã thay chứng thư mà chưa sửa bản ghi TLSA; cũng có thể có kẻ đứng giữa.",
        en="Programs that check DANE refuse to connect. Mostly the certificate was replaced and the record was not; it may also be somebody in between.",
    ),
    fix=Text(
        vi="Cập nhật bản ghi TLSA theo chứng thư đang dùng, hoặc xóa bản ghi; khi gia hạn hãy giữ nguyên khóa hoặc thêm bản ghi mới trước.",
        en="Bring the TLSA record in line with the certificate in use, or remove it; when renewing keep the key, or publish the new record first.",
    ),
    refs=("RFC 6698 section 2.1", "RFC 7671 section 5", "RFC 7671 section 8.1"),
    howto="fix-tlsa-record",
    notes={
        "none": Text(
            vi="Không có bản ghi TLSA; với trang web, bản ghi này không bắt buộc.",
            en="There is no TLSA record; web sites do not need one.",
        ),
        "insecure": Text(
            vi="Có bản ghi TLSA nhưng câu trả lời không được DNSSEC bảo vệ, nên không phần mềm nào dùng đến.",
            en="There is a TLSA record, but DNSSEC does not protect the answer, so no program uses it.",
        ),
        "unusable": Text(
            vi="Bản ghi TLSA dùng mã số không có trong quy định nên được coi như không có.",
            en="The TLSA records use numbers that are not registered, so they count as not there.",
        ),
    },
    examples=(
        Example("the key is named", dane("3 1 1", named="3 1 1"), "pass"),
        Example("another key is named", dane("3 1 1"), "fail"),
        Example("the old and the new one", dane("3 1 1", "3 1 2", named="3 1 2"), "pass"),
        Example("one of two addresses", dane("3 1 1", named="3 1 1", others=1), "fail"),
        Example("no record", dane(), "notapplicable"),
        Example("not protected by DNSSEC", dane("3 1 1", is_secure=False), "notapplicable"),
        Example("numbers nobody knows", dane("9 9 9", usable=False), "notapplicable"),
        Example("no answer", dane(silent=True), "unknown"),
        Example("the server is silent", dane("3 1 1", seen=Missing(Why.TIMEOUT, "silent")), "unknown"),
        Example("no TLS at all", dane("3 1 1", seen=NotApplicable()), "notapplicable"),
        Example("one address is silent", dane("3 1 1", named="3 1 1", unseen=True), "unknown"),
    ),
)
def dane_mismatch(view: Dane, _ctx: Context) -> Judgement:
    """Judge each chain by the usable records, where DNSSEC proves them (RFC 6698 section 4.1)."""
    saw = "\n".join(f"{view.answer.name} TLSA {record}" for record in view.answer.records)
    if view.answer.state is DnsState.UNKNOWN:
        return unanswered(view.answer)
    if not view.answer.records:
        return NotApplicable("none", saw=view.answer.detail)
    if not view.usable:
        return NotApplicable("unusable", saw=saw)
    if not view.is_secure:
        return NotApplicable("insecure", saw=saw)
    if isinstance(view.seen, NotApplicable):
        return view.seen
    if view.seen is not None:
        return Unknown(view.seen.why, view.seen.detail)
    if strange := tuple(c.where for c in view.chains if not c.named_by):
        return Fail(saw, where=tuple(dict.fromkeys(strange)))
    if view.unseen:
        where, missing = view.unseen[0]
        return Unknown(missing.why, f"{where}: {missing.detail or missing.why}")
    return Pass(saw, where=tuple(dict.fromkeys(c.where for c in view.chains)))
