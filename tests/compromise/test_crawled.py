"""What robots.txt and sitemaps tell: read totally, and judged on the words of police and gamblers alike."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.identify.crawled import Crawled, crawled_of
from scanner.judge import judge
from scanner.model.check import NotApplicable
from scanner.model.evidence import End, Evidence, Fetch, Missing, Target, Why
from scanner.model.finding import Verdict
from scanner.parse.crawl_files import Robots, read_robots, sitemap_addresses
from scanner.parse.writing import foreign_share, is_malay
from scanner.registry import load_checks
from scanner.samples import chain, fetched, redirect, response, sample_reference, silence

HOST = "so.haiduong.gov.vn"
URL = f"https://{HOST}/"
CHECKS = tuple(c for c in load_checks() if c.on is Crawled)
SPAM = ["tai-xiu-online-uy-tin", "game-bai-doi-thuong-2026", "nha-cai-uy-tin-hang-dau", "kubet-dang-nhap"]
NEWS = [
    "cong-an-triet-pha-duong-day-ca-do-bong-da-online",
    "canh-bao-lua-dao-qua-cac-trang-nha-cai-uy-tin",
    "xet-xu-nhom-doi-tuong-choi-tai-xiu-online",
    "ket-qua-xo-so-kien-thiet",
    "le-hoi-da-ga-truyen-thong",
]


def sitemap(*urls: str) -> str:
    rows = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'


def visit(robots: str | None = None, site_map: str | None = None, *more: Fetch) -> Evidence:
    home = chain("https", (URL, response()))
    files = [
        chain(name, (URL + path, response(404) if text is None else response(html=text)))
        for name, path, text in (("robots", "robots.txt", robots), ("sitemap", "sitemap.xml", site_map))
    ]
    return Evidence("s", Target(HOST), datetime(2026, 11, 24, tzinfo=UTC), http=fetched(home, *files, *more))


def verdicts(evidence: Evidence) -> dict[str, Verdict]:
    return {
        f.check_id.removeprefix("compromise."): f.verdict for f in judge(evidence, CHECKS, sample_reference())
    }


def failing(evidence: Evidence) -> set[str]:
    return {name for name, verdict in verdicts(evidence).items() if verdict is Verdict.FAIL}


def test_pages_of_gamblers_in_a_sitemap_are_found() -> None:
    assert failing(visit(None, sitemap(*(f"{URL}tin/{slug}.html" for slug in SPAM)))) == {"spam-sitemap"}


def test_pages_of_gamblers_in_robots_are_found() -> None:
    robots = "User-agent: *\n" + "".join(f"Allow: /{slug}/\n" for slug in SPAM)

    assert failing(visit(robots)) == {"spam-sitemap"}


def test_news_of_police_and_lotteries_is_not_suspected() -> None:
    assert failing(visit(None, sitemap(*(f"{URL}tin/{slug}.html" for slug in NEWS)))) == set()


@pytest.mark.parametrize(
    ("robots", "site_map"),
    [
        ("Sitemap: https://la-moi.net/sitemap.xml", None),
        (f"Sitemap: {URL}images/sitemap-2.xml", None),
        (None, sitemap("https://la-moi.net/1", "https://la-moi.net/2")),
        (None, sitemap(*(f"{URL}{'激安コピー'}{n}" for n in range(20)))),
        (None, sitemap(*(f"{URL}%E6%BE%B3%E9%97%A8%E5%A8%B1%E4%B9%90-{n}" for n in range(20)))),
    ],
)
def test_what_does_not_belong_there_is_found(robots: str | None, site_map: str | None) -> None:
    assert "foreign-sitemap" in failing(visit(robots, site_map))


@pytest.mark.parametrize(
    ("robots", "site_map"),
    [
        (None, None),
        ("", ""),
        ("<html>không tìm thấy</html>", "<html>không tìm thấy</html>"),
        (
            f"User-agent: *\nDisallow: /administrator/\nSitemap: {URL}sitemap.xml",
            sitemap(URL, f"{URL}gioi-thieu"),
        ),
        (f"Sitemap: https://www.{HOST}/sitemap_index.xml", None),
        ("Sitemap: https://cong.haiduong.gov.vn/sitemap.xml", sitemap("https://bao.vn/1")),
        (None, sitemap(URL, f"{URL}cn/简介", f"{URL}cn/旅游", *(f"{URL}tin/{n}" for n in range(30)))),
    ],
)
def test_ordinary_files_are_not_suspected(robots: str | None, site_map: str | None) -> None:
    assert set(verdicts(visit(robots, site_map)).values()) == {Verdict.PASS}


def test_a_file_that_did_not_come_leaves_the_question_open() -> None:
    home = chain("https", (URL, response()))
    one = chain("robots", (f"{URL}robots.txt", silence()))
    other = chain("sitemap", (f"{URL}sitemap.xml", response(html=sitemap(URL))))
    evidence = Evidence("s", Target(HOST), datetime(2026, 11, 24, tzinfo=UTC), http=fetched(home, one, other))

    assert set(verdicts(evidence).values()) == {Verdict.UNKNOWN}


def test_without_files_without_http_or_without_pages_there_is_nothing_to_read() -> None:
    ref, at = sample_reference(), datetime(2026, 11, 24, tzinfo=UTC)
    only_home = Evidence("s", Target(HOST), at, http=fetched(chain("https", (URL, response()))))
    nothing = Evidence("s", Target(HOST), at, http=Missing(Why.TIMEOUT))
    gone = chain("https", (URL, redirect("https://la.example/")), end=End.OUT_OF_SCOPE)

    assert crawled_of(only_home, ref) == Missing(
        Why.NOT_ASKED, "the files for search engines were not asked for"
    )
    assert crawled_of(nothing, ref) == Missing(Why.TIMEOUT)
    assert isinstance(crawled_of(Evidence("s", Target(HOST), at, http=fetched(gone)), ref), NotApplicable)


# ---- parsing ---------------------------------------------------------------------------------------------------


def test_robots_are_read_with_their_comments_and_odd_spelling() -> None:
    text = "\ufeffSITEMAP : https://a.example/s.xml # main\r\nDisallow:\nallow: /x\n: /y\nNonsense\n"

    assert read_robots(text.encode()) == Robots(("https://a.example/s.xml",), ("/x",))
    assert read_robots(b" <!doctype html>") is None


def test_sitemaps_and_indexes_are_read() -> None:
    assert sitemap_addresses(sitemap("https://a.example/?a=1&amp;b=2").encode()) == (
        "https://a.example/?a=1&b=2",
    )
    assert sitemap_addresses(b"<sitemapindex><loc><![CDATA[ https://a.example/1 ]]></loc>") == (
        "https://a.example/1",
    )
    assert sitemap_addresses(b"<html><loc>x</loc>") is None


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read(content: bytes) -> None:
    read_robots(content)
    sitemap_addresses(b"<urlset>" + content)


def test_writing_is_told() -> None:
    assert foreign_share("Sở Y tế tỉnh") == 0
    assert foreign_share("澳门新葡京") == 1
    assert is_malay(
        "Selamat datang di situs berita olahraga terbaru untuk anda yang tidak bisa menonton dari rumah. " * 5
    )
    assert not is_malay(
        "Sở Y tế thông báo lịch tiếp công dân trong tháng tới cho người dân trên địa bàn. " * 5
    )
    assert not is_malay(
        "The province welcomes visitors from all over the world to its old temples and rivers. " * 5
    )
