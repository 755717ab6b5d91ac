"""Structured fields: the whole value or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.parse.structured import InnerList, Item, StructuredError, parse_dictionary, parse_item


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("same-origin", "token", "same-origin"),
        (" *a/b:c ", "token", "*a/b:c"),
        ('"a \\"b\\""', "string", 'a \\"b\\"'),
        ("-12.5", "number", "-12.5"),
        ("123456789012345", "number", "123456789012345"),
        (":aGk=:", "bytes", "aGk="),
        ("?1", "boolean", "1"),
        ("@1659578233", "date", "1659578233"),
        ('%"%c3%a1"', "display", "%c3%a1"),
    ],
)
def test_every_kind_of_item_is_read(value: str, kind: str, text: str) -> None:
    assert parse_item(value) == Item(kind, text)


def test_parameters_are_kept() -> None:
    read = parse_item('same-origin; report-to="x";a')

    assert isinstance(read, Item)
    assert read.parameters == (("report-to", Item("string", "x")), ("a", Item("boolean", "1")))


@pytest.mark.parametrize(
    "value", ["", "a b", '"a', "?2", "1.", "1234567890123456", "a;", "a;B=1", "a;b=", "á", "a, a", "\xa0a"]
)
def test_what_breaks_the_grammar_is_void(value: str) -> None:
    assert isinstance(parse_item(value), StructuredError)


def test_a_dictionary_keeps_the_last_of_a_name() -> None:
    read = parse_dictionary('camera=(), geo=(self "https://a.example");x=1 ,  b, camera=*')

    assert read == {
        "camera": Item("token", "*"),
        "geo": InnerList(
            (Item("token", "self"), Item("string", "https://a.example")), (("x", Item("number", "1")),)
        ),
        "b": Item("boolean", "1"),
    }
    assert parse_dictionary("") == {}


@pytest.mark.parametrize(
    "value", ["a=", "a=1,", "a=1 b=2", "A=1", "a=(b", "a=(b(c))", "a=('x')", "=1", "a=(1 2"]
)
def test_a_broken_dictionary_is_void(value: str) -> None:
    assert isinstance(parse_dictionary(value), StructuredError)


def test_the_place_of_the_fault_is_told() -> None:
    assert parse_dictionary("camera=(), geo='x'") == StructuredError("no value", 15)
    assert parse_item("a b") == StructuredError("trailing characters", 1)


@given(st.text(st.characters(min_codepoint=1, max_codepoint=255), max_size=100))
def test_any_text_gives_a_value_or_a_reason(value: str) -> None:
    assert isinstance(parse_item(value), Item | StructuredError)
    assert isinstance(parse_dictionary(value), dict | StructuredError)
