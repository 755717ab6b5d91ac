"""Tỉnh Mẫu, an invented province on loopback: real TLS and HTTP servers with the faults of the field.

`python -m tests.lab.province FOLDER` starts every server, writes FOLDER/lab.json, prints "ready" and serves until its
standard input closes; so it ends with whoever started it. Its parts: agencies, sites, behaviour, pages, names.
"""

import asyncio
import json
import ssl
import sys
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509

from tests.lab.demo_site import DemoSite
from tests.lab.dns_server import DnsServer
from tests.lab.names import NAME_SERVERS, POLICY, POLICY_ADDRESS, POLICY_HOST, SIGNED, TRANSFERS, zone_of
from tests.lab.pki import Authority, Leaf, write_pem
from tests.lab.sites import SITES
from tests.lab.web import Handler, Request, Server, SilentServer, answer


class Lab:
    """The running province. All sites share one plain and one TLS port, each on its own loopback address."""

    def __init__(self, sites: tuple[DemoSite, ...] = SITES) -> None:
        self._sites = sites
        self._servers: list[Server | SilentServer] = []
        self.http_port = 0
        self.https_port = 0
        self.dns_port = 0
        self._names: list[DnsServer] = []
        self.root = Authority.root("Tỉnh Mẫu Root CA")
        self._issuing = self.root.intermediate("Tỉnh Mẫu Issuing CA")

    async def start(self, folder: Path) -> None:
        """Start every server; certificates and keys go to the folder."""
        folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - before anything is served
        (folder / "roots.pem").write_bytes(write_pem(self.root.certificate))
        await self._start_names()
        for site in self._sites:
            if site.plain is not None or site.silent:
                self.http_port = await self._serve(site, self.http_port, site.plain, None)
            if site.home is not None or site.silent:
                context = None if site.silent else self._context(site, folder)
                self.https_port = await self._serve(site, self.https_port, site.home, context)
        await self._start_policy(folder)

    async def stop(self) -> None:
        """Stop exactly what was started."""
        await asyncio.gather(*(server.stop() for server in (*self._servers, *self._names)))

    async def _start_names(self) -> None:
        """The name servers, all on one port; the first is the demo's resolver too."""
        zone = zone_of([site.host for site in self._sites])
        for address in NAME_SERVERS:
            server = DnsServer(zone, validates=SIGNED, transfers=TRANSFERS)
            where = await server.start(address, self.dns_port)
            self.dns_port = int(where.rpartition(":")[2])
            self._names.append(server)

    async def _start_policy(self, folder: Path) -> None:
        """The policy host of the province's mail, beside the sites."""

        async def policy(_request: Request) -> bytes:
            return answer(body=POLICY, content_type="text/plain")

        leaf = self._issuing.leaf(POLICY_HOST)
        context = _server_side(folder / "mta-sts.pem", leaf, self._issuing.certificate)
        server = Server(policy, tls=context)
        self._servers.append(server)
        self.https_port = await server.start(POLICY_ADDRESS, self.https_port)

    async def _serve(
        self,
        site: DemoSite,
        port: int,
        behaviour: Callable[[DemoSite], Handler] | None,
        tls: ssl.SSLContext | None,
    ) -> int:
        server = SilentServer() if behaviour is None else Server(behaviour(site), tls=tls)
        self._servers.append(server)
        return await server.start(site.address, port)

    def _leaf(self, site: DemoSite) -> Leaf:
        now = datetime.now(UTC).replace(microsecond=0)
        match site.certificate:
            case "expired":
                return self._issuing.leaf(
                    site.host, not_before=now - timedelta(days=120), not_after=now - timedelta(days=30)
                )
            case "self-signed":
                return Authority.self_signed(site.host)
            case "wrong-name":
                return self._issuing.leaf("sogddt.mau.example")
            case _:
                return self._issuing.leaf(site.host)

    def _context(self, site: DemoSite, folder: Path) -> ssl.SSLContext:
        leaf = self._leaf(site)
        chain = [] if site.certificate in ("leaf-only", "self-signed") else [self._issuing.certificate]
        context = _server_side(folder / f"{site.id}.pem", leaf, *chain)
        if site.tls == "tls10":
            context.set_ciphers("ALL:@SECLEVEL=0")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # old on purpose
                context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_2
        return context


def _server_side(path: Path, leaf: Leaf, *chain: x509.Certificate) -> ssl.SSLContext:
    """A server's side of TLS with this chain, written to the path."""
    path.write_bytes(leaf.key_pem + write_pem(leaf.certificate, *chain))
    path.chmod(0o600)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


async def serve(folder: Path) -> None:
    """Run the province until standard input closes."""
    lab = Lab()
    await lab.start(folder)
    ports = {"http": lab.http_port, "https": lab.https_port, "dns": lab.dns_port}
    (folder / "lab.json").write_text(json.dumps(ports), encoding="utf-8")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await lab.stop()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
