"""Sentences of the overview for the province's own officer."""

# ruff: noqa: E501 - a sentence is one line, as in the report

from scanner.model.text import Text

WORDS = {
    "pdoc.title": Text(
        vi="An ninh mạng các trang web {province}", en="Cybersecurity of the web sites of {province}"
    ),
    "pdoc.foot": Text(
        vi="Tổng quan an ninh mạng {province}  ·  rà soát {on}  ·  {marking}",
        en="Cybersecurity overview of {province}  ·  reviewed {on}  ·  {marking}",
    ),
    "pdoc.skip": Text(vi="Tới bảng theo cơ quan", en="Skip to the table of agencies"),
    "pfront.subtitle": Text(
        vi="Rà soát ngày {on}: {agencies} cơ quan, {n} trang web.",
        en="Review of {on}. Agencies: {agencies}; web sites: {n}.",
    ),
    "pfront.against": Text(vi="So với ngày {on}.", en="Compared with {on}."),
    "plead.first": Text(
        vi="Lần rà soát đầu tiên: {n} phát hiện còn mở.",
        en="First review: {n} finding is open.|First review: {n} findings are open.",
    ),
    "plead.better": Text(
        vi="Tốt hơn lần trước: số phát hiện còn mở giảm từ {past} xuống {n}.",
        en="Better than last time: open findings fell from {past} to {n}.",
    ),
    "plead.worse": Text(
        vi="Kém hơn lần trước: số phát hiện còn mở tăng từ {past} lên {n}.",
        en="Worse than last time: open findings rose from {past} to {n}.",
    ),
    "plead.even": Text(
        vi="Không đổi so với lần trước: còn {n} phát hiện mở.",
        en="As last time: {n} finding is open.|As last time: {n} findings are open.",
    ),
    "plead.alarm": Text(
        vi="{n} trang nghi bị xâm nhập cần xác minh ngay.",
        en="{n} site may be compromised and must be verified now."
        "|{n} sites may be compromised and must be verified now.",
    ),
    "pnum.new": Text(vi="Mới", en="New"),
    "pnum.fixed": Text(vi="Đã khắc phục", en="Fixed"),
    "pnum.reopened": Text(vi="Tái phát", en="Re-opened"),
    "pnum.overdue": Text(vi="Quá hạn", en="Overdue"),
    "pnum.coverage": Text(vi="Kiểm tra được", en="Coverage"),
    "pdecide.title": Text(vi="Điều cần quyết định", en="To decide"),
    "pdecide.none": Text(vi="Không có điều nào cần quyết định lúc này.", en="Nothing needs a decision now."),
    "pdecide.alarm": Text(
        vi="Xác minh nghi ngờ bị xâm nhập: {sites}.", en="Verify the suspected compromise: {sites}."
    ),
    "pdecide.alarm_who": Text(vi="Đơn vị chuyên trách, ngay lập tức.", en="The specialised unit, at once."),
    "pdecide.job": Text(
        vi="{n} trang của {agencies} cơ quan, đóng {closes} phát hiện.",
        en="{n} site (agencies: {agencies}); findings it closes: {closes}.|{n} sites (agencies: {agencies}); findings it closes: {closes}.",
    ),
    "pdecide.waivers": Text(
        vi="Gia hạn hoặc kết thúc {n} ngoại lệ đã hoặc sắp hết hạn.",
        en="Renew or end {n} accepted risk that has ended or is about to.|Renew or end {n} accepted risks that have ended or are about to.",
    ),
    "pdecide.waivers_who": Text(
        vi="Thủ trưởng các cơ quan nêu ở phần Ngoại lệ.",
        en="The heads of the agencies named under Accepted risks.",
    ),
    "pdecide.unseen": Text(
        vi="Mở đường cho bộ quét tới {n} trang không xem được.",
        en="Clear the way to {n} site that could not be reached."
        "|Clear the way to {n} sites that could not be reached.",
    ),
    "pdecide.unseen_who": Text(
        vi="Danh sách và lý do ở phần Trang không xem được.", en="List and reasons under Sites not reached."
    ),
    "ptrend.title": Text(vi="Số phát hiện còn mở", en="Open findings"),
    "heat.title": Text(vi="Theo cơ quan và chủ đề", en="By agency and topic"),
    "heat.lead": Text(
        vi="Số trong ô là số phát hiện còn mở; hình và màu cho biết mức nặng nhất. Xếp từ điểm thấp đến cao; chưa chấm "
        "điểm đứng trước. {grades}",
        en="Numbers count open findings; shape and tint tell the worst one. Lowest score first; withheld scores lead. "
        "{grades}",
    ),
    "heat.grades": Text(vi="Số cơ quan theo hạng: {list}.", en="Agencies by grade: {list}."),
    "heat.grade_none": Text(vi="chưa chấm", en="withheld"),
    "heat.swipe": Text(vi="Vuốt ngang để xem đủ các chủ đề.", en="Swipe sideways to see every topic."),
    "heat.region": Text(
        vi="Bảng cơ quan theo chủ đề, cuộn ngang được", en="Agencies by topic, scrolls sideways"
    ),
    "heat.caption": Text(
        vi="Phát hiện còn mở của {n} cơ quan theo chủ đề",
        en="Open findings of {n} agency by topic|Open findings of {n} agencies by topic",
    ),
    "heat.col.agency": Text(vi="Cơ quan", en="Agency"),
    "heat.col.change": Text(vi="Đổi", en="Change"),
    "heat.na": Text(vi="không áp dụng", en="not applicable"),
    "help.title": Text(vi="Ai cần giúp, ai tiến bộ", en="Who needs help, who improved"),
    "help.worst": Text(vi="Cơ quan cần giúp trước", en="Help these first"),
    "help.best": Text(vi="Cơ quan tiến bộ nhất", en="Most improved"),
    "help.col.gain": Text(vi="Tăng", en="Gain"),
    "help.no_gain": Text(vi="Chưa có cơ quan nào tăng điểm.", en="No agency has gained points."),
    "changes.title": Text(vi="Điều đã thay đổi", en="What changed"),
    "changes.overdue": Text(vi="Quá hạn", en="Overdue"),
    "changes.new": Text(vi="Mới phát hiện", en="New"),
    "changes.reopened": Text(vi="Tái phát", en="Re-opened"),
    "changes.fixed": Text(vi="Đã khắc phục", en="Fixed"),
    "changes.awaiting": Text(vi="Đã đạt, chờ xác nhận", en="Passed, awaiting confirmation"),
    "changes.lost": Text(vi="Chưa xác minh lại được", en="Lost sight of"),
    "changes.none": Text(vi="Không có thay đổi nào.", en="Nothing changed."),
    "changes.more": Text(
        vi="Và {n} dòng nữa, có đủ trong tệp CSV và JSON.",
        en="And {n} more, all in the CSV and JSON files.",
    ),
    "changes.col.finding": Text(vi="Phát hiện", en="Finding"),
    "changes.late": Text(vi="quá hạn {n} ngày", en="{n} days overdue"),
    "vendors.title": Text(vi="Theo đơn vị vận hành và máy chủ dùng chung", en="By vendor and shared server"),
    "vendors.caption": Text(vi="Đơn vị vận hành", en="Vendors"),
    "vendors.hosts": Text(
        vi="Máy chủ dùng chung: sửa một lần cho nhiều trang", en="Shared servers: repair once for many sites"
    ),
    "vendors.none": Text(vi="chưa ghi trong danh mục", en="not in the inventory"),
    "vendors.no_hosts": Text(vi="Không thấy máy chủ dùng chung.", en="No shared server was seen."),
    "vendors.col.vendor": Text(vi="Đơn vị", en="Vendor"),
    "vendors.col.address": Text(vi="Địa chỉ", en="Address"),
    "vendors.col.sites": Text(vi="Trang", en="Sites"),
    "vendors.col.agencies": Text(vi="Cơ quan", en="Agencies"),
    "vendors.col.open": Text(vi="Còn mở", en="Open"),
    "vendors.col.severe": Text(vi="Cao trở lên", en="High or worse"),
    "vendors.col.overdue": Text(vi="Quá hạn", en="Overdue"),
    "parts.title": Text(vi="Phần mềm đã thấy", en="Software seen"),
    "parts.lead": Text(
        vi="Theo lời tự khai và dấu hiệu của trang; phiên bản không nói ra thì không đoán.",
        en="From what the sites say and show; a version that is not told is not guessed.",
    ),
    "parts.none": Text(vi="Không nhận ra phần mềm nào.", en="No software was recognised."),
    "parts.col.name": Text(vi="Phần mềm", en="Software"),
    "parts.col.version": Text(vi="Phiên bản", en="Version"),
    "parts.no_version": Text(vi="không nói ra", en="not told"),
    "parts.ended": Text(vi="Phần mềm hết hỗ trợ", en="Software out of support"),
    "parts.ended_none": Text(
        vi="Không xác định được phần mềm nào hết hỗ trợ.", en="No software out of support was determined."
    ),
    "pwaivers.title": Text(vi="Ngoại lệ", en="Accepted risks"),
    "unseen.title": Text(vi="Trang không xem được", en="Sites not reached"),
    "unseen.none": Text(vi="Xem được mọi trang.", en="Every site was reached."),
    "health.title": Text(vi="Độ phủ và sức khỏe bộ quét", en="Coverage and health of the scanner"),
    "health.why": Text(vi="Vì sao chưa kiểm tra được", en="Why checks have no result"),
    "health.col.why": Text(vi="Lý do", en="Reason"),
    "health.col.checks": Text(vi="Phép", en="Checks"),
    "health.states": Text(vi="Trạng thái các trang", en="States of the sites"),
    "health.self": Text(vi="Bộ quét tự kiểm tra", en="The scanner about itself"),
    "health.col.item": Text(vi="Mục", en="Item"),
    "health.errors": Text(vi="Phép kiểm tra bị lỗi", en="Checks that crashed"),
    "health.degraded": Text(vi="Trang biến mất cùng lúc", en="Sites vanished at once"),
    "health.none": Text(vi="không có", en="none"),
    "health.rows": Text(vi="Kết quả đã ghi", en="Results recorded"),
    "health.sent": Text(vi="Đã gửi", en="Sent"),
    "health.sent_value": Text(
        vi="{connections} kết nối, {requests} yêu cầu", en="{connections} connections, {requests} requests"
    ),
    "health.running": Text(vi="chưa kết thúc", en="not finished"),
    "pfrom.made": Text(vi="Người lập: {who}.", en="Made by: {who}."),
}
