"""Which part of a name can be registered."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from publicsuffixlist import PublicSuffixList

from scanner.data.age import ages
from scanner.model.reference import Reference, SuffixTable
from scanner.parse.suffix import read_suffixes, registrable
from scanner.reference import load_suffixes

SHIPPED = load_suffixes()
ORACLE = PublicSuffixList()
LABELS = st.sampled_from(
    [
        "a",
        "www",
        "hanoi",
        "gov",
        "com",
        "vn",
        "tphcm",
        "jp",
        "kobe",
        "city",
        "ck",
        "www",
        "github",
        "io",
        "xn--p1ai",
    ]
)


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("www.hanoi.gov.vn", "hanoi.gov.vn"),
        ("so.hanoi.gov.vn", "hanoi.gov.vn"),
        ("gov.vn", None),
        ("hanoi.vn", None),
        ("trang.hanoi.vn", "trang.hanoi.vn"),
        ("x.tphcm.vn", "tphcm.vn"),
        ("WWW.Mau.Example.", "mau.example"),
        ("localhost", None),
        ("192.0.2.1", None),
        ("2001:db8::1", None),
        ("a..vn", None),
        ("", None),
        ("www.ck", "www.ck"),  # an exception
        ("a.b.ck", "a.b.ck"),  # a wildcard
        ("b.ck", None),
    ],
)
def test_a_name_lies_in_its_registrable_domain(name: str, domain: str | None) -> None:
    assert registrable(name, SHIPPED) == domain


def test_the_list_says_how_old_it_is() -> None:
    aged = {a.table.name: a for a in ages(Reference(date(2026, 1, 1), suffixes=SHIPPED), date(2026, 12, 1))}

    assert SHIPPED.version.startswith(aged["public_suffix_list.dat"].table.day.isoformat())
    assert ages(Reference(date(2026, 1, 1)), date(2026, 12, 1)) == ()


def test_an_empty_table_knows_no_domain() -> None:
    assert registrable("www.hanoi.gov.vn", SuffixTable()) is None


def test_rules_in_letters_of_a_language_become_a_labels() -> None:
    table = read_suffixes("// c\n\nc\u00f4ng.vn\nvn\n")

    assert "xn--cng-kna.vn" in table.rules


@given(st.lists(LABELS, min_size=1, max_size=5).map(".".join))
def test_the_package_of_the_list_says_the_same(name: str) -> None:
    assume(
        f"*.{name}" not in SHIPPED.rules
    )  # the package takes the parent of a wildcard for a suffix; the rules do not
    assert registrable(name, SHIPPED) == ORACLE.privatesuffix(name)


@given(st.text(max_size=40))
def test_any_text_has_an_answer(name: str) -> None:
    domain = registrable(name, SHIPPED)

    assert domain is None or name.lower().rstrip(".").endswith(domain)
