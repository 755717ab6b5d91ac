"""The CSV opens in Excel with its diacritics, and no cell of it is a formula."""

import csv
import io
from dataclasses import replace

import pytest

from reports.csv_table import BOM, COLUMNS, render
from scanner.model.text import Language
from tests.reports_machine.dossiers import HOSTILE, hostile, small


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), strict=True))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_heading_and_one_row_per_finding(language: Language) -> None:
    rows = table(render(small(), language))

    assert rows[0] == [column.into(language) for column in COLUMNS]
    assert len(rows) == 1 + 3 * 6
    assert {len(row) for row in rows} == {len(COLUMNS)}


def test_it_begins_with_a_byte_order_mark_and_ends_lines_as_rfc_4180_asks() -> None:
    text = render(small(), "vi")

    assert text.encode("utf-8").startswith(b"\xef\xbb\xbf")
    assert text.count("\r\n") == len(table(text))


def test_a_row_reads_in_vietnamese() -> None:
    row = dict(zip((c.vi for c in COLUMNS), table(render(small("www"), "vi"))[1], strict=True))

    assert row["Cơ quan"] == "Sở Y tế tỉnh Mẫu"
    assert row["Mức độ"] == "Nghiêm trọng"
    assert row["Nội dung"] == "Chứng thư của www hết hạn ngày 05/08/2026."
    assert row["Diễn biến"] == "Mới phát hiện"
    assert row["Phát hiện lần đầu"] == "22/11/2026"
    assert row["Hạn khắc phục"] == "25/11/2026"
    assert row["Điều khoản"] == "39/2017/TT-BTTTT Điều 9 khoản 2"


def test_a_waiver_stands_beside_its_finding() -> None:
    row = table(render(small(), "en"))[4]

    assert "Đang thay hệ thống (Giám đốc Sở, 31/01/2027)" in row


def test_an_unknown_says_why() -> None:
    assert "Hết thời gian chờ" in table(render(small(), "vi"))[3]


def test_no_cell_of_a_hostile_scan_starts_a_formula_or_hides_a_character() -> None:
    text = render(small("=cmd|' /C calc'!A0"), "vi") + render(hostile(), "vi").removeprefix(BOM)
    cells = [cell for row in table(text) for cell in row]

    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@")]
    assert "'=cmd|' /C calc'!A0" in cells
    assert HOSTILE not in cells
    text.encode("utf-8")


def test_a_state_the_vocabulary_does_not_know_prints_as_it_is() -> None:
    dossier = small()
    odd = {k: replace(v, state="on-fire") for k, v in dossier.rulings.items()}

    assert "on-fire" in render(replace(dossier, rulings=odd), "vi")
