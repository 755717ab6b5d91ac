"""A whole page through signals: the seed page, third parties, and the time it takes."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scanner.identify.products import Certainty, Product
from scanner.identify.recognise import recognise
from scanner.identify.sights import cookie_names, host_of, sights_of
from scanner.identify.support import State, reading_of, support_of
from scanner.model.reference import Reference
from scanner.parse.html import summarise
from scanner.reference import load_reference

FIXTURES = Path(__file__).parent.parent / "fixtures"
SITE = "https://sokhcn.mau.example/"


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


def products_of(html: bytes, reference: Reference, url: str = SITE) -> tuple[Product, ...]:
    sights = sights_of(summarise(html, base_url=url), url=url, headers=(), cookies=())
    return recognise(sights, reference.signals)


def test_the_seed_page_is_joomla_3_4_declared_and_long_out_of_support(reference: Reference) -> None:
    products = products_of((FIXTURES / "joomla34.html").read_bytes(), reference)

    assert [p.key for p in products] == ["joomla"]
    reading = reading_of(products[0], reference.products["joomla"])
    assert reading is not None
    assert (products[0].certainty, reading.text, reading.method) == (Certainty.CERTAIN, "3.4", "declared")
    day = datetime(2026, 11, 24, tzinfo=UTC).date()
    (support,) = support_of(reading, reference.products["joomla"], day)
    assert (support.state, support.line) == (State.ENDED, "3")
    assert str(support.ended_on) == "2023-08-17"


def test_a_news_page_that_writes_about_joomla_runs_nothing(reference: Reference) -> None:
    html = """<title>Joomla 3.4</title><article><p>Lỗ hổng trong Joomla 3.4: tệp /media/jui/js/jquery.min.js,
    thẻ generator "Joomla! - Open Source Content Management", wp-content và Drupal.settings.</p></article>
    <footer>Bản quyền thuộc Sở Mẫu. Điện thoại 0220.</footer>"""

    assert products_of(html.encode(), reference) == ()


def test_assets_of_third_parties_do_not_count(reference: Reference) -> None:
    html = b"""<script src="https://cdn.example/wp-includes/js/jquery.js"></script>
    <a href="https://x.example/index.php?option=com_content">x</a>"""

    assert products_of(html, reference) == ()


def test_the_name_with_www_is_the_own_host(reference: Reference) -> None:
    html = b'<script src="https://WWW.sokhcn.mau.example/wp-includes/js/jquery/jquery.js"></script>'

    assert [p.key for p in products_of(html, reference)] == ["wordpress"]


def test_a_site_in_a_folder_is_recognised(reference: Reference) -> None:
    html = b'<base href="/portal/"><link rel=stylesheet href="media/jui/css/bootstrap.css">'

    assert [p.key for p in products_of(html, reference)] == ["joomla"]


def test_an_empty_page_betrays_nothing(reference: Reference) -> None:
    assert products_of(b"", reference) == ()


def test_only_cookies_of_own_answers_count() -> None:
    set_cookies = (
        (SITE, "nv4_sess=1; Path=/"),
        (SITE, "=bad"),
        (SITE, "nv4_sess=2"),
        ("https://other.example/", "b=1"),
        ("http://www.sokhcn.mau.example/", "a=1"),
    )

    assert cookie_names(set_cookies, ("www.sokhcn.mau.example",)) == ("nv4_sess", "a")


def test_an_address_nobody_can_read_has_no_host() -> None:
    assert host_of("http://[broken") == ""
    assert host_of("/relative") == ""


def test_a_large_page_is_read_for_all_signals_in_little_time(reference: Reference) -> None:
    rows = "".join(
        f'<li class="c{n} item-{n}"><a href="/tin-{n}">Tin {n}</a><img src="/images/{n}.jpg"></li>'
        for n in range(2000)
    )
    html = f"<html><body><ul>{rows}</ul><footer>Sở Mẫu</footer></body></html>".encode()
    summary = summarise(html, base_url=SITE)

    start = time.process_time()
    recognise(sights_of(summary, url=SITE, headers=(), cookies=()), reference.signals)

    assert time.process_time() - start < 0.2  # usually a tenth of it; the machine may be busy
