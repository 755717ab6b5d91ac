"""A folder of reports holds what was asked for, under names that never change."""

import json
from pathlib import Path

import pytest

from reports import json_document
from reports.shelf import FORMATS, PROOFS, render, write_all
from reports.writing import ReportError
from scanner.model.dossier import Dossier
from tests.reports_machine.dossiers import hostile, small


def names(dossier: Dossier, folder: Path, **wishes: object) -> list[str]:
    return [path.name for path in write_all(dossier, folder, **wishes)]  # type: ignore[arg-type]  # real options


def test_everything_in_vietnamese(tmp_path: Path) -> None:
    assert names(small(), tmp_path) == [
        "index.html",
        "province.vi.html",
        "so-y-te.vi.html",
        "so-xay-dung.vi.html",
        "result.json",
        "findings.csv",
        "findings.xlsx",
        "results.sarif",
        "junit.xml",
    ]


def test_both_languages_add_files_and_rename_none(tmp_path: Path) -> None:
    both = names(small(), tmp_path, languages=("vi", "en"), formats=("json", "csv", "junit"))

    assert both == [
        "index.html",
        "result.json",
        "findings.csv",
        "findings.en.csv",
        "junit.xml",
        "junit.en.xml",
    ]


def test_one_agency_gets_its_own_page_and_rows_only(tmp_path: Path) -> None:
    written = names(small(), tmp_path, only=("so-xay-dung",), formats=("html", "json"))

    assert written == ["index.html", "so-xay-dung.vi.html", "result.json"]
    assert "Sở Y tế" not in (tmp_path / "result.json").read_text(encoding="utf-8")
    assert "Sở Y tế" not in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_a_hostile_scan_is_written_whole(tmp_path: Path) -> None:
    assert len(write_all(hostile(), tmp_path, languages=("vi", "en"))) == 1 + 2 * 3 + 1 + 2 * 4


def test_the_index_links_every_file_and_nothing_else(tmp_path: Path) -> None:
    paths = write_all(small(), tmp_path, formats=("json",))
    page = paths[0].read_text(encoding="utf-8")

    assert page.count("<a ") == 1
    assert 'href="result.json"' in page
    assert "default-src 'none'" in page


def test_the_index_names_each_file_in_its_language(tmp_path: Path) -> None:
    page = write_all(small(), tmp_path, languages=("vi", "en"))[0].read_text(encoding="utf-8")

    assert 'href="province.vi.html">Tổng quan toàn tỉnh</a>' in page
    assert '<li lang="en"><a href="province.en.html">Overview of the province</a>' in page
    assert 'href="findings.csv">Bảng phát hiện' in page
    assert 'href="findings.en.csv">Table of findings' in page


@pytest.mark.parametrize("name", FORMATS)
def test_one_document_at_a_time_passes_its_own_proof(name: str) -> None:
    content = render(small(), name, "vi")

    PROOFS[name](content.encode() if isinstance(content, str) else content)


def test_as_html_one_agency_is_its_page_and_several_are_the_province() -> None:
    one = render(small(), "html", "vi", ("so-y-te",))
    all_of_them = render(small(), "html", "vi")

    assert isinstance(one, str)
    assert isinstance(all_of_them, str)
    assert "Sở Y tế" in one
    assert one != all_of_them


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("html", b"<!doctype html><html>"),
        ("html", b"<!doctype html>\xff</html>"),
        ("json", b"{"),
        ("sarif", b""),
        ("csv", b'"a","b"\r\n"c"\r\n'),
        ("csv", b'"a'),
        ("csv", b"\xff\xfe"),
        ("junit", b"<a>"),
        ("junit", b"<a>\x00</a>"),
    ],
)
def test_a_broken_document_does_not_pass_its_proof(name: str, broken: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each parser words it differently
        PROOFS[name](broken)


def test_a_defect_of_ours_stops_the_writing_and_leaves_the_old_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_all(small(), tmp_path, formats=("json",))
    monkeypatch.setattr(json_document, "render", lambda *_: "{")

    with pytest.raises(ReportError, match=r"result\.json"):
        write_all(small(), tmp_path, formats=("json",))

    assert json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))["schema"] == 1
