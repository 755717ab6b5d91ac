"""The web lab on real servers: each row fails exactly the checks it names, whoever serves it."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest

from scanner.collect import wall
from scanner.collect.net import Net
from scanner.collect.visit import collect
from scanner.judge import judge
from scanner.model.agency import Depth
from scanner.model.evidence import Evidence, Target
from scanner.model.finding import Finding, Verdict
from scanner.model.settings import NetworkSettings, ScanSettings
from scanner.model.visit import Job
from scanner.registry import load_checks
from scanner.samples import sample_reference
from tests.lab.web import Server
from tests.lab.web_sites import LOOPBACK, nginx, origin, server_context, write_certificate
from tests.lab.web_table import TABLE, WALLS, Row

TOPICS = ("http", "cookies", "content")
CHECKS = tuple(check for check in load_checks() if check.topic in TOPICS)
NEEDS = tuple(dict.fromkeys(need for check in CHECKS for need in check.needs))
BY_NGINX = tuple(row for row in TABLE if row.by_nginx)
# cannot be shown by a row: nothing listens on 443, or nothing but a page leads there
ELSEWHERE = {"http.https-missing", "http.redirect-by-page-only"}

Seen = Mapping[str, tuple[Finding, ...]]


def visit_all(rows: Sequence[Row], ports: Mapping[str, int]) -> Seen:
    """What every check of the web says of each row, judged from behind the wall."""
    hosts: dict[str, tuple[str, ...]] = {
        name: (LOOPBACK,) for row in rows for name in (row.site, f"www.{row.site}")
    }
    network = NetworkSettings(
        allow_addresses=("127.0.0.0/8",),
        hosts=hosts,
        ports={"80": ports["http"], "443": ports["https"]},
        ipv6=False,
    )

    async def visit() -> list[Evidence]:
        net = Net(network, ScanSettings(per_address_rate=1000))
        orders = [
            Job(row.name, "s", Target(row.site), Depth.STANDARD, probes=("dns", "http"), needs=NEEDS)
            for row in rows
        ]
        return [await collect(order, net, now=lambda: datetime(2026, 11, 26, tzinfo=UTC)) for order in orders]

    ref = sample_reference()
    return {
        row.name: judge(wall.decode(wall.encode(seen, key=b"k")), CHECKS, ref)
        for row, seen in zip(rows, asyncio.run(visit()), strict=True)
    }


@pytest.fixture(scope="module")
def by_origin(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    certificate = write_certificate(tmp_path_factory.mktemp("origin"))

    async def serve() -> Seen:
        plain = Server(origin(TABLE, secure=False))
        secure = Server(origin(TABLE, secure=True), tls=server_context(certificate))
        ports = {"http": await plain.start(LOOPBACK), "https": await secure.start(LOOPBACK)}
        try:
            return await asyncio.to_thread(visit_all, TABLE, ports)
        finally:
            await plain.stop()
            await secure.stop()

    return asyncio.run(serve())


@pytest.fixture(scope="module")
def by_nginx(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    with nginx(BY_NGINX, tmp_path_factory.mktemp("nginx")) as ports:
        return visit_all(BY_NGINX, ports)


def failed(findings: Sequence[Finding]) -> set[str]:
    return {f.check_id for f in findings if f.verdict is Verdict.FAIL}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_an_origin_fails_exactly_what_the_table_says(row: Row, by_origin: Seen) -> None:
    assert failed(by_origin[row.name]) == set(row.fails)
    assert Verdict.ERROR not in {f.verdict for f in by_origin[row.name]}


@pytest.mark.parametrize("row", BY_NGINX, ids=lambda row: row.name)
def test_nginx_fails_exactly_what_the_table_says(row: Row, by_nginx: Seen) -> None:
    assert failed(by_nginx[row.name]) == set(row.fails)


@pytest.mark.parametrize("row", WALLS, ids=lambda row: row.name)
def test_what_is_no_page_of_the_site_is_named_and_never_blamed(row: Row, by_origin: Seen) -> None:
    of_pages = {
        f.check_id: f for f in by_origin[row.name] if f.check_id.startswith(("http.csp-", "http.hsts-"))
    }

    assert {f.verdict for f in of_pages.values()} == {Verdict.UNKNOWN}
    assert all(f.saw for f in of_pages.values())


def test_every_check_of_the_web_fails_in_some_row_and_passes_in_another(by_origin: Seen) -> None:
    findings = [f for found in by_origin.values() for f in found]
    fails = {f.check_id for f in findings if f.verdict is Verdict.FAIL}
    passes = {f.check_id for f in findings if f.verdict is Verdict.PASS}
    ids = {check.id for check in CHECKS}

    assert ids - fails == ELSEWHERE
    assert ids - passes == set()


def test_every_failure_shows_what_it_judged(by_origin: Seen) -> None:
    told = [(name, f) for name, found in by_origin.items() for f in found if f.verdict is Verdict.FAIL]
    bare = [(name, f.check_id) for name, f in told if not f.saw]

    assert bare == []
