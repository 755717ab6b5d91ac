"""What a contractor's sheet says: all its sites, whichever agency they belong to, and nobody else's."""

import unicodedata
from dataclasses import replace

import pytest
from lxml import html

from reports import vendor_html
from reports.view.vendor import vendors_of
from scanner.model.agency import Site
from scanner.model.dossier import Dossier
from scanner.model.text import LANGUAGES, Language
from tests.reports_html import dossiers
from tests.reports_html.test_agency_report import words
from tests.reports_html.test_words import VIETNAMESE

VENDOR = "Công ty A"


def written(dossier: Dossier, vendor: str = VENDOR, language: Language = "vi") -> str:
    return vendor_html.render(dossier, vendor, language, howtos=dossiers.HOWTOS)


def tree(dossier: Dossier, vendor: str = VENDOR, language: Language = "vi") -> html.HtmlElement:
    return html.document_fromstring(written(dossier, vendor, language))


def test_every_vendor_of_a_visited_site_has_a_sheet_in_the_order_of_the_alphabet() -> None:
    assert vendors_of(dossiers.whole_province()) == ("Công ty A", "Trung tâm Công nghệ số tỉnh Mẫu")


def test_a_vendor_of_sites_nobody_visited_has_none() -> None:
    dossier = dossiers.small()

    assert vendors_of(replace(dossier, rulings={})) == ()


def test_it_names_the_sites_of_all_agencies_and_no_other() -> None:
    dossier = dossiers.whole_province()
    page = tree(dossier)

    mine = {s.agency_id for s in dossier.inventory.sites if s.vendor == VENDOR}
    hosts = [words(cell) for cell in page.xpath("//section[@class='trend']//tbody/tr/th")]
    assert len(hosts) == 2 * len(mine)
    assert len(mine) > 1
    assert not any("a01" in host for host in hosts)


def test_its_jobs_close_every_open_finding() -> None:
    page = tree(dossiers.whole_province())

    closes = [int(n) for n in page.xpath("//section[@id='work']//tbody/tr/td[5]/text()")]
    total = int(page.xpath("//section[@class='trend']//tfoot/tr/td[4]/text()")[0])
    opened = [int(n) for n in page.xpath("//section[@class='trend']//tbody/tr/td[4]/text()")]
    assert sum(closes) == sum(opened) == total > 0
    assert f"đóng đủ {total} phát hiện" in words(page.xpath("//p[@class='lead']")[0])


def test_sites_point_to_the_jobs_that_touch_them() -> None:
    page = tree(dossiers.small())

    jobs = page.xpath("//section[@class='trend']//tbody/tr/td[3]/text()")
    assert jobs == ["1, 2, 3, 4"]
    assert len(page.xpath("//article[@class='card']")) == 4


def test_nothing_to_repair_is_said_with_thanks_only_when_something_was_seen() -> None:
    good, blind = dossiers.one_site_good(), dossiers.nothing_reachable()

    assert "Xin cảm ơn" in words(tree(_run_by(good, VENDOR)).xpath("//p[@class='lead']")[0])
    assert "Chưa kết luận được" in words(tree(_run_by(blind, VENDOR)).xpath("//p[@class='lead']")[0])


def _run_by(dossier: Dossier, vendor: str) -> Dossier:
    sites = tuple(replace(site, vendor=vendor) for site in dossier.inventory.sites)
    return replace(dossier, inventory=replace(dossier.inventory, sites=sites))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["small", "province", "hostile"])
def test_it_is_safe_small_and_readable(name: str, language: Language) -> None:
    dossier = {
        "small": dossiers.small,
        "province": dossiers.whole_province,
        "hostile": dossiers.hostile,
    }[name]()
    for vendor in vendors_of(dossier):
        text = written(dossier, vendor, language)
        page = html.document_fromstring(text)

        assert unicodedata.is_normalized("NFC", text)
        assert len(text.encode()) < 150_000
        assert not page.xpath("//script | //img | //link | //form | //@style | //@src")
        assert all(href.startswith("#") for href in page.xpath("//@href"))
        assert not page.xpath("//table[not(caption)] | //th[not(@scope)]")
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))


def test_an_english_sheet_has_no_vietnamese_words() -> None:
    page = tree(dossiers.plain_names(), "Company A", "en")

    assert not VIETNAMESE.findall(words(page.find("body")))


def test_a_contractor_of_a_whole_province_still_fits_a_mail() -> None:
    sites = tuple(Site(f"s{n}", "xa", f"https://s{n}.mau.example/", vendor=VENDOR) for n in range(300))
    rows = [dossiers.faulty(site.id) for site in sites]
    body = dossiers.agency("xa", "UBND xã Mẫu Giang")
    large = dossiers.make_dossier((body,), sites, rows, [dossiers.visit(s.id, {}) for s in sites], {})

    text = written(large)

    assert len(text.encode()) < 400_000
    assert "Và 237 dòng nữa, có đủ trong tệp CSV và JSON." in text
