"""One worker process as its parent sees it: started, spoken to, listened to, ended."""

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from scanner.execute import child
from scanner.execute.child import MakeWorker
from scanner.execute.messages import GO_HOME, SIZE_LIMIT, Report, pack_job, unpack
from scanner.model.visit import Job

LEAVE_S = 5.0  # what a worker is given to go home before it is ended


@dataclass(slots=True)
class Flight:
    """A job a worker has, and when it must be back."""

    job: Job
    due_at: float  # monotonic


@dataclass(slots=True)
class Worker:
    """A process and the jobs it has. `heard_at` is monotonic; `is_alone` while it runs one suspect."""

    process: SpawnProcess
    pipe: Connection
    heard_at: float
    is_ready: bool = False
    has_served: bool = False
    is_alone: bool = False
    flights: dict[str, Flight] = field(default_factory=dict)

    def send(self, job: Job, *, due_at: float) -> bool:
        """Give the worker a job; False when it is gone."""
        try:
            self.pipe.send_bytes(pack_job(job))
        except OSError:
            return False
        self.has_served = True
        self.flights[job.site_id] = Flight(job, due_at)
        return True

    def hear(self) -> Iterator[Report]:
        """What the worker has said by now. EOFError when it is gone, ValueError when it talks nonsense."""
        while not self.pipe.closed and self.pipe.poll():
            try:
                message = self.pipe.recv_bytes(SIZE_LIMIT)
            except ConnectionError as error:
                raise EOFError from error
            except OSError as error:  # a message beyond the limit
                raise ValueError(str(error)) from error
            self.heard_at = time.monotonic()
            yield unpack(message)

    def kill(self) -> None:
        """End the process at once and give its resources back."""
        self.process.kill()
        self.process.join(LEAVE_S)
        self.pipe.close()

    def go_home(self) -> None:
        """Let an idle worker end by itself; one that does not is ended."""
        with suppress(OSError):
            self.pipe.send_bytes(GO_HOME)
        self.process.join(LEAVE_S)
        self.kill()

    def last_words(self) -> str:
        """How the process ended, for an `error` row."""
        code = self.process.exitcode
        if code is None:
            return "the worker process was ended"
        if code == child.GAVE_UP:
            return "the worker process ran out of memory"
        if code < 0:
            return f"the worker process died of signal {-code}"
        return f"the worker process ended with code {code}"


def hire(make_worker: MakeWorker, *, memory_mb: int, overrun_s: float) -> Worker:
    """Start a worker process. `spawn`, because a fork of a process with threads may hang."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=child.main, args=(theirs, make_worker, memory_mb, overrun_s), daemon=True
    )
    with _no_interrupt():
        process.start()
    theirs.close()  # or the pipe would never read as closed
    return Worker(process, ours, time.monotonic())


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Keep Ctrl-C away from a process that is only starting: it reaches the whole terminal group."""
    if os.name != "posix":  # pragma: no cover - Windows only
        yield
        return
    from multiprocessing import resource_tracker  # noqa: PLC0415 - POSIX only

    resource_tracker.ensure_running()  # or it would unblock the signal half-way
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
