"""How old the tables were: said on the front pages and among the methods, when it matters."""

from dataclasses import replace

import pytest

from reports import agency_html, province_html
from scanner.model.text import Language
from tests.reports_html import dossiers

SAID: dict[tuple[str, Language], str] = {
    ("2026-11-20", "vi"): "",
    ("2026-10-01", "vi"): "Bảng dữ liệu đối chiếu cũ nhất là ngày 01/10/2026",
    ("2026-10-01", "en"): "The oldest reference table is of 01/10/2026",
    ("2026-08-07", "vi"): "Dữ liệu đối chiếu quá cũ: bảng cũ nhất là ngày 07/08/2026",
    ("2026-08-07", "en"): "The reference data is too old: the oldest table is of 07/08/2026",
}


@pytest.mark.parametrize(("day", "language"), SAID)
def test_both_front_pages_say_it(day: str, language: Language) -> None:
    dossier = dossiers.small()
    dossier = replace(dossier, scan=replace(dossier.scan, data_date=day))
    agency = agency_html.render(dossier, "so-khcn", language, howtos=dossiers.HOWTOS)
    province = province_html.render(dossier, language, howtos=dossiers.HOWTOS)

    words = SAID[day, language]
    for text in (agency, province):
        assert (words in text) if words else ("đối chiếu cũ nhất" not in text and "quá cũ" not in text)
    too_old = {"vi": "QUÁ CŨ (trên 90 ngày)", "en": "TOO OLD (over 90 days)"}[language]
    assert (too_old in agency) == (day == "2026-08-07")
