"""Versions: what parses, how they order, to which line they belong, which ranges hold them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.parse.version import (
    Range,
    VersionError,
    line_of,
    lines_within,
    parse_version,
    version_or_none,
)

numbers = st.lists(st.integers(0, 9999), min_size=1, max_size=4).map(lambda parts: ".".join(map(str, parts)))


@given(st.text(max_size=60))
def test_any_text_gives_a_version_or_the_one_promised_error(text: str) -> None:
    try:
        version = parse_version(text)
    except VersionError:
        return
    assert version.numbers


@given(numbers)
def test_a_number_survives_the_round_trip(text: str) -> None:
    assert str(parse_version(text)) == text


@given(numbers, numbers)
def test_order_is_total_and_agrees_with_equality(one: str, other: str) -> None:
    a, b = parse_version(one), parse_version(other)

    assert (a < b) + (a == b) + (a > b) == 1
    assert a != b or hash(a) == hash(b)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("3.4.8", "3.10.0"),
        ("4.0-beta1", "4.0"),
        ("4.0.0-alpha", "4.0.0-rc"),
        ("7.9", "7.101"),
        ("4.4.08", "4.5.07"),
    ],
)
def test_older_comes_before_newer(older: str, newer: str) -> None:
    assert parse_version(older) < parse_version(newer)


@pytest.mark.parametrize(("one", "other"), [("4.0", "4.0.0"), ("v6.8", "6.8.0"), ("4.5.07", "4.5.7")])
def test_two_ways_of_writing_one_release_are_equal(one: str, other: str) -> None:
    assert parse_version(one) == parse_version(other)


def test_a_version_is_no_string() -> None:
    assert parse_version("4.0") != "4.0"


@pytest.mark.parametrize(
    "text", ["", "abc", "*", "n/a", "<= 1.7.0", "4.0.0-4.4.6 & 5", "1" * 50, "1..2", "٣.٤"]
)
def test_what_is_no_version_is_refused(text: str) -> None:
    assert version_or_none(text) is None


def test_a_version_without_text_prints_its_numbers() -> None:
    assert str(type(parse_version("1"))((3, 4))) == "3.4"


@pytest.mark.parametrize(
    ("version", "lines", "line"),
    [
        ("3.4.8", ("3", "4"), "3"),
        ("8.2.4", ("8", "8.2"), "8.2"),
        ("3.40", ("3.4",), None),
        ("6.8", ("6.8", "6.9"), "6.8"),
        ("1.1.1", ("1.1.1", "1.1.0"), "1.1.1"),
        ("16.0", ("subscription",), None),
        ("10", ("10.0", "10.1"), None),
    ],
)
def test_a_version_belongs_to_the_most_exact_line(
    version: str, lines: tuple[str, ...], line: str | None
) -> None:
    assert line_of(parse_version(version), lines) == line


def test_a_major_number_stands_for_all_its_lines() -> None:
    assert lines_within("8", ("9.0", "8.9", "8.8", "7")) == ("8.9", "8.8")


def test_a_number_outside_all_lines_stands_for_none() -> None:
    assert lines_within("2.5", ("3", "4")) == ()
    assert lines_within("x", ("3", "4")) == ()


@pytest.mark.parametrize(
    ("text", "inside"), [("3.4.3", False), ("3.4.4", True), ("3.6.3", True), ("3.6.4", False)]
)
def test_a_fixed_release_is_outside_its_range(text: str, inside: bool) -> None:
    affected = Range(introduced=parse_version("3.4.4"), fixed=parse_version("3.6.4"))

    assert affected.holds(parse_version(text)) is inside


def test_the_last_bad_release_is_inside_its_range() -> None:
    affected = Range(last=parse_version("1.7.0"))

    assert affected.holds(parse_version("1.7"))
    assert not affected.holds(parse_version("1.7.1"))
    assert Range().holds(parse_version("99"))
