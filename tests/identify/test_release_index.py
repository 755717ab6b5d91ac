"""Hashes to releases: marks, sets, neighbours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.identify.release_index import ReleaseIndex, mark_of, type_of
from scanner.model.reference import Family, FileMark, Fingerprints

ONE = Family(
    "one",
    ("1.0.0", "1.0.1", "1.0.3", "1.1.0", "1.1.1"),
    ("",) * 5,
    (
        FileMark("a.js", 1, {"aa": ((0, 1),), "ab": (2,), "ac": ((3, 4),)}),
        FileMark("b.js", 1, {"ba": (0, 2), "bb": (1,)}),
    ),
)
TWO = Family(
    "two", ("2.0.0",), ("",), (FileMark("a.js", 1, {"aa": (0,)}), FileMark("c.css", 2, {"ca": (0,)}))
)
INDEX = ReleaseIndex(Fingerprints("x", (ONE, TWO)), known=("1.0.2", "1.1.2", "1.0.4-rc1"))


def test_the_same_hash_in_two_families_means_both() -> None:
    found = INDEX.candidates({"a.js": "aa"})

    assert found.versions == ("1.0.0", "1.0.1", "1.0.2", "2.0.0")


def test_a_release_known_by_date_beside_a_candidate_is_one_too() -> None:
    assert INDEX.candidates({"a.js": "aa", "b.js": "bb"}).versions == ("1.0.1", "1.0.2")
    assert INDEX.candidates({"a.js": "ab"}).versions == ("1.0.2", "1.0.3")


def test_a_candidate_in_the_middle_is_exact_and_closed() -> None:
    found = INDEX.candidates({"a.js": "aa", "b.js": "ba"})

    assert (found.versions, found.or_later, found.text) == (("1.0.0",), False, "1.0.0")


def test_the_newest_of_a_line_is_open() -> None:
    found = INDEX.candidates({"a.js": "ac"})

    assert found.or_later
    assert found.versions[-3:] == ("1.1.0", "1.1.1", "1.1.2")


def test_the_first_of_a_line_may_be_an_unknown_last_one_of_the_line_before() -> None:
    found = INDEX.candidates({"a.js": "ac"})

    assert (found.text, found.versions[0]) == ("1.0.3–1.1.2+", "1.0.3")


def test_the_line_before_of_another_first_number_does_not_count() -> None:
    assert INDEX.candidates({"c.css": "ca"}).versions == ("2.0.0",)


def test_a_calendar_that_leaves_out_the_zero_does_not_close_a_line() -> None:
    family = Family("w", ("3.2.0", "3.3.0"), ("",) * 2, (FileMark("a.js", 1, {"a": (0,), "b": (1,)}),))
    index = ReleaseIndex(Fingerprints("w", (family,)), known=("3.2", "3.3"))

    assert index.candidates({"a.js": "a"}).or_later  # 3.2.1 may be out


def test_an_unknown_body_opens_any_set() -> None:
    assert INDEX.candidates({"a.js": "aa", "b.js": "ba"}, has_unknown=True).or_later


def test_files_that_exclude_each_other_are_mixed() -> None:
    found = INDEX.candidates({"a.js": "ac", "b.js": "bb"})

    assert (found.versions, found.is_mixed, found.text) == ((), True, "")


def test_nothing_asked_means_nothing_known() -> None:
    assert INDEX.candidates({}).versions == ()
    assert INDEX.releases("a.js", "zz") == 0
    assert INDEX.releases("z.js", "aa") == 0


def test_lines_narrow_the_releases_and_unknown_ones_do_not() -> None:
    assert INDEX.within(("1.1",)).bit_count() == 2
    assert INDEX.within(("7",)) == INDEX.all
    assert INDEX.holds("1.0.3")
    assert not INDEX.holds("1.0.2")


def test_a_file_that_splits_better_leaves_less() -> None:
    assert INDEX.rest("a.js", INDEX.all) < INDEX.rest("c.css", INDEX.all)
    assert INDEX.rest("a.js", 0) == 0


@pytest.mark.parametrize("text", [b"a\nb\n", b"a\r\nb", b"\xef\xbb\xbfa\rb \r\n", b"a\nb\n\n\n"])
def test_transfer_in_text_mode_changes_no_mark(text: bytes) -> None:
    assert mark_of(text, "x/y.JS") == mark_of(b"a\nb", "x/y.js")


@given(st.binary(max_size=200))
def test_pictures_are_taken_as_they_are(content: bytes) -> None:
    assert (mark_of(content, "a.gif") == mark_of(content + b"\n", "a.gif")) is False


def test_types() -> None:
    assert [type_of(p) for p in ("a/b.JS", "a.b/c", "c", "x.min.css")] == ["js", "", "", "css"]
