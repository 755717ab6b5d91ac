"""The reports in the browser people have: no sideways scroll, no request, page one on one A4."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports import agency_html, province_html, vendor_html
from scanner.model.text import LANGUAGES, Language
from tests.reports_html import browser, dossiers

CASES = {
    "small": (dossiers.small, "so-khcn"),
    "good": (dossiers.one_site_good, "so-y-te"),
    "unreachable": (dossiers.nothing_reachable, "xa"),
    "forty": (dossiers.forty_sites, "vp"),
    "hostile": (dossiers.hostile, "a"),
    "alarm": (dossiers.alarmed, "vp"),
}
WIDTHS = (320, 360, 768, 1200)

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Browser]:
    with browser.running(tmp_path_factory.mktemp("profile")) as running:
        yield running


def written(folder: Path, name: str, language: Language) -> Path:
    make, agency_id = CASES[name]
    file = folder / f"{name}.{language}.html"
    text = agency_html.render(make(), agency_id, language, howtos=dossiers.HOWTOS)
    file.write_text(text, encoding="utf-8")
    return file


def overview(folder: Path, language: Language) -> Path:
    file = folder / f"province.{language}.html"
    text = province_html.render(dossiers.whole_province(), language, howtos=dossiers.HOWTOS)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_report_scrolls_sideways(
    page: browser.Browser, tmp_path: Path, name: str, language: Language
) -> None:
    file = written(tmp_path, name, language)

    widths = {}
    for width in WIDTHS:
        page.open(file, width=width)
        page.value("document.querySelectorAll('details').forEach(d => d.open = true)")
        widths[width] = page.value("document.documentElement.scrollWidth")

    assert all(seen <= width for width, seen in widths.items()), widths


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_does_not_scroll_sideways_but_its_heat_table_does(
    page: browser.Browser, tmp_path: Path, language: Language
) -> None:
    file = overview(tmp_path, language)

    page.open(file, width=320)

    assert page.value("document.documentElement.scrollWidth") <= 320
    assert page.value("(s => s.scrollWidth > s.clientWidth)(document.querySelector('.scroll'))")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_contractor_sheet_scrolls_sideways_or_asks_the_network(
    page: browser.Browser, tmp_path: Path, language: Language
) -> None:
    file = tmp_path / f"vendor.{language}.html"
    file.write_text(
        vendor_html.render(dossiers.whole_province(), "Công ty A", language, howtos=dossiers.HOWTOS),
        encoding="utf-8",
    )

    widths = {}
    for width in WIDTHS:
        page.open(file, width=width)
        widths[width] = page.value("document.documentElement.scrollWidth")

    assert all(seen <= width for width, seen in widths.items()), widths
    assert page.noise == []


@pytest.mark.parametrize("name", CASES)
def test_a_report_asks_the_network_for_nothing_and_breaks_no_policy(
    page: browser.Browser, tmp_path: Path, name: str
) -> None:
    page.open(written(tmp_path, name, "vi"))

    assert page.noise == []
    assert page.value("getComputedStyle(document.querySelector('.front')).display") == "block"
    assert page.value("getComputedStyle(document.querySelector('.mark')).fontWeight") == "650"


@pytest.mark.parametrize("name", [name for name in CASES if name != "hostile"])  # its names fill a page each
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_one_is_one_a4(page: browser.Browser, tmp_path: Path, name: str, language: Language) -> None:
    page.open(written(tmp_path, name, language))

    first, second, size = paper(page.pdf(), tmp_path)

    ends = "Các trang sau dành cho người quản trị trang web." if language == "vi" else "for the webmaster."
    sites = "Trang web" if language == "vi" else "Web sites"
    assert ends in first
    assert second.startswith(sites)
    assert size == "A4"


def test_folds_are_open_on_paper(page: browser.Browser, tmp_path: Path) -> None:
    page.open(written(tmp_path, "good", "vi"))

    text = printed(page.pdf(), tmp_path)

    assert "Lỗi đã tìm và không thấy" in text
    assert "Trang chưa bật HSTS" in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_enough_contrast(page: browser.Browser, tmp_path: Path, scheme: str) -> None:
    page.media(prefers_color_scheme=scheme)
    page.open(written(tmp_path, "small", "vi"))
    page.value("document.querySelectorAll('details').forEach(d => d.open = true)")

    worst = page.value(CONTRAST)
    page.media()

    assert worst >= 4.5


def paper(pdf: bytes, folder: Path) -> tuple[str, str, str]:
    """Text of the first and of the second page, and the size of the paper."""
    text = printed(pdf, folder)
    info = subprocess.run(
        ["pdfinfo", str(folder / "report.pdf")], check=True, capture_output=True, text=True
    ).stdout
    first, second = text.split("\f")[:2]
    size = re.search(r"\((A4)\)", info)
    return " ".join(first.split()), " ".join(second.split()), size[1] if size else info


def printed(pdf: bytes, folder: Path) -> str:
    file = folder / "report.pdf"
    file.write_bytes(pdf)
    return subprocess.run(
        ["pdftotext", str(file), "-"], check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout


CONTRAST = """(() => {
  const light = c => { c = c.match(/[\\d.]+/g).map(Number);
    const lin = v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = c.slice(0, 3).map(v => lin(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = e => { for (; e; e = e.parentElement) {
    const c = getComputedStyle(e).backgroundColor;
    if (!/, 0\\)$/.test(c)) return c; }
    return 'rgb(255,255,255)'; };
  let worst = 21;
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || e.closest('svg')) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
    worst = Math.min(worst, (a + 0.05) / (b + 0.05));
  }
  return worst;
})()"""
