"""Words about clauses: how strongly they bind, and what may be said when one is not met."""

from scanner.model.text import Text

WORDS = {
    "binding.bat_buoc": Text(vi="bắt buộc", en="compulsory"),
    "binding.vien_dan": Text(vi="bắt buộc do được viện dẫn", en="binding by reference"),
    "binding.khuyen_nghi": Text(vi="khuyến nghị", en="recommended"),
    "binding.tham_khao": Text(vi="tham khảo", en="reference"),
    "unmet.bat_buoc": Text(vi="Chưa đáp ứng yêu cầu bắt buộc", en="Compulsory demand not met"),
    "unmet.vien_dan": Text(vi="Chưa đáp ứng yêu cầu được viện dẫn", en="Demand binding by reference not met"),
    "unmet.khuyen_nghi": Text(vi="Chưa đáp ứng khuyến nghị", en="Recommendation not met"),
    "unmet.tham_khao": Text(vi="Chưa đáp ứng khuyến nghị", en="Recommendation not met"),
    "clause.met": Text(vi="Đạt", en="Met"),
    "clause.met_partly": Text(
        vi="Phần xem được: đạt; phần còn lại chưa xem", en="Met in the part that was seen; the rest was not"
    ),
    "clause.unanswered": Text(vi="Chưa có phép kiểm tra", en="No check looks at this yet"),
    "clause.contested": Text(vi="cần đối chiếu hiệu lực", en="present legal force to be checked"),
    "clause.unverified": Text(vi="chưa đối chiếu văn bản gốc", en="original text not yet compared"),
    "clause.reported": Text(
        vi="trích dẫn theo nguồn công bố lại", en="cited from a public source, not the original"
    ),
    "clauses.title": Text(vi="Điều khoản", en="Clauses"),
    "clauses.lead": Text(
        vi="Theo các văn bản có hiệu lực ngày {on}. Phần mềm chỉ thấy những gì nhìn được từ bên ngoài; "
        "dòng “Không đánh giá” chừa chỗ cho hồ sơ giấy.",
        en="By the texts in force on {on}. Software sees only what shows from outside; "
        "“Not assessed” leaves room for paper proof.",
    ),
    "clauses.binding": Text(
        vi="Bắt buộc hoặc được viện dẫn: {met} đạt, {unmet} chưa đạt, {other} chưa kết luận, {paper} không đánh giá",
        en="Compulsory or binding by reference: {met} met, {unmet} not met, {other} undecided, {paper} not assessed",
    ),
    "clauses.advice": Text(
        vi="Khuyến nghị và tham khảo: {met} đạt, {unmet} chưa đáp ứng, {other} chưa kết luận, {paper} không đánh giá",
        en="Recommended and reference: {met} met, {unmet} not met, {other} undecided, {paper} not assessed",
    ),
    "clauses.none": Text(
        vi="Không có điều khoản nào được nạp cho lần rà soát này.",
        en="No clause was loaded for this review.",
    ),
    "clauses.col.demand": Text(vi="Nội dung", en="Demand"),
    "clauses.col.text": Text(vi="Văn bản", en="Text"),
    "clauses.col.result": Text(vi="Kết quả", en="Result"),
    "clauses.col.note": Text(vi="Ghi chú", en="Notes"),
    "clauses.passes": Text(vi="{n} kết quả đạt", en="{n} pass|{n} passes"),
    "clauses.fails": Text(vi="{n} phát hiện", en="{n} finding|{n} findings"),
    "clauses.unknowns": Text(vi="{n} chưa kiểm tra được", en="{n} could not be checked"),
    "clauses.waived": Text(vi="{n} chấp nhận rủi ro", en="{n} accepted risk|{n} accepted risks"),
    "clauses.job": Text(vi="Việc {n}", en="Job {n}"),
    "clauses.slot_document": Text(vi="Số văn bản:", en="Document:"),
    "clauses.paper_until": Text(vi="Còn giá trị đến {on}", en="Valid until {on}"),
    "clauses.paper_over": Text(
        vi="Hết giá trị từ sau ngày {on}, cần văn bản mới",
        en="Valid until {on} and no longer; a new document is needed",
    ),
    "clauses.slot_day": Text(vi="Ngày:", en="Date:"),
}

TERMS: tuple[tuple[str, str], ...] = (
    ("Điều", "Article"),
    ("khoản", "paragraph"),
    ("điểm", "point"),
    ("Phụ lục", "Annex"),
    ("phụ lục", "annex"),
    ("Mục", "Section"),
    ("mục", "section"),
    ("Chương", "Chapter"),
    ("Bảng", "Table"),
    ("bảng", "table"),
    ("và", "and"),
)
"""Pairs (Vietnamese, English) of the words a place in a legal text is named with."""
