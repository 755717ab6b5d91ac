"""The PDF is the same report: tagged, page one on one A4, and nothing asked from outside."""

import re
import subprocess
import sys
from importlib import resources
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # no stubs

from reports import agency_html, pdf, pdf_page, province_html
from reports.writing import ReportError
from tests.lab import system
from tests.reports_html import dossiers

pytestmark = pytest.mark.xdist_group("pdf")
small = agency_html.render(dossiers.small(), "so-khcn", "vi", howtos=dossiers.HOWTOS)


def told(program: str, file: Path, *more: str) -> str:
    return subprocess.run(
        [str(system.program(program)), str(file), *more], check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pdf") / "report.pdf"
    made.write_bytes(pdf.to_pdf(small))
    return made


def test_it_is_tagged_and_of_a4(file: Path) -> None:
    info = told("pdfinfo", file)

    assert "Tagged:          yes" in info
    assert "(A4)" in info or "595.276 x 841.89" in info
    pdf.proved(file.read_bytes())


def test_the_letters_are_those_that_travel_with_the_program(file: Path) -> None:
    fonts = [line.split()[0].partition("+")[2] for line in told("pdffonts", file).splitlines()[2:]]

    assert {name.replace("-", "") for name in fonts} <= {"NotoSans", "NotoSansBold", "NotoSansMono"}
    assert len(fonts) == 3


def test_every_letter_of_vietnamese_is_in_every_font() -> None:
    letters = (
        {ord(letter) for letter in "ăâđêôơưĂÂĐÊÔƠƯ₫–“”…·×"} | {*range(0x1EA0, 0x1EFA)} | {*range(32, 127)}
    )
    known = [_letters_of(name) for _family, _weight, name in pdf_page.FONTS]

    assert [letters - has for has in known] == [set()] * 3
    assert {ord("−"), ord("→")} <= known[-1]


def _letters_of(name: str) -> set[int]:
    return set(TTFont(BytesIO((resources.files("reports") / "fonts" / name).read_bytes())).getBestCmap())


def test_page_one_is_one_page(file: Path) -> None:
    first, second = told("pdftotext", file, "-").split("\f")[:2]

    assert "Các trang sau dành cho người quản trị trang web." in " ".join(first.split())
    assert second.lstrip().startswith("Trang web")


def test_every_mark_is_drawn_where_it_stands() -> None:
    page = pdf_page.prepared(small)

    assert "<use" not in page
    assert page.count("<path") > small.count("<path")
    assert 'fill="#9a4108"' in page  # high, in the colour for paper
    assert "font-weight: 650" not in page


def test_the_line_of_a_chart_is_a_line() -> None:
    page = pdf_page.prepared(province_html.render(dossiers.whole_province(), "vi", howtos=dossiers.HOWTOS))

    assert re.search(r'<polyline class="c-line" fill="none" stroke="#[0-9a-f]{6}"', page)


def test_no_file_of_the_machine_is_drawn(tmp_path: Path) -> None:
    picture, made = tmp_path / "secret.svg", tmp_path / "x.pdf"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="20">SECRET</text></svg>', "utf-8")
    evil = f'<!doctype html><title>x</title><img src="{picture.as_uri()}" alt="x"><p>words</p>'

    made.write_bytes(pdf.to_pdf(evil))

    text = told("pdftotext", made, "-")
    assert "words" in text
    assert "SECRET" not in text


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    with pytest.raises(ReportError, match=r"rasoat\[pdf\]"):
        pdf.to_pdf(small)


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.7 cut off", b"<!doctype html>"])
def test_a_broken_file_does_not_pass(broken: bytes) -> None:
    with pytest.raises(ValueError, match="whole"):
        pdf.proved(broken)
