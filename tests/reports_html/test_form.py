"""The official form: the parts an office expects, and a province's own template in its place."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from reports import form_html
from reports.writing import ReportError
from scanner.model.dossier import Dossier
from scanner.model.settings import ReportSettings
from scanner.model.text import LANGUAGES, Language
from tests.reports_html import dossiers
from tests.reports_html.test_agency_report import CASES, words
from tests.reports_html.test_words import VIETNAMESE


def written(dossier: Dossier, agency_id: str = "so-khcn", language: Language = "vi") -> str:
    return form_html.render(dossier, agency_id, language, howtos=dossiers.HOWTOS)


def page_of(dossier: Dossier, agency_id: str = "so-khcn", language: Language = "vi") -> html.HtmlElement:
    return html.document_fromstring(written(dossier, agency_id, language))


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_safe_small_and_readable(name: str, language: Language) -> None:
    make, agency_id = CASES[name]
    text = written(make(), agency_id, language)
    page = html.document_fromstring(text)

    assert unicodedata.is_normalized("NFC", text)
    assert len(text.encode()) < 250_000
    assert not page.xpath("//script | //img | //link | //form | //@style | //@src")
    assert not page.xpath("//table[not(caption)] | //th[not(@scope)]")


def test_it_has_the_nine_parts_in_order() -> None:
    headings = [words(h) for h in page_of(dossiers.small()).xpath("//section/h2")]

    assert [h[:2] for h in headings] == [f"{n}." for n in range(1, 10)]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words(page_of(dossiers.small()))


def test_findings_and_the_demands_add_up() -> None:
    page = page_of(dossiers.small())

    parts = page.xpath("//section[@class='part']")
    assert len(parts[5].xpath(".//tbody/tr")) == 9
    total, *rest = [int(n) for n in parts[6].xpath(".//tbody/tr/td[1]/text()")]
    assert total == sum(rest) > 0
    assert len(parts[7].xpath(".//tbody/tr")) == 4


def test_what_nobody_can_see_from_outside_is_left_open() -> None:
    text = words(page_of(dossiers.small()))

    assert "Không đánh giá: cần hồ sơ và kiểm tra tại chỗ." in text
    assert "vi phạm" not in text.lower()


def test_an_english_form_has_no_vietnamese_words() -> None:
    body = page_of(dossiers.plain_names(), "so-khcn", "en").find("body")
    for law in body.xpath("//section[@class='part'][1]//li | //section[@class='part'][4]"):
        law.getparent().remove(law)

    assert not VIETNAMESE.findall(words(body))


def own(folder: Path, template: str) -> Dossier:
    file = folder / "mau.html.j2"
    file.write_text(template, encoding="utf-8")
    return replace(dossiers.small(), settings=ReportSettings(form=file))


def test_a_province_puts_its_own_template_in_its_place(tmp_path: Path) -> None:
    template = (
        "<!doctype html><html><body><h1>{{ v.report.agency }}</h1>{{ v.findings | length }}</body></html>"
    )

    assert "<h1>Sở Khoa học và Công nghệ tỉnh Mẫu</h1>9<" in written(own(tmp_path, template))


def test_a_template_of_its_own_escapes_too(tmp_path: Path) -> None:
    made = own(tmp_path, "{{ v.report.agency }}")
    bodies = tuple(replace(a, name="<b>x</b>", name_en="") for a in made.inventory.agencies)

    text = written(replace(made, inventory=replace(made.inventory, agencies=bodies)))

    assert text == "&lt;b&gt;x&lt;/b&gt;"


@pytest.mark.parametrize(
    "template",
    [
        "{{ v.nothing_like_it }}",
        "{% if %}",
        "{{ say('no.such.key') }}",
        "{{ v.__class__.__mro__ }}",
        "{% include 'missing' %}",
    ],
)
def test_a_faulty_or_prying_template_is_named(tmp_path: Path, template: str) -> None:
    with pytest.raises(ReportError, match=r"mau\.html\.j2"):
        written(own(tmp_path, template))
