"""Secrets leave no characters behind, and redacting twice changes nothing."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.parse.redact import randomness, scrub, scrub_cookie, scrub_text

KEY = b"installation"
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
SECRET = st.text(LETTERS, min_size=16, max_size=16)
PLACES = [
    "password={}",
    "?user=a&password={}&x=1",
    '"password": "{}"',
    "DB_PASSWORD='{}'",
    "api_key={}",
    "var apiKey = '{}';",
    "https://admin:{}@cong.example/",
    "ftp://{}@cong.example/",
    "AKIA{}",
    "ghp_{0}{0}",
    "eyJhbGciOiJIUzI1NiJ9.{0}{0}.{0}",
    "-----BEGIN RSA PRIVATE KEY-----\n{0}\n{0}\n-----END RSA PRIVATE KEY-----",
    "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n{0}\n-----END EC PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----\n{}",
]


@pytest.mark.parametrize("place", PLACES)
@given(secret=SECRET)
def test_no_part_of_a_secret_stays(place: str, secret: str) -> None:
    if place.startswith("AKIA"):
        secret = secret.upper()
    text = f"before {place.format(secret)} after"

    clean = scrub_text(text, key=KEY)

    assert not any(secret[i : i + 6] in clean for i in range(len(secret) - 5))
    assert "redacted-" in clean
    assert clean.startswith("before ")
    assert scrub_text(clean, key=KEY) == clean


@given(st.binary(max_size=400))
def test_redacting_twice_is_redacting_once(data: bytes) -> None:
    once = scrub(data, key=KEY)

    assert scrub(once, key=KEY) == once


WORDS = [
    "password=",
    "://",
    "@",
    "eyJ",
    ".",
    "-----BEGIN PRIVATE KEY-----",
    "-----END",
    "AKIA",
    "x" * 20,
    '"',
    " ",
]


@given(st.lists(st.sampled_from(WORDS) | st.text(LETTERS, max_size=30), max_size=20).map("".join))
def test_near_misses_are_stable_too(text: str) -> None:
    once = scrub_text(text, key=KEY)

    assert scrub_text(once, key=KEY) == once


@pytest.mark.parametrize(
    "text",
    [
        '<input type="password" name="password" value="">',
        "Quên mật khẩu? Password",
        "https://cong.example/a@b",
        "mailto:so@cong.example",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "max-age=31536000",
    ],
)
def test_what_is_no_secret_is_not_touched(text: str) -> None:
    assert scrub_text(text, key=KEY) == text


def test_one_secret_has_one_mark_under_one_key() -> None:
    first = scrub_text("password=hunter2hunter2", key=KEY)

    assert scrub_text("x password=hunter2hunter2", key=KEY).endswith(first)
    assert scrub_text("password=hunter2hunter2", key=b"other") != first


@pytest.mark.parametrize(
    ("line", "shape"),
    [
        ("S=0123456789abcdef0123456789abcdef; path=/; HttpOnly", "S=redacted-32-high-*; path=/; HttpOnly"),
        ("lang=vi;Secure", "lang=redacted-2-low-*;Secure"),
        ("a = b c ; x", "a = redacted-3-low-* ; x"),
        ("id=Zm9vYmFyYmF6cXV4", "id=redacted-16-medium-*"),
        ("nameless; path=/", "redacted-8-low-*; path=/"),
        ("empty=; path=/", "empty=; path=/"),
        ("", ""),
        ("a=b=c", "a=redacted-3-low-*"),
    ],
)  # fmt: skip
def test_a_cookie_keeps_its_shape(line: str, shape: str) -> None:
    clean = scrub_cookie(line, key=KEY)

    head, star, tail = shape.partition("*")
    assert clean.startswith(head)
    assert clean.endswith(tail)
    assert len(clean) == len(shape) + (11 if star else 0)
    assert scrub_cookie(clean, key=KEY) == clean


@given(st.text(max_size=100))
def test_any_cookie_line_is_stable_after_one_pass(line: str) -> None:
    once = scrub_cookie(line, key=KEY)

    assert scrub_cookie(once, key=KEY) == once


@pytest.mark.parametrize(
    ("value", "wanted"), [("a" * 100, "low"), ("vi", "low"), ("0123456789abcd", "medium")]
)
def test_randomness_is_judged_by_apparent_entropy(value: str, wanted: str) -> None:
    assert randomness(value) == wanted


@pytest.mark.parametrize(
    "pattern",
    [
        b"-----BEGIN PRIVATE KEY-----",
        b"eyJ",
        b"eyJaaaaaa.",
        b"a://",
        b"password",
        b"password=",
        b"ab://cd:",
        b"pwd  ",
    ],
)
def test_a_page_of_near_misses_costs_linear_time(pattern: bytes) -> None:
    page = (pattern * (1 + 262_144 // len(pattern)))[:262_144]

    began = time.process_time()
    scrub(page, key=KEY)

    assert time.process_time() - began < 2  # quadratic patterns need minutes
