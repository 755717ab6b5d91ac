"""Sentences of the pages for the webmaster: sites, work, cards, holes, waivers, history, score, passes, method."""

from scanner.model.text import Text

WORDS = {
    "sites.title": Text(vi="Trang web", en="Web sites"),
    "sites.lead": Text(
        vi="{n} kết quả: mỗi phép kiểm tra trên mỗi trang cho đúng một kết quả, và mọi kết quả đều nằm trong bảng này.",
        en="{n} result: each check gives exactly one result per site, and every one is in this table."
        "|{n} results: each check gives exactly one result per site, and every one is in this table.",
    ),
    "sites.col.site": Text(vi="Trang web", en="Site"),
    "sites.col.server": Text(vi="Máy chủ đã thấy", en="Server seen"),
    "sites.col.state": Text(vi="Trạng thái", en="State"),
    "sites.col.open": Text(vi="Chưa đạt", en="Fail"),
    "sites.col.unknown": Text(vi="Chưa kiểm tra được", en="Not checked"),
    "sites.col.waived": Text(vi="Chấp nhận rủi ro", en="Accepted risk"),
    "sites.col.pass": Text(vi="Đạt", en="Pass"),
    "sites.col.na": Text(vi="Không áp dụng", en="Not applicable"),
    "sites.col.all": Text(vi="Tổng", en="All"),
    "sites.sum": Text(vi="Cộng", en="Sum"),
    "sites.no_server": Text(vi="không rõ", en="unknown"),
    "work.title": Text(vi="Việc cần làm", en="Work to do"),
    "work.lead": Text(
        vi="Xếp theo hành động: sửa một lần có thể đóng nhiều phát hiện. {n} việc đóng đủ {total} phát hiện.",
        en="Sorted by action: one repair can close many findings. {n} job closes all {total} findings."
        "|Sorted by action: one repair can close many findings. {n} jobs close all {total} findings.",
    ),
    "work.none": Text(vi="Không có việc cần làm.", en="No work to do."),
    "work.caption": Text(vi="Các việc, theo thứ tự nên làm", en="Jobs, in the order to do them"),
    "work.col.job": Text(vi="Việc", en="Job"),
    "work.col.sites": Text(vi="Trang", en="Sites"),
    "work.col.severity": Text(vi="Mức độ", en="Severity"),
    "work.col.state": Text(vi="Trạng thái", en="State"),
    "work.col.due": Text(vi="Hạn", en="By"),
    "work.col.closes": Text(vi="Đóng được", en="Closes"),
    "work.confidence": Text(vi="tin cậy {level}", en="{level} confidence"),
    "work.open_for": Text(vi="mở {n} ngày", en="open for {n} day|open for {n} days"),
    "work.overdue": Text(vi="Quá hạn {n} ngày", en="{n} day overdue|{n} days overdue"),
    "work.more_sites": Text(vi="và {n} trang khác", en="and {n} other|and {n} others"),
    "work.state_count": Text(vi="{n} {word}", en="{n} {word}"),
    "card.title": Text(vi="Thẻ khắc phục", en="Repair cards"),
    "card.lead": Text(
        vi="Mỗi thẻ viết cho máy chủ đã thấy. Hãy sao lưu cấu hình trước khi sửa.",
        en="Each card is written for the server that was seen. Back up the configuration before you change it.",
    ),
    "card.severity": Text(vi="Mức độ", en="Severity"),
    "card.confidence": Text(vi="Độ tin cậy", en="Confidence"),
    "card.due": Text(vi="Hạn", en="By"),
    "card.effort": Text(vi="Công sức", en="Effort"),
    "card.id": Text(vi="Mã", en="Id"),
    "card.refs": Text(vi="Căn cứ kỹ thuật", en="Technical references"),
    "card.found": Text(vi="Đã thấy", en="Found"),
    "card.do": Text(vi="Cần làm", en="To do"),
    "card.steps": Text(vi="Các bước", en="Steps"),
    "card.steps_for": Text(vi="Các bước: {platform}", en="Steps: {platform}"),
    "card.any": Text(vi="máy chủ bất kỳ", en="any server"),
    "card.verify": Text(vi="Kiểm tra lại", en="Check again"),
    "card.may_break": Text(vi="Có thể ảnh hưởng", en="May affect"),
    "card.undo": Text(vi="Hoàn tác", en="Undo"),
    "card.notes": Text(vi="Lưu ý cho việc {n}", en="Notes on job {n}"),
    "card.proof": Text(vi="Bằng chứng", en="Proof"),
    "card.proof_more": Text(
        vi="Bằng chứng ở {n} chỗ nữa", en="Proof from {n} more place|Proof from {n} more places"
    ),
    "card.where": Text(vi="Nơi thấy", en="Where"),
    "card.where_more": Text(vi="và {n} nơi khác", en="and {n} more"),
    "card.reproduce": Text(vi="Tự kiểm chứng", en="See for yourself"),
    "card.no_proof": Text(vi="Không có dòng nào để trích.", en="There is no line to quote."),
    "card.seen_at": Text(vi="xem lúc {at}", en="seen at {at}"),
    "card.lapsed": Text(
        vi="Chấp thuận ngoại lệ đã hết hạn ngày {on}; phát hiện này mở lại.",
        en="The accepted risk ended on {on}; this finding is open again.",
    ),
    "card.broken": Text(
        vi="Tình trạng nay xấu hơn khi được chấp thuận ngoại lệ, nên ngoại lệ không còn giá trị; phát hiện này mở lại.",
        en="This is worse than what was accepted, so the accepted risk no longer holds; this finding is open again.",
    ),
    "holes.title": Text(vi="Chưa kiểm tra được", en="Not checked"),
    "holes.lead": Text(
        vi="Im lặng không phải là đạt. Mỗi dòng nói rõ vì sao và cách giúp lần sau xem được.",
        en="Silence is not a pass. Each line says why, and what would let us see next time.",
    ),
    "holes.none": Text(vi="Mọi phép kiểm tra đều có kết quả.", en="Every check has a result."),
    "holes.col.checks": Text(vi="Phép kiểm tra", en="Checks"),
    "holes.col.why": Text(vi="Vì sao", en="Why"),
    "holes.col.help": Text(vi="Cách giải quyết", en="What helps"),
    "holes.col.n": Text(vi="Số", en="Count"),
    "holes.all": Text(vi="Mọi phép kiểm tra của trang này", en="Every check of this site"),
    "waivers.title": Text(vi="Chấp nhận rủi ro", en="Accepted risks"),
    "waivers.lead": Text(
        vi="Phát hiện đã được chấp thuận ngoại lệ vẫn nằm ở đây cho tới khi được sửa hoặc ngoại lệ hết hạn.",
        en="A finding with an accepted risk stays here until it is repaired or the acceptance ends.",
    ),
    "waivers.none": Text(vi="Không có ngoại lệ nào.", en="There are none."),
    "waivers.col.finding": Text(vi="Phát hiện", en="Finding"),
    "waivers.col.reason": Text(vi="Lý do", en="Reason"),
    "waivers.col.approver": Text(vi="Người phê duyệt", en="Approved by"),
    "waivers.col.until": Text(vi="Hết hạn", en="Until"),
    "waivers.left": Text(vi="còn {n} ngày", en="{n} day left|{n} days left"),
    "waivers.measure": Text(vi="Biện pháp giảm rủi ro", en="What lessens the risk"),
    "waivers.no_measure": Text(vi="chưa ghi", en="not written down"),
    "waivers.broken": Text(
        vi="không còn giá trị: tình trạng xấu hơn khi chấp thuận",
        en="no longer holds: worse than what was accepted",
    ),
    "waivers.soon": Text(
        vi="{n} ngoại lệ sẽ hết hạn trong {days} ngày tới; hãy gia hạn hoặc khắc phục trước đó.",
        en="{n} accepted risk ends within {days} days; renew it or repair before then."
        "|{n} accepted risks end within {days} days; renew them or repair before then.",
    ),
    "waivers.over": Text(vi="đã hết hạn, phát hiện mở lại", en="over; the finding is open again"),
    "history.title": Text(vi="Lịch sử", en="History"),
    "history.lead": Text(
        vi="Các lần trước được tính lại theo quy tắc hiện nay, nên so sánh được với nhau.",
        en="Earlier reviews are recomputed under today's rules, so they compare.",
    ),
    "history.first": Text(
        vi="Đây là lần rà soát đầu tiên; từ lần sau sẽ có so sánh.",
        en="This is the first review; the next one can compare.",
    ),
    "history.col.on": Text(vi="Lần rà soát", en="Review"),
    "history.col.points": Text(vi="Điểm", en="Points"),
    "history.col.grade": Text(vi="Hạng", en="Grade"),
    "history.col.coverage": Text(vi="Kiểm tra được", en="Coverage"),
    "history.col.open": Text(vi="Còn mở", en="Open"),
    "history.col.new": Text(vi="Mới", en="New"),
    "history.col.fixed": Text(vi="Khắc phục", en="Fixed"),
    "history.chart": Text(vi="Số phát hiện còn mở qua {n} lần rà soát", en="Open findings over {n} reviews"),
    "history.chart_note": Text(
        vi="Số liệu đầy đủ ở bảng bên dưới.", en="The table below holds the same figures."
    ),
    "history.caption": Text(vi="Các lần rà soát, mới nhất trước", en="Reviews, latest first"),
    "score.title": Text(vi="Cách tính điểm", en="Score"),
    "score.lead": Text(
        vi="Điểm chỉ tính trên những gì đã kiểm tra được. Kết quả chưa kiểm tra được, không áp dụng và chấp nhận "
        "rủi ro đứng ngoài phép tính.",
        en="The score counts only what could be judged. What could not be checked, does not apply or is an accepted "
        "risk stands outside the arithmetic.",
    ),
    "score.caption": Text(vi="Phép tính, từng bước", en="The arithmetic, step by step"),
    "score.col.step": Text(vi="Bước", en="Step"),
    "score.col.points": Text(vi="Điểm", en="Points"),
    "score.rules": Text(vi="Tính theo bộ quy tắc phiên bản {version}.", en="By rule version {version}."),
    "score.result": Text(vi="Điểm, hạng {grade}", en="Points, grade {grade}"),
    "score.by_site": Text(vi="Phép tính của từng trang", en="The arithmetic of each site"),
    "score.withheld": Text(
        vi="Chưa chấm điểm: chỉ có kết quả cho {decided} trên {n} phép kiểm tra.",
        en="No score: {decided} of {n} check has a result.|No score: {decided} of {n} checks have a result.",
    ),
    "plan.title": Text(vi="Kế hoạch nâng hạng", en="How to raise the grade"),
    "plan.lift": Text(
        vi="Làm {n} việc này thì từ hạng {grade} ({points} điểm) lên hạng {then} ({after} điểm).",
        en="This {n} job lifts the agency from grade {grade} ({points} points) to {then} ({after} points)."
        "|These {n} jobs lift the agency from grade {grade} ({points} points) to {then} ({after} points).",
    ),
    "plan.same": Text(
        vi="Làm {n} việc này thì từ {points} lên {after} điểm, hạng vẫn là {grade}.",
        en="This {n} job raises the score from {points} to {after} points; the grade stays {grade}."
        "|These {n} jobs raise the score from {points} to {after} points; the grade stays {grade}.",
    ),
    "plan.start": Text(vi="Hiện nay", en="Now"),
    "plan.col.gain": Text(vi="Tăng", en="Gain"),
    "plan.col.after": Text(vi="Điểm sau đó", en="Points then"),
    "plan.note": Text(
        vi="Tính theo quy tắc chấm điểm hiện nay, với giả định không có phát hiện mới.",
        en="By today's rules, and if nothing new is found.",
    ),
    "passes.title": Text(vi="Kết quả đạt", en="What passed"),
    "passes.fold": Text(
        vi="{n} kết quả đạt, kèm bằng chứng", en="{n} pass with its proof|{n} passes with their proof"
    ),
    "passes.everywhere": Text(vi="cả {n} trang", en="all {n} sites"),
    "passes.none": Text(vi="Chưa có kết quả đạt nào.", en="Nothing has passed yet."),
    "passes.col.check": Text(vi="Lỗi đã tìm và không thấy", en="Fault looked for and not found"),
    "passes.col.saw": Text(vi="Đã thấy", en="Seen"),
    "passes.fixed": Text(
        vi="{n} phát hiện vừa được khắc phục. Xin cảm ơn.",
        en="{n} finding was repaired since the last review. Thank you."
        "|{n} findings were repaired since the last review. Thank you.",
    ),
    "passes.na": Text(
        vi="{n} kết quả không áp dụng", en="{n} check that does not apply|{n} checks that do not apply"
    ),
    "method.title": Text(vi="Phương pháp", en="Method"),
    "method.lead": Text(
        vi="Mỗi trang được xem một lần, nhẹ nhàng; mọi kết luận rút ra từ bằng chứng đã lưu. Không đăng nhập, không "
        "khai thác, không gửi dữ liệu vào biểu mẫu.",
        en="Each site was looked at once, gently; every conclusion is drawn from the evidence kept. No login, no "
        "exploit, nothing sent into forms.",
    ),
    "method.depth": Text(vi="Độ sâu", en="Depth"),
    "method.time": Text(vi="Thời gian quét", en="Scan time"),
    "method.time_range": Text(vi="{start} đến {end}", en="{start} to {end}"),
    "method.scan": Text(vi="Mã lần quét", en="Scan id"),
    "method.tool": Text(vi="Phần mềm", en="Software"),
    "method.data": Text(vi="Dữ liệu tham chiếu cũ nhất", en="Oldest reference data"),
    "method.data_old": Text(vi="{on}, đã {n} ngày khi rà soát", en="{on}, {n} days old at the scan"),
    "method.data_too-old": Text(
        vi="{on}, đã {n} ngày khi rà soát: QUÁ CŨ (trên 90 ngày)",
        en="{on}, {n} days old at the scan: TOO OLD (over 90 days)",
    ),
    "method.issued": Text(vi="Ngày lập báo cáo", en="Report issued"),
    "method.zone": Text(vi="Múi giờ", en="Time zone"),
    "method.zone_value": Text(vi="giờ Việt Nam (UTC+7)", en="Viet Nam time (UTC+7)"),
    "method.authorisation": Text(vi="Văn bản phê duyệt", en="Authorisation"),
    "method.authorised_by": Text(
        vi="{document}, {issuer}, ngày {on}, đến {until}", en="{document}, {issuer}, {on}, until {until}"
    ),
    "method.unauthorised": Text(vi="không có; chỉ xem thụ động", en="none on record; passive looks only"),
    "method.ledger": Text(vi="Nhật ký yêu cầu đã gửi tới từng trang", en="What was sent to each site"),
    "method.col.connections": Text(vi="Kết nối", en="Connections"),
    "method.col.requests": Text(vi="Yêu cầu HTTP", en="HTTP requests"),
    "method.col.bytes": Text(vi="Byte nhận", en="Bytes received"),
    "method.col.evidence": Text(vi="Bằng chứng (SHA-256)", en="Evidence (SHA-256)"),
    "method.col.at": Text(vi="Lúc", en="At"),
    "method.no_evidence": Text(vi="không có", en="none"),
}
