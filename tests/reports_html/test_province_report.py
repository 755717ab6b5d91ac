"""What the overview for the province says, and that its numbers agree with the agencies' reports."""

import unicodedata
from dataclasses import replace

import pytest
from lxml import html

from reports import province_html
from scanner.model.dossier import Dossier
from scanner.model.text import LANGUAGES, Language
from tests.reports_html import dossiers
from tests.reports_html.test_agency_report import GOLDEN, golden, words
from tests.reports_html.test_words import VIETNAMESE

CASES = {
    "small": dossiers.small,
    "good": dossiers.one_site_good,
    "unreachable": dossiers.nothing_reachable,
    "hostile": dossiers.hostile,
    "alarm": dossiers.alarmed,
    "province": dossiers.whole_province,
}
every_case = pytest.mark.parametrize("name", CASES)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def written(dossier: Dossier, language: Language = "vi") -> str:
    return province_html.render(dossier, language, howtos=dossiers.HOWTOS)


def tree(name: str, language: Language = "vi") -> html.HtmlElement:
    return html.document_fromstring(written(CASES[name](), language))


@every_case
@every_language
def test_it_is_safe_small_and_readable(name: str, language: Language) -> None:
    text = written(CASES[name](), language)
    page = html.document_fromstring(text)

    assert unicodedata.is_normalized("NFC", text)
    assert len(text.encode()) < 150_000
    assert not page.xpath(
        "//script | //img | //link | //form | //@style | //@src | //@*[starts-with(name(), 'on')]"
    )
    assert all(href.startswith("#") for href in page.xpath("//@href"))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert not page.xpath("//table[not(caption)] | //th[not(@scope)]")


@every_language
def test_hostile_text_adds_no_element_and_no_attribute(language: Language) -> None:
    def shapes(page: html.HtmlElement) -> set[tuple[str, tuple[str, ...]]]:
        return {(str(e.tag), tuple(sorted(e.attrib))) for e in page.iter() if isinstance(e.tag, str)}

    known = shapes(tree("province", language)) | shapes(tree("small", language))
    assert shapes(tree("hostile", language)) <= known


@every_case
def test_the_heat_table_adds_up_both_ways(name: str) -> None:
    table = tree(name).xpath("//table[@class='heat']")[0]

    topics = len(table.xpath("./thead/tr/th")) - 6
    rows = [[cell_number(cell) for cell in row.xpath("./td")[4:]] for row in table.xpath("./tbody/tr")]
    feet = [int(cell.text_content()) for cell in table.xpath("./tfoot/tr/td")[4:]]

    assert all(sum(row[:topics]) == row[topics] for row in rows)
    assert [sum(column) for column in zip(*rows, strict=True)] == feet


def cell_number(cell: html.HtmlElement) -> int:
    shown = cell.xpath("string(./text()[last()])").strip()
    return int(shown) if shown.isdigit() else 0


def test_rows_go_from_withheld_and_low_to_high() -> None:
    rows = tree("province").xpath("//table[@class='heat']/tbody/tr")

    points = [row.xpath("string(./td[2])") for row in rows]

    assert points[0] == "–"
    assert points[1:] == sorted(points[1:], key=int)


def test_a_topic_nobody_could_look_at_is_a_question_mark_and_never_a_zero() -> None:
    cells = tree("unreachable").xpath("//td[contains(@class, 't ')]")

    assert cells
    assert all(cell.get("class") == "t h-unk" for cell in cells)


def test_a_zero_and_a_dash_differ() -> None:
    dossier = dossiers.small()
    rulings = {
        **dossier.rulings,
        "yte": dossiers.site_rulings("yte", dossier.rulings["khcn"].rulings[5:6]),
    }

    page = html.document_fromstring(written(replace(dossier, rulings=rulings)))

    row = page.xpath("//table[@class='heat']/tbody/tr[th='Sở Y tế']")[0]
    assert {cell.xpath("string(./text()[last()])") for cell in row.xpath("./td")[4:-1]} == {"–"}


def test_grades_are_counted() -> None:
    assert "A 4, B 5, C 5, D 4, E 5, chưa chấm 1" in words(
        tree("province").xpath("//section[@id='heat']/p")[0]
    )


def test_figures_agree_with_the_tables_below() -> None:
    page = tree("small")

    numbers = dict(
        zip(
            page.xpath("//dl[@class='nums']//dt/text()"),
            page.xpath("//dl[@class='nums']//dd/text()"),
            strict=True,
        )
    )

    assert numbers == {
        "Mới": "2",
        "Đã khắc phục": "2",
        "Tái phát": "2",
        "Quá hạn": "2",
        "Kiểm tra được": "66%",
    }
    changes = words(page.xpath("//section[@id='changes']")[0])
    for heading in ("Quá hạn: 2", "Mới phát hiện: 2", "Tái phát: 2", "Đã khắc phục: 2"):
        assert heading in changes


def test_decisions_name_the_job_that_helps_most_agencies_first() -> None:
    first, *rest = tree("province").xpath("//section[@class='orders']//li")

    assert "32 trang của 24 cơ quan, đóng 32 phát hiện." in words(first)
    assert any("không xem được" in words(item) for item in rest)


def test_a_suspected_compromise_is_decided_first() -> None:
    page = tree("alarm")

    assert words(page.xpath("//section[@class='orders']//li")[0]).startswith("Xác minh nghi ngờ bị xâm nhập")
    assert "3 trang nghi bị xâm nhập" in words(page.xpath("//p[@class='lead']")[0])


def test_nothing_to_decide_is_said() -> None:
    front = words(tree("good").xpath("//div[@class='front']")[0])

    assert "Không có điều nào cần quyết định lúc này." in front
    assert "Lần rà soát đầu tiên: 0 phát hiện còn mở." in front


def test_the_lead_says_better_worse_or_even() -> None:
    dossier = dossiers.small()

    def lead(before: int) -> str:
        past = {"so-khcn": (dossiers.past(40, "D", before, 1),)}
        return words(
            html.document_fromstring(written(replace(dossier, past=past))).xpath("//p[@class='lead']")[0]
        )

    assert "giảm từ 12 xuống 9" in lead(12)
    assert "tăng từ 3 lên 9" in lead(3)
    assert "Không đổi" in lead(9)


def test_vendors_are_in_vietnamese_order_and_those_without_last() -> None:
    table = tree("province").xpath("//section[@id='vendors']//table")[0]

    names = table.xpath("./tbody/tr/th/text()")

    assert names == ["Công ty A", "Trung tâm Công nghệ số tỉnh Mẫu", "chưa ghi trong danh mục"]


def test_shared_servers_serve_two_sites_or_more() -> None:
    table = tree("province").xpath("//section[@id='vendors']//table")[1]

    sites = [int(n) for n in table.xpath("./tbody/tr/td[2]/text()")]

    assert sites
    assert min(sites) > 1


def test_software_and_its_end_of_support_are_listed() -> None:
    text = words(tree("province").xpath("//section[@id='software']")[0])

    assert "Joomla 3.4" in text
    assert "Joomla đã hết hỗ trợ" in text


def test_sites_not_reached_have_a_reason() -> None:
    text = words(tree("unreachable").xpath("//section[@id='unseen']")[0])

    assert "Hết thời gian chờ" in text
    assert "Không phân giải được tên miền" in text
    assert "Bị tường lửa chặn" in text


def test_a_degraded_run_is_told() -> None:
    health = words(tree("unreachable").xpath("//section[@id='health']")[0])

    assert "quá nhiều trang cùng không xem được" in health


def test_a_long_list_is_cut_and_says_so() -> None:
    text = words(tree("province").xpath("//section[@id='changes']")[0])

    assert "dòng nữa, có đủ trong tệp CSV và JSON." in text


def test_an_english_overview_has_no_vietnamese_words() -> None:
    page = html.document_fromstring(written(dossiers.plain_names(), "en"))

    assert not VIETNAMESE.findall(words(page.find("body")))


@every_language
def test_the_small_overview_is_the_golden_one(language: Language, request: pytest.FixtureRequest) -> None:
    golden(GOLDEN / f"province.{language}.html", written(dossiers.small(), language), request)
