"""What runs inside a worker process: an asyncio loop that makes visits until it is sent home.

Two threads do the talking, so that a slow parent never stops the loop; the heart beats in the loop itself, so
that a loop which is stuck is heard to be silent.
"""

import asyncio
import gc
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue

from scanner.execute.messages import Beat, Broken, Done, Failed, Ready, Report, pack, unpack_job
from scanner.model.visit import Job, Visit

Visitor = Callable[[Job], Awaitable[Visit]]
MakeWorker = Callable[[], Visitor]

BEAT_S = 1.0
GAVE_UP = 3  # exit code of a worker that ended itself


def main(pipe: Connection, make_worker: MakeWorker, memory_mb: int, overrun_s: float) -> None:
    """Serve jobs from the pipe. Ctrl-C is the parent's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    outgoing: SimpleQueue[Report | None] = SimpleQueue()
    talker = threading.Thread(target=_talk, args=(pipe, outgoing), daemon=True)
    talker.start()
    try:
        visitor = make_worker()
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent must hear of it
        _give_up(outgoing, talker, f"{type(error).__name__}: {error}")
    gc.freeze()  # checks and tables live as long as the worker: collecting garbage need not walk over them
    limit_memory(memory_mb)
    try:
        asyncio.run(_serve(pipe, visitor, outgoing, overrun_s))
    except MemoryError:
        _give_up(outgoing, talker, f"needed more than {memory_mb} MB of memory")
    outgoing.put(None)
    talker.join(timeout=5)


def limit_memory(memory_mb: int) -> None:
    """Cap what this process may still allocate. A system without such limits goes without."""
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:  # pragma: no cover - Windows only
        return
    limit = _address_space_bytes() + memory_mb * 1024 * 1024
    with suppress(ValueError, OSError):  # macOS refuses some values
        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        ceiling = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, hard))


def _address_space_bytes() -> int:
    """What is mapped already: the limit counts addresses, and libraries map far more than they use."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 1024 * 1024 * 1024
    return pages * os.sysconf("SC_PAGE_SIZE")


async def _serve(
    pipe: Connection, visitor: Visitor, outgoing: SimpleQueue[Report | None], overrun_s: float
) -> None:
    loop = asyncio.get_running_loop()
    incoming: asyncio.Queue[Job | None] = asyncio.Queue()
    threading.Thread(target=_listen, args=(pipe, loop, incoming), daemon=True).start()
    outgoing.put(Ready())
    async with asyncio.TaskGroup() as visits:
        heart = visits.create_task(_beat(outgoing))
        while (job := await incoming.get()) is not None:
            visits.create_task(_visit(job, visitor, outgoing, overrun_s))
        heart.cancel()


async def _visit(job: Job, visitor: Visitor, outgoing: SimpleQueue[Report | None], overrun_s: float) -> None:
    """Make one visit. Out of memory is no matter of one job: the worker ends, and its jobs are run alone."""
    deadline = asyncio.timeout(job.budget_s + overrun_s)
    try:
        async with deadline:
            seen = await visitor(job)
    except MemoryError:
        os._exit(GAVE_UP)  # anything more needs memory
    except Exception as error:  # noqa: BLE001 - a defect of ours costs one site, not the run
        reason = f"{type(error).__name__}: {error}"[:500]
        if deadline.expired():
            reason = f"the visit overran its budget of {job.budget_s:g} s"
        outgoing.put(Failed(job.site_id, reason))
    else:
        outgoing.put(Done(job.site_id, seen))


async def _beat(outgoing: SimpleQueue[Report | None]) -> None:
    while True:
        outgoing.put(Beat())
        await asyncio.sleep(BEAT_S)


def _listen(pipe: Connection, loop: asyncio.AbstractEventLoop, incoming: asyncio.Queue[Job | None]) -> None:
    """Hand jobs to the loop. A pipe that closes means the parent is gone: so are we."""
    while True:
        try:
            job = unpack_job(pipe.recv_bytes())
        except (EOFError, OSError):
            os._exit(GAVE_UP)
        loop.call_soon_threadsafe(incoming.put_nowait, job)
        if job is None:
            return


def _talk(pipe: Connection, outgoing: SimpleQueue[Report | None]) -> None:
    while (report := outgoing.get()) is not None:
        try:
            pipe.send_bytes(pack(report))
        except OSError:
            os._exit(GAVE_UP)


def _give_up(outgoing: SimpleQueue[Report | None], talker: threading.Thread, reason: str) -> None:
    outgoing.put(Broken(reason[:500]))
    outgoing.put(None)
    talker.join(timeout=5)
    os._exit(GAVE_UP)
