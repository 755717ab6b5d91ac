"""Visits over HTTP to raw servers: one answer, or all that a job asks."""

import asyncio
import time

from scanner.collect.http.probe import probe_http
from scanner.collect.http.transport import Client
from scanner.collect.limits import Limits
from scanner.model.evidence import (
    Body,
    Exchange,
    HttpEvidence,
    Ledger,
    Missing,
    Response,
    Target,
)
from scanner.model.visit import Job
from tests.collect.places import (
    HOST,
    QUICK,
    RawServer,
    Script,
    job,
    net_to,
    running,
)

HEAD = b"HTTP/1.1 200 OK\r\n"


async def get_from(script: Script, limits: Limits = QUICK) -> Exchange:
    async with running(script) as server, net_to(http=server.port, limits=limits).visit(job()) as visit:
        http = await probe_http(
            Client(visit), job(target=Target(HOST, 80, scheme="http")), until=soon(), token=str
        )
        return http.fetches[0].last


def get(script: Script, limits: Limits = QUICK) -> Exchange:
    return asyncio.run(get_from(script, limits))


def response(script: Script, limits: Limits = QUICK) -> Response:
    seen = get(script, limits).response
    assert isinstance(seen, Response), seen
    return seen


def body(script: Script, limits: Limits = QUICK) -> Body:
    seen = response(script, limits).body
    assert isinstance(seen, Body), seen
    return seen


def missing(script: Script, limits: Limits = QUICK) -> Missing:
    seen = get(script, limits).response
    assert isinstance(seen, Missing), seen
    return seen


def visit_pages(
    http: Script,
    https: Script | None = None,
    order: Job | None = None,
    limits: Limits = QUICK,
    budget_s: float = 5,
) -> tuple[HttpEvidence, Ledger, RawServer]:
    async def run() -> tuple[HttpEvidence, Ledger, RawServer]:
        async with running(http) as plain:
            net = net_to(http=plain.port, limits=limits)
            async with net.visit(order or job()) as visit:
                seen = await probe_http(
                    Client(visit), order or job(), until=soon(budget_s), token=lambda: "0123456789abcdef"
                )
                return seen, visit.tally.ledger(), plain

    return asyncio.run(run())


def soon(seconds: float = 5) -> float:
    return time.monotonic() + seconds
