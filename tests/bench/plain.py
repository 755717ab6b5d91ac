"""The yardstick: the same pages fetched by plain httpx, one client per site, nothing judged."""

import asyncio
import json
import ssl
import sys
from pathlib import Path

import httpx

from tests.bench.fleet import SITES, address, host

IN_FLIGHT = 20


async def fetch(number: int, ports: dict[str, int], context: ssl.SSLContext, gate: asyncio.Semaphore) -> None:
    """One site: the http answer, the https page and one page that is not there."""
    headers, extensions = {"Host": host(number)}, {"sni_hostname": host(number)}
    base = address(number)
    async with gate, httpx.AsyncClient(verify=context, trust_env=False) as client:
        await client.get(f"http://{base}:{ports['http']}/", headers=headers)
        for path in ("/", "/khong-co-trang-nay"):
            await client.get(f"https://{base}:{ports['https']}{path}", headers=headers, extensions=extensions)


async def main(folder: Path) -> None:
    """Fetch every site of the fleet."""
    ports = json.loads((folder / "lab.json").read_text(encoding="utf-8"))
    context = ssl.create_default_context(cafile=str(folder / "roots.pem"))
    gate = asyncio.Semaphore(IN_FLIGHT)
    await asyncio.gather(*(fetch(n, ports, context, gate) for n in range(SITES)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
