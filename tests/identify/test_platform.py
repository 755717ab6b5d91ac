"""The view Platform: from a visit to products, components and facts."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scanner.identify.platform import Platform, cms_facts, platform_of
from scanner.identify.products import Certainty
from scanner.identify.support import reading_of
from scanner.model.check import NotApplicable
from scanner.model.evidence import (
    Body,
    End,
    Evidence,
    Exchange,
    Fetch,
    Headers,
    HttpEvidence,
    Missing,
    Response,
    Why,
)
from scanner.model.reference import Reference
from scanner.reference import load_reference
from scanner.samples.cms import answer, visit

SEED = (Path(__file__).parent.parent / "fixtures" / "joomla34.html").read_text(encoding="utf-8")
EGOV = """<link rel="stylesheet" href="/themes/egov/css/style.css">
<footer>Sử dụng nền tảng NukeViet eGov 1.2</footer>"""
LATE = Missing(Why.TIMEOUT)


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


def look(html: str, reference: Reference, headers: Headers = ()) -> Platform:
    platform = platform_of(visit(LATE, answer(200, html, headers)), reference)
    assert isinstance(platform, Platform)
    return platform


def test_the_seed_page_is_joomla_for_certain(reference: Reference) -> None:
    platform = look(SEED, reference)

    joomla = platform.product("joomla")
    assert joomla is not None
    assert joomla.certainty is Certainty.CERTAIN
    assert platform.product("wordpress") is None


def test_cookies_and_headers_of_the_answer_count(reference: Reference) -> None:
    headers = (
        ("Set-Cookie", "nv4_sess=1"),
        ("Server", "nginx/1.18.0 (Ubuntu)"),
        ("X-Powered-By", "PHP/7.4.3"),
    )
    platform = look('<meta name="generator" content="NukeViet v4.5">', reference, headers)

    assert [(p.key, p.certainty) for p in platform.products] == [("nukeviet", Certainty.CERTAIN)]
    assert [(c.key, c.version) for c in platform.components] == [("nginx", "1.18.0"), ("php", "7.4.3")]


@pytest.mark.parametrize(
    ("html", "headers", "product"),
    [
        ('<meta name="Generator" content="Drupal 7 (http://drupal.org)">', (), "drupal"),
        ("", (("X-Drupal-Cache", "HIT"),), "drupal"),
        ('<script>var __dnnVariable = "";</script>', (), "dnn"),
        ("", (("Liferay-Portal", "Liferay Community Edition Portal 7.0.6 GA7"),), "liferay"),
        ("", (("MicrosoftSharePointTeamServices", "16.0.0.10417"),), "sharepoint"),
        ("<!-- This website is powered by TYPO3 - inspiring people to share! -->", (), "typo3"),
        ("", (("Set-Cookie", "MoodleSession=abc; path=/"),), "moodle"),
        ("", (("X-Umbraco-Version", "7.5.3"),), "umbraco"),
        ("", (("Set-Cookie", "mage-cache-sessid=1"),), "magento"),
        ("", (("Set-Cookie", "OCSESSID=1"),), "opencart"),
        ("", (("Set-Cookie", "phpbb3_abc12_sid=1"),), "phpbb"),
        ('<a href="/webcenter/portal/so/tin">Tin</a>', (), "webcenter"),
    ],
)
def test_each_product_has_a_sign(reference: Reference, html: str, headers: Headers, product: str) -> None:
    platform = look(f"<title>x</title>{html}<p>Trang</p>", reference, headers)

    assert [p.key for p in platform.products] == [product]


@pytest.mark.parametrize(
    ("html", "headers", "product", "told"),
    [
        (
            "",
            (("Liferay-Portal", "Liferay Community Edition Portal 7.0.6 GA7 (Wilberforce / Build 7006)"),),
            "liferay",
            ("7.0.6", "header"),
        ),
        (
            "",
            (("Liferay-Portal", "Liferay Digital Experience Platform 7.2.10 GA1"),),
            "liferay",
            ("7.2.10", "header"),
        ),
        ("", (("MicrosoftSharePointTeamServices", "16.0.0.10417"),), "sharepoint", ("2019", "header")),
        ("", (("MicrosoftSharePointTeamServices", "16.0.0.5565"),), "sharepoint", ("2016", "header")),
        (
            "",
            (("MicrosoftSharePointTeamServices", "16.0.0.19725"),),
            "sharepoint",
            ("subscription", "header"),
        ),
        ("", (("MicrosoftSharePointTeamServices", "15.0.0.5545"),), "sharepoint", ("2013", "header")),
        ('<meta name="generator" content="TYPO3 6.2 CMS">', (), "typo3", ("6.2", "generator")),
        (
            EGOV,
            (),
            "nukeviet-egovernment",
            ("1.2", "declared"),
        ),
    ],
)
def test_products_that_tell_their_line(
    reference: Reference, html: str, headers: Headers, product: str, told: tuple[str, str]
) -> None:
    found = look(f"<title>x</title>{html}<p>Trang</p>", reference, headers).product(product)

    assert found is not None
    reading = reading_of(found, reference.products[product])
    assert reading is not None
    assert (reading.text, reading.method) == told


def test_the_edition_for_agencies_gives_the_core_no_number(reference: Reference) -> None:
    html = f"<title>x</title><script>var nv_base_siteurl='/';</script>{EGOV}"
    core = look(html, reference).product("nukeviet")

    assert core is not None
    assert all(claim.text != "1.2" for claim in core.claims)


@pytest.mark.parametrize(
    ("html", "product", "certainty"),
    [
        ('<img src="https://storage-vnportal.vnpt.vn/gov-mau/1/anh.jpg">', "vnpt-portal", Certainty.POSSIBLE),
        (
            '<img src="https://storage-vnportal.vnpt.vn/gov-mau/1/anh.jpg"><div class="MultiFunctionControl">x</div>',
            "vnpt-portal",
            Certainty.CERTAIN,
        ),
        ('<a href="/?cn=253&gd=1&tc=105">Tin</a>', "aspnet-portal", Certainty.FIRM),
        ('<img src="/upload/2007044/20260908/anh.jpg">', "php-farm", Certainty.FIRM),
        ('<img src="/upload/2026/09/anh.jpg">', "", Certainty.POSSIBLE),
    ],
)
def test_portals_of_one_contractor_are_named(
    reference: Reference, html: str, product: str, certainty: Certainty
) -> None:
    products = look(f"<title>x</title>{html}<p>Trang</p>", reference).products

    assert [(p.key, p.certainty) for p in products] == ([(product, certainty)] if product else [])


def test_an_error_page_and_a_form_name_parts_of_the_server(reference: Reference) -> None:
    seen = visit(LATE, answer(200, '<title>x</title><input type="hidden" id="__VIEWSTATE"><p>Trang</p>'))
    assert isinstance(seen.http, HttpEvidence)
    error = answer(404, "<h1>HTTP Status 404</h1><hr/><h3>Apache Tomcat/7.0.42</h3>")
    canary = Fetch("canary", (Exchange("https://so.example/0123", error),))
    platform = platform_of(replace(seen, http=HttpEvidence((*seen.http.fetches, canary))), reference)

    assert isinstance(platform, Platform)
    assert [(c.key, c.version, c.header) for c in platform.components] == [
        ("tomcat", "7.0.42", "error page"),
        ("aspnet", "", "page"),
    ]


def test_iis_implies_its_windows_and_unforeseen_parts_keep_their_name(reference: Reference) -> None:
    headers = (("Server", "Microsoft-IIS/7.5"), ("X-Powered-By", "lighttpd/1.4.53"))
    components = look("<p>x</p>", reference, headers).components

    assert [(c.key, c.name, c.version) for c in components] == [
        ("iis", "Microsoft-IIS", "7.5"),
        ("lighttpd", "lighttpd", "1.4.53"),
        ("windows-server", "Windows Server 2008 R2", ""),
    ]


def test_a_page_without_signs_is_an_empty_platform(reference: Reference) -> None:
    platform = look("<title>Trang chủ</title><p>Xin chào</p>", reference)

    assert (platform.products, platform.components) == ((), ())


def test_no_page_gives_no_platform(reference: Reference) -> None:
    assert isinstance(platform_of(visit(LATE, LATE), reference), Missing)
    assert isinstance(platform_of(visit(LATE, answer(302), end=End.OUT_OF_SCOPE), reference), NotApplicable)


def test_facts_are_plain_json_with_versions_clues_and_the_date_of_the_data(reference: Reference) -> None:
    facts = json.loads(json.dumps(cms_facts(visit(LATE, answer(200, SEED)), reference)))

    (joomla,) = facts["products"]
    assert (joomla["key"], joomla["version"], joomla["method"]) == ("joomla", "3.4", "declared")
    assert any("Joomla 3.4" in clue["saw"] for clue in joomla["clues"])
    assert facts["data_on"] == "2026-08-22"


def test_a_product_that_is_only_possible_stands_apart(reference: Reference) -> None:
    cookie = (("Set-Cookie", "7f5d1c0f4b7f9a1be2c11aa0a3c1d2e3=1"),)
    facts = cms_facts(visit(LATE, answer(200, "<p>x</p>", cookie)), reference)

    assert facts["products"] == []
    assert [p["key"] for p in facts["possible"]] == ["joomla"]


def test_facts_of_a_product_without_version(reference: Reference) -> None:
    facts = cms_facts(visit(LATE, answer(200, "<p>x</p>", (("Set-Cookie", "MoodleSession=1"),))), reference)

    assert facts["products"][0]["version"] == ""


def test_facts_say_why_there_are_none(reference: Reference) -> None:
    assert cms_facts(visit(LATE, LATE), reference)["missing"] == "timeout"
    elsewhere = visit(LATE, answer(302), end=End.OUT_OF_SCOPE)
    assert cms_facts(elsewhere, reference) == {"notapplicable": "off-site"}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"<" * 5000, b"\x00" * 100])
def test_any_bytes_give_a_platform_or_a_reason(reference: Reference, content: bytes) -> None:
    body = Body(content, "0" * 64, len(content))
    evidence: Evidence = visit(LATE, Response(200, (("Content-Type", "text/html"),), body))

    assert isinstance(platform_of(evidence, reference), Platform | Missing | NotApplicable)
