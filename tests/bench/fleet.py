"""200 ordinary sites on loopback in a process of their own, so that their CPU is not counted as ours.

`python -m tests.bench.fleet FOLDER` prints "ready" and serves until its standard input closes.
"""

import asyncio
import json
import ssl
import sys
from pathlib import Path

from tests.lab import pages
from tests.lab.pki import Authority, write_pem
from tests.lab.province import GOOD_HEADERS
from tests.lab.web import Request, Server, answer

SITES = 200
BODY = pages.news("Sở Mẫu", footer="<p>Bản quyền thuộc về Sở Mẫu</p>").replace(
    "</ul>", "<li>tin</li>" * 800 + "</ul>"
)


def address(number: int) -> str:
    """The loopback address of a site."""
    return f"127.78.{number // 200}.{number % 200 + 1}"


def host(number: int) -> str:
    """The name of a site."""
    return f"s{number:03}.mau.example"


async def serve(folder: Path) -> None:
    """Run the fleet until standard input closes."""
    folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - before anything is served
    root = Authority.root("Bench Root CA")
    issuing = root.intermediate("Bench Issuing CA")
    leaf = issuing.leaf(*(host(n) for n in range(SITES)))
    (folder / "roots.pem").write_bytes(write_pem(root.certificate))
    (folder / "server.pem").write_bytes(leaf.key_pem + write_pem(leaf.certificate, issuing.certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")

    async def home(request: Request) -> bytes:
        if request.path != "/":
            return answer("404 Not Found", body="<p>404</p>")
        return answer("200 OK", *GOOD_HEADERS, body=BODY)

    def redirect(number: int) -> Server:
        async def to_https(request: Request) -> bytes:
            return answer("301 Moved Permanently", ("Location", f"https://{host(number)}{request.path}"))

        return Server(to_https)

    http_port = https_port = 0
    servers: list[tuple[Server, Server]] = []
    for number in range(SITES):
        plain, secure = redirect(number), Server(home, tls=context)
        http_port = await plain.start(address(number), http_port)
        https_port = await secure.start(address(number), https_port)
        servers.append((plain, secure))
    (folder / "lab.json").write_text(json.dumps({"http": http_port, "https": https_port}), encoding="utf-8")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await asyncio.gather(*(server.stop() for pair in servers for server in pair))


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
