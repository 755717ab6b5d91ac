"""The one door to the network: policy, pace, ledger, and nothing left open."""

import asyncio
import re
import time
from pathlib import Path

import pytest

import scanner
from scanner.collect.limits import Limits
from scanner.collect.net import Net, Streams, VisitNet
from scanner.errors import ProbeError
from scanner.model.evidence import LedgerLine, Why
from scanner.model.settings import NetworkSettings, ScanSettings
from tests.collect.places import HOST, LOOPBACK, OK, RawServer, answering, job, net_to, running, saying

SILENT = saying(then_wait=True)


async def at(server: RawServer, visit: VisitNet) -> Streams:
    return await visit.connect(LOOPBACK, server.port, timeout_s=1, kind="http")


async def settled() -> None:
    """Let the loop see closed connections."""
    await asyncio.sleep(0.05)


def test_a_denied_address_is_never_contacted() -> None:
    async def run() -> int:
        async with running(SILENT) as server:
            net = Net(NetworkSettings(), ScanSettings())
            async with net.visit(job()) as visit:
                with pytest.raises(ProbeError, match=r"address policy: 127\.0\.0\.1 loopback") as caught:
                    await at(server, visit)
                assert caught.value.why is Why.OUT_OF_SCOPE
                assert visit.tally.ledger().lines == ()
            await settled()
            return server.connections

    assert asyncio.run(run()) == 0


def test_the_authorisation_of_a_job_opens_an_address_for_that_job_only() -> None:
    async def run() -> None:
        async with running(SILENT) as server:
            net = Net(NetworkSettings(), ScanSettings())
            async with net.visit(job(allow_addresses=("127.0.0.1/32",))) as visit:
                _streams = await at(server, visit)
            async with net.visit(job()) as visit:
                with pytest.raises(ProbeError):
                    await at(server, visit)

    asyncio.run(run())


def test_two_connections_to_an_address_are_open_at_most_whatever_the_site() -> None:
    async def one_site(net: Net, server: RawServer) -> None:
        async with net.visit(job()) as visit:
            for _ in range(3):
                reader, writer = await visit.connect(LOOPBACK, server.port, timeout_s=1, kind="hello")
                writer.write(b"GET / HTTP/1.1\r\n\r\n")
                await reader.read(5)
                writer.close()
                await writer.wait_closed()

    async def run() -> RawServer:
        async with running(answering(lambda _p, _c: OK)) as server:
            net = net_to()
            await asyncio.gather(*(one_site(net, server) for _ in range(8)))
            return server

    server = asyncio.run(run())
    assert server.connections == 24
    assert server.most_open <= 3  # the server hears of a close a moment after we do


def test_the_ledger_counts_connections_and_bytes_of_each_address() -> None:
    async def run() -> tuple[LedgerLine, ...]:
        async with running(saying(OK)) as server, net_to().visit(job()) as visit:
            reader, writer = await visit.connect(LOOPBACK, server.port, timeout_s=1, kind="hello")
            writer.write(b"x\r\n\r\n")
            await reader.read()
            with pytest.raises(ProbeError):
                await visit.connect("127.0.0.2", 9, timeout_s=1, kind="hello")
            return visit.tally.ledger().lines

    assert asyncio.run(run()) == (LedgerLine("127.0.0.1", 1, 0, len(OK)), LedgerLine("127.0.0.2", 1, 0, 0))


def test_what_a_probe_forgets_to_close_is_closed_with_the_visit() -> None:
    async def run() -> int:
        async with running(SILENT) as server:
            net = net_to()
            held = []
            for _ in range(4):  # more than the places at the gate
                async with net.visit(job()) as visit:
                    held.append(await at(server, visit))
            await settled()
            return server.open_now

    assert asyncio.run(run()) == 0


def test_a_cancelled_connect_gives_its_place_back() -> None:
    async def run() -> None:
        async with running(SILENT) as server, net_to().visit(job()) as visit:
            held = [await at(server, visit) for _ in range(2)]
            waiting = asyncio.ensure_future(at(server, visit))
            await settled()
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
            visit.drop(held[0][0])
            held.append(await asyncio.wait_for(at(server, visit), 1))

    asyncio.run(run())


def test_a_place_is_given_back_once_however_often_a_connection_ends() -> None:
    async def run() -> int:
        async with running(SILENT) as server, net_to().visit(job()) as visit:
            reader, writer = await visit.connect(LOOPBACK, server.port, timeout_s=1, kind="http")
            visit.drop(reader)
            visit.drop(reader)
            writer.close()
            visit.drop(asyncio.StreamReader())
            await settled()
            tasks = [asyncio.ensure_future(at(server, visit)) for _ in range(3)]
            await settled()
            done = sum(t.done() for t in tasks)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            return done

    assert asyncio.run(run()) == 2


@pytest.mark.parametrize(("port", "why"), [(9, Why.REFUSED)])
def test_a_failed_connect_says_why(port: int, why: Why) -> None:
    async def run() -> ProbeError:
        async with net_to().visit(job()) as visit:
            with pytest.raises(ProbeError) as caught:
                await visit.connect(LOOPBACK, port, timeout_s=1, kind="hello")
            return caught.value

    error = asyncio.run(run())
    assert error.why is why
    assert error.detail.startswith("connect: ")


def test_a_port_forward_is_followed() -> None:
    async def run() -> int:
        async with running(SILENT) as server, net_to(https=server.port).visit(job()) as visit:
            _streams = await visit.connect(LOOPBACK, 443, timeout_s=1, kind="hello")
            await settled()
            return server.connections

    assert asyncio.run(run()) == 1


def test_requests_keep_the_rate_and_waiting_is_told() -> None:
    async def run() -> float:
        async with net_to(rate=10).visit(job()) as visit:
            began = time.monotonic()
            for _ in range(15):
                await visit.turn("127.0.0.9")
            return time.monotonic() - began

    assert asyncio.run(run()) >= 0.99  # ten in the first second, five in the next


def test_time_spent_waiting_is_told_and_is_not_the_connection_time() -> None:
    async def run() -> list[float]:
        waits: list[float] = []
        async with running(SILENT) as server, net_to().visit(job()) as visit:
            held = [await visit.connect(LOOPBACK, server.port, timeout_s=1, kind="http") for _ in range(2)]
            asyncio.get_running_loop().call_later(0.3, visit.drop, held[0][0])
            _streams = await visit.connect(
                LOOPBACK, server.port, timeout_s=0.2, kind="http", on_wait=waits.append
            )
        return waits

    (wait,) = asyncio.run(run())
    assert wait >= 0.29


def test_at_most_two_addresses_of_a_family_are_used_and_the_refused_are_named() -> None:
    async def run() -> None:
        hosts = {HOST: ("127.0.0.1", "10.0.0.1", "127.0.0.2", "127.0.0.3", "::1", "fe80::1")}
        async with net_to(hosts=hosts, allow_addresses=("127.0.0.0/8", "::1/128")).visit(job()) as visit:
            dns = await visit.resolve(HOST)
            assert dns.addresses == ("127.0.0.1", "127.0.0.2", "::1")
            assert dns.refused == ("10.0.0.1 private", "fe80::1 link-local")
            assert await visit.resolve(HOST) is dns

    asyncio.run(run())


@pytest.mark.parametrize(
    ("settings", "agent"),
    [
        (NetworkSettings(), f"Mozilla/5.0 (compatible; rasoat/{scanner.__version__})"),
        (
            NetworkSettings(contact="mailto:attt@so.example"),
            f"Mozilla/5.0 (compatible; rasoat/{scanner.__version__}; +mailto:attt@so.example)",
        ),
        (NetworkSettings(user_agent="mine"), "mine"),
    ],
)
def test_the_user_agent_names_a_contact(settings: NetworkSettings, agent: str) -> None:
    assert Net(settings, ScanSettings()).user_agent == agent


def test_one_tls_context_serves_a_whole_worker() -> None:
    net = Net(NetworkSettings(), ScanSettings(), limits=Limits())

    assert net.lenient_tls is net.lenient_tls


SOCKETS = re.compile(
    r"open_connection|create_connection|sock_connect|create_datagram_endpoint|\bimport socket|from socket"
    r"|urlopen|http\.client|import requests|getaddrinfo"
)


def test_no_other_module_of_the_collector_opens_a_connection() -> None:
    folder = Path(scanner.__file__).parent / "collect"

    openers = {p.name for p in folder.rglob("*.py") if SOCKETS.search(p.read_text("utf-8"))}

    assert openers == {"net.py"}


def test_httpx_is_known_to_one_module() -> None:
    folder = Path(scanner.__file__).parent

    knowers = [
        p.name
        for p in folder.rglob("*.py")
        if re.search(r"^(import|from) httpx", p.read_text(), re.MULTILINE)
    ]

    assert knowers == ["transport.py"]
