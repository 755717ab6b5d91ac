"""Sentences of the official form: the report of results, in the order Vietnamese offices file it."""

# ruff: noqa: E501 - a sentence is one line, as in the report

from scanner.model.text import Text

WORDS = {
    "form.state": Text(vi="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", en="SOCIALIST REPUBLIC OF VIET NAM"),
    "form.motto": Text(vi="Độc lập - Tự do - Hạnh phúc", en="Independence - Freedom - Happiness"),
    "form.number": Text(vi="Số: ......../BC-........", en="No.: ......../BC-........"),
    "form.place": Text(vi="{place}, ngày .... tháng .... năm {year}", en="{place}, ....../....../{year}"),
    "form.title": Text(
        vi="Báo cáo kết quả kiểm tra, đánh giá an ninh mạng: {agency}",
        en="Report on the cybersecurity assessment: {agency}",
    ),
    "form.heading": Text(
        vi="BÁO CÁO KẾT QUẢ KIỂM TRA, ĐÁNH GIÁ AN NINH MẠNG", en="REPORT ON THE CYBERSECURITY ASSESSMENT"
    ),
    "form.to": Text(vi="Kính gửi: {agency}", en="To: {agency}"),
    "form.period": Text(vi="Thời gian kiểm tra: {on}", en="Date of the assessment: {on}"),
    "form.systems": Text(vi="Hệ thống được kiểm tra", en="Systems assessed"),
    "form.col.system": Text(vi="Tên hệ thống", en="System"),
    "form.col.level": Text(vi="Cấp độ", en="Level"),
    "form.col.decision": Text(vi="Quyết định phê duyệt số", en="Approved by decision no."),
    "form.no_level": Text(vi="chưa ghi", en="not recorded"),
    "form.1": Text(vi="1. Căn cứ", en="1. Legal basis"),
    "form.1.none": Text(
        vi="Chưa nạp khung quy định nào cho lần kiểm tra này.",
        en="No framework was loaded for this assessment.",
    ),
    "form.2": Text(vi="2. Tính độc lập của đơn vị đánh giá", en="2. Independence of the assessor"),
    "form.3": Text(vi="3. Phạm vi, phương pháp", en="3. Scope and method"),
    "form.3.box": Text(
        vi="Kiểm tra từ bên ngoài (hộp đen), không đăng nhập, không khai thác, không gửi dữ liệu vào biểu mẫu.",
        en="From outside (black box): no login, no exploit, nothing sent into forms.",
    ),
    "form.4": Text(vi="4. Kết quả kiểm tra tuân thủ", en="4. Compliance"),
    "form.col.demand": Text(vi="Nội dung", en="Demand"),
    "form.col.result": Text(vi="Đạt/Chưa đạt", en="Met or not"),
    "form.col.proof": Text(vi="Bằng chứng", en="Proof"),
    "form.col.note": Text(vi="Ghi chú", en="Notes"),
    "form.5": Text(vi="5. Kết quả đánh giá hiệu quả các biện pháp", en="5. Effectiveness of the measures"),
    "form.not_assessed": Text(
        vi="Không đánh giá: cần hồ sơ và kiểm tra tại chỗ.",
        en="Not assessed: it needs documents and a visit on site.",
    ),
    "form.fill": Text(vi="Do người ký báo cáo điền.", en="To be filled in by the signatory."),
    "form.6": Text(vi="6. Kết quả kỹ thuật", en="6. Technical findings"),
    "form.6.none": Text(
        vi="Không có phát hiện nào trong phần xem được.", en="Nothing was found in what could be seen."
    ),
    "form.col.id": Text(vi="Mã phát hiện", en="Finding id"),
    "form.col.short": Text(vi="Mô tả ngắn", en="Description"),
    "form.col.severity": Text(vi="Mức độ", en="Severity"),
    "form.col.component": Text(vi="Thành phần", en="Component"),
    "form.col.before": Text(vi="Trạng thái khắc phục lần trước", en="State at the last review"),
    "form.7": Text(vi="7. Mức đáp ứng theo từng yêu cầu", en="7. Demands met"),
    "form.7.total": Text(vi="Tổng số yêu cầu", en="Demands in all"),
    "form.7.full": Text(vi="Đáp ứng đầy đủ", en="Fully met"),
    "form.7.not": Text(vi="Chưa đáp ứng", en="Not met"),
    "form.7.open": Text(vi="Chưa kết luận", en="Undecided"),
    "form.7.paper": Text(vi="Không đánh giá được từ bên ngoài", en="Cannot be assessed from outside"),
    "form.col.binding": Text(vi="Bắt buộc hoặc được viện dẫn", en="Compulsory or by reference"),
    "form.col.advice": Text(vi="Khuyến nghị, tham khảo", en="Recommended, reference"),
    "form.8": Text(vi="8. Kế hoạch khắc phục (đề xuất)", en="8. Plan of repair (proposed)"),
    "form.8.none": Text(vi="Không có tồn tại cần khắc phục.", en="There is nothing to repair."),
    "form.col.issue": Text(vi="Tồn tại", en="Issue"),
    "form.col.measure": Text(vi="Biện pháp", en="Measure"),
    "form.col.unit": Text(vi="Đơn vị thực hiện", en="Done by"),
    "form.col.due": Text(vi="Hạn", en="By"),
    "form.col.verify": Text(vi="Cách kiểm tra lại", en="How to check again"),
    "form.9": Text(vi="9. Kết luận và kiến nghị", en="9. Conclusion and recommendations"),
    "form.9.grade": Text(
        vi="Xếp hạng {grade}, {points} trên 100 điểm.", en="Grade {grade}, {points} of 100 points."
    ),
    "form.9.withheld": Text(
        vi="Chưa chấm điểm vì số phép kiểm tra có kết quả còn quá ít.",
        en="No score: too few checks could be judged.",
    ),
    "form.9.cause": Text(
        vi="Đề nghị xác định nguyên nhân gốc của từng tồn tại, khắc phục theo kế hoạch ở mục 8 và báo để kiểm tra lại.",
        en="Please find the root cause of each issue, repair by the plan in part 8, and tell us so that it is checked again.",
    ),
    "form.receivers": Text(vi="Nơi nhận:", en="Recipients:"),
    "form.receivers.self": Text(vi="- Như trên;", en="- As above;"),
    "form.receivers.file": Text(vi="- Lưu: VT.", en="- File."),
    "form.signature": Text(
        vi="THỦ TRƯỞNG ĐƠN VỊ (ký, ghi rõ họ tên)", en="HEAD OF THE UNIT (signature and full name)"
    ),
}
