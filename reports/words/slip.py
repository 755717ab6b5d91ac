"""Sentences of the slip of a recheck: one site, looked at again because somebody asked."""

from scanner.model.text import Text

WORDS = {
    "slip.title": Text(vi="Phiếu kiểm tra lại: {site}", en="Recheck slip: {site}"),
    "slip.foot": Text(
        vi="Phiếu kiểm tra lại {site}  ·  {on}  ·  {marking}", en="Recheck slip {site}  ·  {on}  ·  {marking}"
    ),
    "slip.heading": Text(vi="Phiếu kiểm tra lại", en="Recheck slip"),
    "slip.subtitle": Text(vi="{site}, kiểm tra lại lúc {at}.", en="{site}, looked at again at {at}."),
    "slip.all_good": Text(
        vi="{n} nội dung được kiểm tra lại đều đạt.",
        en="The {n} point looked at again passes.|All {n} points looked at again pass.",
    ),
    "slip.some_fail": Text(
        vi="{n} nội dung chưa đạt trên {total} nội dung được kiểm tra lại.",
        en="{n} of {total} point still fails.|{n} of {total} points still fail.",
    ),
    "slip.blind": Text(
        vi="{n} nội dung chưa kiểm tra được và không được tính là đạt.",
        en="{n} point could not be checked and does not count as a pass."
        "|{n} points could not be checked and do not count as passes.",
    ),
    "slip.na": Text(
        vi="{n} nội dung không còn áp dụng cho trang, nên chưa được coi là đã khắc phục.",
        en="{n} point no longer applies to the site and does not count as fixed."
        "|{n} points no longer apply to the site and do not count as fixed.",
    ),
    "slip.nothing": Text(
        vi="Trang này không có phát hiện nào cần kiểm tra lại.",
        en="This site has no finding to look at again.",
    ),
    "slip.intrusion": Text(
        vi="Dấu hiệu xâm nhập không còn chưa có nghĩa là đã xử lý xong: xin ghi bên dưới nguyên nhân, đường vào đã bịt "
        "và tài khoản đã thu hồi; chỉ xóa nội dung lạ thì dấu hiệu thường tái phát.",
        en="That the signs of an intrusion are gone does not mean it is over: please write down the cause, the way "
        "in that was closed and the accounts withdrawn; where only strange content was deleted, it usually comes back.",
    ),
    "slip.caption": Text(vi="Kết quả từng nội dung", en="The result of each point"),
    "slip.col.point": Text(vi="Nội dung", en="Point"),
    "slip.col.since": Text(vi="Phát hiện từ", en="Found on"),
    "slip.col.result": Text(vi="Kết quả", en="Result"),
    "slip.col.proof": Text(vi="Bằng chứng", en="Proof"),
    "slip.record": Text(vi="Hồ sơ lần kiểm tra", en="Record"),
    "slip.evidence": Text(vi="Bằng chứng lưu (SHA-256)", en="Evidence kept (SHA-256)"),
    "slip.done_by": Text(
        vi="Đơn vị khắc phục (ký, ghi rõ họ tên)", en="Repaired by (signature and full name)"
    ),
    "slip.checked_by": Text(
        vi="Đơn vị kiểm tra (ký, ghi rõ họ tên)", en="Checked by (signature and full name)"
    ),
    "slip.cause": Text(vi="Nguyên nhân và cách khắc phục", en="Cause and repair"),
}
