"""Who is behind a page, and names that are out of date."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.identify.imprint import imprint_of
from scanner.identify.stale import Names, names_of
from scanner.model.evidence import Evidence, Missing, Target
from scanner.parse.html import summarise
from scanner.samples import chain, fetched, response, sample_reference, silence

NEWS = (
    "<p>" + "Sáng nay, hội nghị tổng kết diễn ra tại hội trường với nhiều nội dung quan trọng. " * 6 + "</p>"
)
URL = "https://so.example/"
FOOTERS = [
    (
        "CỔNG THÔNG TIN ĐIỆN TỬ SỞ Y TẾ. Giấy phép số 01. Người chịu trách nhiệm: ông A. ĐT: (0220) 3.853.123",
        {"agency", "editor", "contact"},
    ),
    ("Uy ban nhan dan xa Binh Mau - Email: ubndxa@mau.gov.vn", {"agency", "contact"}),
    ("Trưởng Ban biên tập: bà B. Hotline 0912345678", {"editor", "contact"}),
    ("Đầu mối tiếp nhận sự cố an toàn thông tin: attt@mau.gov.vn", {"contact", "incident"}),
    ("Báo cáo sự cố ATTT: 0220 3853 123", {"incident"}),
    ("Báo lỗ hổng bảo mật tới ungcuu[at]mau.gov.vn", {"contact", "incident"}),
    ('<a href="tel:02203853123">Gọi</a>', {"contact"}),
    ("Thiết kế bởi ABC", set()),
]


@pytest.mark.parametrize(("footer", "parts"), FOOTERS)
def test_a_footer_tells_what_it_holds(footer: str, parts: set[str]) -> None:
    html = summarise(f"<title>Trang chủ</title>{NEWS}<footer>{footer}</footer>".encode(), base_url=URL)
    imprint = imprint_of(html)

    assert {p for p in ("agency", "editor", "contact", "incident") if getattr(imprint, p)} == parts


def test_news_about_an_incident_is_no_contact() -> None:
    news = "<p>Diễn tập ứng cứu sự cố an ninh mạng tại tỉnh. Liên hệ phòng vé 0912345678.</p>"
    html = summarise(f"{NEWS}{news}{NEWS}".encode(), base_url=URL)

    assert imprint_of(html).incident == ""


def test_a_page_without_words_says_nothing() -> None:
    assert imprint_of(summarise(b"<div id=app></div>", base_url=URL)).is_silent


@given(st.text(max_size=3_000))
def test_any_text_is_read(text: str) -> None:
    imprint_of(summarise(f"<p>{text}</p>".encode("utf-8", "replace"), base_url=URL))


def named(footer: str, day: datetime) -> tuple[str, ...]:
    page = chain("https", (URL, response(html=f"<title>Trang</title>{NEWS}<footer>{footer}</footer>")))
    read = names_of(Evidence("s", Target("so.example"), day, http=fetched(page)), sample_reference())
    assert isinstance(read, Names)
    return tuple(f"{stale.former} → {stale.now}" for stale in read.stale)


AFTER, BEFORE = datetime(2026, 11, 24, tzinfo=UTC), datetime(2025, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("footer", "found"),
    [
        ("Sở Y tế tỉnh Hải Dương", ("Hải Dương → Hải Phòng",)),
        ("SỞ NỘI VỤ TỈNH BÀ RỊA - VŨNG TÀU", ("Bà Rịa - Vũng Tàu → Thành phố Hồ Chí Minh",)),
        ("UBND xã A, huyện B, tỉnh Yên Bái nay là tỉnh Lào Cai", ()),
        ("Sở Y tế tỉnh Quảng Nam (cũ)", ()),
        ("Trước đây là tỉnh Hà Nam", ()),
        ("UBND tỉnh Ninh Bình", ()),
        ("Đường Thái Bình, phường Mẫu", ()),
    ],
)
def test_names_of_former_provinces_are_told(footer: str, found: tuple[str, ...]) -> None:
    assert named(footer, AFTER) == found


def test_a_district_is_told_and_nothing_before_the_mergers() -> None:
    assert named("Bản quyền: Ủy ban nhân dân huyện Bình Mẫu", AFTER)[0].endswith(" → ")
    assert named("UBND huyện Bình Mẫu, tỉnh Hải Dương", BEFORE) == ()


def test_a_page_that_did_not_come_tells_no_name() -> None:
    evidence = Evidence("s", Target("so.example"), AFTER, http=fetched(chain("https", (URL, silence()))))

    assert isinstance(names_of(evidence, sample_reference()), Missing)
    assert replace(evidence, before=None) == evidence


def test_all_29_former_provinces_are_in_the_table() -> None:
    pairs = sample_reference().mergers.pairs

    assert len(pairs) == len({former for former, _now in pairs}) == 29
    assert len({now for _former, now in pairs}) == 23
