"""Sentences of the e-mail: subject, summary, where the full report is, and why somebody got it."""

from scanner.model.text import Text

WORDS = {
    "mail.subject": Text(vi="[rasoat] {agency}: {changes}", en="[rasoat] {agency}: {changes}"),
    "mail.subject_sealed": Text(
        vi="[rasoat] {agency}: báo cáo rà soát ngày {on}",
        en="[rasoat] {agency}: report of the review of {on}",
    ),
    "mail.locked": Text(
        vi="Báo cáo rà soát an ninh mạng của cơ quan ở tệp đính kèm {file}. "
        "Tệp mở bằng mật khẩu đã trao riêng cho cơ quan, không gửi qua thư điện tử.",
        en="The report on the security of your web sites is the attached file {file}. "
        "It opens with the password that was handed to your agency by another way than e-mail.",
    ),
    "mail.locked_lost": Text(
        vi="Nếu chưa có hoặc quên mật khẩu, xin gọi cho đầu mối dưới đây; xin không hỏi qua thư.",
        en="If the password is missing or forgotten, please call the contact below; please do not ask by mail.",
    ),
    "mail.suspicion": Text(vi="nghi ngờ bị xâm nhập", en="suspected compromise"),
    "mail.new": Text(vi="{n} mới", en="{n} new"),
    "mail.reopened": Text(vi="{n} tái phát", en="{n} re-opened"),
    "mail.fixed": Text(vi="{n} đã khắc phục", en="{n} fixed"),
    "mail.awaiting": Text(vi="{n} chờ xác nhận", en="{n} awaiting confirmation"),
    "mail.open": Text(vi="{n} tồn tại", en="{n} open"),
    "mail.oldest": Text(vi="lâu nhất {n} ngày", en="oldest {n} day|oldest {n} days"),
    "mail.none": Text(vi="không có phát hiện nào", en="no finding"),
    "mail.blind": Text(vi="chưa kiểm tra được", en="could not be checked"),
    "mail.dear": Text(vi="Kính gửi {name},", en="Dear {name},"),
    "mail.score": Text(vi="Điểm trên 100", en="Points of 100"),
    "mail.by_severity": Text(
        vi="{n} phát hiện còn mở, theo mức độ",
        en="{n} open finding by severity|{n} open findings by severity",
    ),
    "mail.worst": Text(vi="Phát hiện nặng nhất", en="Worst findings"),
    "mail.col.severity": Text(vi="Mức độ", en="Severity"),
    "mail.col.finding": Text(vi="Phát hiện, trang", en="Finding, site"),
    "mail.col.state": Text(vi="Trạng thái", en="State"),
    "mail.attached": Text(
        vi="Báo cáo đầy đủ ở tệp đính kèm {file}: trang một dành cho lãnh đạo, "
        "các trang sau có cách sửa từng việc.",
        en="The full report is the attached file {file}: page one is for the head of the agency, "
        "the others tell how to do each job.",
    ),
    "mail.not_attached": Text(
        vi="Báo cáo đầy đủ do đơn vị chuyên trách giữ; xin trả lời thư này để nhận.",
        en="The unit in charge keeps the full report; please answer this mail to receive it.",
    ),
    "mail.answer": Text(
        vi="Sửa xong, xin trả lời thư này để được kiểm tra lại. "
        "Nếu trang nào không còn dùng, có thể tắt hẳn trang đó.",
        en="When a job is done, please answer this mail and we will check again. "
        "A site that is no longer needed may simply be switched off.",
    ),
    "mail.why_you": Text(
        vi="Thư này chỉ gửi cho đầu mối đã đăng ký của cơ quan. "
        "Nếu nhận nhầm, xin báo lại và xóa thư. Lần quét {scan}.",
        en="This mail goes only to the registered contacts of the agency. If it reached you by mistake, "
        "please tell us and delete it. Scan {scan}.",
    ),
}
