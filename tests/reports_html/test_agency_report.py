"""What an agency's report says, and that nothing from the wire can say anything else."""

import base64
import hashlib
import os
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from reports import agency_html
from scanner.model.agency import Province
from scanner.model.finding import Trend, Verdict
from scanner.model.ruling import Score
from scanner.model.settings import ReportSettings
from scanner.model.text import LANGUAGES, Language
from tests.reports_html import dossiers
from tests.reports_html.test_words import VIETNAMESE

GOLDEN = Path(__file__).parent.parent / "golden"
CASES = {
    "small": (dossiers.small, "so-khcn"),
    "good": (dossiers.one_site_good, "so-y-te"),
    "unreachable": (dossiers.nothing_reachable, "xa"),
    "forty": (dossiers.forty_sites, "vp"),
    "hostile": (dossiers.hostile, "a"),
    "alarm": (dossiers.alarmed, "vp"),
}
every_case = pytest.mark.parametrize("name", CASES)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def written(name: str, language: Language = "vi") -> str:
    make, agency_id = CASES[name]
    return agency_html.render(make(), agency_id, language, howtos=dossiers.HOWTOS)


def tree(name: str, language: Language = "vi") -> html.HtmlElement:
    return html.document_fromstring(written(name, language))


def words(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


@every_case
@every_language
def test_no_script_no_style_attribute_no_remote_asset(name: str, language: Language) -> None:
    page = tree(name, language)

    assert not page.xpath("//script | //img | //iframe | //link | //object | //base | //form | //a[@target]")
    assert not page.xpath("//@style | //@src | //@srcset | //@*[starts-with(name(), 'on')]")
    assert len(page.xpath("//style")) == 1
    assert all(href.startswith("#") for href in page.xpath("//@href"))


@every_language
def test_hostile_text_adds_no_element_and_no_attribute(language: Language) -> None:
    def shapes(page: html.HtmlElement) -> set[tuple[str, tuple[str, ...]]]:
        return {(str(e.tag), tuple(sorted(e.attrib))) for e in page.iter() if isinstance(e.tag, str)}

    assert shapes(tree("hostile", language)) <= shapes(tree("small", language)) | shapes(
        tree("alarm", language)
    )


def test_hostile_text_is_shown_and_not_obeyed() -> None:
    text = words(tree("hostile"))

    assert "<script>alert(1)</script>" in text
    assert "{{7*7}}" in text
    assert "\\u{202e}gnp.exe" in text
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)


@every_case
@every_language
def test_the_policy_names_exactly_our_style(name: str, language: Language) -> None:
    page = tree(name, language)

    policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    style = page.xpath("string(//style)")

    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")


@every_case
@every_language
def test_the_text_is_nfc_and_the_file_small(name: str, language: Language) -> None:
    text = written(name, language)

    assert unicodedata.is_normalized("NFC", text)
    assert len(text.encode()) < (250_000 if name in {"forty", "alarm"} else 100_000)


@every_case
@every_language
def test_it_can_be_read_without_eyes(name: str, language: Language) -> None:
    page = tree(name, language)

    ids = page.xpath("//@id")
    assert page.get("lang") == language
    assert len(page.xpath("//h1")) == len(page.xpath("//main")) == 1
    assert len(ids) == len(set(ids))
    assert set(page.xpath("//@aria-labelledby")) <= {*ids, "chart-t chart-d"}
    assert all(href.removeprefix("#") in ids for href in page.xpath("//@href"))
    assert not page.xpath("//table[not(caption)] | //th[not(@scope)]")
    assert not page.xpath("//svg[not(@aria-hidden) and not(@role='img')]")
    levels = [int(h.tag[1]) for h in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@every_case
def test_every_table_that_has_a_sum_adds_up(name: str) -> None:
    for table in tree(name).xpath("//table[tfoot]"):
        feet = table.xpath("./tfoot/tr/*")
        for place, foot in enumerate(feet):
            if foot.get("class") == "n":
                column = [row.xpath("./*")[place].text_content() for row in table.xpath("./tbody/tr")]
                numbers = [int(n.replace(".", "").replace("\N{MINUS SIGN}", "-")) for n in column]
                assert sum(numbers) == int(foot.text_content().replace(".", "")), words(table)


def test_the_sites_table_counts_every_ruling() -> None:
    page = tree("small")

    feet = [cell.text_content() for cell in page.xpath("//section[@id='sites']//tfoot//td[@class='n']")]

    assert feet == ["9", "10", "1", "2", "2", "24"]


def test_page_one_and_the_list_of_work_agree() -> None:
    page = tree("small")

    front = words(page.xpath("//div[contains(@class, 'front')]")[0])
    assert "12 trên 22 phép kiểm tra có kết quả" in front
    assert "54%" in front
    assert "Còn 9 phát hiện, trong đó 2 quá hạn" in front
    assert "2 đã khắc phục, 2 mới, 2 tái phát" in front
    assert "sẽ đóng 7 trên 9 phát hiện" in front
    assert "4 việc đóng đủ 9 phát hiện" in words(page.xpath("//section[@id='work']")[0])


def test_orders_say_who_by_when_and_how_much() -> None:
    order = words(tree("small").xpath("//section[@class='orders']//li")[0])

    assert "Thay Joomla bằng bản còn hỗ trợ (Trang chính, Hỏi đáp)" in order
    assert "Giao cho Công ty A; Trung tâm Công nghệ số tỉnh Mẫu" in order
    assert "22/07/2026 (quá hạn 123 ngày)" in order
    assert "10 đến 15 ngày" in order


def test_steps_are_for_the_servers_that_were_seen() -> None:
    card = tree("small").xpath("//article[@id='job-3']")[0]

    headings = [h.text_content() for h in card.xpath(".//div[@class='cols']//h4")]

    assert headings[:2] == ["Các bước: Apache 2.4.29", "Các bước: nginx 1.30"]
    assert "# iis" not in words(card)


def test_one_repair_closes_many() -> None:
    card = words(tree("small").xpath("//article[@id='job-3']")[0])

    assert "http.hsts-missing" in card
    assert "http.nosniff-missing" in card


def test_a_specific_sentence_has_its_values_and_its_day() -> None:
    assert "Joomla 3.4, hết hỗ trợ từ 17/08/2023." in words(tree("small"))
    assert "Joomla 3.4, out of support since 17/08/2023." in words(tree("small", "en"))


def test_proof_is_quoted_verbatim_with_its_time_and_command() -> None:
    card = tree("small").xpath("//article[@id='job-1']")[0]

    assert card.xpath(".//div[@class='shown']/pre/code")[0].text == "Server: Apache/2.4.29 (Ubuntu)"
    assert "xem lúc 08:12 22/11/2026" in words(card)
    assert "curl -sI https://sokhcn.mau.example/" in words(card)


def test_a_hostile_address_cannot_leave_the_quotes_of_the_command() -> None:
    commands = [c for c in tree("hostile").xpath("//pre/code/text()") if c.startswith("curl")]

    assert commands
    assert all(c.startswith("curl -sI 'https://x.example/") for c in commands)


def test_a_lapsed_waiver_is_open_and_says_so() -> None:
    page = tree("small")

    assert "đã hết hạn ngày 01/10/2026; phát hiện này mở lại" in words(
        page.xpath("//article[@id='job-4']")[0]
    )
    assert "đã hết hạn, phát hiện mở lại" in words(page.xpath("//section[@id='waivers']")[0])


def test_a_waived_finding_stays_visible_with_its_end() -> None:
    waivers = words(tree("small").xpath("//section[@id='waivers']")[0])

    assert "http.nosniff-missing" in waivers
    assert "31/12/2026" in waivers
    assert "còn 39 ngày" in waivers


def test_clauses_are_worded_as_strongly_as_they_bind() -> None:
    page = tree("small")

    law = words(page.xpath("//section[@id='clauses']")[0])
    assert "Chưa đáp ứng yêu cầu được viện dẫn" in law
    assert "Chưa đáp ứng khuyến nghị" in law
    assert "bắt buộc; cần đối chiếu hiệu lực" in law
    assert "1 đạt, 1 chưa đạt, 0 chưa kết luận, 1 không đánh giá" in law
    assert "Số văn bản:" in law
    assert "vi phạm" not in words(page).lower()


def test_places_in_law_are_translated() -> None:
    assert "Article 18" in words(tree("small", "en").xpath("//section[@id='clauses']")[0])


def test_holes_give_reason_and_remedy() -> None:
    holes = words(tree("small").xpath("//section[@id='holes']")[0])

    assert "Mọi phép kiểm tra của trang này" in holes
    assert "Hết thời gian chờ" in holes
    assert "Bị tường lửa chặn" in holes
    assert "Cho phép địa chỉ quét trên tường lửa" in holes


def test_a_crash_of_ours_is_no_fault_of_the_agency() -> None:
    dossier = dossiers.one_site_good()
    first, *rest = dossier.rulings["yte"].rulings
    crashed = replace(first, finding=replace(first.finding, verdict=Verdict.ERROR, why="KeyError: 'x'"))
    rulings = {"yte": dossiers.site_rulings("yte", (crashed, *rest))}

    text = agency_html.render(replace(dossier, rulings=rulings), "so-y-te", "vi", howtos={})

    assert "Lỗi của phần mềm rà soát" in text
    assert "KeyError" not in text


def test_nothing_found_is_said_with_thanks() -> None:
    front = words(tree("good").xpath("//div[contains(@class, 'front')]")[0])

    assert "Không có việc cần giao" in front
    assert "Xin cảm ơn" in front
    assert "Lần đầu" in front
    assert not tree("good").xpath("//article")


def test_nothing_seen_is_never_green() -> None:
    page = tree("unreachable")

    front = words(page.xpath("//div[contains(@class, 'front')]")[0])
    assert "Chưa chấm điểm" in front
    assert "Chưa kết luận được" in front
    assert "Xin cảm ơn" not in front
    assert "0 trên 24 phép kiểm tra có kết quả" in front
    assert not page.xpath("//div[@class='letter']")


def test_the_red_box_is_for_a_suspected_compromise_only() -> None:
    assert not tree("small").xpath("//section[@class='alarm']")

    alarm = words(tree("alarm").xpath("//section[@class='alarm']")[0])

    assert alarm.startswith("Nghi ngờ bị xâm nhập: Trang phòng 1, Trang phòng 2, Trang phòng 3")
    assert "0900 000 000" in alarm
    assert "Đừng chỉ xóa trang lạ" in alarm


def test_without_an_incident_phone_the_unit_is_to_be_told() -> None:
    dossier = dossiers.alarmed()
    inventory = replace(dossier.inventory, province=Province("Mẫu"))

    text = agency_html.render(replace(dossier, inventory=inventory), "vp", "vi", howtos=dossiers.HOWTOS)

    assert "Báo ngay cho đơn vị chuyên trách an ninh mạng của tỉnh" in text
    assert "Đơn vị chuyên trách an ninh mạng Mẫu" in text


def test_a_chart_needs_four_scans_and_has_its_table() -> None:
    assert tree("small").xpath("//section[@id='history']//svg[@role='img']")
    assert not tree("good").xpath("//section[@id='history']//svg[@role='img']")
    assert len(tree("small").xpath("//section[@id='history']//tbody/tr")) == 5


def test_the_expected_score_is_computed_by_the_rules_of_the_house() -> None:
    dossier = dossiers.scored(dossiers.small())

    text = agency_html.render(dossier, "so-khcn", "vi", howtos=dossiers.HOWTOS)

    assert re.search(r"Điểm dự kiến sau đó: \d+, hạng [A-F]", text)
    assert "Phép tính của từng trang" in text


def test_a_score_by_other_rules_is_not_argued_with() -> None:
    dossier = replace(dossiers.small(), scores={"so-khcn": Score(7, "F", 12, 22)})

    text = agency_html.render(dossier, "so-khcn", "vi", howtos=dossiers.HOWTOS)

    assert "Điểm dự kiến" not in text
    assert "Phép tính của từng trang" not in text


def test_an_own_marking_stands_on_every_page() -> None:
    dossier = replace(dossiers.small(), settings=ReportSettings(marking='MẬT "1"'))

    page = html.document_fromstring(agency_html.render(dossier, "so-khcn", "en", howtos=dossiers.HOWTOS))

    assert page.xpath("string(//span[@class='mark'])") == 'MẬT "1"'
    assert "MẬT \\22 1\\22 " in page.xpath("string(//style)")


def test_a_check_whose_pack_is_gone_keeps_its_findings() -> None:
    dossier = replace(dossiers.small(), checks={})

    text = agency_html.render(dossier, "so-khcn", "vi", howtos=dossiers.HOWTOS)

    assert "cms.joomla-unsupported" in text


def test_an_english_report_has_no_vietnamese_words() -> None:
    page = html.document_fromstring(
        agency_html.render(dossiers.plain_names(), "so-khcn", "en", howtos=dossiers.HOWTOS)
    )

    assert not VIETNAMESE.findall(words(page.find("body")))


def test_labels_for_the_phone_are_in_the_language_too() -> None:
    page = html.document_fromstring(
        agency_html.render(dossiers.plain_names(), "so-khcn", "en", howtos=dossiers.HOWTOS)
    )

    assert not VIETNAMESE.search(" ".join(page.xpath("//@data-l | //@aria-label")))


@every_case
def test_the_two_languages_have_the_same_frame(name: str) -> None:
    def frame(page: html.HtmlElement) -> Counter[str]:
        return Counter(str(e.tag) for e in page.iter())

    assert frame(tree(name, "vi")) == frame(tree(name, "en"))


@every_language
def test_the_small_report_is_the_golden_one(language: Language, request: pytest.FixtureRequest) -> None:
    golden(GOLDEN / f"agency.{language}.html", written("small", language), request)


def golden(file: Path, text: str, request: pytest.FixtureRequest) -> None:
    """Compare with the stored file; `RASOAT_ACCEPT_GOLDEN=1` writes it, and the diff is to be read."""
    if os.environ.get("RASOAT_ACCEPT_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8"), f"{request.node.name}: read the diff, then accept it"


def test_a_finding_that_passed_once_is_awaiting_and_not_lost_from_sight() -> None:
    dossier = dossiers.small()
    row = dossiers.ruling("khcn", "cookies.session-insecure", Verdict.PASS, trend=Trend.LOST_SIGHT)
    assert row.change
    row = replace(row, change=replace(row.change, passes=1))
    own = dossiers.site_rulings("khcn", (*dossier.rulings["khcn"].rulings, row))
    text = agency_html.render(
        replace(dossier, rulings={**dossier.rulings, "khcn": own}), "so-khcn", "vi", howtos=dossiers.HOWTOS
    )

    assert "1 phát hiện lần này đã đạt; đạt thêm một lần nữa" in text
    assert "chưa xác minh lại được" not in text


def test_a_demand_no_check_answers_is_undecided_and_never_met() -> None:
    dossier = replace(dossiers.small(), unanswered=(replace(dossiers.DOSSIER_PAPER, clause="Điều 19"),))
    page = html.document_fromstring(agency_html.render(dossier, "so-khcn", "vi", howtos=dossiers.HOWTOS))

    section = words(page.xpath("//section[@id='clauses']")[0])
    assert "Chưa có phép kiểm tra" in section
    assert "1 đạt, 1 chưa đạt, 1 chưa kết luận, 1 không đánh giá" in section


def test_the_public_grade_is_shown_with_its_arithmetic_and_is_no_verdict() -> None:
    section = words(tree("small").xpath("//section[@id='yardsticks']")[0])

    assert "Chỉ để tham khảo" in section
    assert "B+ (80) 80 15 không, vì chưa đạt 90" in section
    assert "2/4; chưa đạt: CSP; chưa rõ: HSTS" in section
    assert "max-age ít nhất 365 ngày" in section
    assert "http.hsts-short" in section


def test_only_the_chosen_yardsticks_are_shown() -> None:
    def written_for(*profiles: str) -> str:
        dossier = dossiers.small()
        chosen = replace(dossier, settings=replace(dossier.settings, profiles=profiles))
        return agency_html.render(chosen, "so-khcn", "en", howtos=dossiers.HOWTOS)

    assert '<th scope="col">Internet.nl</th>' in written_for("internet.nl")
    assert '<th scope="col">Observatory</th>' not in written_for("internet.nl")
    assert "yardsticks" not in written_for()
