"""The prober and the checks against the TLS lab: what must fail fails, and nothing passes that must not."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from scanner.collect.tls.probe import probe_tls
from scanner.identify.dane import Dane
from scanner.judge import judge
from scanner.model.agency import Depth
from scanner.model.evidence import Evidence, Target, TlsEndpoint
from scanner.model.finding import Finding, Severity, Verdict
from scanner.model.reference import Anchors, Reference
from scanner.registry import load_checks
from tests.collect_tls.servers import Connector
from tests.lab.ct_log import lab_table
from tests.lab.pki import now
from tests.lab.tls_configurations import CONFIGURATIONS, Configuration
from tests.lab.tls_servers import HOST, running

CHECKS = tuple(
    c
    for c in load_checks()
    if c.topic == "tls" and c.severity is not Severity.INFO and c.on is not Dane  # it reads the DNS as well
)
AT_ONCE = 8


@dataclass(frozen=True)
class Seen:
    """What both depths saw of one server."""

    full: TlsEndpoint
    verdict: TlsEndpoint
    full_findings: tuple[Finding, ...]
    verdict_findings: tuple[Finding, ...]
    opened: list[int]  # connections as the net counted them


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Seen]]:
    with running(tmp_path_factory.mktemp("tls"), CONFIGURATIONS) as (pki, ports):
        ref = Reference(
            now().date(),
            anchors=Anchors((pki.root.certificate.public_bytes(Encoding.DER),)),
            ct_logs=lab_table(),
        )
        yield asyncio.run(look(ports, ref))


async def look(ports: Mapping[str, int], ref: Reference) -> dict[str, Seen]:
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(port: int, listing: str) -> tuple[TlsEndpoint, tuple[Finding, ...], int]:
        net = Connector()
        async with gate:
            tls = await probe_tls(
                net, HOST, port, ("127.0.0.1",), depth=Depth.PASSIVE, deadline_s=30, listing=listing
            )
        seen = Evidence("x", Target(HOST, port), now(), tls=tls)
        return tls.endpoints[0], judge(seen, CHECKS, ref), len(net.opened)

    async def both(port: int) -> Seen:
        full, verdict = await one(port, "full"), await one(port, "verdict")
        return Seen(full[0], verdict[0], full[1], verdict[1], [full[2], verdict[2]])

    found = await asyncio.gather(*(both(port) for port in ports.values()))
    return dict(zip(ports, found, strict=True))


def said(findings: tuple[Finding, ...], *verdicts: Verdict) -> set[str]:
    return {f.check_id.removeprefix("tls.") for f in findings if f.verdict in verdicts}


each = pytest.mark.parametrize("server", CONFIGURATIONS, ids=[c.name for c in CONFIGURATIONS])


@each
def test_a_full_listing_finds_every_fault_and_no_other(lab: dict[str, Seen], server: Configuration) -> None:
    seen = lab[server.name]

    assert seen.full.missing is None
    assert said(seen.full_findings, Verdict.FAIL) == server.fails, seen.full
    assert said(seen.full_findings, Verdict.UNKNOWN, Verdict.ERROR) <= unfinished(server)


def unfinished(server: Configuration) -> set[str]:
    """What needs a whole handshake, which a first flight never ends."""
    return {"client-renegotiation-accepted"} if server.flight else set()


@each
def test_a_daily_visit_passes_nothing_that_is_at_fault(lab: dict[str, Seen], server: Configuration) -> None:
    findings = lab[server.name].verdict_findings

    assert not said(findings, Verdict.PASS) & server.fails
    assert said(findings, Verdict.FAIL) <= server.fails
    assert said(findings, Verdict.UNKNOWN, Verdict.ERROR) == set()


@each
def test_the_connections_stay_within_their_bounds(lab: dict[str, Seen], server: Configuration) -> None:
    seen = lab[server.name]
    suites = sum(len(offers) for _, offers in seen.full.suites)

    assert seen.verdict.connections <= 12
    assert seen.full.connections <= 30 + suites
    assert seen.opened == [seen.full.connections, seen.verdict.connections]
