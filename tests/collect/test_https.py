"""HTTPS as it is found in the field: any certificate, any version; only what is broken is missing."""

import asyncio
import hashlib
import ssl
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from scanner.collect.http.probe import probe_http
from scanner.collect.http.transport import Client
from scanner.collect.limits import Limits
from scanner.collect.net import Net
from scanner.collect.visit import collect
from scanner.model.agency import Depth
from scanner.model.evidence import End, Fetch, HttpEvidence, Ledger, Missing, Response, Why
from scanner.model.question import QUESTIONS
from tests.collect.places import HOST, OK, QUICK, RawServer, Script, answering, job, net_to, running, saying
from tests.lab.pki import Authority, Leaf, write_pem


@pytest.fixture(scope="module")
def leaf() -> Leaf:
    return Authority.self_signed("khac.example")  # wrong name, untrusted: it must not matter here


@pytest.fixture(scope="module")
def served(leaf: Leaf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pki") / "server.pem"
    path.write_bytes(leaf.key_pem + write_pem(leaf.certificate))
    return path


@pytest.fixture
def context(served: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(served)
    return context


def fetch(script: Script, tls: ssl.SSLContext | None, limits: Limits = QUICK) -> tuple[Fetch, RawServer]:
    async def run() -> tuple[Fetch, RawServer]:
        async with (
            running(script, tls) as server,
            net_to(https=server.port, limits=limits).visit(job()) as visit,
        ):
            http = await probe_http(Client(visit), job(), until=time.monotonic() + 5, token=str)
            return http.fetches[1], server

    return asyncio.run(run())


def test_a_page_behind_a_bad_certificate_is_read_and_the_certificate_named(
    leaf: Leaf, context: ssl.SSLContext
) -> None:
    got, server = fetch(answering(lambda _p, _c: OK), context)

    assert isinstance(got.last.response, Response)
    der = leaf.certificate.public_bytes(Encoding.DER)
    assert got.last.response.peer_sha256 == hashlib.sha256(der).hexdigest()
    assert server.connections == 1


def test_the_name_is_sent_and_no_second_protocol_is_offered(context: ssl.SSLContext) -> None:
    names: list[str | None] = []
    context.sni_callback = lambda _sock, name, _ctx: names.append(name)
    context.set_alpn_protocols(["h2", "http/1.1"])

    got, _ = fetch(answering(lambda _p, _c: OK), context)

    assert names == [HOST]
    assert isinstance(got.last.response, Response)
    assert got.last.response.http_version == "HTTP/1.1"


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_a_server_that_speaks_only_tls_1_0_is_read(context: ssl.SSLContext) -> None:
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1

    got, _ = fetch(answering(lambda _p, _c: OK), context)

    assert isinstance(got.last.response, Response)


def test_a_page_that_ends_without_close_notify_is_whole(context: ssl.SSLContext) -> None:
    got, _ = fetch(saying(OK), context)

    assert isinstance(got.last.response, Response)


@pytest.mark.parametrize(
    ("script", "whys"),
    [
        (saying(then_wait=True), {Why.TIMEOUT}),
        (saying(b"HTTP/1.1 400 Bad Request\r\n\r\n"), {Why.TLS, Why.TIMEOUT}),
    ],
    ids=["waits for a request", "plain http"],
)
def test_a_port_without_tls_is_missing(script: Script, whys: set[Why]) -> None:
    got, _ = fetch(script, None)

    assert got.end is End.FAILED
    assert isinstance(got.last.response, Missing)
    assert got.last.response.why in whys


def raw(reply: bytes, *, wait: bool) -> Script:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.write(reply)
        await writer.drain()
        if wait:
            await reader.read()
            await asyncio.sleep(5)

    return script


@pytest.mark.parametrize(
    ("script", "whys"),
    [
        (raw(b"", wait=True), {Why.TIMEOUT}),
        (raw(b"\x15\x03\x01\x00\x02\x02\x28", wait=True), {Why.TLS}),
        (raw(b"HTTP/1.1 400 Bad Request\r\n\r\n", wait=True), {Why.TLS}),
        (raw(b"\x16\x03\x03\xff\xff" + b"x" * 70_000, wait=True), {Why.TLS}),
        (raw(b"", wait=False), {Why.RESET, Why.TLS}),
    ],
    ids=["silent", "alert", "http", "oversized record", "closed"],
)
def test_a_handshake_that_fails_says_how(script: Script, whys: set[Why]) -> None:
    got, _ = fetch(script, None)

    assert isinstance(got.last.response, Missing)
    assert got.last.response.why in whys


def test_a_failed_handshake_gives_its_place_at_the_gate_back() -> None:
    async def run() -> list[Why]:
        async with running(raw(b"\x15\x03\x01\x00\x02\x02\x28", wait=False)) as server:
            net: Net = net_to(https=server.port)
            whys = []
            for _ in range(4):
                async with net.visit(job()) as visit:
                    http = await probe_http(Client(visit), job(), until=time.monotonic() + 2, token=str)
                    response = http.fetches[1].last.response
                    assert isinstance(response, Missing)
                    whys.append(response.why)
            return whys

    assert asyncio.run(run()) == [Why.TLS] * 4


def test_a_redirect_to_https_and_the_https_page_share_one_connection(context: ssl.SSLContext) -> None:
    to_https = b"HTTP/1.1 301 M\r\nLocation: https://so.example/\r\nContent-Length: 0\r\n\r\n"

    async def run() -> tuple[HttpEvidence, int, int]:
        async with (
            running(answering(lambda _p, _c: to_https)) as plain,
            running(answering(lambda _p, _c: OK), context) as secure,
            net_to(http=plain.port, https=secure.port).visit(job()) as visit,
        ):
            http = await probe_http(Client(visit), job(), until=time.monotonic() + 5, token=str)
            return http, plain.connections, secure.connections

    http, plain, secure = asyncio.run(run())
    assert [e.url for e in http.fetches[0].exchanges] == ["http://so.example/", "https://so.example/"]
    assert (plain, secure) == (1, 1)


JOOMLA = '<meta name="generator" content="Joomla! - Open Source Content Management"><script src="/media/jui/js/a.js">'


@pytest.mark.parametrize("depth", [Depth.PASSIVE, Depth.STANDARD])
def test_a_whole_visit_opens_one_connection_to_each_port(context: ssl.SSLContext, depth: Depth) -> None:
    """All that HTTP asks of a site: redirect, page, second look, questions, files of the system."""

    def page(path: str, _count: int) -> bytes:
        body = JOOMLA if path.partition("?")[0] == "/" else ""
        status = "200 OK" if body else "404 Not Found"
        head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        return f"{head}{body}".encode()

    def to_https(_path: str, _count: int) -> bytes:
        location = f"Location: https://{HOST}/\r\n"
        return f"HTTP/1.1 301 Moved\r\n{location}Content-Length: 0\r\n\r\n".encode()

    async def run() -> tuple[RawServer, RawServer, Ledger]:
        order = job(depth=depth, probes=("dns", "http", "cms"), needs=tuple(QUESTIONS))
        limits = replace(QUICK, file_gap_s=0)
        async with running(answering(to_https)) as plain, running(answering(page), context) as secure:
            net = net_to(http=plain.port, https=secure.port, limits=limits)
            evidence = await collect(order, net, now=lambda: datetime.now(UTC))
            assert isinstance(evidence.http, HttpEvidence)
            return plain, secure, evidence.ledger

    plain, secure, ledger = asyncio.run(run())

    asked = [head.split(b" ", 2)[1].partition(b"?")[0] for head in secure.heads]
    assert (plain.connections, secure.connections) == (1, 1)
    assert ledger.connections == 2
    assert ledger.requests == len(plain.heads) + len(secure.heads)
    assert asked.count(b"/") <= 8  # the page, fresh, as others see it: never the same twice
    assert len(secure.heads) >= (2 if depth is Depth.PASSIVE else 10)
