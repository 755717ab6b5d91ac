import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.evidence import Target
from scanner.model.text import Text
from scanner.parse.host import resolver_address, spelt_host, target_of


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://SoYTe.tinhmau.gov.vn", Target("soyte.tinhmau.gov.vn")),
        ("http://soyte.tinhmau.gov.vn:80/", Target("soyte.tinhmau.gov.vn")),
        ("soyte.tinhmau.gov.vn/vi", Target("soyte.tinhmau.gov.vn", path="/vi")),
        ("https://a.example:8443/b?c=d#e", Target("a.example", 8443, "/b?c=d")),
        ("http://a.example:443/", Target("a.example", 443, "/", "http")),
        ("https://[2001:DB8::1]:8443/", Target("2001:db8::1", 8443)),
        ("https://sở.example./đường", Target("xn--s-lym.example", path="/%C4%91%C6%B0%E1%BB%9Dng")),
    ],
)
def test_an_address_becomes_a_target(address: str, target: Target) -> None:
    assert target_of(address) == target


@pytest.mark.parametrize(
    "address",
    ["", "ftp://a.example", "https://u:p@a.example", "https://a b", "https://a\\b", "https://", "https://[::1",
     "https://a.example:0", "https://a.example:x", "https://2130706433/", "https://0x7f.0x1", "https://-a.example",
     "https://a..b", "https://a.example/\x00", f"https://{'a' * 64}.example", "https://☃☃\u0301\u200d.\u2024"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_in_words(address: str) -> None:
    assert isinstance(target_of(address), Text)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("192.0.2.1", "192.0.2.1:53"),
        ("192.0.2.1:5353", "192.0.2.1:5353"),
        ("2001:db8::1", "[2001:db8::1]:53"),
        ("[2001:db8::1]:5353", "[2001:db8::1]:5353"),
        ("dns.example:53", None),
        ("192.0.2.1:70000", None),
        ("192.0.2.1:x", None),
        ("", None),
    ],
)
def test_a_resolver_is_an_address_and_a_port(words: str, expected: str | None) -> None:
    assert resolver_address(words) == expected


@given(st.text())
def test_any_text_is_a_target_or_words(address: str) -> None:
    target = target_of(address)

    if isinstance(target, Target):
        assert target_of(target.url(target.scheme)) == target


@given(st.text())
def test_a_spelt_host_stays_as_it_is(host: str) -> None:
    spelt = spelt_host(host)

    assert spelt is None or spelt_host(spelt) == spelt
