"""How pages become signs: style, places, redirects, scripts, words; any bytes give an answer."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.identify.compromise import Compromise, compromise_of, signs_of
from scanner.identify.ground import ground_of
from scanner.identify.kinship import Family, Kin, host_in
from scanner.identify.lexicon import LexiconError, find, is_warned, read_lexicon, weight_of
from scanner.judge import judge
from scanner.model.check import NotApplicable
from scanner.model.evidence import End, Evidence, Missing, Target
from scanner.model.finding import Verdict
from scanner.parse.hiding import Hiding, hidden_selectors, hiding_of
from scanner.parse.html import summarise
from scanner.parse.placement import place, refresh_of
from scanner.registry import load_checks
from scanner.samples import chain, fetched, redirect, response, sample_reference, silence

URL = "https://so.example/"
CHECKS = tuple(c for c in load_checks() if c.topic == "compromise")


def visit(*fetches: object) -> Evidence:
    http = fetched(*fetches)  # type: ignore[arg-type]
    return Evidence("so", Target("so.example"), datetime(2026, 11, 24, tzinfo=UTC), http=http)


# ---- style -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "hiding"),
    [
        ("position:absolute; left:-9999px", Hiding.OFF_SCREEN),
        ("margin-left:-60em", Hiding.OFF_SCREEN),
        ("left : -100%", Hiding.OFF_SCREEN),
        ("LEFT:-1000PX !important", Hiding.OFF_SCREEN),
        ("left:-20px", None),
        ("left:-10%", None),
        ("width:0;height:0", Hiding.ZERO_SIZE),
        ("height:0px;overflow:hidden", Hiding.ZERO_SIZE),
        ("width:1px;height:1px;clip:rect(0,0,0,0);overflow:hidden", Hiding.CLIPPED),
        ("height:0", None),
        ("font-size:0", Hiding.TINY_TEXT),
        ("font-size:10px", None),
        ("color:#FFFFFF;background-color:white", Hiding.SAME_COLOUR),
        ("color:#fff;background:#000", None),
        ("dis/**/play:none", Hiding.DISPLAY_NONE),
        ("visibility:hidden", Hiding.INVISIBLE),
        ("opacity:0", Hiding.TRANSPARENT),
        ("opacity:0.9", None),
        ("text-indent:-9999px", Hiding.INDENTED),
        ("", None),
        ("color:red", None),
    ],
)
def test_style_hides_in_known_ways(style: str, hiding: Hiding | None) -> None:
    assert hiding_of(style) is hiding


def test_only_simple_rules_outside_media_count() -> None:
    sheet = """.a,p.b{display:none} #c{left:-999px} .d:hover{display:none} .e .f{display:none}
    @media print{.g{display:none}} .h{color:red} }} .i{display:none"""

    assert set(hidden_selectors(sheet)) == {".a", ".b", "#c"}


# ---- places ------------------------------------------------------------------------------------------------


def test_what_is_closed_is_seen_again() -> None:
    placed = place(b'<div style="display:none"><a href=/1>x</a></div><a href=/2>y</a>', base_url=URL)

    assert [link.hiding for link in placed.links] == [Hiding.DISPLAY_NONE, None]


def test_end_of_page_in_a_script_or_comment_is_none() -> None:
    page = b"<html><script>var x='</html>'</script><!-- </html> --><a href=/1>x</a></html><a href=/2>y</a>"

    assert [link.hiding for link in place(page, base_url=URL).links] == [None, Hiding.AFTER_HTML]


def test_data_in_script_elements_is_no_code() -> None:
    page = b'<script type="application/ld+json">{"a":1}</script><script>f()</script><script src="/x.js"></script>'

    assert [(s.url, s.code) for s in place(page, base_url=URL).scripts] == [("", "f()"), (f"{URL}x.js", "")]


@pytest.mark.parametrize(
    ("content", "to"),
    [
        ("0; url=https://a.example/", "https://a.example/"),
        ("5;URL='/x'", "/x"),
        ("0, url = /y", "/y"),
        ("300", ""),
        ("", ""),
    ],
)
def test_a_refresh_leads_somewhere_or_reloads(content: str, to: str) -> None:
    assert refresh_of(content) == to


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_give_signs(content: bytes) -> None:
    summary = summarise(content, base_url=URL)

    assert isinstance(signs_of(content, url=URL, html=summary, ref=sample_reference()), Compromise)


# ---- words -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("Tài xỉu online", 3),
        ("TAI XIU ONLINE", 3),
        ("tất cả do ban tổ chức", 0),
        ("tat-ca-do-an-tot-nghiep", 0),
        ("slotted, pokers, casinos", 0),
        ("casino poker slot jackpot bingo", 2),
        ("Tài xỉu, tai xiu, TÀI XỈU", 2),
        ("tài xỉu và nổ hũ", 4),
        ("澳门赌场", 3),
        ("", 0),
    ],
)
def test_words_weigh_by_how_telling_they_are(text: str, weight: int) -> None:
    assert weight_of(find(text, sample_reference().lexicon)) == weight


def test_warnings_are_words_not_letters() -> None:
    lexicon = sample_reference().lexicon

    assert is_warned("Công an triệt phá", lexicon)
    assert is_warned("cong-an-bat-giu", lexicon)
    assert not is_warned("công anh em", lexicon)


def test_a_broken_list_names_every_fault() -> None:
    text = """format = "x"
[[group]]
theme = "spam"
weight = 9
words = ["Hoa", "!!"]
colour = 1
[[group]]
theme = "loan"
weight = 1
"""
    with pytest.raises(LexiconError) as caught:
        read_lexicon(text)

    for part in ("format", "colour", "theme", "weight", "'Hoa'", "'!!'", "group 2: it has no words"):
        assert part in str(caught.value)
    with pytest.raises(LexiconError):
        read_lexicon("[")


def test_an_empty_list_finds_nothing() -> None:
    lexicon = read_lexicon('format = "lexicon/1"\ngroup = []')

    assert find("tài xỉu 澳门赌场", lexicon) == ()


# ---- whose host --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "kin"),
    [
        ("so.tinh.gov.vn", Kin.OWN),
        ("khac.tinh.gov.vn", Kin.OWN),
        ("tinhkhac.gov.vn", Kin.OFFICIAL),
        ("www.facebook.com", Kin.FAMILIAR),
        ("facebook.com.la.example", Kin.STRANGER),
        ("xgov.vn", Kin.STRANGER),
        ("", Kin.NONE),
    ],
)
def test_hosts_are_kin_by_name(host: str, kin: Kin) -> None:
    assert Family("so.tinh.gov.vn", sample_reference()).kin(host) is kin


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://A.Example:8443/x?y#z", "a.example"),
        ("http://u:p@b.example/", "b.example"),
        ("https://[2001:db8::1]:1/", "2001:db8::1"),
        ("mailto:a@b.example", ""),
        ("ftp://a.example/", ""),
        ("javascript:void(0)//x", ""),
    ],
)
def test_the_host_of_an_address(url: str, host: str) -> None:
    assert host_in(url) == host


# ---- from a visit ------------------------------------------------------------------------------------------


def test_a_site_that_only_leads_to_a_casino_is_suspected_and_the_rest_is_unknown() -> None:
    away = chain("https", (URL, redirect("https://kubet-vip.example/")), end=End.OUT_OF_SCOPE)

    verdicts = {f.check_id: f.verdict for f in judge(visit(away), CHECKS, sample_reference())}

    assert verdicts["compromise.gambling-spam"] is Verdict.FAIL
    assert verdicts["compromise.cloaking"] is not Verdict.PASS
    assert {v for k, v in verdicts.items() if k.endswith(("links", "script", "frame", "defaced"))} == {
        Verdict.UNKNOWN
    }


@pytest.mark.parametrize("to", ["https://tinh.gov.vn/", "https://moi.example/", "https://casino.vn/"])
def test_a_site_that_leads_elsewhere_honestly_has_no_page_to_judge(to: str) -> None:
    away = chain("https", (URL, redirect(to)), end=End.OUT_OF_SCOPE)

    assert isinstance(compromise_of(visit(away), sample_reference()), NotApplicable)


def test_silence_is_unknown() -> None:
    seen = compromise_of(visit(chain("https", (URL, silence()))), sample_reference())

    assert isinstance(seen, Missing)
    assert isinstance(compromise_of(visit(chain("https", (URL, response()))), sample_reference()), Compromise)


@pytest.mark.parametrize(
    ("html", "headers", "ground"),
    [
        ("<p>x</p>", (), "other"),
        ('<link href="/wp-content/a.css">', (), "wordpress"),
        ('<script src="/media/jui/a.js">', (), "joomla"),
        ("<p>x</p>", (("X-AspNet-Version", "4.0"),), "aspnet"),
        ('<input name="__VIEWSTATE">', (), "aspnet"),
    ],
)
def test_the_ground_of_a_site(html: str, headers: tuple[tuple[str, str], ...], ground: str) -> None:
    assert ground_of([chain("https", (URL, response(200, *headers, html=html)))]) == ground


def test_a_wall_has_no_ground() -> None:
    assert ground_of([chain("https", (URL, response(403)))]) == ""
    assert ground_of([chain("https", (URL, silence()))]) == ""
