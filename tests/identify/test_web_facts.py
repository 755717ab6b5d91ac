"""The public grade, the authorities' thresholds, and what a site says of a page that cannot exist."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.identify.not_found import NotFound, not_found_of, resembles
from scanner.identify.observatory import (
    GATE,
    Mode,
    ObservatoryGrade,
    grade,
    letter,
    observatories_of,
    observatory_of,
)
from scanner.identify.observatory_csp import InvalidPolicyError, merge
from scanner.identify.observatory_seen import seen_of
from scanner.identify.profiles import PROFILES, compare
from scanner.identify.web_facts import web_facts
from scanner.model.evidence import Body, End, Evidence, Fetch, Missing, Response, Why
from scanner.model.reference import SuffixTable
from scanner.parse.html import summarise
from scanner.samples import chain, page, plain_page, redirect, response, sample_reference, seen, silence

URL, PLAIN = "https://so.example/", "http://so.example/"
REF = sample_reference()
GOOD = (
    ("Strict-Transport-Security", "max-age=31536000"),
    (
        "Content-Security-Policy",
        "default-src 'none'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
)
TO_HTTPS = chain("http", (PLAIN, redirect(URL)), (URL, response()))


def visit(*lines: tuple[str, str], options: tuple[tuple[str, str], ...] | None = None) -> Evidence:
    asked: tuple[Fetch, ...] = ()
    if options is not None:
        exchange = chain("options", (URL, response(200, *options))).exchanges[0]
        sent = (("Origin", "https://7a1f.example"),)
        asked = (Fetch("options", (type(exchange)(URL, exchange.response, "OPTIONS", "", sent),)),)
    return seen(TO_HTTPS, chain("https", (URL, response(200, *lines))), *asked)


def graded(evidence: Evidence, mode: Mode = Mode.AS_SCANNED) -> ObservatoryGrade:
    found = observatory_of(evidence, REF, mode=mode)
    assert isinstance(found, ObservatoryGrade)
    return found


def test_a_good_site_has_its_bonus_counted() -> None:
    found = graded(visit(*GOOD))

    assert (found.grade, found.base, found.bonus, found.score) == ("A+", 100, 20, 120)
    assert found.is_bonus_counted
    assert found.assumed == ("preload-list", "certificate", "cors")


def test_below_the_gate_the_bonus_is_shown_but_not_counted() -> None:
    found = graded(visit(*GOOD[1:]))

    assert (found.base, found.bonus, found.score) == (80, 20, 80)
    assert found.base < GATE
    assert not found.is_bonus_counted


def test_the_modes_differ_by_a_reflected_origin_alone() -> None:
    lines = (
        ("Access-Control-Allow-Origin", "https://7a1f.example"),
        ("Access-Control-Allow-Credentials", "true"),
    )
    evidence = visit(*GOOD, options=lines)

    assert graded(evidence).grade == "A+"
    assert graded(evidence, Mode.AS_SPECIFIED).score == 50
    assert "cors" not in graded(evidence).assumed


@pytest.mark.parametrize("status", [404, 500, 503])
def test_an_error_gets_no_grade(status: int) -> None:
    found = observatory_of(seen(chain("https", (URL, response(status)))), REF)

    assert isinstance(found, Missing)


def test_silence_gets_no_grade() -> None:
    silent = seen(chain("http", (PLAIN, silence())), chain("https", (URL, silence())))

    assert set(map(type, observatories_of(silent, REF).values())) == {Missing}
    assert observatory_of(seen(), REF) == Missing(Why.NOT_ASKED)


@given(st.integers(0, 200))
def test_every_score_has_a_letter_and_more_is_never_worse(score: int) -> None:
    letters = ["F", "D-", "D", "D+", "C-", "C", "C+", "B-", "B", "B+", "A-", "A", "A+"]

    assert letters.index(letter(score)) <= letters.index(letter(score + 5))


@given(st.lists(st.text(st.sampled_from("abc-src 'self';,:/*%\xa0\n"), max_size=60), max_size=4))
def test_any_policies_are_merged_or_invalid(policies: list[str]) -> None:
    try:
        merged = merge(policies)
    except InvalidPolicyError:
        return
    assert all(merged.sources.values())


@given(st.binary(max_size=500))
def test_any_page_gives_tags(content: bytes) -> None:
    assert all(name in ("meta", "script") for name, _ in summarise(content).tags)


def test_tags_are_seen_in_noscript_but_not_in_comments() -> None:
    html = b"<noscript><script src=a></script></noscript><!-- <script src=b></script> -->"

    assert summarise(html).tags == (("script", {"src": "a"}),)


def test_cookies_the_services_client_drops_are_dropped() -> None:
    lines = (
        "a=1; Domain=example.net",
        "b=1; Domain=gov.vn",
        "__Secure-c=1",
        "d",
        "e=1; Domain=.example; SameSite=X",
    )
    evidence = visit(*(("Set-Cookie", line) for line in lines))
    assert not isinstance(evidence.http, Missing)

    found = seen_of(evidence.http, host="so.example", verified=True, suffixes=SuffixTable())

    assert not isinstance(found, Missing)
    assert [(c.name, c.same_site) for c in found.cookies] == [("e", "")]
    assert isinstance(grade(found), ObservatoryGrade)


# ---- authorities ---------------------------------------------------------------------------------------------


def test_authorities_disagree_about_half_a_year() -> None:
    half = page(("Strict-Transport-Security", "max-age=15552000"))

    assert {name: met["hsts"] for name, met in compare(half).items()} == {
        "internet.nl": False,
        "owasp": False,
        "observatory": True,
    }


def test_a_strict_page_satisfies_all() -> None:
    strict = page(
        *GOOD[:1],
        (GOOD[1][0], f"{GOOD[1][1]}; object-src 'none'"),
        *GOOD[2:],
        ("X-Frame-Options", "DENY"),
    )

    assert all(met is True for one in compare(strict).values() for met in one.values())


@pytest.mark.parametrize(
    ("lines", "demand", "happy"),
    [
        ((("Referrer-Policy", "strict-origin"),), "referrer-policy", {"owasp", "observatory"}),
        ((), "referrer-policy", {"observatory"}),
        ((("Referrer-Policy", "unsafe-url"),), "referrer-policy", set()),
        ((("X-Frame-Options", "ALLOW-FROM https://a.example"),), "framing", {"observatory"}),
        ((("Content-Security-Policy", "frame-ancestors *"),), "framing", {"observatory"}),
        ((("X-Frame-Options", "SAMEORIGIN"),), "framing", set(PROFILES)),
        ((), "framing", set()),
        ((("Content-Security-Policy", "script-src 'self'"),), "csp", {"observatory"}),
        (
            (("Content-Security-Policy", "default-src 'self'; style-src 'unsafe-inline'"),),
            "csp",
            {"observatory"},
        ),
        ((), "csp", set()),
        ((("Strict-Transport-Security", "max-age=abc"),), "hsts", set()),
    ],
)
def test_each_authority_has_its_threshold(
    lines: tuple[tuple[str, str], ...], demand: str, happy: set[str]
) -> None:
    assert {name for name, met in compare(page(*lines)).items() if met[demand]} == happy


def test_an_open_question_is_no_yes() -> None:
    said = compare(plain_page(html="<a href=x>" * 5_001, https_unseen=silence()))

    assert said["owasp"]["hsts"] is None
    assert said["owasp"]["csp"] is None
    assert compare(plain_page())["owasp"]["hsts"] is False


# ---- pages that cannot exist -----------------------------------------------------------------------------------


def canary(*steps: tuple[str, Response | Missing], end: End = End.FINAL) -> Fetch:
    return chain("canary", *steps, end=end)


@pytest.mark.parametrize(
    ("fetch", "kind"),
    [
        (None, NotFound.UNKNOWN),
        (canary((f"{URL}x", silence())), NotFound.UNKNOWN),
        (canary((f"{URL}x", response(404))), NotFound.HONEST),
        (canary((f"{URL}x", response(410))), NotFound.HONEST),
        (canary((f"{URL}x", response(500))), NotFound.ERROR),
        (canary((f"{URL}x", response(403))), NotFound.BLOCKED),
        (canary((f"{URL}x", response())), NotFound.SOFT),
        (canary((f"{URL}x", redirect(URL)), (URL, response())), NotFound.REDIRECT),
        (canary((f"{URL}x", redirect("https://tinh.example/")), end=End.OUT_OF_SCOPE), NotFound.REDIRECT),
        (canary((f"{PLAIN}x", redirect(f"{URL}x")), (f"{URL}x", response())), NotFound.SOFT),
    ],
)
def test_the_answer_for_a_page_that_cannot_exist_is_named(fetch: Fetch | None, kind: NotFound) -> None:
    assert not_found_of(fetch) is kind


def test_the_same_page_with_another_token_is_the_same() -> None:
    one, two = (
        response(html=f"<p>Không có {token} lúc 08:0{n}</p>")
        for n, token in enumerate(("ab12cd34ef", "99aa88bb77"))
    )

    assert resembles(one, two)
    assert not resembles(one, response(html="<p>Đây là tệp sao lưu</p>"))
    assert not resembles(one, response(404))
    assert resembles(response(html=""), Response(200, (), Missing(Why.RESET)))
    assert isinstance(one.body, Body)


def test_facts_tell_grade_base_bonus_and_gate() -> None:
    facts = web_facts(visit(*GOOD), REF)

    told = facts["observatory"]["as-scanned"]
    assert (told["grade"], told["base"], told["bonus"], told["gate"]) == ("A+", 100, 20, 90)
    assert facts["not_found"] == "unknown"
    assert facts["profiles"]["internet.nl"]["hsts"] is True
    assert json.dumps(facts)


@pytest.mark.parametrize(
    ("fetch", "shows"),
    [
        (None, None),
        (canary((f"{URL}x", response(404))), None),
        (canary((f"{URL}x", response())), True),
        (canary((f"{URL}x", response(html="<p>Xin lỗi, không có trang này</p>"))), False),
        (canary((f"{URL}x", redirect(URL)), (URL, response())), True),
    ],
)
def test_facts_tell_whether_a_wrong_address_shows_the_home_page(
    fetch: Fetch | None, shows: bool | None
) -> None:
    asked = (chain("https", (URL, response())), *([fetch] if fetch else []))

    assert web_facts(seen(*asked), REF)["not_found_shows_home"] is shows


def test_facts_of_what_was_not_seen_are_short() -> None:
    assert web_facts(seen(), REF) == {"missing": "not-asked", "detail": ""}
    silent = web_facts(seen(chain("https", (URL, silence()))), REF)
    assert silent["observatory"]["as-scanned"]["missing"] == "refused"
    assert silent["profiles"] is None
