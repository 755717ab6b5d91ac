"""Sentences are ours, values are hostile: a value is put in once, as plain text."""

from hypothesis import given
from hypothesis import strategies as st

from reports.sentence import fill, sentence, slots, unfilled
from scanner.model.check import Check, Pass
from scanner.model.finding import Finding, Severity, Values, Verdict
from scanner.model.text import Text

CHECK = Check(
    id="tls.certificate-expired",
    on=object,
    severity=Severity.HIGH,
    since="0.1",
    title=Text("Chứng thư số đã hết hạn", "The certificate has expired"),
    why=Text("w", "w"),
    fix=Text("f", "f"),
    refs=("RFC 5280 section 4.1.2.5",),
    judge=lambda _view, _ctx: Pass(),
    notes={"ended": Text("Chứng thư của {name} hết hạn ngày {ended_on}.", "{name} expired on {ended_on}.")},
)


def found(note: str = "", values: Values = ()) -> Finding:
    return Finding("s", CHECK.id, Verdict.FAIL, Severity.HIGH, note=note, values=values)


def test_a_note_is_filled_and_its_date_reads_day_first() -> None:
    finding = found("ended", (("name", "www.mau.example"), ("ended_on", "2026-08-05")))

    assert sentence(CHECK, finding, "vi") == "Chứng thư của www.mau.example hết hạn ngày 05/08/2026."
    assert sentence(CHECK, finding, "en") == "www.mau.example expired on 05/08/2026."


def test_without_a_note_the_title_speaks() -> None:
    assert sentence(CHECK, found(), "vi") == "Chứng thư số đã hết hạn"


def test_a_note_the_check_does_not_know_falls_back_to_the_title() -> None:
    assert sentence(CHECK, found("gone"), "en") == "The certificate has expired"


def test_a_slot_without_a_value_stays_visible_and_is_named() -> None:
    finding = found("ended", (("name", "a"),))

    assert "{ended_on}" in sentence(CHECK, finding, "en")
    assert unfilled(CHECK, finding) == ("ended_on",)


def test_a_date_slot_with_a_strange_value_shows_the_value() -> None:
    assert fill("{ended_on}", (("ended_on", "never"),)) == "never"


def test_a_value_is_not_read_as_a_slot_or_a_format() -> None:
    values = (("a", "{b} {0.__class__} %s {{7*7}}"), ("b", "secret"))

    assert fill("{a}", values) == "{b} {0.__class__} %s {{7*7}}"


def test_a_value_cannot_turn_the_line_round() -> None:
    assert fill("{a}", (("a", "x\u202ey\n"),)) == "x\\u{202e}y\\u{a}"


def test_slots_are_those_of_both_languages() -> None:
    assert slots(Text("{a} {b}", "{b} {c}")) == {"a", "b", "c"}


@given(st.text(), st.text())
def test_filling_never_fails(template: str, value: str) -> None:
    assert isinstance(fill(template, (("a", value),)), str)
