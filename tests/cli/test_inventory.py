import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from scanner.cli import main
from scanner.inventory import load_inventory

LIST = "Cơ quan;Website;Email\nSở Y tế;soyte.mau.gov.vn;a@mau.gov.vn\nSở Nội vụ;sai;\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, language: str = "en") -> Result:
    return CliRunner().invoke(main, ["inventory", *arguments], env={"RASOAT_LANG": language})


def test_a_list_is_added_behind_what_an_officer_wrote(folder: Path) -> None:
    CliRunner().invoke(main, ["init", "--province", "Tỉnh Mẫu"])
    before = (folder / "agencies.toml").read_bytes()
    (folder / "ds.csv").write_text(LIST, encoding="utf-8")

    result = run("import", "ds.csv")

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        'ds.csv [ds.csv]:3: error: "sai" is no web address',
        "agencies.toml",
    ]
    assert "2 rows: 1 new agencies, 1 new sites, 0 known" in result.stderr
    assert (folder / "agencies.toml").read_bytes().startswith(before)
    assert [s.id for s in load_inventory(folder / "agencies.toml").sites] == ["soyte.mau.gov.vn"]


def test_the_same_list_again_adds_nothing(folder: Path) -> None:
    (folder / "ds.csv").write_text(LIST.replace("sai", "sonoivu.mau.gov.vn"), encoding="utf-8")
    assert run("import", "ds.csv", "--province", "Tỉnh Mẫu").exit_code == 0
    before = (folder / "agencies.toml").read_bytes()

    again = run("import", "ds.csv")

    assert again.exit_code == 0
    assert "nothing new" in again.stderr
    assert (folder / "agencies.toml").read_bytes() == before


def test_a_workbook_can_be_tried_without_writing(folder: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Tên cơ quan", "Địa chỉ website"])
    book.active.append(["Sở Y tế", "soyte.mau.gov.vn"])
    book.save("ds.xlsx")

    result = run("import", "ds.xlsx", "--dry-run")

    assert result.exit_code == 0
    assert "1 new sites" in result.stderr
    assert not (folder / "agencies.toml").exists()


def test_a_new_file_is_written_but_none_is_overwritten(folder: Path) -> None:
    (folder / "ds.csv").write_text(LIST, encoding="utf-8")

    assert run("import", "ds.csv", "-o", "moi/a.toml").exit_code == 1
    assert load_inventory(folder / "moi" / "a.toml").agencies[0].id == "so-y-te"
    refused = run("import", "ds.csv", "-o", "moi/a.toml")
    assert refused.exit_code == 2
    assert "is not overwritten" in refused.stderr


def test_lint_speaks_the_language_asked_for(folder: Path) -> None:
    Path("agencies.toml").write_text('[province]\nname = "P"\n[[agency]]\nid = "a"\nnam = "A"\n')

    result = run("lint", language="vi")

    assert result.exit_code == 2
    assert result.stdout.splitlines() == [
        'agencies.toml:3: lỗi: thiếu `agency[1].name`; hãy viết name = "Sở Y tế"',
        "agencies.toml:5: lỗi: không có khóa `agency[1].nam`; ý bạn là `name`?",
    ]


def test_lint_passes_with_warnings_unless_strict(folder: Path) -> None:
    Path("x.toml").write_text(
        '[province]\nname = "P"\n[[agency]]\nid = "a"\nname = "A"\n[[agency.site]]\nurl = "https://a.gov.vn"\n'
    )

    assert run("lint", "x.toml").exit_code == 0
    assert run("lint", "x.toml", "--strict").exit_code == 2
    rows = json.loads(run("lint", "x.toml", "--format", "json").stdout)
    assert [row["grade"] for row in rows] == ["warning", "warning"]


def test_a_missing_inventory_says_how_to_begin(folder: Path) -> None:
    result = run("lint")

    assert result.exit_code == 2
    assert "`rasoat init` writes a commented one" in result.stderr
