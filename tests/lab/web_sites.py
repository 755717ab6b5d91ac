"""The rows of the web table on real servers: nginx with a block for each, and an origin of ours, byte for byte."""

import os
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection, socket

from tests.lab import system
from tests.lab.pki import Authority, write_pem
from tests.lab.web import Handler, Request, answer
from tests.lab.web_table import DOMAIN, Row

LOOPBACK = "127.0.0.1"
START_S = 10.0
CREDENTIALS = ("Access-Control-Allow-Credentials", "true")
PARTNER = "https://doitac.example"
HEAD = """worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
events {{ worker_connections 512; }}
http {{
  access_log off; server_tokens off; server_names_hash_bucket_size 128; keepalive_requests 1000;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  ssl_certificate {folder}/server.pem; ssl_certificate_key {folder}/server.pem;
"""
SITE = """  server {{ listen 127.0.0.1:{http}; server_name {host}; {plain} }}
  server {{
    listen 127.0.0.1:{https} ssl; server_name {host}; root {folder}/{name};
    default_type {type}; {charset} {headers}
    location = / {{ try_files /index =404; }}
  }}
"""


# ---- an origin of ours -------------------------------------------------------------------------------------------


def origin(rows: Sequence[Row], *, secure: bool) -> Handler:
    """What every row says over one scheme; the Host header chooses the row."""
    by_host = {row.site: row for row in rows}
    nonces = iter(range(10**9))

    async def serve(request: Request) -> bytes:
        host = header(request, "host")
        row = by_host.get(host) or by_host[host.removeprefix("www.")]
        if not secure and (row.plain != "page" or host != row.site) and request.path == "/":
            return _redirect(row.plain, row.site)
        if not secure and row.plain != "page":
            return _redirect("301 https://{host}/", row.site)
        if secure and row.secure:
            return _redirect(f"301 {row.secure}", row.site)
        return _page(row, request, f"{next(nonces):024d}")

    return serve


def header(request: Request, name: str) -> str:
    """The value of a request header; empty when it was not sent."""
    lines = (line.partition(":") for line in request.headers.split("\r\n"))
    return next((value.strip() for key, _, value in lines if key.lower() == name), "")


def _redirect(words: str, host: str) -> bytes:
    status, _, location = words.partition(" ")
    return answer(f"{status} Moved", ("Location", location.format(host=host)))


def _page(row: Row, request: Request, nonce: str) -> bytes:
    path = request.path.partition("?")[0]
    headers = tuple((name, value.replace("{nonce}", nonce)) for name, value in row.sent)
    if request.method == "TRACE" and row.behaviour == "echo":
        return answer(body=f"TRACE {request.path} HTTP/1.1\r\n{request.headers}", content_type="message/http")
    if row.behaviour != "soft":
        if request.method not in ("GET", "HEAD"):
            return answer("405 Method Not Allowed", *headers, *_shared(row, request), body="405")
        if path != "/" and row.status == "200 OK":
            return answer(
                "404 Not Found", *(() if row.behaviour == "bare-404" else headers), body="<p>404</p>"
            )
    return answer(row.status, *headers, *_shared(row, request), body=row.body, content_type=row.content_type)


def _shared(row: Row, request: Request) -> tuple[tuple[str, str], ...]:
    """Whom the row lets read its answers."""
    asks = header(request, "origin")
    lets_in: dict[str, bool] = {
        "reflect": True,
        "reflect-open": True,
        "null": asks == "null",
        "suffix": asks.endswith(row.site),
        "prefix": asks.startswith(f"https://{row.site}"),
        "partner": False,
    }
    if row.behaviour not in lets_in or not asks:
        return ()
    told = ("Access-Control-Allow-Origin", asks if lets_in[row.behaviour] else PARTNER)
    return (told,) if row.behaviour == "reflect-open" else (told, CREDENTIALS)


# ---- nginx -------------------------------------------------------------------------------------------------------


def quoted(value: str) -> str:
    """A value as nginx reads it."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def block(row: Row, folder: Path, ports: dict[str, int]) -> str:
    """The servers of one row."""
    status, _, location = row.plain.partition(" ")
    page = f"root {folder}/{row.name}; default_type text/html; charset utf-8;"
    plain = f"{page} location = / {{ try_files /index =404; }}"
    kind, _, charset = row.content_type.partition("; charset=")
    return SITE.format(
        **ports,
        host=row.site,
        name=row.name,
        folder=folder,
        plain=plain if row.plain == "page" else f"return {status} {location.format(host=row.site)};",
        type=kind,
        charset=f"charset {charset};" if charset else "charset off;",
        headers=" ".join(f"add_header {name} {quoted(value)} always;" for name, value in row.sent),
    )


def write_certificate(folder: Path) -> Path:
    """A certificate for every name of the table."""
    path = folder / "server.pem"
    leaf = Authority.self_signed(DOMAIN, f"*.{DOMAIN}")
    path.write_bytes(leaf.key_pem + write_pem(leaf.certificate))
    return path


def server_context(certificate: Path) -> ssl.SSLContext:
    """The TLS side of the origin."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket() as probe:
        probe.bind((LOOPBACK, 0))
        number: int = probe.getsockname()[1]
        return number


@contextmanager
def nginx(rows: Sequence[Row], folder: Path) -> Iterator[dict[str, int]]:
    """These rows behind a real nginx; gives the ports of both schemes."""
    program = system.program("nginx")
    ports = {"http": free_port(), "https": free_port()}
    write_certificate(folder)
    for row in rows:
        (folder / row.name).mkdir()
        (folder / row.name / "index").write_text(row.body, encoding="utf-8")
    user = "user root;\n" if os.geteuid() == 0 else ""
    blocks = "".join(block(row, folder, ports) for row in rows)
    (folder / "nginx.conf").write_text(f"{user}{HEAD.format(folder=folder)}{blocks}}}\n", encoding="utf-8")
    with subprocess.Popen([program, "-p", str(folder), "-c", "nginx.conf"], stderr=sys.stderr) as process:
        try:
            _wait_until_up(ports["https"], process)
            yield ports
        finally:
            process.terminate()


def _wait_until_up(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_S
    while True:
        try:
            create_connection((LOOPBACK, port), timeout=1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
