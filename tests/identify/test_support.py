"""Readings and support: what claims come to, and whether a line is repaired on a day."""

from datetime import date

import pytest

from scanner.identify.products import Certainty, Claim, Precision, Product
from scanner.identify.support import (
    Reading,
    State,
    line_support,
    newest_release,
    newest_supported,
    place_of,
    reading_of,
    releases_of,
    support_of,
)
from scanner.model.finding import Confidence
from scanner.model.reference import Cycle, ProductTable, Reference
from scanner.reference import load_reference

DAY = date(2026, 9, 1)


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="module")
def joomla(reference: Reference) -> ProductTable:
    return reference.products["joomla"]


def claim(text: str, precision: Precision, *lines: str, method: str = "generator") -> Claim:
    return Claim(text, precision, method, "https://so.example/", text or ", ".join(lines), lines)


def product(*claims: Claim, certainty: Certainty = Certainty.CERTAIN) -> Product:
    return Product("joomla", "Joomla", certainty, (), claims)


def test_an_exact_number_beats_what_a_person_typed(joomla: ProductTable) -> None:
    reading = reading_of(product(claim("3.4", Precision.DECLARED), claim("5.4.8", Precision.EXACT)), joomla)

    assert reading is not None
    assert (reading.text, reading.lines, reading.confidence) == ("5.4.8", ("5",), Confidence.HIGH)


def test_of_two_exact_numbers_the_newer_counts_and_both_are_kept(joomla: ProductTable) -> None:
    reading = reading_of(product(claim("3.10.5", Precision.EXACT), claim("5.4.8", Precision.EXACT)), joomla)

    assert reading is not None
    assert (reading.text, reading.conflict) == ("5.4.8", ("3.10.5", "5.4.8"))
    assert reading.confidence is Confidence.MEDIUM


def test_a_typed_line_refines_what_the_assets_imply(joomla: ProductTable) -> None:
    reading = reading_of(product(claim("", Precision.IMPLIED, "3"), claim("3.4", Precision.DECLARED)), joomla)

    assert reading is not None
    assert (reading.text, reading.method, reading.lines) == ("3.4", "declared", ("3",))
    assert reading.confidence is Confidence.MEDIUM


def test_a_stale_footer_does_not_contradict_the_software(joomla: ProductTable) -> None:
    reading = reading_of(
        product(claim("4", Precision.AT_LEAST, method="asset"), claim("3.4", Precision.DECLARED)), joomla
    )

    assert reading is not None
    assert reading.is_lower_bound
    assert reading.lines == ("6", "5", "4")
    assert reading.text == "≥ 4"


def test_a_footer_alone_on_a_less_sure_product_is_low(joomla: ProductTable) -> None:
    reading = reading_of(product(claim("3.4", Precision.DECLARED), certainty=Certainty.FIRM), joomla)

    assert reading is not None
    assert reading.confidence is Confidence.LOW


def test_a_footer_that_names_two_releases_declares_nothing(joomla: ProductTable) -> None:
    assert (
        reading_of(product(claim("3.4", Precision.DECLARED), claim("4.2", Precision.DECLARED)), joomla)
        is None
    )


def test_signs_of_different_ages_give_no_version(joomla: ProductTable) -> None:
    claims = (claim("", Precision.IMPLIED, "3"), claim("4", Precision.AT_LEAST))

    assert reading_of(product(*claims), joomla) is None


def test_no_claim_gives_no_reading(joomla: ProductTable) -> None:
    assert reading_of(product(), joomla) is None


def test_a_product_without_a_calendar_still_has_a_reading() -> None:
    reading = reading_of(product(claim("7.0.6", Precision.EXACT)), None)

    assert reading is not None
    assert reading.lines == ()


def test_a_major_number_stands_for_every_line_of_it(reference: Reference) -> None:
    drupal = reference.products["drupal"]
    reading = reading_of(product(claim("9", Precision.LINE)), drupal)

    assert reading is not None
    assert {s.state for s in support_of(reading, drupal, DAY)} == {State.ENDED}


def test_a_printed_number_stands_for_the_lines_that_print_it(reference: Reference) -> None:
    table = reference.products["nukeviet"]
    reading = reading_of(product(claim("4.0", Precision.PRINTED, "4.0", "4.1", "4.2", "4.3")), table)

    assert reading is not None
    assert (reading.text, set(reading.lines)) == ("4.0", {"4.0", "4.1", "4.2", "4.3"})


@pytest.mark.parametrize(
    ("day", "state"), [(date(2023, 8, 16), State.SUPPORTED), (date(2023, 8, 17), State.ENDED)]
)
def test_support_ends_on_its_day(joomla: ProductTable, day: date, state: State) -> None:
    cycle = next(c for c in joomla.cycles if c.line == "3")

    assert line_support(cycle, joomla, day).state is state


@pytest.mark.parametrize(
    ("ended", "state"), [(True, State.ENDED), (False, State.SUPPORTED), (None, State.UNKNOWN)]
)
def test_without_a_date_the_word_of_the_table_counts(ended: bool | None, state: State) -> None:
    cycle = Cycle("1", ended=ended)
    table = ProductTable("x", (cycle,), {}, "test")

    assert line_support(cycle, table, DAY).state is state


def test_an_undated_line_is_abandoned_after_two_silent_years(reference: Reference) -> None:
    table = reference.products["nukeviet"]
    cycle = next(c for c in table.cycles if c.line == "4.4")

    assert line_support(cycle, table, date(2026, 3, 13)).state is State.UNKNOWN
    assert line_support(cycle, table, date(2026, 3, 14)).state is State.ABANDONED


@pytest.mark.parametrize(
    ("line", "state"),
    [("7.1", State.SUPPORTED), ("6.8", State.SUPPORTED), ("4.6", State.ABANDONED), ("3.9", State.ABANDONED)],
)
def test_old_wordpress_lines_live_as_long_as_they_get_fixes(
    reference: Reference, line: str, state: State
) -> None:
    table = reference.products["wordpress"]
    cycle = next(c for c in table.cycles if c.line == line)

    assert line_support(cycle, table, DAY, old_lines_get_fixes=True).state is state


def test_without_dates_nothing_is_said_of_old_lines() -> None:
    cycles = (Cycle("2"), Cycle("1"))
    table = ProductTable("x", cycles, {}, "test")

    assert line_support(cycles[1], table, DAY, old_lines_get_fixes=True).state is State.UNKNOWN


@pytest.mark.parametrize(
    ("key", "number", "state"),
    [
        ("php", "5.6.40", State.ENDED),
        ("php", "8.4.24", State.SUPPORTED),
        ("php", "4.4.9", State.ENDED_BEFORE),
        ("php", "9.0", State.NEWER),
        ("nginx", "1.17.3", State.ENDED_BEFORE),
        ("iis", "10.0", State.UNKNOWN),
        ("iis", "7.5", State.ENDED),
        ("openssl", "1.0.2k-fips", State.ENDED),
        ("openssl", "abc", State.UNKNOWN),
        ("no-such-product", "1.0", State.UNKNOWN),
    ],
)
def test_a_component_finds_its_place(reference: Reference, key: str, number: str, state: State) -> None:
    assert place_of(number, reference.products.get(key), DAY).state is state


def test_a_number_below_a_living_line_is_not_known() -> None:
    table = ProductTable("x", (Cycle("3", ended=False), Cycle("lts")), {}, "test")

    assert place_of("2.1", table, DAY).state is State.UNKNOWN
    assert place_of("2.1", ProductTable("x", (), {}, "test"), DAY).state is State.UNKNOWN


def test_a_reading_that_is_no_number_has_no_place(joomla: ProductTable) -> None:
    reading = reading_of(product(claim("x", Precision.EXACT), claim("9.1", Precision.DECLARED)), joomla)

    assert reading is not None
    assert support_of(reading, joomla, DAY)[0].state is State.NEWER


def test_words_that_are_no_number_have_no_place(joomla: ProductTable) -> None:
    reading = Reading("mới", "footer", (), Confidence.LOW)

    assert support_of(reading, joomla, DAY)[0].state is State.UNKNOWN


def test_the_newest_release_of_a_line_is_that_of_the_day(joomla: ProductTable) -> None:
    assert newest_release("5", joomla, DAY) == "5.4.8"
    assert newest_release("5", joomla, date(2023, 10, 20)) == "5.0.0"
    assert newest_release("9", joomla, DAY) == ""
    assert "4.0.0" in releases_of("4", joomla, DAY)


def test_the_newest_supported_line_is_where_to_go(joomla: ProductTable) -> None:
    cycle = newest_supported(joomla, DAY)

    assert cycle is not None
    assert cycle.line == "6"
    assert newest_supported(joomla, date(2040, 1, 1)) is None
