"""The signals file: it holds what it promises, and refuses what could hang or mislead."""

import re

import pytest

from scanner.identify.signals import SignalsError, pattern_faults, read_signals
from scanner.model.pattern import Pattern
from scanner.model.reference import Anchors, Reference
from scanner.reference import Tables, read_reference

HEAD = 'format = "signals/1"\n[names]\njoomla = "Joomla"\n'
GOOD = (
    '[[signal]]\nproduct = "joomla"\nkind = "asset"\npattern = "/media/jui/"\n'
    'matches = ["/media/jui/a"]\nmisses = ["/b"]\n'
)


def test_every_named_product_has_signals(reference: Reference) -> None:
    assert {signal.product for signal in reference.signals.signals} == set(reference.signals.names)


def test_signs_of_the_four_main_products_come_in_several_kinds(reference: Reference) -> None:
    for key in ("joomla", "wordpress", "drupal", "nukeviet"):
        assert len({s.kind for s in reference.signals.signals if s.product == key}) >= 4, key


def test_implied_lines_exist_in_the_release_data(reference: Reference) -> None:
    for signal in reference.signals.signals:
        known = {cycle.line for cycle in reference.products[signal.product].cycles} if signal.lines else set()
        assert set(signal.lines) <= known
        for lines in signal.printed.values():
            assert set(lines) <= {cycle.line for cycle in reference.products[signal.product].cycles}


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:a+)+$",
        "a*",
        "a{2,}",
        "a{3}",
        "a{,5}",
        "(a)b",
        "(?=a)",
        "(?P<x>a)",
        r"(?:a)\1",
        "(?:ab){1,3}",
        "a{1,999}",
        "[a",
    ],
)
def test_a_pattern_outside_the_linear_subset_is_refused(pattern: str) -> None:
    assert pattern_faults(pattern)


@pytest.mark.parametrize(
    "pattern", [r"a{0,60}b", r"\bjoomla!?", r"(?:a|b)c", r"[*+(]x", r"\*\+\(", "v{version}$"]
)
def test_a_pattern_inside_the_linear_subset_is_accepted(pattern: str) -> None:
    assert not pattern_faults(pattern)


def test_every_shipped_pattern_is_quick_on_a_hostile_text(reference: Reference) -> None:
    hostile = "/media/jui" * 2000 + "1.2.3.4." * 2000

    for signal in reference.signals.signals:
        assert not isinstance(signal.pattern.search(hostile), str)


def test_a_good_table_is_read() -> None:
    table = read_signals(HEAD + GOOD)

    assert table.signals[0].pattern == Pattern("/media/jui/")
    assert table.names == {"joomla": "Joomla"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = ", "Invalid value"),
        ('format = "signals/2"', "signals/1"),
        (HEAD + GOOD.replace('"joomla"', '"jumla"'), "[names]"),
        (HEAD + GOOD.replace('"asset"', '"smell"'), "kind is none of"),
        (HEAD + GOOD + 'precision = "about"\n', "precision is none of"),
        (HEAD + GOOD + "weight = 3\n", "unknown key 'weight'"),
        (HEAD + GOOD.replace('pattern = "/media/jui/"\n', ""), "no pattern"),
        (HEAD + GOOD.replace('["/media/jui/a"]', '["/x"]'), "is not found"),
        (HEAD + GOOD.replace('["/b"]', '["/media/jui/b"]'), "is found"),
        (HEAD + GOOD.replace('misses = ["/b"]\n', ""), "no example in 'misses'"),
        (HEAD + GOOD.replace('/media/jui/"\n', '.*"\n'), "without limit"),
    ],
)
def test_a_faulty_table_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(SignalsError, match=re.escape(words)):
        read_signals(text)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(SignalsError) as caught:
        read_signals(HEAD + GOOD.replace('"joomla"', '"jumla"').replace('"asset"', '"smell"'))

    assert len(caught.value.faults) == 2


def test_the_shipped_tables_hold_what_their_examples_say() -> None:
    assert read_reference(Tables(), Anchors(), is_strict=True).signals.signals
