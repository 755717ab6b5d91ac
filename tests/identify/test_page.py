"""Which answer is the page of a site, and when there is none."""

import pytest

from scanner.identify.page import Answered, Page, http_facts, page_of
from scanner.identify.page_kind import PageKind, kind_of
from scanner.model.check import NotApplicable
from scanner.model.evidence import Body, End, Evidence, Missing, Response, Why
from scanner.parse.charset import stated_charset
from scanner.samples import answered, chain, redirect, response, sample_reference, seen, silence

URL, PLAIN = "https://so.example/", "http://so.example/"


def page(evidence: Evidence) -> Page | Missing | NotApplicable:
    return page_of(evidence, sample_reference())


def test_the_https_chain_is_preferred() -> None:
    found = page(seen(chain("http", (PLAIN, response())), chain("https", (URL, response()))))

    assert isinstance(found, Page)
    assert found.is_secure


def test_silence_on_443_leaves_https_an_open_question() -> None:
    silent = page(seen(chain("http", (PLAIN, response())), chain("https", (URL, silence()))))
    refused = page(seen(chain("http", (PLAIN, response())), chain("https", (URL, silence(Why.REFUSED)))))

    assert isinstance(silent, Page)
    assert isinstance(refused, Page)
    assert silent.https_unseen == Missing(Why.TIMEOUT, "")
    assert refused.https_unseen is None


def test_a_page_cut_on_the_way_says_so() -> None:
    whole = response()
    assert isinstance(whole.body, Body)
    cut = Response(200, whole.headers, Body(whole.body.content, "", 9_999_999, truncated=True))

    found = page(seen(chain("https", (URL, cut))))

    assert isinstance(found, Page)
    assert found.html.truncated


def test_nothing_asked_or_answered_is_missing() -> None:
    assert page(seen()) == Missing(Why.NOT_ASKED)
    assert isinstance(page(seen(chain("canary", (URL, response())))), Missing)
    assert page(seen(chain("http", (PLAIN, silence())))) == Missing(Why.TIMEOUT)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (response(403), Why.BLOCKED),
        (response(401, ("WWW-Authenticate", "Basic")), Why.BLOCKED),
        (response(500), Why.MALFORMED),
        (response(200, html=""), Why.MALFORMED),
        (Response(200, (("Content-Type", "text/html"),), Missing(Why.TOO_LARGE)), Why.TOO_LARGE),
        (Response(200, (), Missing(Why.RESET)), Why.RESET),
    ],
)
def test_what_is_no_page_of_the_site_is_missing(answer: Response, why: Why) -> None:
    found = page(seen(chain("https", (URL, answer))))

    assert isinstance(found, Missing)
    assert found.why is why


def test_without_https_the_http_page_counts() -> None:
    found = page(seen(chain("http", (PLAIN, response())), chain("https", (URL, silence(Why.REFUSED)))))

    assert isinstance(found, Page)
    assert not found.is_secure


def test_cookies_of_every_hop_are_kept() -> None:
    first = redirect(URL)
    hop = Response(301, (*first.headers, ("Set-Cookie", "a=b")), first.body)
    found = page(seen(chain("http", (PLAIN, hop), (URL, response())), chain("https", (URL, response()))))

    assert isinstance(found, Page)
    assert found.set_cookies == ((PLAIN, "a=b"),)


def test_a_site_that_leads_elsewhere_is_not_judged_as_that_place() -> None:
    found = page(seen(chain("https", (URL, redirect("https://tinh.example/")), end=End.OUT_OF_SCOPE)))

    assert isinstance(found, NotApplicable)
    assert "tinh.example" in found.saw


@pytest.mark.parametrize("end", [End.LOOP, End.HOP_LIMIT, End.MALFORMED])
def test_redirects_without_an_end_give_no_page(end: End) -> None:
    found = page(seen(chain("https", (URL, redirect(URL)), end=end)))

    assert isinstance(found, Missing)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (response(), PageKind.CONTENT),
        (response(403, html="<title>Request Rejected</title>"), PageKind.BLOCKED),
        (response(200, html="<title>Just a moment...</title>"), PageKind.BLOCKED),
        (response(200, html="<p>Yêu cầu của bạn đã bị từ chối</p>"), PageKind.BLOCKED),
        (response(429), PageKind.BLOCKED),
        (response(403), PageKind.BLOCKED),
        (response(401, ("WWW-Authenticate", "Basic")), PageKind.LOGIN),
        (response(401), PageKind.BLOCKED),
        (response(200, ("cf-mitigated", "challenge")), PageKind.BLOCKED),
        (response(503), PageKind.MAINTENANCE),
        (response(200, html="<p>Hệ thống đang bảo trì</p>"), PageKind.MAINTENANCE),
        (response(200, html="<title>Welcome to nginx!</title>"), PageKind.PARKED),
        (response(404), PageKind.ERROR),
        (response(500), PageKind.ERROR),
        (response(200, html=""), PageKind.EMPTY),
        (redirect(URL), PageKind.REDIRECT),
        (Response(200, (("Content-Type", "application/pdf"),), Body(b"%PDF", "", 4)), PageKind.NOT_HTML),
        (Response(200, (), Body(b" <html>", "", 7)), PageKind.CONTENT),
    ],
)
def test_an_answer_is_named(answer: Response, kind: PageKind) -> None:
    assert kind_of(answer) is kind


def test_news_about_firewalls_is_no_block_page() -> None:
    news = "<p>Tường lửa web và BIG-IP, support ID: 123456789</p>" + "<p>tin tức trong tỉnh</p>" * 400

    assert kind_of(response(200, html=news)) is PageKind.CONTENT


def test_facts_say_what_was_asked_and_what_came() -> None:
    evidence = seen(
        chain("http", (PLAIN, redirect(URL)), (URL, response())), chain("https", (URL, silence()))
    )

    facts = http_facts(evidence)

    assert facts["final"]["title"] == "Sở Mẫu"
    assert [f["purpose"] for f in facts["fetches"]] == ["http", "https"]
    assert facts["fetches"][1]["hops"][0]["missing"] == "timeout"


def test_facts_of_a_site_nobody_answered_for() -> None:
    assert http_facts(seen(chain("https", (URL, silence()))))["final"] is None
    assert http_facts(seen())["missing"] == "not-asked"


def test_further_answers_are_found_by_the_name_of_their_question() -> None:
    asked = answered("again", ("X-A", "1"), ("X-A", "2"), sent=(("Origin", "https://a.example"),))
    found = page(seen(chain("https", (URL, response())), asked, chain("options", (URL, silence()))))

    assert isinstance(found, Page)
    again = found.answer("again")
    assert isinstance(again, Answered)
    assert again.line == "GET https://so.example/, Origin: https://a.example: 200"
    assert (again.first("x-a"), again.lines("x-a")) == ("1", ("X-A: 1", "X-A: 2"))
    assert found.answer("options") == Missing(Why.TIMEOUT, "")
    assert found.answer("trace") == Missing(Why.NOT_ASKED, "trace")


@pytest.mark.parametrize(
    ("content", "declared", "stated"),
    [
        (b"<p>", "", ""),
        (b"<meta charset=utf-8>", "", "utf-8"),
        (b"\xef\xbb\xbf<p>", "", "utf-8"),
        (b"<p>", "windows-1258", "windows-1258"),
        (b" " * 2_000 + b"<meta charset=utf-8>", "", ""),
    ],
)
def test_the_encoding_a_page_states_is_known(content: bytes, declared: str, stated: str) -> None:
    assert stated_charset(content, declared) == stated
