"""The text pipe keeps people and parsers safe from bytes of the wire."""

import csv
import io
import re
import unicodedata

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from reports.clean import clean, csv_cell, file_name, one_line, xml_text

ANY = st.text(st.characters(), max_size=80)  # lone surrogates included


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("Sở Y tế", "Sở Y tế"),
        (unicodedata.normalize("NFD", "Sở Y tế"), "Sở Y tế"),
        ("a\x00b", "a\\u{0}b"),
        ("a\x1b[31m", "a\\u{1b}[31m"),
        ("a\x85b", "a\\u{85}b"),
        ("moc.\u202eelpmaxe", "moc.\\u{202e}elpmaxe"),
        ("a\u2066b\u2069", "a\\u{2066}b\\u{2069}"),
        ("a\u200bb\ufeff", "a\\u{200b}b\\u{feff}"),
        ("a\ud800b", "a\\u{d800}b"),
        ("a\ufffeb\uffff", "a\\u{fffe}b\\u{ffff}"),
        ("a\U0001fffeb\ufdd0", "a\\u{1fffe}b\\u{fdd0}"),
        ("a\nb\tc", "a\\u{a}b\\u{9}c"),
        ("{{7*7}} %s <b>", "{{7*7}} %s <b>"),
    ],
)
def test_what_cannot_be_seen_becomes_visible(raw: str, seen: str) -> None:
    assert clean(raw) == seen


def test_line_feeds_and_tabs_stay_only_when_asked() -> None:
    assert clean("a\n\tb\r", keep="\n\t") == "a\n\tb\\u{d}"


def test_long_text_is_cut_with_a_mark_within_the_limit() -> None:
    assert clean("x" * 50, 20) == "x" * 16 + " […]"


def test_text_of_exactly_the_limit_is_whole() -> None:
    assert clean("x" * 20, 20) == "x" * 20


def test_a_limit_shorter_than_the_mark_still_holds() -> None:
    assert len(clean("x" * 50, 2)) == 2


@given(ANY, st.integers(0, 60))
def test_clean_is_visible_nfc_capped_and_stable(raw: str, limit: int) -> None:
    seen = clean(raw, limit)

    assert len(seen) <= limit
    assert unicodedata.is_normalized("NFC", seen)
    assert not [c for c in seen if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert clean(seen, limit) == seen


@given(ANY)
def test_one_line_is_one_line(raw: str) -> None:
    line = one_line(raw)

    assert line.splitlines() in ([line], [])
    assert "  " not in line


def test_a_header_injection_becomes_words() -> None:
    assert one_line("Sở X\r\nBcc: a@b.example") == "Sở X Bcc: a@b.example"


@given(ANY)
def test_xml_text_parses_back(raw: str) -> None:
    text = xml_text(raw)

    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert (fromstring(f"<a>{escaped}</a>").text or "") == text


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", "＠x"])
def test_a_formula_in_a_cell_is_disarmed(start: str) -> None:
    assert csv_cell(start).startswith("'")


def test_an_empty_or_plain_cell_is_left_alone() -> None:
    assert (csv_cell(""), csv_cell("nginx/1.2")) == ("", "nginx/1.2")


@given(st.lists(ANY, min_size=1, max_size=4))
def test_cells_survive_a_csv_round_trip_and_start_no_formula(raw: list[str]) -> None:
    cells = [csv_cell(text) for text in raw]
    out = io.StringIO()

    csv.writer(out, quoting=csv.QUOTE_ALL).writerow(cells)

    assert next(csv.reader(io.StringIO(out.getvalue()))) == cells
    assert not [cell for cell in cells if cell.lstrip()[:1] in set("=+-@") and cell.strip()]


def test_a_plain_id_is_its_own_file_name() -> None:
    assert file_name("so-y-te") == "so-y-te"


@pytest.mark.parametrize(
    "agency_id", ["Sở Y tế", "../../etc/passwd", "con", "", "a" * 65, "SO-Y-TE", "\ud800", "index"]
)
def test_any_other_id_gets_a_digest(agency_id: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]{1,53}-[0-9a-f]{10}", file_name(agency_id))


@given(ANY, ANY)
def test_file_names_are_safe_and_differ(first: str, second: str) -> None:
    names = file_name(first), file_name(second)

    assert all(re.fullmatch(r"[a-z0-9-]{1,64}", name) for name in names)
    assert (names[0] == names[1]) == (first == second)
