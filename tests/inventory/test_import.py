import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import ConfigError
from scanner.inventory import Imported, import_sheet, lint, read_inventory, write_toml
from scanner.inventory.columns import field_of
from scanner.inventory.importer import agency_id, import_rows
from scanner.inventory.sheet import Row, read_sheet
from scanner.model.agency import Agency, Contact, Inventory, Lifecycle, Province, Role, Site

HEADINGS = [
    "STT",
    "Tên cơ quan",
    "Địa chỉ website",
    "Cấp độ",
    "Đơn vị vận hành",
    "Email",
    "Điện thoại",
    "Trạng thái",
]


def workbook(folder: Path, *rows: list[Any], merge: str = "") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    file = folder / "danh-sach.xlsx"
    book.save(file)
    return file


def csv_file(folder: Path, text: str | bytes) -> Path:
    file = folder / "danh-sach.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def said(result: Imported) -> list[str]:
    return [f"{p.line} {p.grade.value} {p.message.en}" for p in result.problems]


def refusal(file: Path, **options: Any) -> str:
    with pytest.raises(ConfigError) as caught:
        import_sheet(file, **options)
    return caught.value.problems[0].into("en")


def test_an_officers_workbook_just_works(tmp_path: Path) -> None:
    file = workbook(
        tmp_path,
        ["DANH SÁCH TRANG THÔNG TIN ĐIỆN TỬ"],
        [],
        HEADINGS,
        [
            1,
            " Sở\u00a0Y tế ",
            "https://soyte.tinhmau.gov.vn/",
            "Cấp độ 2",
            "VNPT",
            "a@soyte.gov.vn",
            912345678.0,
            None,
        ],
        [2, "Sở Nội vụ", "sonoivu.tinhmau.gov.vn\u200b", 3.0, None, "sai-email", None, "Ngừng hoạt động"],
        [],
        [
            3,
            "Sở Y tế",
            "http://benhvien.tinhmau.gov.vn; khoa.tinhmau.gov.vn",
            "II",
            None,
            "A@soyte.gov.vn",
            None,
            "",
        ],
        [4, "Sở Xây dựng", "không có", None, None, None, None, None],
        [5, "Sở Tài chính", None, None, None, None, None, None],
        [6, "Sở Y tế", "https://soyte.tinhmau.gov.vn", "sáu", None, None, None, "đang xây"],
    )

    result = import_sheet(file)

    assert [(a.id, a.name) for a in result.agencies] == [("so-y-te", "Sở Y tế"), ("so-noi-vu", "Sở Nội vụ")]
    assert result.agencies[0].contacts == (Contact(Role.WEBMASTER, "a@soyte.gov.vn", "", "0912345678"),)
    assert [(s.id, s.url, s.level, s.lifecycle) for s in result.sites] == [
        ("soyte.tinhmau.gov.vn", "https://soyte.tinhmau.gov.vn/", 2, Lifecycle.ACTIVE),
        ("sonoivu.tinhmau.gov.vn", "https://sonoivu.tinhmau.gov.vn/", 3, Lifecycle.RETIRED),
        ("benhvien.tinhmau.gov.vn", "http://benhvien.tinhmau.gov.vn/", 2, Lifecycle.ACTIVE),
        ("khoa.tinhmau.gov.vn", "https://khoa.tinhmau.gov.vn/", 2, Lifecycle.ACTIVE),
    ]
    assert result.sites[0].vendor == "VNPT"
    assert said(result) == [
        '5 warning "sai-email" is no mail address',
        '8 error "không" is no web address',
        '8 error "có" is no web address',
        "9 warning no web address; the row is skipped (a formula needs its value stored)",
        "10 warning soyte.tinhmau.gov.vn: stands further up",
    ]
    assert result.rows == 6


def test_merged_cells_take_the_agency_from_above(tmp_path: Path) -> None:
    file = workbook(
        tmp_path,
        ["Tên đơn vị", "Tên miền"],
        ["Sở Y tế", "a.gov.vn"],
        [None, "b.gov.vn"],
        merge="A2:A3",
    )

    result = import_sheet(file)

    assert [s.agency_id for s in result.sites] == ["so-y-te", "so-y-te"]
    assert said(result) == ["3 warning no agency; taken from the row above: Sở Y tế"]


def test_a_formula_without_a_stored_value_is_reported(tmp_path: Path) -> None:
    file = workbook(tmp_path, ["Tên đơn vị", "Tên miền"], ["Sở Y tế", '="a"&".gov.vn"'])

    assert said(import_sheet(file)) == [
        "2 warning no web address; the row is skipped (a formula needs its value stored)"
    ]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_comes_in_many_dresses(tmp_path: Path, delimiter: str, codec: str) -> None:
    text = 'Cơ quan;URL;Cấp độ\r\n"Sở Y\ntế";a.gov.vn;1\r\nSở Nội vụ;x;2\r\n'.replace(";", delimiter)

    result = import_sheet(csv_file(tmp_path, text.encode(codec)))

    assert [(s.agency_id, s.level) for s in result.sites] == [("so-y-te", 1)]
    assert said(result) == ['4 error "x" is no web address']


def test_what_is_known_already_is_left_alone(tmp_path: Path) -> None:
    existing = Inventory(
        Province("P"),
        (Agency("yte", "Sở Y Tế"),),
        (Site("cu", "yte", "http://a.gov.vn"), Site("b.gov.vn", "yte", "ftp://hand")),
    )
    file = csv_file(tmp_path, "Cơ quan,URL\nSở y tế,https://a.gov.vn\nSở y tế,b.gov.vn\nSở Mới,c.gov.vn\n")

    result = import_sheet(file, existing=existing)

    assert result.known == 1
    assert [(s.id, s.agency_id) for s in result.sites] == [("b.gov.vn-2", "yte"), ("c.gov.vn", "so-moi")]
    assert [a.id for a in result.agencies] == ["so-moi"]
    assert result.problems == ()


def test_parents_are_made_and_circles_are_not(tmp_path: Path) -> None:
    file = csv_file(
        tmp_path,
        "Tên cơ quan;Cơ quan chủ quản;Website;Mã cơ quan\n"
        "Sở Y tế;UBND tỉnh;a.gov.vn;H12.3\n"
        "UBND tỉnh;Sở Y tế;b.gov.vn;\n"
        "UBND tỉnh;UBND tỉnh;c.gov.vn;\n",
    )

    result = import_sheet(file)

    assert [(a.id, a.parent) for a in result.agencies] == [("h12-3", "ubnd-tinh"), ("ubnd-tinh", None)]
    assert said(result) == ["3 error Sở Y tế is above and below UBND tỉnh"]


def test_a_row_before_any_agency_needs_one(tmp_path: Path) -> None:
    result = import_sheet(csv_file(tmp_path, "Cơ quan,URL\n,a.gov.vn\n"))

    assert said(result) == ["2 error no agency is named"]


def test_headings_repeated_on_each_page_are_no_rows(tmp_path: Path) -> None:
    result = import_sheet(csv_file(tmp_path, "Cơ quan,URL\nA,a.gov.vn\nCơ quan,URL\nB,b.gov.vn\n"))

    assert [s.id for s in result.sites] == ["a.gov.vn", "b.gov.vn"]
    assert result.problems == ()


def test_levels_and_states_nobody_understands_are_pointed_out(tmp_path: Path) -> None:
    file = csv_file(
        tmp_path, "Cơ quan,URL,Cấp độ,Tình trạng\nA,a.gov.vn,sáu,đang xây\nA,b.gov.vn,chưa,chuyển hướng\n"
    )

    result = import_sheet(file)

    assert [(s.level, s.lifecycle) for s in result.sites] == [
        (None, Lifecycle.ACTIVE),
        (None, Lifecycle.REDIRECT_ONLY),
    ]
    assert said(result) == [
        '2 warning level "sau" is not understood; left empty',
        '2 warning state "dang xay" is not understood; taken for active',
    ]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Tên cơ quan", "agency"),
        ("TÊN CƠ QUAN, ĐƠN VỊ", "agency"),
        ("Địa chỉ website (URL)", "url"),
        ("Tên miền", "url"),
        ("Cấp độ an toàn HTTT", "level"),
        ("Tên đơn vị vận hành", "vendor"),
        ("Đơn vị vận hành hệ thống", "vendor"),
        ("Email lãnh đạo đơn vị", "email_head"),
        ("E-mail", "email"),
        ("STT", None),
        ("Ghi chú", None),
        ("", None),
    ],
)
def test_headings_mean_what_officers_mean(heading: str, field: str | None) -> None:
    assert field_of(heading) == field


def test_an_imported_list_is_a_sound_inventory(tmp_path: Path) -> None:
    result = import_sheet(
        csv_file(tmp_path, "Cơ quan,URL,Email lãnh đạo\nA,a.gov.vn,a@a.vn\nB,b.gov.vn,b@b.vn\nA,c.gov.vn,\n")
    )
    inventory = result.inventory(Province("Tỉnh Mẫu"))

    read, _, problems = read_inventory(write_toml(inventory), filename="x")

    assert problems == ()
    assert read == inventory
    assert [p.message.en for p in lint(inventory, date(2026, 1, 1))] == [
        "no written authorisation: only the passive depth is allowed"
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0rest", "old or encrypted Excel file"),
        (b"PK\x03\x04rest", "is a broken workbook (BadZipFile)"),
        ("Cơ quan,URL".encode("cp1258", "replace") + b"\n\xff", 'save it from Excel as "CSV UTF-8"'),
        (b"a,b\n1,2\n", "no row of headings"),
        (b"", "no row of headings"),
        (b'a,"' + b"x" * 200_000, "is no CSV file"),
        (b"a,b\n" * 50_001, "more than 50,000 rows"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in refusal(csv_file(tmp_path, content))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "gone.xlsx")


def test_a_giant_file_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    with file.open("wb") as stream:
        stream.truncate(21 * 1024 * 1024)

    assert "larger than 20 MB" in refusal(file)


def test_a_workbook_that_unpacks_to_a_flood_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("x", "w") as part:
        for _ in range(210):
            part.write(bytes(1024 * 1024))

    assert "unpacks to more than 200 MB" in refusal(file)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-7"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_entities_in_any_part_of_a_workbook_are_refused(tmp_path: Path, part: str, codec: str) -> None:
    source = workbook(tmp_path, ["Cơ quan", "URL"], ["A", "a.gov.vn"])
    bomb = (
        f'<?xml version="1.0" encoding="{codec}"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>'
    )
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                body = content.partition(b"?>")[2] if content.startswith(b"<?xml") else content
                content = (bomb + body.decode().replace("URL", "&b;").replace("Sheet", "&b;", 1)).encode(
                    codec
                )
            new.writestr(name, content)

    assert f"has an unsafe part {part}" in refusal(file)


def test_one_sheet_can_be_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Cơ quan", "URL"])
    second = book.create_sheet("Xã")
    second.append(["Cơ quan", "URL"])
    second.append(["Xã A", "a.gov.vn"])
    file = tmp_path / "a.xlsx"
    book.save(file)

    assert import_sheet(file, sheet="Xã").sites[0].agency_id == "xa-a"
    assert 'has no sheet "x" (has: Sheet, Xã)' in refusal(file, sheet="x")


def test_dates_and_truths_in_cells_are_words(tmp_path: Path) -> None:
    file = workbook(tmp_path, [date(2026, 1, 2), True, 1.5])

    ((_, rows),) = read_sheet(file)

    assert [cell for cell in rows[0].cells if cell] == ["2026-01-02", "True", "1.5"]


@pytest.mark.parametrize(
    ("name", "made"),
    [("Sở Y tế", "so-y-te"), ("漢字", "co-quan-0d2fb7b6"), ("A" * 80, f"{'a' * 60}-")],
)
def test_ids_are_made_of_names_and_stay(name: str, made: str) -> None:
    assert agency_id(name).startswith(made[:8])
    assert agency_id(name) == agency_id(name)
    assert len(agency_id(name)) <= 67


cells = st.text(max_size=12) | st.sampled_from(
    ["a.gov.vn", "Sở Y tế", "https://b.gov.vn:8443/x", "a@b.vn", "2", "Cơ quan"]
)


@given(st.lists(st.tuples(cells, cells, cells, cells, cells), max_size=6))
def test_any_rows_give_an_inventory_that_can_be_kept(rows: list[tuple[str, ...]]) -> None:
    columns = {"agency": 0, "url": 1, "parent": 2, "email": 3, "level": 4}
    result = import_rows([Row(i, r) for i, r in enumerate(rows)], columns, existing=None, filename="x")
    inventory = result.inventory(Province("P"))

    errors = [p for p in lint(inventory, None) if p.is_error]
    read, _, problems = read_inventory(write_toml(inventory), filename="x")

    assert errors == []
    assert problems == ()
    assert read == inventory
