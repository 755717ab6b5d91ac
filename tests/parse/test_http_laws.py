"""A duplicate or a malformed header never improves a verdict: for every check of pages at once."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.howto import load_howto
from scanner.identify.page import Page
from scanner.judge import apply
from scanner.model.check import Check, Context, Fail, Pass
from scanner.model.finding import Severity
from scanner.registry import load_checks
from scanner.samples import SEEN_AT, page, sample_reference
from tests.observatory.cases import COOKIES, CSP, HEADERS, HSTS, POLICIES, STS

Line = tuple[str, str]
CHECKS = tuple(c for c in load_checks() if c.on is Page and c.topic in ("http", "cookies", "content"))
CONTEXT = Context(SEEN_AT, sample_reference())
POOL: tuple[Line, ...] = (
    *((CSP, value) for value in POLICIES),
    *((STS, value) for value in HSTS),
    *(("Set-Cookie", value) for value in COOKIES),
    *((name, value) for name, values in HEADERS for value in values),
    *(("Cache-Control", value) for value in ("public", "max-age=600", "no-store", "private", "max-age=abc")),
    ("Expires", "Wed, 01 Jan 2098 00:00:00 GMT"),
    ("Permissions-Policy", "camera=()"),
    ("X-XSS-Protection", "0"),
    ("X-XSS-Protection", "1"),
    ("Server", "nginx/1.14.0"),
    ("Server", "nginx"),
)
# X-Frame-Options is left out: beside one known word an unknown one makes browsers block all frames (HTML standard)
BROKEN: tuple[Line, ...] = (
    *(
        (name, value)
        for name in (CSP, STS, "Permissions-Policy")
        for value in ("", "\x80", "abc def;;", "'", '"')
    ),
    (STS, "max-age=abc"),
    (STS, "max-age=1; max-age=2"),
    (CSP, "scrip-src 'none'"),
    ("Set-Cookie", ""),
    ("Set-Cookie", "=;;;"),
    ("X-Content-Type-Options", "nosnif"),
    ("Referrer-Policy", "abc"),
    ("Cache-Control", "max-age=x"),
    ("Cache-Control", ",,"),
    ("Expires", "never"),
    ("Cross-Origin-Opener-Policy", "same origin"),
    ("Cross-Origin-Embedder-Policy", '"require-corp"'),
    ("Cross-Origin-Resource-Policy", "none"),
    ("X-XSS-Protection", "off"),
    ("Content-Security-Policy-Report-Only", "abc"),
)
CPU_LIMIT_S = 5.0  # far above the need
LINES = st.lists(st.sampled_from(POOL), max_size=6)


def verdicts(lines: list[Line]) -> dict[str, object]:
    view = page(*lines)
    return {c.id: apply(c, view, CONTEXT) for c in CHECKS}


def improved(before: dict[str, object], after: dict[str, object]) -> list[str]:
    return [name for name, said in before.items() if isinstance(said, Fail) and isinstance(after[name], Pass)]


def faults(said: dict[str, object]) -> int:
    counted: dict[str, Check] = {c.id: c for c in CHECKS if c.severity is not Severity.INFO}
    return sum(isinstance(said[name], Fail) for name in counted)


@settings(max_examples=120, deadline=None)
@given(LINES.filter(bool), st.data())
def test_a_duplicate_line_never_improves_a_verdict(lines: list[Line], data: st.DataObject) -> None:
    again = data.draw(st.sampled_from(lines))

    before, after = verdicts(lines), verdicts([*lines, again])

    # the same X-Frame-Options twice is one word; every other header is judged by its first line or by all of them
    assert improved(before, after) == []
    assert faults(after) >= faults(before)


@settings(max_examples=120, deadline=None)
@given(LINES, st.sampled_from(BROKEN))
def test_a_malformed_line_never_improves_a_verdict(lines: list[Line], broken: Line) -> None:
    before, after = verdicts(lines), verdicts([*lines, broken])

    assert improved(before, after) == []
    assert faults(after) >= faults(before)


WORDS = ("a ", "'nonce-a' ", "*.a/ ", "https: ", ";a ", "a=(), ", "'", "\x80", "max-age=1;", "%41/")


@pytest.mark.parametrize("word", WORDS)
def test_headers_made_to_stall_cost_seconds_at_most(word: str) -> None:
    value = (word * 16_384)[:16_384]
    names = (
        CSP,
        STS,
        "Set-Cookie",
        "Permissions-Policy",
        "Cache-Control",
        "Referrer-Policy",
        "X-Frame-Options",
    )
    began = time.process_time()

    verdicts([(name, value) for name in names for _ in range(2)])

    assert time.process_time() - began < CPU_LIMIT_S


def test_every_check_of_pages_names_a_command_that_reproduces_it() -> None:
    howtos = load_howto()

    assert [c.id for c in CHECKS if not howtos[c.howto].reproduce] == []
