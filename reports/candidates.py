"""Hosts that may be missing from the inventory, as a table for a terminal or CSV for a spreadsheet."""

import csv
import io
from collections.abc import Iterable

from reports.clean import csv_cell, one_line
from reports.csv_table import BOM
from scanner.model.agency import Inventory
from scanner.model.candidate import Candidate
from scanner.model.text import Language, Text

COLUMNS = (
    Text("Máy chủ", "Host"),
    Text("Thấy ở", "Seen in"),
    Text("Có thể thuộc về", "May belong to"),
    Text("Căn cứ", "Because"),
    Text("Các trang cho thấy", "Sites that show it"),
)
SIGNS = {
    "link": Text("liên kết", "link"),
    "redirect": Text("chuyển hướng", "redirect"),
    "certificate": Text("chứng thư", "certificate"),
    "dns": Text("bản ghi DNS", "DNS record"),
}
BELOW = Text("nằm dưới tên miền của cơ quan", "lies below a name of the agency")
SHOWN = Text("do trang của cơ quan cho thấy", "shown by a site of the agency")


def table(found: Iterable[Candidate], inventory: Inventory, language: Language) -> str:
    """Tab-separated lines for a terminal or a pipe."""
    rows = (cells(candidate, inventory, language) for candidate in found)
    return "".join("\t".join(one_line(cell) for cell in row) + "\n" for row in rows)


def csv_text(found: Iterable[Candidate], inventory: Inventory, language: Language) -> str:
    """The table as CSV (RFC 4180) that Excel opens with its diacritics right."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([column.into(language) for column in COLUMNS])
    for candidate in found:
        writer.writerow([csv_cell(cell) for cell in cells(candidate, inventory, language)])
    return out.getvalue()


def cells(candidate: Candidate, inventory: Inventory, language: Language) -> tuple[str, ...]:
    """One row, in the order of COLUMNS."""
    agencies = (inventory.agency(agency_id) for agency_id in candidate.agency_ids)
    return (
        candidate.host,
        ", ".join(SIGNS[sign].into(language) for sign in candidate.signs if sign in SIGNS),
        ", ".join(agency.name for agency in agencies if agency is not None),
        (BELOW if candidate.is_below else SHOWN).into(language),
        ", ".join(candidate.seen_on),
    )
