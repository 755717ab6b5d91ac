"""What the bench measures of ours: probe ports of loopback side by side, as one process.

python -m tests.bench.tls_probe LISTING HOST PORT PORT ...
"""

import asyncio
import sys
from collections.abc import Callable

from scanner.collect.tls.probe import probe_tls
from scanner.model.agency import Depth

AT_ONCE = 30  # with two connections each: about as many as sslyze's ten servers with five each
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Plain:
    """Connections without pace or policy: the prober alone is measured."""

    async def connect(
        self,
        address: str,
        port: int,
        *,
        timeout_s: float,
        kind: str,
        on_wait: Callable[[float], None] | None = None,
    ) -> Streams:
        """A plain connection."""
        async with asyncio.timeout(timeout_s):
            return await asyncio.open_connection(address, port)


async def probe_all(listing: str, host: str, ports: list[int]) -> int:
    """Probe every port; gives the number that answered."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(port: int) -> bool:
        async with gate:
            seen = await probe_tls(
                Plain(), host, port, ("127.0.0.1",), depth=Depth.PASSIVE, deadline_s=60, listing=listing
            )
            return seen.endpoints[0].missing is None

    return sum(await asyncio.gather(*(one(port) for port in ports)))


if __name__ == "__main__":
    wanted = [int(port) for port in sys.argv[3:]]
    answered = asyncio.run(probe_all(sys.argv[1], sys.argv[2], wanted))
    sys.exit(0 if answered == len(wanted) else 3)
