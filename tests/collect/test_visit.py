"""One visit, from job to evidence, against real servers."""

import asyncio
import ssl
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scanner.collect import visit as visit_module
from scanner.collect import wall
from scanner.collect.limits import Limits
from scanner.collect.visit import collect, random_token
from scanner.model.agency import Depth, Lifecycle
from scanner.model.evidence import (
    DnsEvidence,
    Evidence,
    HttpEvidence,
    Ledger,
    Missing,
    Target,
    TlsEvidence,
    Why,
)
from scanner.model.visit import Job
from tests.collect.places import HOST, LOOPBACK, OK, QUICK, Script, answering, job, net_to, running, saying
from tests.lab.dns_server import DnsServer, Fault, Zone
from tests.lab.pki import Authority, write_pem

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
GOOD = answering(lambda _p, _c: OK)
SILENT = saying(then_wait=True)


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    leaf = Authority.root("Lab").leaf(HOST)
    path = tmp_path_factory.mktemp("pki") / "server.pem"
    path.write_bytes(leaf.key_pem + write_pem(leaf.certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


async def seen_by(order: Job, zone: Zone | None = None, limits: Limits = QUICK, **network: Any) -> Evidence:
    """A visit; with a zone the name is asked for, else it is configured."""
    if zone is None:
        return await collect(
            order, net_to(limits=limits, **network), now=lambda: AT, token=lambda: "00ff" * 4
        )
    server = DnsServer(zone)
    where = await server.start()
    try:
        net = net_to(limits=limits, resolver=(where,), hosts={}, **network)
        return await collect(order, net, now=lambda: AT)
    finally:
        await server.stop()


def visited(order: Job, zone: Zone | None = None, **network: Any) -> Evidence:
    return asyncio.run(seen_by(order, zone, **network))


def test_a_healthy_site_is_seen_whole(context: ssl.SSLContext, tmp_path: Path) -> None:
    order = job(needs=("canary",), depth=Depth.STANDARD, declared=Lifecycle.RETIRED)

    async def run() -> Evidence:
        async with running(GOOD) as plain, running(GOOD, context) as secure:
            return await seen_by(order, {HOST: (("A", LOOPBACK),)}, http=plain.port, https=secure.port)

    seen = asyncio.run(run())

    assert (seen.site_id, seen.target, seen.seen_at) == (order.site_id, order.target, AT)
    assert (seen.depth, seen.declared) == (Depth.STANDARD, Lifecycle.RETIRED)
    assert isinstance(seen.dns, DnsEvidence)
    assert seen.dns.addresses == (LOOPBACK,)
    assert isinstance(seen.http, HttpEvidence)
    assert [f.purpose for f in seen.http.fetches] == ["http", "https", "canary"]
    assert isinstance(seen.tls, TlsEvidence)
    assert seen.tls.endpoints[0].chains
    assert seen.ledger.dns_queries == 2
    assert seen.ledger.requests == 3
    for_tls = sum(endpoint.connections for endpoint in seen.tls.endpoints)
    assert seen.ledger.connections - for_tls == 2
    assert wall.read(tmp_path, wall.write(tmp_path, seen)) == seen


def test_a_refused_job_sends_nothing() -> None:
    seen = visited(job(refused="no authorisation covers this site"))

    refusal = Missing(Why.OUT_OF_SCOPE, "no authorisation covers this site")
    assert (seen.dns, seen.tls, seen.http) == (refusal,) * 3
    assert seen.ledger == Ledger()


def test_only_what_was_ordered_is_asked() -> None:
    async def run() -> Evidence:
        async with running(GOOD) as plain:
            return await seen_by(job(probes=("http",)), http=plain.port)

    seen = asyncio.run(run())
    assert seen.dns == Missing(Why.NOT_ASKED)
    assert seen.tls == Missing(Why.NOT_ASKED)
    assert isinstance(seen.http, HttpEvidence)


def test_a_plain_port_is_not_asked_for_tls() -> None:
    async def run() -> Evidence:
        async with running(GOOD) as plain:
            return await seen_by(job(target=Target(HOST, plain.port, "/a", "http")))

    seen = asyncio.run(run())
    assert seen.tls == Missing(Why.NOT_ASKED)
    assert isinstance(seen.http, HttpEvidence)
    assert [f.purpose for f in seen.http.fetches] == ["http"]


def test_an_explicit_port_is_asked_for_tls_there(context: ssl.SSLContext) -> None:
    async def run() -> tuple[Evidence, int]:
        async with running(GOOD, context) as secure:
            return await seen_by(job(target=Target(HOST, secure.port))), secure.port

    seen, port = asyncio.run(run())
    assert isinstance(seen.tls, TlsEvidence)
    assert seen.tls.port == port
    assert isinstance(seen.http, HttpEvidence)
    assert [f.last.url for f in seen.http.fetches] == [f"https://{HOST}:{port}/"]


@pytest.mark.parametrize(
    ("zone", "missing"),
    [
        ({}, Missing(Why.DNS, "A: NXDOMAIN, AAAA: NXDOMAIN")),
        ({HOST: Fault.SERVFAIL}, Missing(Why.DNS, "A: SERVFAIL, AAAA: SERVFAIL")),
        ({HOST: Fault.SILENT}, Missing(Why.DNS, "A: timeout, AAAA: timeout")),
        ({HOST: (("A", "10.0.0.7"),)}, Missing(Why.OUT_OF_SCOPE, "address policy: 10.0.0.7 private")),
        (
            {HOST: (("A", "169.254.169.254"), ("AAAA", "64:ff9b::7f00:1"))},
            Missing(
                Why.OUT_OF_SCOPE,
                "address policy: 169.254.169.254 cloud metadata; "
                "64:ff9b::7f00:1 loopback inside 64:ff9b::7f00:1",
            ),
        ),
    ],
)
def test_a_name_without_a_usable_address_is_missing_with_its_reason(zone: Zone, missing: Missing) -> None:
    seen = visited(job(), zone, allow_addresses=())

    assert isinstance(seen.dns, DnsEvidence)
    assert (seen.http, seen.tls) == (missing, missing)
    assert seen.ledger.connections == 0


def test_a_denied_address_among_good_ones_is_dropped() -> None:
    async def run() -> Evidence:
        async with running(GOOD) as plain:
            zone: Zone = {HOST: (("A", "10.0.0.7"), ("A", LOOPBACK))}
            return await seen_by(job(), zone, http=plain.port)

    seen = asyncio.run(run())
    assert isinstance(seen.dns, DnsEvidence)
    assert seen.dns.addresses == (LOOPBACK,)
    assert seen.dns.refused == ("10.0.0.7 private",)
    assert {line.address for line in seen.ledger.lines} == {LOOPBACK}


@pytest.mark.parametrize("script", [SILENT, saying(b"HTTP/1.1 200 OK\r\nX", then_wait=True)])
def test_a_silent_site_costs_its_budget_and_no_more(script: Script) -> None:
    began = time.monotonic()

    async def run() -> Evidence:
        async with running(script) as plain, running(script) as secure:
            return await seen_by(job(budget_s=0.6), limits=Limits(), http=plain.port, https=secure.port)

    seen = asyncio.run(run())
    assert time.monotonic() - began < 5
    assert isinstance(seen.http, HttpEvidence)
    whys = {f.last.response.why for f in seen.http.fetches if isinstance(f.last.response, Missing)}
    assert whys == {Why.BUDGET}


def test_a_silent_resolver_within_a_short_budget_leaves_the_rest_to_the_budget(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(visit_module, "OVERSHOOT_S", 0.1)

    seen = visited(job(budget_s=0.1), {HOST: Fault.SILENT}, limits=Limits())

    assert (seen.dns, seen.http, seen.tls) == (Missing(Why.BUDGET),) * 3
    assert seen.ledger.dns_queries == 2


def test_a_network_failure_of_the_tls_probe_is_data(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_args: object, **_named: object) -> TlsEvidence:
        raise ConnectionResetError

    monkeypatch.setattr(visit_module, "probe_tls", broken)

    assert visited(job()).tls == Missing(Why.RESET)


def test_a_defect_of_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_args: object, **_named: object) -> TlsEvidence:
        raise KeyError("defect")

    monkeypatch.setattr(visit_module, "probe_tls", broken)

    with pytest.raises(KeyError, match="defect"):
        visited(job())


def test_visits_side_by_side_do_not_mix(context: ssl.SSLContext) -> None:
    async def run() -> list[Evidence]:
        async with running(GOOD) as plain, running(GOOD, context) as secure:
            names = [f"s{i}.example" for i in range(6)]
            net = net_to(http=plain.port, https=secure.port, hosts=dict.fromkeys(names, (LOOPBACK,)))
            orders = [replace(job(site_id=n, target=Target(n)), budget_s=20) for n in names]
            return await asyncio.gather(*(collect(o, net, now=lambda: AT) for o in orders))

    for seen in asyncio.run(run()):
        assert isinstance(seen.http, HttpEvidence)
        assert [f.last.url for f in seen.http.fetches] == [
            f"http://{seen.site_id}/",
            f"https://{seen.site_id}/",
        ]
        assert seen.ledger.requests == 2


def test_a_token_is_16_hex_digits_and_never_the_same() -> None:
    assert int(random_token(), 16) >= 0
    assert len(random_token()) == 16
    assert random_token() != random_token()
