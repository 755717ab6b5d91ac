"""A site on IPv6: alone, and beside an IPv4 address that is better kept. From the name to the findings."""

import asyncio
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from scanner.collect.visit import collect
from scanner.judge import judge
from scanner.model.evidence import Evidence, TlsEvidence
from scanner.model.finding import Finding, Verdict
from scanner.model.reference import Anchors, Reference
from scanner.registry import load_checks
from tests.collect.places import job, net_to
from tests.lab.dns_server import DnsServer, Zone
from tests.lab.pki import now
from tests.lab.tls_servers import HOST, Pki, free_ports, process

CHECKS = tuple(c for c in load_checks() if c.topic == "tls")
FOUR, SIX = "127.0.0.1", "::1"
GOOD = "ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE+AESGCM;"
OLD = "ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers ECDHE+AES:@SECLEVEL=0;"
WAIT_S = 10.0


@contextmanager
def nginx(folder: Path, port: int, set_up: Mapping[str, str]) -> Iterator[None]:
    """One nginx that listens on each address with directives of its own."""
    blocks = "\n".join(
        f"server {{ listen {_bracketed(address)}:{port} ssl; {directives}\n"
        "ssl_certificate good.pem; ssl_certificate_key good.key; return 204; }"
        for address, directives in set_up.items()
    )
    temporary = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {folder}/body; {temporary}\n{blocks} }}\n",
        encoding="utf-8",
    )
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    with process(command):
        for address in set_up:
            _wait_for(address, port)
        yield


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def _wait_for(address: str, port: int) -> None:
    until = time.monotonic() + WAIT_S
    while not _answers(address, port):
        assert time.monotonic() < until, f"nothing listens on {address}"
        time.sleep(0.02)


def _answers(address: str, port: int) -> bool:
    try:
        socket.create_connection((address, port), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Pki:
    return Pki(tmp_path_factory.mktemp("pki"))


def visited(pki: Pki, set_up: Mapping[str, str]) -> tuple[Evidence, dict[str, Finding]]:
    """What a visit by name sees and says; the name has the addresses that are served."""
    port = free_ports(1)[0]
    zone: Zone = {HOST: tuple(("AAAA" if ":" in a else "A", a) for a in set_up)}

    async def run() -> Evidence:
        server = DnsServer(zone)
        where = await server.start()
        try:
            net = net_to(
                resolver=(where,), hosts={}, http=port, https=port, allow_addresses=("127.0.0.0/8", "::1/128")
            )
            return await collect(job(), net, now=lambda: datetime.now(UTC))
        finally:
            await server.stop()

    with nginx(pki.folder, port, set_up):
        seen = asyncio.run(run())
    ref = Reference(now().date(), anchors=Anchors((pki.root.certificate.public_bytes(Encoding.DER),)))
    return seen, {f.check_id: f for f in judge(seen, CHECKS, ref)}


def test_a_site_with_ipv6_alone_is_judged_like_any_other(pki: Pki) -> None:
    seen, found = visited(pki, {SIX: GOOD})

    assert isinstance(seen.tls, TlsEvidence)
    assert [e.address for e in seen.tls.endpoints] == [SIX]
    assert found["tls.tls13-missing"].verdict is Verdict.PASS
    assert found["tls.certificate-untrusted"].verdict is Verdict.PASS
    assert found["tls.old-versions-offered"].verdict is Verdict.PASS
    assert found["tls.old-versions-offered"].where == ("[::1]:443",)
    assert not [f for f in found.values() if f.verdict is Verdict.ERROR]


def test_the_worse_address_decides_and_the_difference_is_told(pki: Pki) -> None:
    seen, found = visited(pki, {FOUR: GOOD, SIX: OLD})

    assert isinstance(seen.tls, TlsEvidence)
    assert {e.address for e in seen.tls.endpoints if e.missing is None} == {FOUR, SIX}
    old, differ = found["tls.old-versions-offered"], found["tls.addresses-differ"]
    assert (old.verdict, old.where) == (Verdict.FAIL, ("[::1]:443",))
    assert differ.verdict is Verdict.FAIL
    assert set(differ.where) == {"127.0.0.1:443", "[::1]:443"}
    assert found["tls.certificate-untrusted"].verdict is Verdict.PASS
