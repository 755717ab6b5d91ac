"""A link with a delay, in user space: relays connections to other ports of loopback, 15 ms late each way.

    python -m tests.bench.tls_link DELAY_MS FROM:TO FROM:TO ...

The handshake of TCP costs a round trip as well, so the first bytes wait for one more. Ends with its standard input.
"""

import asyncio
import sys
from contextlib import suppress

READ_SIZE = 64 * 1024


async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, delay_s: float) -> None:
    """Pass on what comes, late, until it ends."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def deliver() -> None:
        while True:
            due, data = await queue.get()
            await asyncio.sleep(max(0.0, due - loop.time()))
            if not data:
                writer.close()
                return
            writer.write(data)

    task = asyncio.create_task(deliver())
    with suppress(OSError):
        while data := await reader.read(READ_SIZE):
            queue.put_nowait((loop.time() + delay_s, data))
    queue.put_nowait((loop.time() + delay_s, b""))
    with suppress(OSError):
        await task


async def serve(delay_s: float, pairs: list[tuple[int, int]]) -> None:
    """Listen on every first port of a pair until standard input closes."""

    async def accept(target: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(2 * delay_s)
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", target)
        except OSError:
            writer.close()
            return
        await asyncio.gather(
            relay(reader, far_writer, delay_s=delay_s), relay(far_reader, writer, delay_s=delay_s)
        )

    def acceptor(target: int) -> object:
        return lambda reader, writer: accept(target, reader, writer)

    for listen, target in pairs:
        await asyncio.start_server(acceptor(target), "127.0.0.1", listen, backlog=512)  # type: ignore[arg-type]
    print("ready", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    ports = [tuple(map(int, pair.split(":"))) for pair in sys.argv[2:]]
    asyncio.run(serve(float(sys.argv[1]) / 1000, [(a, b) for a, b in ports]))
