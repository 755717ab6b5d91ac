"""security.txt (RFC 9116)."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.parse.security_txt import moment_of, read_security_txt

GOOD = "Contact: mailto:a@so.example\r\nExpires: 2027-06-01T00:00:00Z\r\n"


def test_fields_are_read_with_either_line_end() -> None:
    windows, unix = read_security_txt(GOOD), read_security_txt("\ufeff" + GOOD.replace("\r\n", "\n"))

    assert windows == unix
    assert windows.values("contact") == ("mailto:a@so.example",)
    assert windows.expires_at == datetime(2027, 6, 1, tzinfo=UTC)
    assert windows.faults == ()


def test_a_signed_file_is_what_the_signature_covers() -> None:
    signed = (
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n"
        f"{GOOD}- -----dashed: yes\n-----BEGIN PGP SIGNATURE-----\n\nContact: mailto:evil@x.example\n"
    )

    found = read_security_txt(signed)

    assert found.is_signed
    assert found.values("contact") == ("mailto:a@so.example",)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2027-06-01T07:00:00+07:00", datetime(2027, 6, 1, tzinfo=UTC)),
        ("2027-06-01t00:00:00.5z", datetime(2027, 6, 1, tzinfo=UTC)),
        ("2027-06-01", None),
        ("2027-13-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("2027-06-01T00:00:00", None),
        ("", None),
    ],
)
def test_a_moment_is_one_of_rfc_3339(text: str, at: datetime | None) -> None:
    assert moment_of(text) == at


@pytest.mark.parametrize(
    ("extra", "word"),
    [
        ("hello", "no field"),
        ("Expires: 2028-01-01T00:00:00Z", "more than once"),
        ("Preferred-Languages: vi\nPreferred-Languages: en", "more than once"),
        ("Policy: http://so.example/", "no URI"),
        ("Policy: so.example", "no URI"),
        ("Policy: http://[", "no URI"),
    ],
)
def test_each_broken_rule_is_a_fault(extra: str, word: str) -> None:
    faults = read_security_txt(GOOD + extra).faults

    assert len(faults) == 1
    assert word in faults[0]


def test_an_empty_file_lacks_both_fields() -> None:
    assert read_security_txt("").faults == ("no Contact field", "no Expires field")


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    assert read_security_txt(text).is_signed in (True, False)


@given(st.text(st.characters(exclude_characters="\x00"), max_size=60))
def test_one_more_line_never_heals_a_file(line: str) -> None:
    broken = "Expires: soon\n"

    assert read_security_txt(broken + line).expires_at is None
