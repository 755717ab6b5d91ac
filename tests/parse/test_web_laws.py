"""Laws of the readings behind web verdicts: one policy more allows no more, junk changes nothing, case is nothing."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.judge import apply
from scanner.model.check import Context
from scanner.parse.cookies import Cookie, parse_cookie
from scanner.parse.csp import (
    OBJECT,
    SCRIPT,
    SCRIPT_ATTRIBUTE,
    SCRIPT_ELEMENT,
    STYLE_ATTRIBUTE,
    STYLE_ELEMENT,
    Policy,
    allowed_by_all,
    allows_anywhere,
    allows_inline,
    allows_scheme,
    parse_policies,
)
from scanner.parse.headers import values
from scanner.parse.html import summarise
from scanner.samples import SEEN_AT, page, sample_reference
from tests.parse.test_http_laws import CHECKS, LINES, Line

NAMES = (
    "script-src",
    "default-src",
    "script-src-elem",
    "style-src",
    "object-src",
    "frame-ancestors",
    "sandbox",
    "x",
)
SOURCES = (
    "'self'",
    "'unsafe-inline'",
    "'none'",
    "'strict-dynamic'",
    "'nonce-MTIzNDU2Nzg5MDEyMzQ1Ng=='",
    "*",
    "https:",
    "data:",
    "a.example",
    "\x80",
)
DIRECTIVES = st.builds(
    lambda name, sources: " ".join((name, *sources)),
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(SOURCES), max_size=3),
)
POLICY = st.lists(DIRECTIVES, max_size=4).map("; ".join)
POLICIES = st.lists(POLICY, max_size=3)
PLACES = (SCRIPT, SCRIPT_ELEMENT, SCRIPT_ATTRIBUTE, STYLE_ELEMENT, STYLE_ATTRIBUTE, OBJECT)
TESTS = (allows_inline, allows_anywhere, allows_scheme("data:"))
KNOWN = ("secure", "httponly", "samesite", "path", "domain", "max-age", "expires")
JUNK = st.text(
    st.characters(exclude_characters=";\r\n\0", exclude_categories=("Cs", "Cc")), max_size=20
).filter(lambda text: text.partition("=")[0].strip(" \t").lower() not in KNOWN)
ATTRIBUTES = st.lists(
    st.sampled_from(
        ("Secure", "HttpOnly", "SameSite=Lax", "SameSite=None", "Path=/", "Domain=a.example", "Max-Age=5")
    ),
    unique=True,
)


def allowed(policies: tuple[Policy, ...]) -> set[tuple[int, int]]:
    """What these policies let through, as pairs of place and test."""
    return {
        (n, m)
        for n, place in enumerate(PLACES)
        for m, test in enumerate(TESTS)
        if allowed_by_all(policies, place, test)
    }


@given(POLICIES, POLICY)
def test_one_policy_more_never_allows_more(lines: list[str], more: str) -> None:
    assert allowed(parse_policies([*lines, more])) <= allowed(parse_policies(lines))


@given(POLICIES)
def test_lines_and_commas_are_the_same(lines: list[str]) -> None:
    assert allowed(parse_policies([", ".join(lines)])) == allowed(parse_policies(lines))


@given(POLICY, DIRECTIVES)
def test_a_directive_that_comes_again_changes_nothing(policy: str, again: str) -> None:
    before = parse_policies([policy])
    name = again.partition(" ")[0]
    if not before or before[0].get(name) is None:
        return

    after = parse_policies([f"{policy}; {again}"])

    assert [replace(p, repeated=()) for p in after] == [replace(p, repeated=()) for p in before]
    assert name in after[0].repeated


@given(st.text(max_size=120))
def test_any_text_is_read_as_policies_whose_places_are_true(text: str) -> None:
    for policy in parse_policies([text]):
        for directive in policy.directives:
            assert text[directive.at :].lower().startswith(directive.name.lower()[:1].lower())


def meaning(cookie: Cookie | None) -> object:
    """What a browser makes of a cookie."""
    if cookie is None:
        return None
    return (cookie.name, cookie.value, cookie.is_session, *(cookie.get(name) for name in KNOWN))


@given(ATTRIBUTES, JUNK, st.booleans())
def test_junk_among_the_attributes_changes_nothing(attributes: list[str], junk: str, first: bool) -> None:
    pair = "PHPSESSID=7a1f0c2be94d5f6a8b3c4d5e6f708192"
    mixed = [junk, *attributes] if first else [*attributes, junk]

    assert meaning(parse_cookie("; ".join([pair, *mixed]))) == meaning(
        parse_cookie("; ".join([pair, *attributes]))
    )


@settings(max_examples=60, deadline=None)
@given(LINES, st.randoms(use_true_random=False))
def test_the_letter_case_of_names_is_nothing(lines: list[Line], chance: object) -> None:
    flip = getattr(chance, "choice")  # noqa: B009 - hypothesis types its random generators as objects
    other = [("".join(flip((c.upper(), c.lower())) for c in name), value) for name, value in lines]
    context = Context(SEEN_AT, sample_reference())

    def said(these: list[Line]) -> dict[str, str]:
        view = page(*these)
        return {c.id: type(apply(c, view, context)).__name__ for c in CHECKS}

    assert said(other) == said(lines)


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=8), st.text(max_size=8))
def test_every_line_of_a_name_is_found_in_its_order(lines: list[tuple[str, str]], name: str) -> None:
    wanted = tuple(v.strip(" \t") for n, v in lines if n.lower() == name.lower())

    assert values(tuple(lines), name) == wanted


@given(st.binary(max_size=300))
def test_any_bytes_are_a_page(content: bytes) -> None:
    assert summarise(content).elements >= 0
