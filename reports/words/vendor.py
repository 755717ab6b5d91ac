"""Sentences of the sheet for one contractor: all it must repair, whichever agency the site belongs to."""

from scanner.model.text import Text

WORDS = {
    "vsheet.title": Text(vi="Phiếu khắc phục: {vendor}", en="Remediation sheet: {vendor}"),
    "vsheet.foot": Text(
        vi="Phiếu khắc phục {vendor}  ·  rà soát {on}  ·  {marking}",
        en="Remediation sheet {vendor}  ·  reviewed {on}  ·  {marking}",
    ),
    "vsheet.subtitle": Text(
        vi="Phiếu khắc phục theo kết quả rà soát ngày {on}: {agencies} cơ quan, {n} trang web.",
        en="Remediation sheet for the review of {on}. Agencies: {agencies}; web sites: {n}.",
    ),
    "vsheet.lead": Text(
        vi="{n} việc đóng đủ {total} phát hiện. Việc ở nhiều trang chỉ cần làm một lần cho mỗi máy chủ.",
        en="{n} job closes all {total} findings. A job on several sites is done once per server."
        "|{n} jobs close all {total} findings. A job on several sites is done once per server.",
    ),
    "vsheet.none": Text(
        vi="Không có việc nào phải khắc phục trong phần xem được. Xin cảm ơn.",
        en="In what could be seen, nothing needs repair. Thank you.",
    ),
    "vsheet.blind": Text(
        vi="Chưa kết luận được: không phép kiểm tra nào có kết quả.",
        en="No conclusion yet: no check has a result.",
    ),
    "vsheet.answer": Text(
        vi="Sửa xong, xin báo lại từng cơ quan và đơn vị gửi phiếu; trang sẽ được kiểm tra lại.",
        en="When a job is done, please tell each agency and the sender of this sheet; the site will be "
        "checked again.",
    ),
    "vsheet.num.jobs": Text(vi="Việc", en="Jobs"),
    "vsheet.num.open": Text(vi="Phát hiện còn mở", en="Open findings"),
    "vsheet.num.severe": Text(vi="Cao trở lên", en="High or worse"),
    "vsheet.num.overdue": Text(vi="Quá hạn", en="Overdue"),
    "vsheet.sites": Text(vi="Trang web do đơn vị vận hành", en="Web sites this vendor runs"),
    "vsheet.col.jobs": Text(vi="Việc số", en="Jobs no."),
}
