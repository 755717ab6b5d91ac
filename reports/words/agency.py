"""Sentences of page one: the letter to the head of the agency."""

# ruff: noqa: E501 - a sentence is one line, as in the report

from scanner.model.text import Text

WORDS = {
    "doc.agency": Text(vi="Báo cáo rà soát an ninh mạng", en="Cybersecurity review"),
    "doc.agency_title": Text(
        vi="{agency}: báo cáo rà soát an ninh mạng {on}", en="{agency}: cybersecurity review {on}"
    ),
    "doc.skip": Text(vi="Tới danh sách việc cần làm", en="Skip to the list of work"),
    "doc.marking": Text(vi="Lưu hành nội bộ", en="Internal circulation"),
    "doc.foot": Text(vi="{name}  ·  rà soát {on}  ·  {marking}", en="{name}  ·  reviewed {on}  ·  {marking}"),
    "doc.sender": Text(
        vi="Đơn vị chuyên trách an ninh mạng {province}", en="Specialised cybersecurity unit of {province}"
    ),
    "front.subtitle": Text(
        vi="Báo cáo rà soát an ninh mạng ngày {on}, {n} trang web.",
        en="Cybersecurity review of {on}, {n} web site.|Cybersecurity review of {on}, {n} web sites.",
    ),
    "front.subtitle_past": Text(
        vi="Báo cáo rà soát an ninh mạng ngày {on}, {n} trang web. So với lần trước ngày {past}.",
        en="Cybersecurity review of {on}, {n} web site. Compared with {past}."
        "|Cybersecurity review of {on}, {n} web sites. Compared with {past}.",
    ),
    "grade.title": Text(vi="Xếp hạng", en="Grade"),
    "grade.spoken": Text(vi="Hạng {grade},", en="Grade {grade},"),
    "grade.of": Text(vi="trên 100 điểm", en="of 100 points"),
    "grade.withheld": Text(vi="Chưa chấm điểm", en="Score withheld"),
    "grade.withheld_why": Text(
        vi="Số phép kiểm tra có kết quả còn quá ít để chấm điểm công bằng.",
        en="Too few checks could be judged for a fair score.",
    ),
    "grade.uncapped": Text(vi="Cách tính ở phần Cách tính điểm.", en="The arithmetic stands under Score."),
    "grade.rank": Text(
        vi="Thứ {rank} trong {n} cơ quan được chấm điểm.",
        en="Rank {rank} of {n} scored agency.|Rank {rank} of {n} scored agencies.",
    ),
    "coverage.title": Text(vi="Tỷ lệ kiểm tra được", en="Coverage"),
    "coverage.of": Text(
        vi="{decided} trên {n} phép kiểm tra có kết quả.",
        en="{decided} of {n} check judged.|{decided} of {n} checks judged.",
    ),
    "coverage.missing": Text(
        vi="{n} phép chưa có kết quả và không được tính là đạt.",
        en="{n} has no result and does not count as a pass.|{n} have no result and do not count as passes.",
    ),
    "coverage.nothing": Text(vi="Không có phép kiểm tra nào áp dụng.", en="No check applies."),
    "trend.title": Text(vi="So với lần trước", en="Since the last review"),
    "trend.first": Text(vi="Lần đầu", en="First review"),
    "trend.first_why": Text(
        vi="Chưa có lần trước để so sánh.", en="There is no earlier review to compare with."
    ),
    "trend.better": Text(vi="Tốt hơn", en="Better"),
    "trend.worse": Text(vi="Kém hơn", en="Worse"),
    "trend.even": Text(vi="Không đổi", en="Unchanged"),
    "trend.counts": Text(
        vi="{fixed} đã khắc phục, {new} mới, {reopened} tái phát.",
        en="{fixed} fixed, {new} new, {reopened} re-opened.",
    ),
    "trend.open": Text(vi="Còn {n} phát hiện.", en="{n} finding remains open.|{n} findings remain open."),
    "trend.overdue": Text(
        vi="Còn {n} phát hiện, trong đó {overdue} quá hạn.",
        en="{n} finding remains open, {overdue} overdue.|{n} findings remain open, {overdue} of them overdue.",
    ),
    "trend.awaiting": Text(
        vi="{n} phát hiện lần này đã đạt; đạt thêm một lần nữa sẽ được coi là đã khắc phục.",
        en="{n} earlier finding passed this time; one more pass and it counts as fixed."
        "|{n} earlier findings passed this time; one more pass and they count as fixed.",
    ),
    "trend.lost": Text(
        vi="{n} phát hiện cũ chưa xác minh lại được, nên chưa được coi là đã khắc phục.",
        en="{n} earlier finding could not be verified again and does not count as fixed."
        "|{n} earlier findings could not be verified again and do not count as fixed.",
    ),
    "trend.unfinished": Text(
        vi="Lần rà soát này chưa kết thúc; có thể còn trang chưa được xem.",
        en="This review has not ended; some sites may not have been looked at.",
    ),
    "trend.degraded": Text(
        vi="Lần này quá nhiều trang cùng không xem được, nên không phát hiện nào được đóng.",
        en="Too many sites vanished at once this time, so no finding was closed.",
    ),
    "alarm.title": Text(vi="Nghi ngờ bị xâm nhập: {sites}", en="Suspected compromise: {sites}"),
    "alarm.suspected": Text(
        vi="Đây là nghi ngờ, chưa được xác nhận.", en="This is a suspicion, not yet confirmed."
    ),
    "alarm.call": Text(
        vi="Gọi ngay đầu mối ứng phó sự cố của tỉnh: {phone}.",
        en="Call the province's incident desk at once: {phone}.",
    ),
    "alarm.call_unit": Text(
        vi="Báo ngay cho đơn vị chuyên trách an ninh mạng của tỉnh.",
        en="Tell the province's cybersecurity unit at once.",
    ),
    "alarm.keep": Text(
        vi="Đừng chỉ xóa trang lạ: giữ nguyên nhật ký và một bản sao máy chủ để tìm nguyên nhân.",
        en="Do not merely delete the strange page: keep the logs and a copy of the server to find the cause.",
    ),
    "alarm.password": Text(
        vi="Đổi mật khẩu quản trị từ một máy tính sạch.",
        en="Change the administrators' passwords from a clean computer.",
    ),
    "orders.title": Text(vi="{n} việc cần giao", en="{n} job to assign|{n} jobs to assign"),
    "orders.none": Text(vi="Không có việc cần giao", en="No job to assign"),
    "orders.none_good": Text(
        vi="Không thấy phát hiện nào cần lãnh đạo giao việc. Xin cảm ơn đội ngũ quản trị trang web.",
        en="Nothing was found that needs an order. Our thanks to the people who run the sites.",
    ),
    "orders.none_partly": Text(
        vi="Trong phần xem được, không thấy phát hiện nào cần lãnh đạo giao việc. Phần chưa xem được nêu ở dưới.",
        en="In what could be seen, nothing was found that needs an order. What could not be seen stands below.",
    ),
    "orders.none_blind": Text(
        vi="Chưa kết luận được: không xem được đủ trang web. Hãy đọc mục Điều chưa xem được.",
        en="No conclusion yet: too little could be seen. Please read the part on what could not be seen.",
    ),
    "orders.who": Text(vi="Giao cho", en="Assign to"),
    "orders.due": Text(vi="Hạn", en="By"),
    "orders.effort": Text(vi="Công sức", en="Effort"),
    "orders.webmaster": Text(vi="Người quản trị trang web", en="The webmaster"),
    "orders.effort_unknown": Text(vi="chưa ước lượng", en="not estimated"),
    "orders.due_none": Text(vi="không đặt hạn", en="no deadline"),
    "orders.due_over": Text(
        vi="{on} (quá hạn {n} ngày)", en="{on} ({n} day overdue)|{on} ({n} days overdue)"
    ),
    "orders.then": Text(
        vi="Làm xong các việc này sẽ đóng {n} trên {total} phát hiện.",
        en="Done, these close {n} of {total} findings.",
    ),
    "orders.then_all": Text(
        vi="Làm xong các việc này sẽ đóng toàn bộ {total} phát hiện.",
        en="Done, these close all {total} findings.",
    ),
    "orders.projected": Text(
        vi="Điểm dự kiến sau đó: {points}, hạng {grade}.",
        en="Expected score afterwards: {points}, grade {grade}.",
    ),
    "orders.projected_same": Text(
        vi="Điểm dự kiến sau đó vẫn là {points}, hạng {grade}; các việc còn lại ở trang sau.",
        en="The expected score stays {points}, grade {grade}; the other jobs are overleaf.",
    ),
    "law.title": Text(vi="Mức đáp ứng quy định", en="Meeting the rules"),
    "law.binding": Text(
        vi="Bắt buộc hoặc được viện dẫn: đáp ứng {met} trên {n} điều khoản nhìn được từ bên ngoài.",
        en="Compulsory or binding by reference: {met} of {n} clause visible from outside is met."
        "|Compulsory or binding by reference: {met} of {n} clauses visible from outside are met.",
    ),
    "law.advice": Text(vi="Khuyến nghị: đáp ứng {met} trên {n}.", en="Recommendations: {met} of {n} met."),
    "law.paper": Text(
        vi="{n} điều khoản khác cần hồ sơ giấy.",
        en="{n} other needs paper proof.|{n} others need paper proof.",
    ),
    "law.none": Text(
        vi="Chưa nạp khung quy định nào cho lần rà soát này.",
        en="No framework was loaded for this review.",
    ),
    "blind.title": Text(vi="Điều chưa xem được", en="What could not be seen"),
    "blind.count": Text(
        vi="{n} phép kiểm tra trên {sites} trang chưa có kết quả: {reasons}.",
        en="{n} check has no result (sites: {sites}): {reasons}.|{n} checks have no result (sites: {sites}): {reasons}.",
    ),
    "blind.none": Text(
        vi="Mọi phép kiểm tra trong kế hoạch đều có kết quả.", en="Every check of the plan has a result."
    ),
    "blind.data_old": Text(
        vi="Bảng dữ liệu đối chiếu cũ nhất là ngày {on} ({n} ngày trước khi rà soát): cảnh báo và bản vá công bố sau ngày đó có thể chưa được xét.",
        en="The oldest reference table is of {on}, {n} days before the scan: warnings and fixes published since may not have been looked for.",
    ),
    "blind.data_too-old": Text(
        vi="Dữ liệu đối chiếu quá cũ: bảng cũ nhất là ngày {on} ({n} ngày trước khi rà soát). Không thấy điểm yếu chưa có nghĩa là không có; cần cập nhật dữ liệu rồi xét lại.",
        en="The reference data is too old: the oldest table is of {on}, {n} days before the scan. Nothing seen does not mean nothing is there; update the data and judge again.",
    ),
    "blind.limits": Text(
        vi="Chúng tôi không đăng nhập và không thử khai thác.",
        en="We did not log in and did not try to exploit anything.",
    ),
    "from.line": Text(vi="Người gửi: {who}.", en="Sent by: {who}."),
    "from.phone": Text(vi="điện thoại {phone}", en="telephone {phone}"),
    "from.mail": Text(vi="thư {mail}", en="mail {mail}"),
    "from.next": Text(
        vi="Các trang sau dành cho người quản trị trang web.",
        en="The pages that follow are for the webmaster.",
    ),
    "toc.title": Text(vi="Trong báo cáo này", en="In this report"),
}
