"""Starts the TLS lab: nginx for most configurations, OpenSSL, tlslite-ng and first flights for the rest."""

import asyncio
import base64
import itertools
import os
import socket
import subprocess
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.lab.pki import Authority, Leaf, now, write_pem
from tests.lab.tls_configurations import Configuration
from tests.lab.tls_first_flight import first_flight_server

HOST = "so.example"
WAIT_S = 10.0  # for all servers together
OWN_PORTS = range(15_000, 32_000)
PORTS_APART = 331
TURNS = itertools.count()
STARTS = 3
# RFC 2409 section 6.2 and RFC 3526 section 3: primes of 1024 and 2048 bits
PRIME1024 = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A43"
    "1B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B"
    "1FE649286651ECE65381FFFFFFFFFFFFFFFF",
    16,
)
PRIME2048 = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A43"
    "1B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B"
    "1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED5290770"
    "96966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6"
    "955817183995497CEA956AE515D2261898FA051015728E5A8AACAA68FFFFFFFFFFFFFFFF",
    16,
)


class Pki:
    """The authorities and leaves of the lab, as files in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = Authority.root("Lab Root", kind="RSA-2048")
        self.issuing = self.root.intermediate("Lab Issuing", kind="RSA-2048")
        self.stranger = Authority.root("Somebody's Root")
        self.chains: dict[str, tuple[Leaf, tuple[Authority, ...]]] = {}
        self._make()
        for name, (leaf, above) in self.chains.items():
            (folder / f"{name}.pem").write_bytes(write_pem(leaf.certificate, *(a.certificate for a in above)))
            (folder / f"{name}.key").write_bytes(leaf.key_pem)
        for bits, prime in ((1024, PRIME1024), (2048, PRIME2048)):
            (folder / f"dh{bits}.pem").write_text(dh_parameters(prime, bits), encoding="ascii")

    def _make(self) -> None:
        issue, today, above = self.issuing.leaf, now(), (self.issuing,)

        def days(start: float, end: float) -> Leaf:
            return issue(
                HOST, not_before=today + timedelta(days=start), not_after=today + timedelta(days=end)
            )

        good = issue(HOST)
        self.chains = {
            "good": (good, above),
            "rsa": (issue(HOST, kind="RSA-2048"), above),
            "p384": (issue(HOST, kind="P-384"), above),
            "rsa1024": (issue(HOST, kind="RSA-1024"), above),
            "sha1": (issue(HOST, is_sha1=True), above),
            "must-staple": (issue(HOST, is_must_staple=True), above),
            "expired": (days(-90, -1), above),
            "future": (days(1, 90), above),
            "ten-days": (days(-80, 10), above),
            "three-days": (days(-87, 3), above),
            "long": (days(-10, 290), above),
            "unlogged": (issue(HOST, timestamps=0), above),
            "other-name": (issue("khac.example"), above),
            "self-signed": (Authority.self_signed(HOST), ()),
            "unknown-root": (self.stranger.leaf(HOST), (self.stranger,)),
            "leaf-only": (good, ()),
            "backwards": (good, (self.root, self.issuing)),
            "with-root": (good, (self.issuing, self.root)),
        }
        stale = now() - timedelta(days=30)
        staples = {
            "good": self.issuing.staple(good),
            "revoked": self.issuing.staple(good, is_revoked=True),
            "stale": self.issuing.staple(good, at=stale),
            "foreign": self.issuing.staple(self.chains["rsa"][0]),
            "forged": self.stranger.staple(good),
            "must-staple": self.issuing.staple(self.chains["must-staple"][0]),
        }
        for name, der in staples.items():
            (self.folder / f"{name}.ocsp").write_bytes(der)


def dh_parameters(prime: int, bits: int) -> str:
    """DHParameter of PKCS #3 in PEM, with the generator 2; the library warns of making it."""
    number = b"\x00" + prime.to_bytes(bits // 8, "big")
    body = b"\x02\x82" + len(number).to_bytes(2, "big") + number + b"\x02\x01\x02"
    der = b"\x30\x82" + len(body).to_bytes(2, "big") + body
    return f"-----BEGIN DH PARAMETERS-----\n{base64.encodebytes(der).decode()}-----END DH PARAMETERS-----\n"


@contextmanager
def running(folder: Path, configurations: Sequence[Configuration]) -> Iterator[tuple[Pki, Mapping[str, int]]]:
    """Every server on loopback, and its port by the name of its configuration."""
    pki = Pki(folder)
    with ExitStack() as stack:
        for _ in range(STARTS):
            try:
                ports = _start(stack, folder, pki, configurations)
                break
            except RuntimeError:  # somebody was faster at one of the ports
                stack.close()
        else:
            raise RuntimeError("the lab does not start")
        yield pki, ports


def _start(
    stack: ExitStack, folder: Path, pki: Pki, configurations: Sequence[Configuration]
) -> dict[str, int]:
    ports = {c.name: port for c, port in zip(configurations, free_ports(len(configurations)), strict=True)}
    by_kind: dict[str, list[Configuration]] = {}
    for configuration in configurations:
        by_kind.setdefault(configuration.server, []).append(configuration)
    stack.enter_context(nginx(folder, by_kind.get("nginx", []), ports))
    for configuration in by_kind.get("s_server", []):
        stack.enter_context(s_server(folder, configuration, ports[configuration.name]))
    for configuration in by_kind.get("tlslite", []):
        stack.enter_context(tlslite(pki, configuration, ports[configuration.name]))
    ports |= stack.enter_context(first_flights(pki, by_kind.get("first-flight", [])))
    wait_for([ports[c.name] for c in configurations if c.server in ("nginx", "s_server")])
    return ports


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on, below those the system gives to outgoing connections, which would take them.

    Each process looks from a place of its own, so that two that start at once do not find the same ones.
    """
    start = (os.getpid() * PORTS_APART + next(TURNS) * count) % len(OWN_PORTS)
    with ExitStack() as stack:
        found: list[int] = []
        for port in (*OWN_PORTS[start:], *OWN_PORTS[:start]):
            probe = stack.enter_context(socket.socket())
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                found.append(port)
            if len(found) == count:
                return found
    raise RuntimeError(f"no {count} free ports")


def wait_for(ports: Sequence[int]) -> None:
    """Return when each port takes connections."""
    until = time.monotonic() + WAIT_S
    for port in ports:
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.02)
        else:
            raise RuntimeError(f"nothing listens on port {port}")


@contextmanager
def nginx(folder: Path, configurations: Sequence[Configuration], ports: Mapping[str, int]) -> Iterator[None]:
    """One nginx with a server block for each configuration."""
    paths = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("proxy", "fastcgi", "uwsgi", "scgi"))
    blocks = "\n".join(_block(c, ports[c.name]) for c in configurations)
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {folder}/body; {paths}\n{blocks} }}\n",
        encoding="utf-8",
    )
    with process(
        ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    ):
        yield


def _block(configuration: Configuration, port: int) -> str:
    leaf = configuration.leaf
    return (
        f"server {{ listen 127.0.0.1:{port} ssl; ssl_certificate {leaf}.pem; ssl_certificate_key {leaf}.key;\n"
        f"ssl_protocols {configuration.protocols}; ssl_ciphers {configuration.ciphers};\n"
        f"{' '.join(configuration.options)} return 204; }}"
    )


@contextmanager
def s_server(folder: Path, configuration: Configuration, port: int) -> Iterator[None]:
    """OpenSSL's own server."""
    leaf = configuration.leaf
    files = ["-cert", f"{leaf}.pem", "-key", f"{leaf}.key", "-cert_chain", f"{leaf}.pem"]
    command = [
        "openssl",
        "s_server",
        "-quiet",
        "-accept",
        f"127.0.0.1:{port}",
        *files,
        *configuration.options,
    ]
    chain = (folder / f"{leaf}.pem").read_bytes().partition(b"-----END CERTIFICATE-----\n")[2]
    (folder / f"{leaf}.chain").write_bytes(chain)
    command[command.index("-cert_chain") + 1] = f"{leaf}.chain"
    with process(command, cwd=folder):
        yield


@contextmanager
def process(command: Sequence[str], *, cwd: Path | None = None) -> Iterator[None]:
    """A server process, ended with the test."""
    with subprocess.Popen(
        command, cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as started:
        try:
            yield
        finally:
            started.terminate()


@contextmanager
def tlslite(pki: Pki, configuration: Configuration, port: int) -> Iterator[None]:
    """A server of tlslite-ng: for SSLv3, 3DES and RC4."""
    with warnings.catch_warnings():  # it imports asyncore
        warnings.simplefilter("ignore")
        from tlslite.api import HandshakeSettings, TLSConnection, X509CertChain, parsePEMKey
    settings = HandshakeSettings()
    for name, value in configuration.settings.items():
        setattr(settings, name, value)
    leaf, above = pki.chains[configuration.leaf]
    chain = X509CertChain()
    chain.parsePemList(write_pem(leaf.certificate, *(a.certificate for a in above)).decode())
    key = parsePEMKey(leaf.key_pem.decode(), private=True)

    def serve(peer: socket.socket) -> None:
        peer.settimeout(2)
        with peer, suppress(Exception):
            TLSConnection(peer).handshakeServer(certChain=chain, privateKey=key, settings=settings)

    with threaded(port, serve):
        yield


@contextmanager
def threaded(port: int, serve: Callable[[socket.socket], None]) -> Iterator[None]:
    """A thread that accepts, and one for each connection."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", port), backlog=128) as listener:
        listener.settimeout(0.1)

        def accept() -> None:
            while not stop.is_set():
                with suppress(OSError):
                    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()


@contextmanager
def first_flights(pki: Pki, configurations: Sequence[Configuration]) -> Iterator[dict[str, int]]:
    """Our first-flight servers, on an event loop of their own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    leaf = pki.chains["rsa"][0]
    ports: dict[str, int] = {}
    opened: list[Any] = []
    try:
        for configuration in configurations:
            assert configuration.flight is not None
            server = first_flight_server(configuration.flight, leaf, pki.issuing)
            ports[configuration.name] = asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result(
                WAIT_S
            )
            opened.append(server)
        yield ports
    finally:
        for server in opened:
            asyncio.run_coroutine_threadsafe(server.__aexit__(None, None, None), loop).result(WAIT_S)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
