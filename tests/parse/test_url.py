"""Addresses in pages lead where browsers are led."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.parse.url import resolve

BASE = "https://so.example/tin/bai.html?a=1"


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("", BASE),
        ("a.js", "https://so.example/tin/a.js"),
        ("/a.js", "https://so.example/a.js"),
        ("/x/../a.js", "https://so.example/a.js"),
        ("?b=2", "https://so.example/tin/bai.html?b=2"),
        ("//cdn.example/a.js", "https://cdn.example/a.js"),
        ("\\\\cdn.example\\a.js", "https://cdn.example/a.js"),
        ("http://a.example/", "http://a.example/"),
        ("HTTP://a.example/", "http://a.example/"),
        ("http:a.example/", "http://a.example/"),
        ("http:////a.example/", "http://a.example/"),
        ("http:\\\\a.example/", "http://a.example/"),
        ("h\ttt\np://a.example/", "http://a.example/"),
        (" \x01http://a.example/ ", "http://a.example/"),
        ("https:a.js", "https://so.example/tin/a.js"),
        ("a?q=\\", "https://so.example/tin/a?q=\\"),
        ("data:text/html,x", "data:text/html,x"),
        ("javascript:void(0)", "javascript:void(0)"),
        ("http://[", "http://["),
    ],
)
def test_a_reference_leads_where_browsers_go(reference: str, address: str) -> None:
    assert resolve(BASE, reference) == address


@pytest.mark.parametrize("base", ["", "http://[", "about:blank", "so.example"])
def test_without_a_usable_base_an_absolute_address_still_counts(base: str) -> None:
    assert resolve(base, "http://a.example/x") == "http://a.example/x"
    assert resolve(base, "//a.example/x").endswith("//a.example/x")


@given(st.text(max_size=100), st.text(max_size=100))
def test_any_two_texts_give_a_text(base: str, reference: str) -> None:
    assert isinstance(resolve(base, reference), str)


@given(st.text(st.sampled_from("ht p:/\\\t\n.a?#"), max_size=12))
def test_white_space_inside_hides_no_plain_address(noise: str) -> None:
    hidden = "".join(sign + "\t\n" for sign in "http://a.example/")

    assert resolve(BASE, hidden + noise).startswith("http://")
