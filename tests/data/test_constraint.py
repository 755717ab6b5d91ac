"""Stretches of releases as public records write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.data.constraint import stretches
from scanner.data.hole import RangeError
from scanner.model.reference import VulnerableRange


def rows(*wanted: tuple[str, str, str]) -> tuple[VulnerableRange, ...]:
    return tuple(VulnerableRange(*row) for row in wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("4.0.0-4.4.6", rows(("4.0.0", "", "4.4.6"))),
        ("3.0.0-3.10.6 & 4.0.0-4.1.0", rows(("3.0.0", "", "3.10.6"), ("4.0.0", "", "4.1.0"))),
        ("<= 1.7.0", rows(("", "", "1.7.0"))),
        ("2.9.0 - 2.9.4", rows(("2.9.0", "", "2.9.4"))),
        (">= 9.0.0, < 9.13.10", rows(("9.0.0", "9.13.10", ""))),
        (">= 6.0.0 < 6.7.3", rows(("6.0.0", "6.7.3", ""))),
        (">=7.0 <7.58 || >= 8.0.0 <8.3.9", rows(("7.0", "7.58", ""), ("8.0.0", "8.3.9", ""))),
        ("DotNetNuke CMS Fixed in 9.1.1", rows(("", "9.1.1", ""))),
        ("Fixed in OpenSSL 1.1.1d (Affected 1.1.1-1.1.1c)", rows(("1.1.1", "1.1.1d", ""))),
        ("Fixed in OpenSSL 3.0.1 (Affected 3.0.0)", rows(("3.0.0", "3.0.1", ""))),
        ("9.0.0.M1 to 9.0.0.M11", rows(("9.0.0.M1", "", "9.0.0.M11"))),
        ("11.2.*", rows(("11.2", "11.3", ""))),
        ("3.1.2", rows(("3.1.2", "", "3.1.2"))),
        ("= 2.4.49", rows(("2.4.49", "", "2.4.49"))),
    ],
)
def test_what_is_understood(text: str, wanted: tuple[VulnerableRange, ...]) -> None:
    assert stretches(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "n/a",
        "",
        "unspecified",
        ">8.7.3 <8.7.5",
        ">= 9.0",
        "fix pack 11",
        "next",
        "2.0-1.0",
        "< 1 <= 2",
        "9" * 500,
    ],
)
def test_the_rest_is_refused(text: str) -> None:
    with pytest.raises(RangeError):
        stretches(text)


@given(st.text(alphabet="0123456789.<>=-|&* ,vxX()abFixed in", max_size=80))
def test_any_text_gives_stretches_or_the_promised_error(text: str) -> None:
    try:
        found = stretches(text)
    except RangeError:
        return
    assert all(row.fixed or row.last for row in found)
