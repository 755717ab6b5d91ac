import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.parse.vietnamese import fold, slug, sort_key, tidy


@pytest.mark.parametrize(
    "words", ["Địa chỉ website", "ĐỊA  CHỈ\u00a0WEBSITE", "dia chi website", "Địa chỉ\u200b website\ufeff"]
)
def test_headings_are_equal_however_they_are_typed(words: str) -> None:
    assert fold(unicodedata.normalize("NFD", words)) == "dia chi website"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Sở Y tế", "so-y-te"), ("UBND xã Đông Hưng (mới)", "ubnd-xa-dong-hung-moi"), ("漢字", ""), ("-", "")],
)
def test_an_id_is_made_of_plain_letters(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_lists_follow_the_vietnamese_alphabet() -> None:
    ordered = [
        "An",
        "Ăn",
        "Ân",
        "Ba",
        "Bà",
        "Bả",
        "Bã",
        "Bá",
        "Bạ",
        "Bạc",
        "Da",
        "Đa",
        "Em",
        "Êm",
        "Ong",
        "Ông",
        "Ơn",
        "Uy",
        "Ưu",
    ]

    assert sorted(ordered, key=sort_key) == ordered


def test_digits_and_signs_come_before_letters() -> None:
    assert sorted(["Xã A", "1 Sở", "(Sở)"], key=sort_key) == ["(Sở)", "1 Sở", "Xã A"]


@given(st.text())
def test_tidy_words_are_nfc_on_one_line_and_stay_so(words: str) -> None:
    once = tidy(words)

    assert unicodedata.is_normalized("NFC", once)
    assert "\n" not in once
    assert tidy(once) == once


@given(st.text())
def test_an_id_made_again_is_the_same(words: str) -> None:
    assert slug(slug(words)) == slug(words)


@given(st.lists(st.text(max_size=4)))
def test_any_words_can_be_sorted(words: list[str]) -> None:
    sorted(words, key=sort_key)
