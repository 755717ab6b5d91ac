"""Ranges against possible releases: affected, possibly affected, nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.identify.vulnerable import Grade, first_free, holes_of, release_of
from scanner.model.reference import KnownExploited, Score, Vulnerability, VulnerableRange
from scanner.parse.version import parse_version


def hole(
    name: str,
    *ranges: tuple[str, str, str],
    score: float = 0.0,
    kev: bool = False,
    source: str = "cve-record",
) -> Vulnerability:
    return Vulnerability(
        name,
        "joomla",
        "2026-01-01",
        tuple(VulnerableRange(*row) for row in ranges),
        source,
        cvss=Score("3.1", score) if score else None,
        kev=KnownExploited("2026-02-01") if kev else None,
    )


LOW = hole("CVE-1", ("3.0.0", "", "3.4.5"), score=4.0)
HIGH = hole("CVE-2", ("3.0.0", "3.6.4", ""), score=9.8)
KEV = hole("CVE-3", ("3.0.0", "3.5.0", ""), kev=True)


def grades(*candidates: str, or_later: bool = False) -> list[tuple[str, str]]:
    found = holes_of(candidates, (LOW, HIGH, KEV), or_later=or_later)
    return [(h.record.id, h.grade.value) for h in found]


def test_exploited_holes_come_first_then_by_score() -> None:
    assert grades("3.4.5") == [("CVE-3", "affected"), ("CVE-2", "affected"), ("CVE-1", "affected")]


def test_some_candidates_inside_is_possibly_and_names_the_safe_ones() -> None:
    (first, *_others) = holes_of(("3.4.5", "3.4.6"), (LOW,))

    assert (first.grade, first.safe) == (Grade.POSSIBLE, ("3.4.6",))
    assert "not in 3.4.6" in first.line


def test_a_set_that_is_open_at_the_top_is_possibly_only() -> None:
    assert {grade for _id, grade in grades("3.4.5", or_later=True)} == {"possible"}


def test_a_record_nobody_read_again_is_possibly_only() -> None:
    assert (
        holes_of(("3.4.5",), (hole("X", ("", "", "3.9.9"), source="author-unchecked"),))[0].grade
        is Grade.POSSIBLE
    )


def test_outside_every_range_there_is_nothing() -> None:
    assert grades("3.6.4") == []
    assert grades("2.5.28") == []


@pytest.mark.parametrize(
    ("start", "expected"), [("3.4.0", "3.6.4"), ("3.6.4", "3.6.4"), ("3.5.1", "3.6.4"), ("2.0.0", "2.0.0")]
)
def test_the_first_free_release_is_found(start: str, expected: str) -> None:
    assert first_free(parse_version(start), (LOW, HIGH, KEV), ("3.4.6", "3.5.0")) == expected


def test_where_only_the_last_bad_release_is_known_the_answer_is_above_it() -> None:
    assert first_free(parse_version("3.4.0"), (LOW,), ()) == "> 3.4.5"
    assert first_free(parse_version("3.4.0"), (LOW,), ("3.4.6",)) == "3.4.6"


def test_a_range_without_an_end_has_no_free_release() -> None:
    assert first_free(parse_version("3.4.0"), (hole("X", ("3.0.0", "", "")),), ("9.9.9",)) == ""


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2.3.2", "2.3.2-p2"),
        ("2.3.2-p2", "2.3.3"),
        ("1.0.1", "1.0.1g"),
        ("1.0.1f", "1.0.1g"),
        ("4.0.0-beta1", "4.0.0"),
    ],
)
def test_patches_and_letters_are_ordered_as_their_makers_mean_them(earlier: str, later: str) -> None:
    first, second = release_of(earlier), release_of(later)

    assert first is not None
    assert second is not None
    assert first < second


numbers = st.builds(lambda a, b, c: f"{a}.{b}.{c}", *(st.integers(0, 12) for _ in range(3)))


@given(numbers, numbers, numbers)
def test_the_free_release_is_really_free(version: str, introduced: str, fixed: str) -> None:
    record = hole("X", (introduced, fixed, ""))
    free = first_free(parse_version(version), (record,), ())

    assert parse_version(free) >= parse_version(version)
    assert holes_of((free,), (record,)) == ()
