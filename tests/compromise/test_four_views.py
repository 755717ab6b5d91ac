"""The four views of a home page, asked of real servers and compared."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from scanner.collect.http.probe import probe_http
from scanner.collect.http.transport import Client
from scanner.collect.limits import Limits
from scanner.identify.cloaking import FourViews, likeness
from scanner.judge import judge
from scanner.model.agency import Depth
from scanner.model.evidence import Evidence, HttpEvidence, Target
from scanner.model.finding import Finding, Verdict
from scanner.model.question import MORE_VIEWS, VIEWS
from scanner.registry import load_checks
from scanner.samples import sample_reference
from tests.collect.places import HOST, Script, job, net_to, running
from tests.compromise.corpus import FARM, site

CHECKS = tuple(c for c in load_checks() if c.on is FourViews)
LONG = "<p>" + "Bảng xếp hạng và lịch thi đấu được cập nhật từng phút cho người hâm mộ. " * 12 + "</p>"
BERITA = "Selamat datang di situs berita olahraga terbaru hari ini. " * 12
FOREIGN = f"<html lang='id'><title>Berita</title><p>{BERITA}</p></html>"
Home = Callable[[str, str], bytes]  # (user agent, referer) -> raw answer
ByPath = Callable[[str, str, str], bytes]  # (user agent, referer, path) -> raw answer
NOT_THERE = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\n404"


def ok(html: str) -> bytes:
    content = html.encode()
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
        % len(content)
        + content
    )


def away(url: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {url}\r\nContent-Length: 0\r\n\r\n".encode()


def serving(home: ByPath) -> Script:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            path = head.decode("latin-1").split()[1]
            fields = dict(
                line.split(": ", 1) for line in head.decode("latin-1").split("\r\n")[1:] if ": " in line
            )
            writer.write(home(fields.get("User-Agent", ""), fields.get("Referer", ""), path))
            await writer.drain()

    return script


def visited(
    home: Home, depth: Depth = Depth.STANDARD, needs: tuple[str, ...] = (*VIEWS, "robots", "sitemap")
) -> tuple[Finding, int]:
    return visited_by_path(lambda ua, referer, _path: home(ua, referer), depth, needs)


def visited_by_path(
    home: ByPath,
    depth: Depth = Depth.STANDARD,
    needs: tuple[str, ...] = (*VIEWS, "robots", "sitemap", "canary", *MORE_VIEWS),
) -> tuple[Finding, int]:
    target = Target(HOST, 80, scheme="http")

    async def run() -> tuple[HttpEvidence, int]:
        order = job(needs=needs, depth=depth, target=target)
        async with (
            running(serving(home)) as server,
            net_to(http=server.port, limits=Limits()).visit(order) as visit,
        ):
            seen = await probe_http(Client(visit), order, until=time.monotonic() + 30, token=lambda: "0" * 16)
            return seen, visit.tally.ledger().requests

    http, requests = asyncio.run(run())
    evidence = Evidence("so", target, datetime(2026, 11, 24, tzinfo=UTC), depth=depth, http=http)
    (finding,) = judge(evidence, CHECKS, sample_reference())
    return finding, requests


def test_spam_for_crawlers_only_is_found() -> None:
    finding, _ = visited(lambda ua, _r: ok(site(FARM if "Googlebot" in ua else "")))

    assert (finding.verdict, finding.note, finding.where) == (Verdict.FAIL, "planted", ("as-crawler",))
    assert "browser: " in finding.saw
    assert "as-crawler: " in finding.saw


def test_visitors_from_a_search_who_are_sent_away_are_found() -> None:
    finding, _ = visited(lambda _ua, ref: away("https://la.example/x") if "google" in ref else ok(site()))

    assert (finding.verdict, finding.note) == (Verdict.FAIL, "host")
    assert ("host", "la.example") in finding.values


def test_phones_that_are_sent_away_are_found() -> None:
    finding, _ = visited(lambda ua, _r: away("https://la.example/") if "Android" in ua else ok(site()))

    assert (finding.verdict, finding.where) == (Verdict.FAIL, ("as-phone",))


def test_a_script_that_sends_away_only_those_from_a_search_is_found() -> None:
    planted = "<script>location.href='https://la.example/'</script>"
    finding, _ = visited(lambda _ua, ref: ok(site(planted if ref else "")))

    assert finding.verdict is Verdict.FAIL


def test_another_page_in_another_language_for_crawlers_is_found() -> None:
    finding, _ = visited(lambda ua, _r: ok(FOREIGN if "Googlebot" in ua else site(LONG)))

    assert (finding.verdict, finding.note) == (Verdict.FAIL, "page")


@pytest.mark.parametrize(
    ("name", "home"),
    [
        ("the same", lambda _ua, _r: ok(site(LONG))),
        (
            "a mobile edition",
            lambda ua, _r: ok("<title>Di động</title>" + LONG if "Mobile" in ua else site(LONG)),
        ),
        (
            "a page drawn by scripts",
            lambda ua, _r: ok(site(LONG) if "Googlebot" in ua else "<title>x</title><p>Tải</p>"),
        ),
        ("a greeting for searchers", lambda _ua, ref: ok(site(LONG + ("<p>Chào bạn</p>" if ref else "")))),
        ("spam for everybody is another check's", lambda _ua, _r: ok(site(FARM))),
    ],
)
def test_an_honest_difference_is_none(name: str, home: Home) -> None:
    assert visited(home)[0].verdict is Verdict.PASS, name


def test_a_wall_before_crawlers_leaves_the_question_open() -> None:
    finding, _ = visited(
        lambda ua, _r: (
            b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n" if "Googlebot" in ua else ok(site(LONG))
        )
    )

    assert finding.verdict is Verdict.UNKNOWN


def test_the_lens_costs_at_most_six_further_requests_without_permission() -> None:
    finding, requests = visited(lambda _ua, _r: ok(site()), depth=Depth.PASSIVE)
    _, bare = visited(lambda _ua, _r: ok(site()), depth=Depth.PASSIVE, needs=())

    assert finding.verdict is Verdict.PASS
    assert requests - bare == len(VIEWS) + len(("robots", "sitemap")) <= 6


def test_with_permission_a_further_page_and_one_that_cannot_exist_are_viewed_too() -> None:
    asked: list[str] = []

    def home(ua: str, _referer: str, path: str) -> bytes:
        asked.append(f"{path} {'Googlebot' in ua}")
        return ok(site(LONG)) if path in ("/", "/tin/0") else NOT_THERE

    finding, _ = visited_by_path(home)

    assert finding.verdict is Verdict.PASS
    assert asked.count("/chuyen-muc/10 False") == 2
    assert asked.count("/chuyen-muc/10 True") == 1
    assert asked.count(f"/{'0' * 16} True") == 1


def test_a_page_that_cannot_exist_and_sells_bets_to_crawlers_is_found() -> None:
    def home(ua: str, _referer: str, path: str) -> bytes:
        if path == "/":
            return ok(site(LONG))
        return ok(site(FARM)) if "Googlebot" in ua and path != "/chuyen-muc/10" else NOT_THERE

    finding, _ = visited_by_path(home)

    assert (finding.verdict, finding.note, finding.where) == (Verdict.FAIL, "lost", ("canary-as-crawler",))


def test_a_page_prepared_for_crawlers_at_any_address_is_no_sign() -> None:
    def home(ua: str, _referer: str, path: str) -> bytes:
        return ok(site(LONG)) if "Googlebot" in ua or path == "/" else NOT_THERE

    assert visited_by_path(home)[0].verdict is Verdict.PASS


def test_an_odd_page_the_sitemap_names_is_viewed_first() -> None:
    odd = "/tin/tai-xiu-online-uy-tin.html"
    files = {
        "/sitemap.xml": f"<?xml version='1.0'?><urlset><url><loc>http://{HOST}{odd}</loc></url></urlset>",
    }

    def home(ua: str, referer: str, path: str) -> bytes:
        if path in files:
            return ok(files[path])
        if path == odd:
            return (
                ok(site(FARM))
                if "Googlebot" in ua
                else away("https://la.example/")
                if referer
                else ok(site(LONG))
            )
        return ok(site(LONG)) if path == "/" else NOT_THERE

    finding, _ = visited_by_path(home)

    assert finding.verdict is Verdict.FAIL
    assert set(finding.where) == {"inner-from-search", "inner-as-crawler"}
    assert odd in finding.saw


def test_each_view_names_us() -> None:
    agents = [dict(q.headers)["User-Agent"] for q in VIEWS.values()]

    assert all(agent.endswith(" rasoat") for agent in agents)


def test_likeness_is_a_share() -> None:
    assert likeness("a b c d", "a b c d") == 1.0
    assert likeness("a b c d", "e f g h") == 0.0
    assert likeness("", "a b c") == 1.0
