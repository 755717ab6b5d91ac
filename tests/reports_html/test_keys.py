"""Keys that servers share, as the overview and the reports of the agencies concerned tell them."""

from dataclasses import replace

import pytest
from lxml import html

from reports import agency_html, province_html
from scanner.model.dossier import Dossier
from scanner.model.shared_key import SharedKey
from scanner.model.text import LANGUAGES, Language
from tests.reports_html import dossiers


def sharing(*ssl2_on: str) -> Dossier:
    """A province in which the first sites of two agencies share a key."""
    dossier = dossiers.whole_province(3)
    first, second = dossier.agencies()[:2]
    sites = (dossier.sites_of(first.id)[0].id, dossier.sites_of(second.id)[0].id)
    key = SharedKey(
        "ab" * 32, "RSA", "CN=<b>localhost</b>", sites, (first.id, second.id), ssl2_on and sites[:1]
    )
    return replace(dossier, shared_keys=(key,))


def section(text: str) -> str:
    found = html.document_fromstring(text).xpath("//section[@id='keys']")
    return str(found[0].text_content()) if found else ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_and_both_agencies_tell_it_and_nobody_else(language: Language) -> None:
    dossier = sharing()
    first, second, third = dossier.agencies()[:3]

    overview = section(province_html.render(dossier, language, howtos=dossiers.HOWTOS))
    told = [
        section(agency_html.render(dossier, a.id, language, howtos=dossiers.HOWTOS)) for a in (first, second)
    ]

    assert "abababababababab" in overview
    assert all("abababababababab" in text for text in told)
    assert section(agency_html.render(dossier, third.id, language, howtos=dossiers.HOWTOS)) == ""
    assert "SSLv2" not in overview


@pytest.mark.parametrize("language", LANGUAGES)
def test_drown_says_where_ssl2_has_to_go(language: Language) -> None:
    text = section(province_html.render(sharing("yes"), language, howtos=dossiers.HOWTOS))

    assert "SSLv2" in text
    assert "DROWN" in text


def test_without_such_keys_there_is_no_section() -> None:
    assert section(province_html.render(dossiers.whole_province(3), "vi", howtos=dossiers.HOWTOS)) == ""
