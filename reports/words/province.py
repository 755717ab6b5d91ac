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
    "help.col.severe": Text(vi="Cao trở lên", en="High or worse"),
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
    "changes.first": Text(
        vi="Lần rà soát đầu tiên nên mọi phát hiện đều là mới; xem theo nguyên nhân ở phần trên.",
        en="In a first review every finding is new; see them by cause above.",
    ),
    "causes.title": Text(vi="Một nguyên nhân, nhiều trang", en="One cause, many sites"),
    "causes.lead": Text(
        vi="Mỗi dòng là một lần sửa. Lỗi chung của một đơn vị hoặc một máy chủ chỉ hiện một dòng; các dòng này đóng "
        "{n} phát hiện.",
        en="Each line is one repair. A flaw that a vendor or a server shares is one line; these lines close {n} finding."
        "|Each line is one repair. A flaw that a vendor or a server shares is one line; these lines close {n} findings.",
    ),
    "causes.none": Text(
        vi="Không thấy lỗi nào chung cho nhiều trang.", en="No flaw is shared by several sites."
    ),
    "causes.more": Text(
        vi="Và {n} dòng nữa, nhẹ hơn hoặc ít trang hơn.", en="And {n} more, lesser or on fewer sites."
    ),
    "causes.col.cause": Text(vi="Việc", en="Repair"),
    "causes.col.place": Text(vi="Nơi sửa", en="Made by or at"),
    "causes.col.closes": Text(vi="Đóng được", en="Closes"),
    "pace.line": Text(
        vi="Một nửa trong {n} lần khắc phục xong trong vòng {days} ngày; {again} lần tái phát.",
        en="Half of {n} repairs were made within {days} days; {again} did not last.",
    ),
    "pace.none": Text(
        vi="Chưa có phát hiện nào được khắc phục, nên chưa nói được sửa nhanh hay chậm.",
        en="Nothing has been repaired yet, so nothing can be said of the pace.",
    ),
    "vendors.title": Text(vi="Theo đơn vị vận hành và máy chủ dùng chung", en="By vendor and shared server"),
    "vendors.lead": Text(
        vi="Ngày sửa là số ngày để xong một nửa số lần khắc phục; tái phát tính trên số lần khắc phục.",
        en="Days to repair: half of the repairs were made within so many. Re-opened is counted per repair.",
    ),
    "vendors.col.place": Text(vi="Nơi đặt", en="Hosted by"),
    "vendors.col.pace": Text(vi="Ngày sửa", en="Days to repair"),
    "vendors.col.again": Text(vi="Tái phát", en="Re-opened"),
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
    "readiness.title": Text(vi="HTTPS, IPv6 và DNSSEC", en="HTTPS, IPv6 and DNSSEC"),
    "readiness.lead": Text(
        vi="Số trang web đã có, chưa có và chưa kiểm tra được. Tỷ lệ tính trên các trang đã có kết quả.",
        en="Sites that have it, lack it, or could not be checked. The share counts sites with a result only.",
    ),
    "readiness.col.name": Text(vi="Yêu cầu", en="Demand"),
    "readiness.col.ready": Text(vi="Đã có", en="In place"),
    "readiness.col.lacking": Text(vi="Chưa có", en="Missing"),
    "readiness.col.unknown": Text(vi="Chưa kiểm tra được", en="Not checked"),
    "readiness.col.share": Text(vi="Tỷ lệ", en="Share"),
    "readiness.none": Text(vi="chưa có kết quả", en="no result yet"),
    "parts.title": Text(vi="Phần mềm và ngày hết hỗ trợ", en="Software and its end of support"),
    "parts.lead": Text(
        vi="Theo lời tự khai và dấu hiệu của trang, đối chiếu với dữ liệu ngày {on}. Phiên bản không nói ra thì không đoán; bản "
        "do hệ điều hành đóng gói có thể đã được vá nên cần đối chiếu.",
        en="From what the sites say and show, against data of {on}. A version that is not told is not guessed; one "
        "packaged by an operating system may have been repaired and must be looked up.",
    ),
    "parts.col.ends": Text(vi="Hết hỗ trợ", en="Support ends"),
    "parts.col.state": Text(vi="Trạng thái", en="State"),
    "parts.col.move": Text(vi="Nên chuyển sang", en="Move to"),
    "parts.ended": Text(vi="Hết hỗ trợ", en="Out of support"),
    "parts.soon": Text(vi="Sắp hết hỗ trợ", en="Ends soon"),
    "parts.check": Text(vi="Cần đối chiếu", en="To be looked up"),
    "parts.unknown": Text(vi="Chưa rõ", en="Not known"),
    "parts.newer": Text(vi="Mới hơn dữ liệu", en="Newer than the data"),
    "parts.supported": Text(vi="Dòng còn hỗ trợ", en="Line supported"),
    "parts.none": Text(vi="Không nhận ra phần mềm nào.", en="No software was recognised."),
    "parts.col.name": Text(vi="Phần mềm", en="Software"),
    "parts.col.version": Text(vi="Phiên bản", en="Version"),
    "parts.no_version": Text(vi="không nói ra", en="not told"),
    "parts.where": Text(vi="Phần mềm hết hỗ trợ nằm ở đâu: {n}", en="Where software is out of support: {n}"),
    "keys.title": Text(vi="Khóa dùng chung giữa nhiều máy chủ", en="Keys that several servers share"),
    "keys.lead": Text(
        vi="Đọc từ cả lần rà soát, không tính điểm. Ai giữ khóa ở một máy chủ thì đóng giả được mọi trang dùng khóa đó: mỗi máy chủ "
        "cần khóa riêng.",
        en="Read from the whole scan; it costs no points. Whoever holds the key at one server can pose as every site that uses "
        "it: each server needs a key of its own.",
    ),
    "keys.reuse": Text(
        vi="Máy chủ của các cơ quan khác nhau dùng một khóa; có thể là khóa có sẵn trong thiết bị. Tạo khóa mới cho từng máy chủ.",
        en="Servers of different agencies use one key, perhaps one that came with a device. Make a new key for each server.",
    ),
    "keys.drown": Text(
        vi="{hosts} còn nhận SSLv2 với khóa này, nên dữ liệu gửi tới các trang còn lại cũng giải mã được (DROWN). Tắt SSLv2 ở đó "
        "ngay và thay khóa.",
        en="{hosts} still takes SSLv2 with this key, so what is sent to the other sites can be decrypted as well (DROWN). "
        "Switch SSLv2 off there at once and replace the key.",
    ),
    "keys.col.hosts": Text(vi="Trang", en="Sites"),
    "keys.col.agencies": Text(vi="Cơ quan", en="Agencies"),
    "keys.col.key": Text(vi="Khóa", en="Key"),
    "keys.col.danger": Text(vi="Việc cần làm", en="What to do"),
    "candidates.title": Text(vi="Có thể còn thiếu trong danh mục", en="Perhaps missing from the inventory"),
    "candidates.lead": Text(
        vi="Những địa chỉ các trang đã rà soát nhắc tới, giống địa chỉ của một cơ quan mà danh mục chưa có. Chưa địa chỉ nào được "
        "truy cập; hãy thêm vào danh mục hoặc xác nhận không phải của tỉnh.",
        en="Hosts that reviewed sites mention, that look like an agency's, and stand in no inventory. None was visited; "
        "add them or confirm that they are not the province's.",
    ),
    "candidates.none": Text(vi="Không thấy địa chỉ nào như vậy.", en="No such host was seen."),
    "candidates.more": Text(
        vi="Và {n} địa chỉ nữa; xem đủ bằng `rasoat inventory candidates`.",
        en="And {n} more; `rasoat inventory candidates` lists them all.",
    ),
    "candidates.col.host": Text(vi="Địa chỉ", en="Host"),
    "candidates.col.agency": Text(vi="Có thể của", en="Perhaps of"),
    "candidates.col.signs": Text(vi="Thấy qua", en="Seen by"),
    "candidates.col.sites": Text(vi="Trang nhắc tới", en="Mentioned by"),
    "sign.link": Text(vi="liên kết", en="link"),
    "sign.certificate": Text(vi="chứng thư số", en="certificate"),
    "sign.dns": Text(vi="bản ghi tên miền", en="DNS record"),
    "sign.redirect": Text(vi="chuyển hướng", en="redirect"),
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
