"""Sentences about the yardsticks of other authorities."""

from scanner.model.text import Text

WORDS = {
    "yard.title": Text(vi="Thước đo của các tổ chức khác", en="Yardsticks of other authorities"),
    "yard.lead": Text(
        vi="Chỉ để tham khảo: phần này không làm thay đổi kết quả, điểm hay thời hạn nào của báo cáo. "
        "HTTP Observatory (MDN), OWASP Secure Headers và Internet.nl (Hà Lan) đặt ngưỡng khác nhau; "
        "bảng dưới nêu rõ ngưỡng nào là của ai.",
        en="Hints only: nothing here changes a result, a score or a deadline of this report. "
        "HTTP Observatory (MDN), OWASP Secure Headers and Internet.nl (Netherlands) set different thresholds; "
        "the table says which one is whose.",
    ),
    "yard.of.observatory": Text(vi="Observatory", en="Observatory"),
    "yard.of.owasp": Text(vi="OWASP", en="OWASP"),
    "yard.of.internet.nl": Text(vi="Internet.nl", en="Internet.nl"),
    "yard.of.ours": Text(vi="Báo cáo này", en="This report"),
    "yard.grades": Text(
        vi="Hạng mà HTTP Observatory (thuật toán 6) sẽ cho, và cách tính",
        en="The grade the HTTP Observatory (algorithm 6) would give, and its arithmetic",
    ),
    "yard.col.grade": Text(vi="Như dịch vụ hiển thị", en="As the service shows it"),
    "yard.col.base": Text(vi="100 trừ các lỗi", en="100 less penalties"),
    "yard.col.bonus": Text(vi="Điểm thưởng", en="Bonus"),
    "yard.col.gate": Text(vi="Tính thưởng", en="Bonus counts"),
    "yard.col.specified": Text(vi="Theo quy tắc công bố", en="By its rules"),
    "yard.col.assumed": Text(vi="Tạm coi là đạt", en="Taken for granted"),
    "yard.counted": Text(vi="có, vì đã đạt {n}", en="yes, {n} is reached"),
    "yard.not_counted": Text(vi="không, vì chưa đạt {n}", en="no, {n} is not reached"),
    "yard.preload-list": Text(vi="danh sách preload", en="preload list"),
    "yard.certificate": Text(vi="chứng thư số", en="certificate"),
    "yard.cors": Text(vi="chia sẻ CORS", en="sharing (CORS)"),
    "yard.demands": Text(vi="Ngưỡng của từng nơi", en="Whose threshold is what"),
    "yard.col.demand": Text(vi="Yêu cầu", en="Demand"),
    "yard.readings": Text(
        vi="Mỗi trang đạt bao nhiêu yêu cầu của từng nơi", en="How many demands of each are met"
    ),
    "yard.hsts": Text(vi="HSTS", en="HSTS"),
    "yard.referrer-policy": Text(vi="Referrer-Policy", en="Referrer-Policy"),
    "yard.framing": Text(vi="Chống nhúng khung", en="Framing"),
    "yard.csp": Text(vi="CSP", en="CSP"),
    "yard.days": Text(vi="max-age ít nhất {n} ngày", en="max-age of at least {n} days"),
    "yard.needed": Text(vi="phải có; nhận {names}", en="needed; {names}"),
    "yard.may_lack": Text(vi="vắng mặt cũng đạt; nhận {names}", en="may be absent; {names}"),
    "yard.framing_loose": Text(
        vi="nhận cả ALLOW-FROM và frame-ancestors *", en="ALLOW-FROM and frame-ancestors * count too"
    ),
    "yard.framing_strict": Text(
        vi="ALLOW-FROM và frame-ancestors * không có giá trị", en="ALLOW-FROM and frame-ancestors * are void"
    ),
    "yard.csp_inline": Text(
        vi="có {names}; kiểu viết thẳng trong trang không bị trừ", en="{names}; inline style costs nothing"
    ),
    "yard.csp_strict": Text(
        vi="có {names}; không nhận kiểu viết thẳng trong trang", en="{names}; no inline style"
    ),
    "yard.lacking": Text(vi="chưa đạt: {names}", en="lacking: {names}"),
    "yard.unknown": Text(vi="chưa rõ: {names}", en="not known: {names}"),
}
