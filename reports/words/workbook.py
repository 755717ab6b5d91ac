"""Headings of the workbook for officers who count in a spreadsheet."""

from scanner.model.text import Text

WORDS = {
    "book.agencies": Text(vi="Cơ quan", en="Agencies"),
    "book.findings": Text(vi="Phát hiện", en="Findings"),
    "book.sites": Text(vi="Trang web", en="Sites"),
    "book.holes": Text(vi="Chưa kiểm tra được", en="Not checked"),
    "book.col.site_count": Text(vi="Số trang", en="Sites"),
    "book.col.grade": Text(vi="Hạng", en="Grade"),
    "book.col.points": Text(vi="Điểm", en="Points"),
    "book.col.decided": Text(vi="Có kết quả", en="Decided"),
    "book.col.applicable": Text(vi="Phải kiểm tra", en="Applicable"),
    "book.col.vendor": Text(vi="Đơn vị vận hành", en="Vendor"),
    "book.col.level": Text(vi="Cấp độ", en="Level"),
    "book.col.seen_at": Text(vi="Xem lúc", en="Seen at"),
}
