"""The view Platform: from a visit to products, components and facts."""

import json
from pathlib import Path

import pytest

from scanner.identify.platform import Platform, cms_facts, platform_of
from scanner.identify.products import Certainty
from scanner.model.check import NotApplicable
from scanner.model.evidence import Body, End, Evidence, Headers, Missing, Response, Why
from scanner.model.reference import Reference
from scanner.reference import load_reference
from scanner.samples.cms import answer, visit

SEED = (Path(__file__).parent.parent / "fixtures" / "joomla34.html").read_text(encoding="utf-8")
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
