"""Parsers of what sites send: total, capped, and never fooled into a better verdict by a duplicate or broken line."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.judge import apply
from scanner.model.check import Context, Fail, Pass
from scanner.parse import charset, cookies, csp, headers, html
from scanner.parse.hsts import Hsts, HstsError, parse_hsts
from scanner.registry import load_checks
from scanner.samples import SEEN_AT, page, sample_reference

ANY_VALUE = st.text(st.characters(min_codepoint=1, max_codepoint=255), max_size=200)
CPU_LIMIT_S = 5.0  # far above the need; an input that stalls a parser takes minutes
CHECKS = {c.id: c for c in load_checks()}


def verdict(check_id: str, *lines: tuple[str, str]) -> type:
    return type(apply(CHECKS[check_id], page(*lines), Context(SEEN_AT, sample_reference())))


@given(ANY_VALUE)
def test_hsts_gives_a_policy_or_a_reason(value: str) -> None:
    assert isinstance(parse_hsts(value), Hsts | HstsError)


@given(st.integers(0, 10**18), st.booleans())
def test_hsts_reads_what_was_written(age: int, everywhere: bool) -> None:
    value = f"max-age={age}" + ("; includeSubDomains" if everywhere else "")

    assert parse_hsts(value) == Hsts(age, everywhere)


@given(st.lists(ANY_VALUE, max_size=5))
def test_csp_gives_policies_for_any_text(values: list[str]) -> None:
    for policy in csp.parse_policies(values):
        names = [directive.name for directive in policy.directives]
        assert len(names) == len(set(names))


@given(ANY_VALUE)
def test_a_cookie_is_read_or_dropped(raw: str) -> None:
    cookie = cookies.parse_cookie(raw)

    assert cookie is None or cookie.is_session in (True, False)
    assert cookie is None or cookie.is_deletion(SEEN_AT) in (True, False)


@given(st.lists(ANY_VALUE, max_size=5))
def test_list_members_hold_no_comma_outside_quotes(values: list[str]) -> None:
    assert all("," not in m or '"' in m for m in headers.members(values))


@given(st.binary(max_size=2_000), ANY_VALUE)
def test_any_bytes_decode(content: bytes, declared: str) -> None:
    assert isinstance(charset.decode(content, charset=declared), str)


@given(st.binary(max_size=2_000))
def test_any_bytes_give_a_summary(content: bytes) -> None:
    assert isinstance(html.summarise(content, base_url="https://so.example/"), html.HtmlSummary)


@pytest.mark.parametrize(
    "check_id", ["http.hsts-missing", "http.nosniff-missing", "http.framing-unprotected"]
)
@given(st.sampled_from(["max-age=0", "none", "ALLOWALL", "abc"]), ANY_VALUE)
def test_a_second_line_never_heals_a_first_one_that_fails(check_id: str, bad: str, second: str) -> None:
    name = {
        "http.hsts-missing": "strict-transport-security",
        "http.nosniff-missing": "x-content-type-options",
        "http.framing-unprotected": "x-frame-options",
    }[check_id]
    alone = verdict(check_id, (name, bad))

    both = verdict(check_id, (name, bad), (name, second))

    if (
        alone is Fail and check_id != "http.framing-unprotected"
    ):  # two different XFO words do block (HTML standard)
        assert both is not Pass


@pytest.mark.parametrize(
    "content",
    [
        b"<div>" * 100_000 + b"<a href=x>sau</a>",
        b"<a " * 20_000,
        b"<!--" * 16_000,
        b"<a href=" * 4_000,
        b"<b><i>" * 5_000,
        b"<select>" + b"<option>" * 8_000,
        b"<title>" * 30_000,
        b"&" * 200_000,
        b"<meta charset=punycode>" + b"-" * 400_000,
        b"<div class='" + b"footer " * 50_000 + b"'>",
    ],
    ids=[
        "deep",
        "open-tags",
        "comments",
        "attributes",
        "unclosed",
        "options",
        "titles",
        "entities",
        "codec",
        "classes",
    ],
)
def test_pages_made_to_stall_a_parser_do_not(content: bytes) -> None:
    before = time.process_time()

    html.summarise(content, base_url="https://so.example/")

    assert time.process_time() - before < CPU_LIMIT_S


def test_nothing_is_hidden_under_deep_nesting() -> None:
    content = b"<div>" * 30_000 + b'<a href="http://xau.example/">no hu</a>'

    summary = html.summarise(content, base_url="https://so.example/")

    assert [link.written for link in summary.links] == ["http://xau.example/"]


def test_the_footer_is_the_last_one() -> None:
    content = b"<footer>cu</footer><main>tin</main><footer>Joomla 3.4</footer>"

    assert html.summarise(content).footer_text == "Joomla 3.4"


def test_without_a_footer_the_last_part_of_the_text_counts() -> None:
    content = ("<p>" + "tin " * 100 + "</p><p>cuoi trang</p>").encode()

    footer = html.summarise(content).footer_text

    assert footer.endswith("cuoi trang")
    assert len(footer) < 100


@pytest.mark.parametrize(
    ("content", "declared", "text"),
    [
        ("Sở Y tế".encode(), "", "Sở Y tế"),
        ("Sở Y tế".encode(), "utf-8", "Sở Y tế"),
        ("Sở Y tế".encode("utf-16"), "", "Sở Y tế"),
        (b"caf\xe9", "iso-8859-1", "café"),
        (b"caf\xe9", "", "café"),
        (b"abc", "punycode", "abc"),
        ("Sở Sở".encode()[:-1], "", "Sở S\ufffd"),
        (b'<meta charset="utf-16">abc', "", '<meta charset="utf-16">abc'),
        (b"a\0b", "", "ab"),
    ],
)
def test_bytes_become_text(content: bytes, declared: str, text: str) -> None:
    assert charset.decode(content, charset=declared) == text


@pytest.mark.parametrize(
    ("raw", "session"),
    [
        ("PHPSESSID=abc", True),
        ("__Host-sessionid=abc", True),
        ("0123456789abcdef0123456789abcdef=7a1f0c2be94d5f6a8b3c4d5e6f708192", True),
        ("my_auth_token=7a1f0c2be94d5f6a8b3c4d5e6f708192", True),
        ("my_auth_token=redacted-32-high-0123456789ab", True),
        ("my_auth_token=redacted-3-low-0123456789ab", False),
        ("remember=eyJhbGciOiJIUzI1NiJ9.e30.x", True),
        ("session_theme=dark", False),
        ("XSRF-TOKEN=7a1f0c2be94d5f6a8b3c4d5e6f708192", False),
        ("AWSALB=7a1f0c2be94d5f6a8b3c4d5e6f708192", False),
    ],
)
def test_what_looks_like_the_key_to_a_session(raw: str, session: bool) -> None:
    cookie = cookies.parse_cookie(raw)

    assert cookie is not None
    assert cookie.is_session is session


def test_the_last_attribute_of_a_name_counts() -> None:
    cookie = cookies.parse_cookie("a=b; Max-Age=0; max-age=60")

    assert cookie is not None
    assert not cookie.is_deletion(SEEN_AT)


def test_members_keep_commas_in_quotes_and_split_keeps_what_is_empty() -> None:
    values = ['a, "b\\", c" ', "", ",d"]

    assert headers.members(values) == ("a", '"b\\", c"', "d")
    assert headers.split(values) == ("a", '"b\\", c"', "", "", "d")


@given(st.integers(0, 10**80))
def test_any_number_of_seconds_is_valid(age: int) -> None:
    policy = parse_hsts(f"max-age={age}")

    assert isinstance(policy, Hsts)
    assert policy.max_age_s == min(age, 10**18)


@pytest.mark.parametrize(
    "value", ["max-age=\xa01", "\x85max-age=1", 'max-age="1', "max-age=1;max-age=1", "=1"]
)
def test_what_a_browser_cannot_read_is_void(value: str) -> None:
    assert isinstance(parse_hsts(value), HstsError)


@pytest.mark.parametrize("space", ["\xa0", "\x85", "\x1c"])
def test_only_ascii_white_space_ends_the_name_of_a_directive(space: str) -> None:
    policies = csp.parse_policies([f"script-src{space}'self'"])

    assert not csp.governs_scripts(policies)


def test_a_directive_knows_its_place_and_the_first_of_a_name_counts() -> None:
    value = "img-src *; script-src 'self'; script-src *, default-src 'none'"

    first, second = csp.parse_policies([value])

    script = first.get("script-src")
    assert script is not None
    assert value[script.at :].startswith("script-src 'self'")
    assert script.sources == ("'self'",)
    assert first.repeated == ("script-src",)
    assert value[second.directives[0].at :].startswith("default-src")


def test_a_policy_in_meta_cannot_forbid_framing() -> None:
    (policy,) = csp.parse_policies(["frame-ancestors 'none'; img-src *"], is_meta=True)

    assert policy.get("frame-ancestors") is None
    assert policy.get("img-src") is not None


@pytest.mark.parametrize(
    ("raw", "gone"),
    [
        ("a=b; Max-Age=0", True),
        ("a=b; Max-Age=-" + "9" * 40, True),
        ("a=b; Max-Age=" + "9" * 40, False),
        ("a=b; Max-Age=soon; Expires=Thu, 01-Jan-70 00:00:01 GMT", True),
        ("a=b; Expires=Wed, 01 Jan 2031 00:00:01 GMT", False),
        ("a=b; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", False),
        ("a=b; Expires=never", False),
        ("a=b", False),
    ],
)
def test_a_line_that_removes_a_cookie_is_known(raw: str, gone: bool) -> None:
    cookie = cookies.parse_cookie(raw)

    assert cookie is not None
    assert cookie.is_deletion(SEEN_AT) is gone


@pytest.mark.parametrize("raw", ["", " ; Secure", "=", "a=b\x07", "a=" + "b" * 5_000])
def test_what_browsers_drop_is_no_cookie(raw: str) -> None:
    assert cookies.parse_cookie(raw) is None


@pytest.mark.parametrize(
    "name",
    ["SESS" + "a" * 32, "SSESS" + "0b" * 16, "ASPSESSIONIDQQABCDEF", "wordpress_logged_in_" + "a" * 32],
)
def test_sessions_whose_name_is_made_up_are_known(name: str) -> None:
    cookie = cookies.parse_cookie(f"{name}=x")

    assert cookie is not None
    assert cookie.is_session


def test_what_stands_in_noscript_and_template_is_seen_but_not_loaded() -> None:
    content = (
        b"<noscript><style>p{}</style><iframe src=/a></iframe>in</noscript><p>out"
        b"<template><script src=/b></script></template><script src=/c></script>"
    )

    summary = html.summarise(content, base_url="https://so.example/")

    assert [(a.url[-2:], a.is_inert) for a in summary.assets] == [("/a", True), ("/b", True), ("/c", False)]
    assert summary.text == "out"


POLICY = '<meta http-equiv="content-security-policy" content="default-src x">'


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (POLICY, 1),
        (f"<head><title>a</title>{POLICY}</head>", 1),
        (f"<body>{POLICY}", 0),
        (f"chu {POLICY}", 0),
        (f"<head><div></div>{POLICY}", 0),
        (f"<noscript>{POLICY}</noscript>", 0),
        ('<meta name="content-security-policy" content="default-src x">', 0),
    ],
)
def test_a_policy_counts_in_the_head_only(content: str, found: int) -> None:
    assert len(html.summarise(content.encode()).http_equiv("content-security-policy")) == found


def test_the_first_title_is_the_title() -> None:
    content = b"<title>So Mau</title><svg><title>hinh</title></svg>"

    assert html.summarise(content).title == "So Mau"


def test_one_page_gives_everything_checks_ask_for() -> None:
    content = """<html lang=vi><head><base href="/goc/"><meta name=generator content="Joomla! 3.4">
      <link rel="shortcut icon" href=i.ico><link rel=stylesheet href=a.css integrity=sha256-x><link rel=next href=b>
      <script>var a = 1;</script></head><body id=than class="a b" data-view=1><!-- ghi chu -->
      <form action="http://so.example/vao" method=POST><input type=password></form><object data=o.swf></object>
      <a href="tin?id=1">Tin <b>mới</b></a><a name=x>neo</a></body></html>"""

    summary = html.summarise(content.encode(), base_url="https://so.example/")

    assert summary.lang == "vi"
    assert summary.generators == ("Joomla! 3.4",)
    assert summary.meta("generator") == ("Joomla! 3.4",)
    assert [a.url for a in summary.stylesheets] == ["https://so.example/goc/a.css"]
    assert summary.of_kind("object")[0].url == "https://so.example/goc/o.swf"
    assert summary.scripts == ()
    assert summary.inline_scripts == ("var a = 1;",)
    assert (summary.forms[0].url, summary.forms[0].method, summary.forms[0].has_password) == (
        "http://so.example/vao",
        "post",
        True,
    )
    assert [(link.url, link.text) for link in summary.links] == [
        ("https://so.example/goc/tin?id=1", "Tin mới")
    ]
    assert {"than", "a", "b"} <= set(summary.names)
    assert summary.attributes == ("data-view",)
    assert summary.comments == (" ghi chu ",)
    assert not summary.truncated


def test_a_password_field_without_a_form_is_a_form_all_the_same() -> None:
    assert html.summarise(b"<input type=password>").forms[0].has_password


def test_what_was_left_out_is_said() -> None:
    much_text = html.summarise(b"<p>" + b"chu " * 100_000)
    many_links = html.summarise(b"<a href=x>" * 5_001)

    assert (much_text.text_truncated, much_text.truncated) == (True, False)
    assert (many_links.text_truncated, many_links.truncated) == (False, True)
