"""MTA-STS policies and records: the grammar on its edges, beside another reader of them."""

import pytest
from checkdmarc.mta_sts import MTASTSError, parse_mta_sts_policy, parse_mta_sts_record
from hypothesis import given
from hypothesis import strategies as st

from scanner.parse.mta_sts import StsError, StsPolicy, is_permitted, read_sts_policy, sts_id

LINES = st.sampled_from(
    [
        "version: STSv1",
        "mode: enforce",
        "mode: none",
        "mx: a.so.example",
        "mx: *.so.example",
        "max_age: 1",
        "x: y",
        "",
    ]
)
IN_ORDER = "version: STSv1\nmode: enforce\nmx: mail.so.example\nmax_age: 86400\n"
BROKEN = (
    "",
    "version: STSv1",
    "version: STSv2\nmode: enforce\nmx: a.example\nmax_age: 1",
    "version: STSv1\nmode: Enforce\nmx: a.example\nmax_age: 1",
    "version: STSv1\nmode: enforce\nmax_age: 1",
    "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: -1",
    "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 31557601",
    "version: STSv1\nmode: enforce\nmx: a.*.example\nmax_age: 1",
    "version: STSv1\nmode: enforce\nmx: 10 a.example\nmax_age: 1",
    "version=STSv1",
)


@pytest.mark.parametrize("text", BROKEN)
def test_a_policy_outside_the_grammar_is_named(text: str) -> None:
    assert isinstance(read_sts_policy(text), StsError)


@pytest.mark.parametrize(
    "text",
    [
        IN_ORDER,
        IN_ORDER.replace("\n", "\r\n"),
        IN_ORDER + "max_age: 0\n",
        "extra: 1\n" + IN_ORDER,
        IN_ORDER.strip(),
    ],
)
def test_a_policy_inside_the_grammar_is_read(text: str) -> None:
    policy = read_sts_policy(text)

    assert isinstance(policy, StsPolicy)
    assert (policy.max_age_s, policy.mx) == (86400, ("mail.so.example",))


@given(st.text(max_size=120))
def test_any_text_gives_a_policy_or_one_error(text: str) -> None:
    assert isinstance(read_sts_policy(text), StsPolicy | StsError)


@given(st.lists(LINES, max_size=7))
def test_a_line_that_is_no_field_never_heals_a_policy(lines: list[str]) -> None:
    before = read_sts_policy("\n".join(lines))
    after = read_sts_policy("\n".join((*lines, "junk", "z: 1")))

    assert isinstance(after, StsError) or isinstance(before, StsPolicy)


@pytest.mark.parametrize(
    ("server", "allowed"),
    [
        ("mail.so.example", True),
        ("a.mail.so.example", False),
        ("so.example", False),
        ("x.other.example", False),
    ],
)
def test_a_wildcard_stands_for_exactly_one_label(server: str, allowed: bool) -> None:
    assert is_permitted(server, ("*.so.example",)) is allowed


@pytest.mark.parametrize("text", [IN_ORDER, *BROKEN])
def test_both_accept_the_same_policies(text: str) -> None:
    try:
        parse_mta_sts_policy(text.replace("\n", "\r\n"))
        accepted = True
    except MTASTSError:
        accepted = False

    assert isinstance(read_sts_policy(text), StsPolicy) == accepted


@pytest.mark.parametrize(
    "text",
    ["v=STSv1; id=20261122", "v=STSv1; id=2026-11", "v=STSv1;", "v=STSv1; id=1;", "v=STSv1; id=" + "a" * 33],
)
def test_both_accept_the_same_records(text: str) -> None:
    try:
        parse_mta_sts_record(text)
        accepted = True
    except MTASTSError:
        accepted = False

    assert (sts_id([text]) is not None) == accepted
