import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import Problem
from scanner.model.agency import Depth
from scanner.model.text import Text
from scanner.parse.toml_lines import line_at, lines_of
from scanner.parse.toml_table import read_table


@dataclass(frozen=True, slots=True)
class Leaf:
    name: str
    depth: Depth = Depth.PASSIVE


@dataclass(frozen=True, slots=True)
class Tree:
    title: Text | None = None
    leaves: tuple[Leaf, ...] = field(default=(), metadata={"key": "leaf"})
    until: date | None = None
    count: int = 0
    share: float = 0.5
    on: bool = True
    folder: Path | None = None
    hosts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    loose: Any = None


@dataclass(frozen=True, slots=True)
class Strict:
    must: int
    day: date = field(metadata={"example": "2031-01-01"})


def read(text: str, kind: type[Any] = Tree) -> tuple[Any, tuple[Problem, ...]]:
    return read_table(text, kind, filename="cay.toml")


def fault(text: str, kind: type[Any] = Tree) -> str:
    value, problems = read(text, kind)
    assert value is None
    assert len(problems) == 1
    return problems[0].into("en")


def test_a_full_table_becomes_nested_dataclasses() -> None:
    value, problems = read(
        """
        title = { vi = "Một", en = "One" }
        until = 2027-06-30
        count = 3
        share = 1
        on = false
        folder = "a/b"
        loose = [1, "x"]
        hosts = { "a.example" = ["127.0.0.1"] }
        [[leaf]]
        name = "x"
        depth = "standard"
        [[leaf]]
        name = "y"
        """
    )

    assert problems == ()
    assert value == Tree(
        title=Text("Một", "One"),
        leaves=(Leaf("x", Depth.STANDARD), Leaf("y")),
        until=date(2027, 6, 30),
        count=3,
        share=1.0,
        on=False,
        folder=Path("a/b"),
        hosts={"a.example": ("127.0.0.1",)},
        loose=[1, "x"],
    )


def test_all_faults_come_at_once_in_the_order_of_the_file() -> None:
    value, problems = read('count = "ba"\nnonsense = 1\n[[leaf]]\ndepth = "deep"\n[[leaf]]\nname = 4\n')

    assert value is None
    assert [p.line for p in problems] == [1, 2, 3, 4, 6]
    assert problems[2].message.vi == "thiếu `leaf[1].name`"


def test_an_unknown_key_suggests_the_nearest_one() -> None:
    assert fault("contt = 1") == "cay.toml:1: unknown key `contt`; did you mean `count`?"


def test_a_key_like_no_other_lists_what_is_known() -> None:
    assert "known keys: title, leaf, until" in fault("zzzzzzzz = 1")


def test_a_wrong_choice_suggests_the_nearest_one() -> None:
    assert fault('leaf = [{ name = "a", depth = "pasive" }]').endswith('did you mean "passive"?')


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ('until = "30/06/2027"', "for example 2027-06-30"),
        ('until = "2027-06-30"', "2027-06-30 (không có dấu ngoặc kép / without quotes)"),
        ("until = 2027-06-30T10:00:00", "for example 2027-06-30"),
        ('until = "soon"', "for example 2027-06-30"),
        ("count = true", "a whole number is expected, not true"),
        ("count = 1.5", "a whole number is expected, not 1.5"),
        ("share = nan", "a number is expected, not nan"),
        ("share = true", "a number is expected"),
        ("on = 1", "true or false is expected"),
        ("folder = ''", "a path is expected"),
        ('leaf = "x"', "a list is expected"),
        ("leaf = [1]", "leaf[1]: a table is expected"),
        ("hosts = 1", "a table is expected, not 1"),
        ("hosts = { a = 'b' }", "hosts.a: a list is expected"),
        ("title = [1]", "a table is expected, not [...]"),
        ("count = { a = 1 }", "not {...}"),
        (f"count = '{'x' * 100}'", "xxx..."),
    ],
)
def test_a_value_of_the_wrong_type_says_what_is_expected(line: str, hint: str) -> None:
    assert hint in fault(line)


def test_a_missing_key_shows_an_example() -> None:
    _, problems = read("", Strict)

    assert [p.into("en") for p in problems] == [
        "cay.toml: `must` is missing; write must = 3",
        "cay.toml: `day` is missing; write day = 2031-01-01",
    ]


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("count = 1\nname = Sở Y tế\n", 2, True),
        ("count = 1\ncount = 2\n", 2, True),
        ("folder = 'a'\nfolder = \"C:\\dir\"\n", 2, True),
        ("title = {", 1, False),
        ("count = " + "9" * 5000, 1, False),
    ],
)
def test_a_fault_of_syntax_has_a_line(text: str, line: int, hint: bool) -> None:
    value, problems = read(text)

    assert value is None
    assert problems[0].line == line
    assert (problems[0].hint is not None) == hint


def test_a_tower_of_brackets_is_a_problem_and_no_crash() -> None:
    assert "nested too deeply" in fault("loose = " + "[" * 20_000)


def test_words_come_out_in_nfc() -> None:
    value, _ = read('[[leaf]]\nname = "Sở"\n')

    assert value.leaves[0].name == "Sở"


@given(st.text())
def test_any_text_gives_a_value_or_problems(text: str) -> None:
    value, problems = read(text)

    assert (value is None) == bool(problems)


keys = st.text(alphabet="abc", min_size=1, max_size=3)
trees = st.recursive(
    st.integers(-9, 9), lambda inner: st.dictionaries(keys, inner, max_size=3) | st.lists(inner, max_size=3)
)


def spelt(value: Any) -> str:
    """TOML of a tree with a newline inside every array, to make lines move."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {spelt(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[ # ]\n" + ",\n".join(spelt(v) for v in value) + "\n]"
    return str(value)


@given(st.dictionaries(keys, trees, max_size=4))
def test_each_key_is_found_on_its_line(tree: dict[str, Any]) -> None:
    lines, expected = ["# head"], {}
    for key, value in tree.items():
        expected[key] = len(lines) + 1
        lines += f"{key} = {spelt(value)}".split("\n")
    text = "\n".join(lines)
    assert tomllib.loads(text) == tree

    found = lines_of(text)

    assert {key: found[(key,)] for key in tree} == expected


def test_lines_of_nested_tables_are_found() -> None:
    text = '''a.b = 1 # c
"q w".'x' = """two
lines"""
[[t]]
k = \'\'\'it''s\'\'\'
[t.sub]
z = [1,
  { w = "]" }]
[[t]]
[[t.more]]
v = 2027-06-30 07:00:00
[u]
'''
    tomllib.loads(text)

    found = lines_of(text)

    assert found[("a", "b")] == 1
    assert found[("q w", "x")] == 2
    assert found[("t", 0, "k")] == 5
    assert found[("t", 0, "sub", "z", 1, "w")] == 8
    assert found[("t", 1, "more", 0, "v")] == 11
    assert line_at(found, ("u", "nowhere", 4)) == 12
    assert line_at(found, ()) is None
