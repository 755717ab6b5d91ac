"""The workbook opens, counts what the reports count, and holds no formula."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from reports.csv_table import COLUMNS
from reports.xlsx_table import proved, render
from scanner.model.text import Language
from tests.reports_machine.dossiers import hostile, small


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def values(book: Workbook, sheet: str) -> list[tuple[object, ...]]:
    return list(book[sheet].iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("vi", ["Cơ quan", "Phát hiện", "Trang web", "Chưa kiểm tra được"]),
        ("en", ["Agencies", "Findings", "Sites", "Not checked"]),
    ],
)
def test_it_has_four_sheets_with_headings_that_stay_in_sight(language: Language, names: list[str]) -> None:
    book = opened(render(small(), language))

    assert book.sheetnames == names
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        widths = {len(row) for row in sheet.iter_rows(values_only=True)}
        assert len(widths) == 1


def test_failures_stand_with_the_columns_of_the_csv_and_numbers_are_numbers() -> None:
    book = opened(render(small(), "vi"))
    agencies, findings, sites = (values(book, name) for name in ("Cơ quan", "Phát hiện", "Trang web"))

    assert findings[0] == tuple(column.vi for column in COLUMNS)
    assert {row[6] for row in findings[1:]} == {"Chưa đạt"}
    opens, waived = sites[0].index("Chưa đạt"), sites[0].index("Chấp nhận rủi ro")
    failed = sum(int(str(row[opens])) + int(str(row[waived])) for row in sites[1:])
    assert failed == len(findings) - 1
    assert all(isinstance(row[2], int) for row in agencies[1:])
    assert sum(int(str(row[7])) for row in agencies[1:]) == sum(int(str(row[opens])) for row in sites[1:])


def test_one_agency_gets_its_own_rows_only() -> None:
    book = opened(render(small(), "vi", ("so-xay-dung",)))

    assert {row[0] for name in ("Cơ quan", "Phát hiện", "Trang web") for row in values(book, name)[1:]} == {
        "so-xay-dung"
    }


def test_no_cell_is_a_formula_and_what_looks_like_one_is_quoted() -> None:
    cells = [
        cell
        for dossier in (small("=cmd|' /C calc'!A0"), small("+1"), hostile())
        for sheet in opened(render(dossier, "vi"))
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]

    assert {cell.data_type for cell in cells} == {"s"}
    suspicious = [cell for cell in cells if cell.value.lstrip()[:1] in tuple("=+-@")]
    assert suspicious
    assert all(cell.quotePrefix for cell in suspicious)


def test_the_same_scan_gives_the_same_bytes() -> None:
    assert render(small(), "vi") == render(small(), "vi")


def test_it_has_no_link_to_anywhere() -> None:
    with zipfile.ZipFile(io.BytesIO(render(hostile(), "vi"))) as archive:
        assert not [name for name in archive.namelist() if "external" in name.lower()]
        assert all(b"TargetMode" not in archive.read(n) for n in archive.namelist() if n.endswith(".rels"))


def test_a_damaged_workbook_does_not_pass() -> None:
    good = render(small(), "vi")

    proved(good)
    for broken in (b"", good[:200], good.replace(b"PK\x01\x02", b"PK\x00\x00")):
        with pytest.raises(ValueError):  # noqa: PT011 - the archive words it differently each time
            proved(broken)
