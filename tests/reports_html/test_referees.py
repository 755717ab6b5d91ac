"""Two referees that are not ours: axe for accessibility, html-validate for markup (npm install --prefix tests/web)."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports import agency_html, form_html, province_html, slip_html, vendor_html
from scanner.model.text import LANGUAGES, Language
from tests.reports_html import browser, dossiers

WEB = Path(__file__).parents[1] / "web"
MODULES = Path(os.environ.get("RASOAT_NODE_MODULES", str(WEB / "node_modules")))
AXE = MODULES / "axe-core" / "axe.min.js"
VALIDATOR = MODULES / ".bin" / "html-validate"
RULES = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']"

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(not AXE.exists(), reason="axe is not installed: npm install --prefix tests/web"),
    pytest.mark.xdist_group("browser"),
]


def pages(language: Language) -> dict[str, str]:
    """One of every kind of page, and the agency's report at its worst and emptiest."""
    small, howtos = dossiers.scored(dossiers.small()), dossiers.HOWTOS
    return {
        "agency": agency_html.render(small, "so-khcn", language, howtos=howtos),
        "alarm": agency_html.render(dossiers.alarmed(), "vp", language, howtos=howtos),
        "unreachable": agency_html.render(dossiers.nothing_reachable(), "xa", language, howtos=howtos),
        "province": province_html.render(dossiers.whole_province(), language, howtos=howtos),
        "vendor": vendor_html.render(dossiers.whole_province(), "Công ty A", language, howtos=howtos),
        "slip": slip_html.render(small, "khcn", language),
        "form": form_html.render(small, "so-khcn", language, howtos=howtos),
    }


def written(folder: Path, language: Language) -> list[Path]:
    files = []
    for name, text in pages(language).items():
        file = folder / f"{name}.{language}.html"
        file.write_text(text, encoding="utf-8")
        files.append(file)
    return files


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Browser]:
    with browser.running(tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_page_in_light_or_dark(
    page: browser.Browser, tmp_path: Path, language: Language, scheme: str
) -> None:
    axe = AXE.read_text(encoding="utf-8")
    page.media(prefers_color_scheme=scheme)
    found = {}
    for file in written(tmp_path, language):
        page.open(file)
        page.value("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.value(f"{axe};0")
        found[file.name] = page.value(
            f"axe.run({{runOnly: {RULES}}}).then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))"
        )
    page.media()

    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_kind_of_page_scrolls_sideways_on_a_phone(
    page: browser.Browser, tmp_path: Path, language: Language
) -> None:
    widths = {}
    for file in written(tmp_path, language):
        page.open(file, width=320)
        widths[file.name] = page.value("document.documentElement.scrollWidth")

    assert {name: width for name, width in widths.items() if width > 320} == {}


@pytest.mark.skipif(
    not VALIDATOR.exists(), reason="html-validate is not installed: npm install --prefix tests/web"
)
def test_the_markup_is_valid(tmp_path: Path) -> None:
    shutil.copy(WEB / "htmlvalidate.json", tmp_path / ".htmlvalidate.json")
    files = [str(file) for language in LANGUAGES for file in written(tmp_path, language)]

    said = subprocess.run(
        [str(VALIDATOR), "--formatter=text", *files],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (said.returncode, said.stdout) == (0, "")
