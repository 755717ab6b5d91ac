"""The prober against real servers of known configuration: the answer must be the truth."""

import asyncio
import socket
import ssl
import subprocess
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from scanner.model.evidence import TlsEndpoint
from tests.collect_tls.servers import HOST, accepted, answers, context_of, look, raw_server, tls_server
from tests.lab import system
from tests.lab.pki import Authority, Leaf, write_pem

V = ssl.TLSVersion
ROOT = Authority.root("Tỉnh Mẫu Root")
ISSUING = ROOT.intermediate("Tỉnh Mẫu Issuing")
LEAF = ISSUING.leaf(HOST)
RSA_LEAF = ISSUING.leaf(HOST, kind="RSA-2048")
CHAIN = tuple(c.public_bytes(Encoding.DER) for c in (LEAF.certificate, ISSUING.certificate))

OLDEST_FIRST = {"TLSv1.0": V.TLSv1, "TLSv1.1": V.TLSv1_1, "TLSv1.2": V.TLSv1_2, "TLSv1.3": V.TLSv1_3}
RANGES = [(oldest, newest) for i, oldest in enumerate(OLDEST_FIRST) for newest in tuple(OLDEST_FIRST)[i:]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def files(folder: Path, leaf: Leaf, *issuers: Authority) -> tuple[Path, Path]:
    chain, key = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(write_pem(leaf.certificate, *(a.certificate for a in issuers)))
    key.write_bytes(leaf.key_pem)
    return chain, key


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    """A server process that listens on the port; ended when the test is over."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(10)


def openssl_server(folder: Path, port: int, *options: str, leaf: Leaf = LEAF) -> list[str]:
    chain, key = files(folder, leaf)
    above = folder / "issuing.pem"
    above.write_bytes(write_pem(ISSUING.certificate))
    where = ["-accept", f"127.0.0.1:{port}", "-cert", str(chain), "-key", str(key), "-cert_chain", str(above)]
    return ["openssl", "s_server", "-quiet", *where, *options]


# ---- Python's ssl ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("oldest", "newest"), RANGES)
def test_every_range_of_versions_is_told_exactly(tmp_path: Path, oldest: str, newest: str) -> None:
    context = context_of(tmp_path, LEAF, ISSUING, oldest=OLDEST_FIRST[oldest], newest=OLDEST_FIRST[newest])
    names = tuple(OLDEST_FIRST)
    truth = set(names[names.index(oldest) : names.index(newest) + 1])

    async def run() -> TlsEndpoint:
        async with tls_server(context) as port:
            return await look(port)

    endpoint = asyncio.run(run())

    assert accepted(endpoint) == truth
    assert [c.certificates for c in endpoint.chains] == [CHAIN]
    assert endpoint.connections <= 28  # this server closes instead of refusing: each close is confirmed


@pytest.mark.parametrize(
    "suite", ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"]
)
def test_the_certificate_of_tls_1_3_is_read_under_each_suite(tmp_path: Path, suite: str) -> None:
    port = free_port()

    with running(openssl_server(tmp_path, port, "-tls1_3", "-ciphersuites", suite), port):
        endpoint = asyncio.run(look(port))

    assert accepted(endpoint) == {"TLSv1.3"}
    assert [c.certificates for c in endpoint.chains] == [CHAIN]
    assert endpoint.versions is not None
    assert endpoint.versions[0].detail == suite


@pytest.mark.parametrize("group", ["P-384", "P-521", "X448"])
def test_a_server_that_asks_for_another_group_is_followed(tmp_path: Path, group: str) -> None:
    port = free_port()

    with running(openssl_server(tmp_path, port, "-tls1_3", "-groups", group), port):
        endpoint = asyncio.run(look(port))

    assert accepted(endpoint) == {"TLSv1.3"}
    assert [c.certificates for c in endpoint.chains] == [CHAIN]


def test_a_group_we_cannot_agree_in_still_proves_the_version(tmp_path: Path) -> None:
    port = free_port()

    with running(openssl_server(tmp_path, port, "-groups", "ffdhe2048", leaf=RSA_LEAF), port):
        endpoint = asyncio.run(look(port))

    assert {"TLSv1.3", "TLSv1.2"} <= {v for v, a in answers(endpoint).items() if a == "accepted"}
    assert endpoint.chains[0].version == "TLSv1.2"


# ---- OpenSSL and nginx -----------------------------------------------------------------------------------------


def test_openssl_refuses_by_alert_so_six_connections_are_enough(tmp_path: Path) -> None:
    port = free_port()

    with running(openssl_server(tmp_path, port), port):
        endpoint = asyncio.run(look(port))

    assert {"TLSv1.3", "TLSv1.2"} == {v for v, a in answers(endpoint).items() if a == "accepted"}
    assert "rejected" in {a for v, a in answers(endpoint).items() if v in ("TLSv1.0", "TLSv1.1")}
    assert endpoint.connections <= 12


def test_an_anonymous_server_is_tls_without_a_certificate(tmp_path: Path) -> None:
    port = free_port()
    command = ["openssl", "s_server", "-quiet", "-accept", f"127.0.0.1:{port}", "-nocert", "-tls1_2"]

    with running([*command, "-cipher", "aNULL:@SECLEVEL=0"], port):
        endpoint = asyncio.run(look(port))

    assert answers(endpoint)["TLSv1.2"] == "accepted"
    assert endpoint.chains == ()


def test_compression_of_facts_reads_renegotiation_and_master_secret(tmp_path: Path) -> None:
    port = free_port()

    with running(openssl_server(tmp_path, port, "-tls1_2"), port):
        endpoint = asyncio.run(look(port))

    told = {f.name: f.answer.value for f in endpoint.features}
    assert (
        told["secure-renegotiation"] == told["extended-master-secret"] == told["session-ticket"] == "accepted"
    )
    assert told["compression-deflate"] == told["client-certificate-request"] == "rejected"
    assert endpoint.connections <= 12


def test_nginx_with_old_versions_is_told_exactly(tmp_path: Path) -> None:
    port = free_port()
    chain, key = files(tmp_path, RSA_LEAF, ISSUING)
    conf = tmp_path / "nginx.conf"
    conf.write_text(
        f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {tmp_path}; proxy_temp_path {tmp_path};"
        f" fastcgi_temp_path {tmp_path}; uwsgi_temp_path {tmp_path}; scgi_temp_path {tmp_path};\n"
        f"server {{ listen 127.0.0.1:{port} ssl; ssl_certificate {chain}; ssl_certificate_key {key};\n"
        "ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers ALL:@SECLEVEL=0; }}\n",
        encoding="utf-8",
    )

    with running([str(system.program("nginx")), "-c", str(conf), "-p", str(tmp_path)], port):
        endpoint = asyncio.run(look(port))

    assert accepted(endpoint) == {"TLSv1.0", "TLSv1.1", "TLSv1.2"}
    assert endpoint.chains[0].authentication == "RSA"
    assert len(endpoint.chains[0].certificates) == 2


# ---- what OpenSSL no longer speaks -----------------------------------------------------------------------------


@contextmanager
def tlslite_server(oldest: tuple[int, int], newest: tuple[int, int]) -> Iterator[int]:
    """A tlslite-ng server with these versions; gives its port."""
    with warnings.catch_warnings():  # it imports asyncore
        warnings.simplefilter("ignore")
        from tlslite.api import HandshakeSettings, TLSConnection, X509CertChain, parsePEMKey
    settings = HandshakeSettings()
    settings.minVersion, settings.maxVersion = oldest, newest
    chain = X509CertChain()
    chain.parsePemList(write_pem(RSA_LEAF.certificate, ISSUING.certificate).decode())
    key = parsePEMKey(RSA_LEAF.key_pem.decode(), private=True)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        stop = threading.Event()

        def serve() -> None:
            while not stop.is_set():
                with suppress(OSError):
                    peer, _ = listener.accept()
                    peer.settimeout(1)
                    with peer, suppress(Exception):
                        TLSConnection(peer).handshakeServer(
                            certChain=chain, privateKey=key, settings=settings
                        )

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            stop.set()
            thread.join()


def test_a_server_that_still_speaks_ssl3_is_found_out() -> None:
    with tlslite_server((3, 0), (3, 3)) as port:
        endpoint = asyncio.run(look(port))

    assert accepted(endpoint) == {"SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2"}


def test_a_server_that_speaks_only_ssl3_is_found_out() -> None:
    with tlslite_server((3, 0), (3, 0)) as port:
        endpoint = asyncio.run(look(port))

    assert accepted(endpoint) == {"SSLv3"}
    assert len(endpoint.chains[0].certificates) == 2


def test_a_server_that_answers_in_ssl2_is_found_out(tmp_path: Path) -> None:
    """OpenSSL for the rest, and a hand-made SERVER-HELLO for a hello that begins as SSLv2 does."""
    port = free_port()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.read(4096)
        if first[0] & 0x80:
            writer.write(b"\x80\x0b\x04\x00\x01\x00\x02" + bytes(6))
            await reader.read(1)
            return
        back, forth = await asyncio.open_connection("127.0.0.1", port)
        forth.write(first)
        writer.write(await back.read(16_384))
        await reader.read(1)
        forth.close()

    async def run() -> TlsEndpoint:
        async with raw_server(relay) as front:
            return await look(front)

    with running(openssl_server(tmp_path, port), port):
        endpoint = asyncio.run(run())

    assert answers(endpoint)["SSLv2"] == "accepted"
    assert answers(endpoint)["TLSv1.2"] == "accepted"


def test_an_expired_certificate_is_read_like_any_other(tmp_path: Path) -> None:
    expired = ISSUING.leaf(
        HOST, not_before=datetime(2020, 1, 1, tzinfo=UTC), not_after=datetime(2020, 4, 1, tzinfo=UTC)
    )

    async def run() -> TlsEndpoint:
        async with tls_server(context_of(tmp_path, expired, ISSUING)) as port:
            return await look(port)

    endpoint = asyncio.run(run())

    assert endpoint.chains[0].certificates[0] == expired.certificate.public_bytes(Encoding.DER)
