"""Names on certificates by RFC 9525."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.parse.server_name import is_named


@pytest.mark.parametrize(
    ("host", "name", "speaks"),
    [
        ("so.example", "so.example", True),
        ("so.example", "SO.Example.", True),
        ("so.example", "www.so.example", False),
        ("www.so.example", "so.example", False),
        ("www.so.example", "*.so.example", True),
        ("so.example", "*.so.example", False),
        ("a.b.so.example", "*.so.example", False),
        ("www.so.example", "w*.so.example", False),
        ("www.so.example", "www.*.example", False),
        ("so.example", "*.example", False),
        ("so.example", "*", False),
        ("so.example", "", False),
        (".so.example", "*.so.example", False),
        ("xn--tnh-8va.example", "xn--tnh-8va.example", True),
    ],
)
def test_a_name_speaks_for_a_host(host: str, name: str, speaks: bool) -> None:
    assert is_named(host, dns_names=(name,), ip_names=()) is speaks


def test_an_address_needs_an_address_on_the_certificate() -> None:
    assert is_named("192.0.2.1", dns_names=(), ip_names=("192.0.2.1",))
    assert is_named("2001:db8::1", dns_names=(), ip_names=("2001:0db8:0::1",))
    assert not is_named("192.0.2.1", dns_names=("192.0.2.1", "*.0.2.1"), ip_names=())
    assert not is_named("so.example", dns_names=(), ip_names=("192.0.2.1",))


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_gets_an_answer(host: str, name: str) -> None:
    assert is_named(host, dns_names=(name,), ip_names=(name,)) in (True, False)
