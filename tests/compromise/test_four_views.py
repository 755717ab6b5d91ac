"""The four views of a home page, asked of real servers and compared."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from scanner.collect.http.probe import probe_http
from scanner.identify.cloaking import FourViews, likeness
from scanner.judge import judge
from scanner.model.agency import Depth
from scanner.model.evidence import Evidence, HttpEvidence, Target
from scanner.model.finding import Finding, Verdict
from scanner.model.question import VIEWS
from scanner.registry import load_checks
from scanner.samples import sample_reference
from tests.collect.places import HOST, Script, job, net_to, running
from tests.compromise.corpus import FARM, site

CHECKS = tuple(c for c in load_checks() if c.on is FourViews)
LONG = "<p>" + "Bảng xếp hạng và lịch thi đấu được cập nhật từng phút cho người hâm mộ. " * 12 + "</p>"
BERITA = "Selamat datang di situs berita olahraga terbaru hari ini. " * 12
FOREIGN = f"<html lang='id'><title>Berita</title><p>{BERITA}</p></html>"
Home = Callable[[str, str], bytes]  # (user agent, referer) -> raw answer


def ok(html: str) -> bytes:
    content = html.encode()
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
        % len(content)
        + content
    )


def away(url: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {url}\r\nContent-Length: 0\r\n\r\n".encode()


def serving(home: Home) -> Script:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            fields = dict(
                line.split(": ", 1) for line in head.decode("latin-1").split("\r\n")[1:] if ": " in line
            )
            writer.write(home(fields.get("User-Agent", ""), fields.get("Referer", "")))
            await writer.drain()

    return script


def visited(home: Home, depth: Depth = Depth.STANDARD) -> tuple[Finding, int]:
    target = Target(HOST, 80, scheme="http")

    async def run() -> tuple[HttpEvidence, int]:
        order = job(needs=tuple(VIEWS), depth=depth, target=target)
        async with running(serving(home)) as server, net_to(http=server.port).visit(order) as visit:
            seen = await probe_http(visit, order, until=time.monotonic() + 5, token=lambda: "0" * 16)
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


def test_the_views_cost_three_requests_and_none_without_permission() -> None:
    _, deep = visited(lambda _ua, _r: ok(site()))
    finding, shallow = visited(lambda _ua, _r: ok(site()), depth=Depth.PASSIVE)

    assert deep - shallow == 3
    assert (finding.verdict, finding.why) == (Verdict.UNKNOWN, "not-asked")


def test_each_view_names_us() -> None:
    agents = [dict(q.headers)["User-Agent"] for q in VIEWS.values()]

    assert all(agent.endswith(" rasoat") for agent in agents)


def test_likeness_is_a_share() -> None:
    assert likeness("a b c d", "a b c d") == 1.0
    assert likeness("a b c d", "e f g h") == 0.0
    assert likeness("", "a b c") == 1.0
