"""Which part of a name can be registered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publicsuffixlist import PublicSuffixList

from scanner.model.reference import SuffixTable
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
    assert SHIPPED.version.startswith("20")


def test_an_empty_table_knows_no_domain() -> None:
    assert registrable("www.hanoi.gov.vn", SuffixTable()) is None


def test_rules_in_letters_of_a_language_become_a_labels() -> None:
    table = read_suffixes("// c\n\nc\u00f4ng.vn\nvn\n")

    assert "xn--cng-kna.vn" in table.rules


@given(st.lists(LABELS, min_size=1, max_size=5).map(".".join))
def test_the_package_of_the_list_says_the_same(name: str) -> None:
    assert registrable(name, SHIPPED) == ORACLE.privatesuffix(name)


@given(st.text(max_size=40))
def test_any_text_has_an_answer(name: str) -> None:
    domain = registrable(name, SHIPPED)

    assert domain is None or name.lower().rstrip(".").endswith(domain)
