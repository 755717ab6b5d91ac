"""200 ordinary sites on loopback behind a real nginx, in processes of their own: their CPU is not counted as ours.

`python -m tests.bench.fleet FOLDER` prints "ready" and serves until its standard input closes.
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.lab import pages, system
from tests.lab.behaviour import GOOD_HEADERS
from tests.lab.dns_server import DnsServer, Record, Zone
from tests.lab.pki import Authority, write_pem

SITES = 200
NAME_SERVERS = ("127.78.9.53", "127.78.9.54")
START_S = 10.0
BODY = pages.news("Sở Mẫu", footer="<p>Bản quyền thuộc về Sở Mẫu</p>").replace(
    "</ul>", "<li>tin</li>" * 800 + "</ul>"
)
HEAD = """worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  server_tokens off;
  default_type "text/html; charset=utf-8";
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  ssl_protocols TLSv1.2 TLSv1.3;
"""
SITE = """  server {{ listen {address}:{http}; server_name {host}; return 301 https://$host$request_uri; }}
  server {{
    listen {address}:{https} ssl; server_name {host}; root {folder}/www;
    ssl_certificate {folder}/{domain}.pem; ssl_certificate_key {folder}/{domain}.pem;
    {headers}
    location = / {{ try_files /index.html =404; }}
  }}
"""


def address(number: int) -> str:
    """The loopback address of a site."""
    return f"127.78.{number // 200}.{number % 200 + 1}"


def host(number: int) -> str:
    """The name of a site."""
    return f"s{number:03}.{domain(number)}"


def domain(number: int) -> str:
    """The domain of a site: five sites share one, as five sites of an agency do."""
    return f"cq{number // 5:02}.example"


def zone() -> Zone:
    """What the fleet's name servers know: domains in order, and the address of every site."""
    known: dict[str, tuple[Record, ...]] = {
        "example": (),
        "ns1.example": (("A", NAME_SERVERS[0]),),
        "ns2.example": (("A", NAME_SERVERS[1]),),
        "mail.example": (("A", "203.0.113.25"),),
    }
    for number in range(0, SITES, 5):
        name = domain(number)
        known[name] = (
            ("SOA", f"ns1.example. quantri.{name}. 2026112401 3600 900 604800 300"),
            ("NS", "ns1.example."),
            ("NS", "ns2.example."),
            ("MX", "10 mail.example."),
            ("TXT", '"v=spf1 mx -all"'),
            ("CAA", '0 issue "ca.example"'),
        )
        known[f"_dmarc.{name}"] = (("TXT", f'"v=DMARC1; p=reject; rua=mailto:dmarc@{name}"'),)
    return known | {host(number): (("A", address(number)),) for number in range(SITES)}


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def configuration(folder: Path, ports: dict[str, int]) -> str:
    """nginx.conf for the whole fleet."""
    headers = "".join(f'add_header {name} "{value}" always; ' for name, value in GOOD_HEADERS)
    sites = "".join(
        SITE.format(
            address=address(n), host=host(n), domain=domain(n), folder=folder, headers=headers, **ports
        )
        for n in range(SITES)
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    return user + HEAD.format(folder=folder) + sites + "}\n"


def prepare(folder: Path) -> None:
    """Certificates, pages and configuration."""
    root = Authority.root("Bench Root CA")
    issuing = root.intermediate("Bench Issuing CA")
    (folder / "www").mkdir(parents=True, exist_ok=True)
    for first in range(0, SITES, 5):
        leaf = issuing.leaf(*(host(n) for n in range(first, first + 5)))
        chain = write_pem(leaf.certificate, issuing.certificate)
        (folder / f"{domain(first)}.pem").write_bytes(leaf.key_pem + chain)
    (folder / "www" / "index.html").write_text(BODY, encoding="utf-8")
    (folder / "roots.pem").write_bytes(write_pem(root.certificate))
    ports = {"http": free_port(), "https": free_port(), "dns": free_port()}
    (folder / "nginx.conf").write_text(configuration(folder, ports), encoding="utf-8")
    (folder / "lab.json").write_text(json.dumps(ports), encoding="utf-8")


def wait_until_up(folder: Path) -> None:
    """Return when the last site accepts connections; give up after a while."""
    ports = json.loads((folder / "lab.json").read_text(encoding="utf-8"))
    until = time.monotonic() + START_S
    while True:
        try:
            socket.create_connection((address(SITES - 1), ports["https"]), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise SystemExit(f"nginx did not start: {(folder / 'error.log').read_text()}") from None
            time.sleep(0.05)
        else:
            return


def main(folder: Path) -> None:
    """Run the fleet until standard input closes."""
    program = system.found("nginx")
    if program is None:
        raise SystemExit(f"the benchmark needs nginx: {system.remedy('nginx')}")
    prepare(folder)
    with subprocess.Popen([program, "-p", str(folder), "-c", "nginx.conf", "-g", "daemon off;"]) as nginx:
        wait_until_up(folder)
        asyncio.run(answer_names(folder))
        nginx.terminate()


async def answer_names(folder: Path) -> None:
    """Answer DNS until standard input closes."""
    port = json.loads((folder / "lab.json").read_text(encoding="utf-8"))["dns"]
    servers = [DnsServer(zone()) for _ in NAME_SERVERS]
    for server, place in zip(servers, NAME_SERVERS, strict=True):
        await server.start(place, port)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    for server in servers:
        await server.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
