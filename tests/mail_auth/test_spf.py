"""SPF: the grammar on its edges, and the tree with its counters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.identify.spf_tree import SpfFault
from scanner.parse.spf import SpfError, SpfRecord, is_domain_spec, is_spf, read_spf
from tests.mail_auth.static_names import from_texts, settled

WORDS = st.sampled_from(
    [
        "all",
        "-all",
        "~all",
        "a",
        "mx",
        "ip4:192.0.2.1",
        "ip6:2001:db8::/32",
        "include:x.example",
        "exists:%{i}.x.example",
    ]
)


@pytest.mark.parametrize("text", ["v=spf1", "v=spf1 -all", "V=SPF1 a", "v=spf1  "])
def test_a_version_and_a_blank_make_a_record(text: str) -> None:
    assert is_spf(text)


@pytest.mark.parametrize("text", ["v=spf10", "v=spf1\t-all", " v=spf1", "spf1 -all", ""])
def test_anything_else_is_some_other_text(text: str) -> None:
    assert not is_spf(text)


@pytest.mark.parametrize(
    "word",
    [
        "ip4:256.1.1.1",
        "ip4:192.0.2.1/33",
        "ip4:192.0.2.1/08",
        "ip6:192.0.2.1",
        "ip4",
        "include",
        "include:localhost",
        "a:",
        "a/33",
        "a//129",
        "a:x.example/24/64",
        "ptr/24",
        "all:x",
        "exists:x",
        "redirect=",
        "redirect=a.example redirect=b.example",
        "exists:%{c}.example",
        "exists:%{x}.example",
        "exists:%(i).example",
        "exists:%{d0}.example",
        "exp=a.example exp=b.example",
        "xyz",
        "-",
        "a:x.ex\u00e9",
        "=value",
    ],
)
def test_a_term_outside_the_grammar_is_named(word: str) -> None:
    assert isinstance(read_spf(f"v=spf1 {word} -all"), SpfError)


@pytest.mark.parametrize(
    "word",
    [
        "a/24",
        "a//64",
        "mx:x.example/24//64",
        "ptr",
        "ptr:x.example",
        "exists:%{ir}.x.example",
        "op=auth",
        "A",
        "ip4:0.0.0.0/0",
    ],
)
def test_a_term_inside_the_grammar_is_read(word: str) -> None:
    assert isinstance(read_spf(f"v=spf1 {word} -all"), SpfRecord)


@pytest.mark.parametrize("target", ["x.example", "x.example.", "%{d}", "a.%{d2}", "x.1a", "_spf.x-y.example"])
def test_a_target_ends_in_a_top_label_or_a_macro(target: str) -> None:
    assert is_domain_spec(target)


@given(st.text(max_size=80))
def test_any_text_gives_a_record_or_one_error(text: str) -> None:
    assert isinstance(read_spf(f"v=spf1 {text}"), SpfRecord | SpfError)


@given(st.lists(WORDS, max_size=12))
def test_what_the_grammar_makes_the_parser_reads(words: list[str]) -> None:
    record = read_spf(" ".join(["v=spf1", *words]))

    assert isinstance(record, SpfRecord)
    assert [term.raw for term in record.terms] == words


@given(st.lists(WORDS, max_size=12), st.text("!%:/abc", min_size=1, max_size=6))
def test_a_spoilt_word_never_heals_a_record(words: list[str], spoilt: str) -> None:
    before = read_spf(" ".join(["v=spf1", *words, "%"]))
    after = read_spf(" ".join(["v=spf1", *words, "%", spoilt]))

    assert isinstance(before, SpfError)
    assert isinstance(after, SpfError)


@given(
    st.dictionaries(
        st.sampled_from(["a.example", "b.example", "c.example"]),
        st.text("v=spf1 :.abcinludex-~?+/", max_size=60),
    )
)
def test_any_web_of_records_ends(texts: dict[str, str]) -> None:
    full = {
        name: f"v=spf1 include:b.example include:c.example redirect=a.example {text}"
        for name, text in texts.items()
    }

    tree = settled("a.example", from_texts(full))

    assert tree.lookups <= 30


def test_terms_of_all_levels_count_together() -> None:
    texts = {
        "a.example": "v=spf1 include:b.example mx -all",
        "b.example": "v=spf1 a:x.example exists:y.example ?all",
    }

    tree = settled("a.example", from_texts(texts))

    assert tree.lookups == 4
    assert set(tree.voids) == {"a x.example", "exists y.example", "mx a.example"}
    assert [fault for fault, _ in tree.faults] == [SpfFault.VOIDS]
    assert tree.final == "-"


def test_a_redirect_hands_the_last_word_on() -> None:
    texts = {
        "a.example": "v=spf1 redirect=b.example",
        "b.example": "v=spf1 redirect=c.example",
        "c.example": "v=spf1 ~all",
    }

    assert settled("a.example", from_texts(texts)).final == "~"


def test_all_makes_a_redirect_void() -> None:
    tree = settled("a.example", from_texts({"a.example": "v=spf1 -all redirect=nowhere.example"}))

    assert (tree.final, tree.lookups, tree.faults) == ("-", 0, [])


def test_a_loop_is_named_with_its_way() -> None:
    texts = {"a.example": "v=spf1 include:b.example -all", "b.example": "v=spf1 include:A.example. -all"}

    tree = settled("a.example", from_texts(texts))

    assert tree.faults == [(SpfFault.LOOP, "a.example -> b.example -> a.example")]


def test_an_open_include_counts_only_when_it_passes() -> None:
    inner = {"b.example": "v=spf1 +all"}

    assert settled("a.example", from_texts({"a.example": "v=spf1 include:b.example -all", **inner})).open_by
    assert not settled(
        "a.example", from_texts({"a.example": "v=spf1 -include:b.example -all", **inner})
    ).open_by


def test_a_target_with_a_macro_is_counted_and_not_followed() -> None:
    texts = {"a.example": "v=spf1 include:%{d}.x.example exists:%{i}.y.example redirect=%{o}.z.example"}

    tree = settled("a.example", from_texts(texts))

    assert (tree.lookups, tree.has_macro, tree.faults) == (3, True, [])
