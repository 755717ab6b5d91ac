"""All findings as one CSV table (RFC 4180) that Excel opens with its diacritics right: UTF-8 with a BOM.

Every cell is quoted, and no cell that holds remote text can start a formula.
"""

import csv
import io

from reports.clean import csv_cell
from reports.dates import day
from reports.rows import Row, rows
from reports.words.codes import WORDS
from scanner.model.dossier import Dossier
from scanner.model.text import Language, Text

BOM = "\ufeff"
_JOIN = "; "

COLUMNS: tuple[Text, ...] = (
    Text("Mã cơ quan", "Agency id"),
    Text("Cơ quan", "Agency"),
    Text("Mã trang web", "Site id"),
    Text("Địa chỉ", "Address"),
    Text("Tình trạng trang", "Site state"),
    Text("Mã phép kiểm tra", "Check"),
    Text("Kết quả", "Verdict"),
    Text("Mức độ", "Severity"),
    Text("Độ tin cậy", "Confidence"),
    Text("Phát hiện", "Finding"),
    Text("Nội dung", "Statement"),
    Text("Cách khắc phục", "What to do"),
    Text("Bằng chứng", "Proof"),
    Text("Vị trí", "Where"),
    Text("Diễn biến", "Trend"),
    Text("Phát hiện lần đầu", "First seen"),
    Text("Hạn khắc phục", "Deadline"),
    Text("Ngoại lệ được chấp thuận", "Waiver"),
    Text("Điều khoản", "Clauses"),
    Text("Tài liệu kỹ thuật", "References"),
)


def render(dossier: Dossier, language: Language, only: tuple[str, ...] = ()) -> str:
    """The table as text: a heading, then one row per finding; lines end in CRLF."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([column.into(language) for column in COLUMNS])
    for row in rows(dossier, only):
        writer.writerow([csv_cell(cell) for cell in cells(row, language)])
    return out.getvalue()


def cells(row: Row, language: Language) -> tuple[str, ...]:
    """What a table says about one finding, in the order of COLUMNS; remote text is not guarded yet."""
    finding, ruling = row.finding, row.ruling
    change = ruling.change
    return (
        row.agency.id,
        row.agency.name,
        row.site.id,
        row.site.url,
        _word("state", str(row.ruled.state), language),
        finding.check_id,
        _word("verdict", finding.verdict.value, language),
        _word("severity", ruling.severity.value, language),
        _word("confidence", finding.confidence.value, language),
        row.title.into(language),
        row.says.into(language),
        row.fix.into(language),
        finding.saw,
        _JOIN.join(finding.where),
        _word("trend", change.trend.value, language) if change else "",
        day(change.first_seen_at) if change and change.first_seen_at else "",
        day(ruling.due_on) if ruling.due_on else "",
        _waiver(row),
        _JOIN.join(f"{c.instrument} {c.clause}".strip() for c in ruling.clauses),
        _JOIN.join(row.refs),
    )


def _word(kind: str, code: str, language: Language) -> str:
    text = WORDS.get(f"{kind}.{code}")
    return text.into(language) if text else code


def _waiver(row: Row) -> str:
    waiver = row.ruling.waiver
    return f"{waiver.reason} ({waiver.approver}, {day(waiver.until)})" if waiver else ""
