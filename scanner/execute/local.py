"""Visits on this machine: supervised worker processes, each an asyncio loop.

A worker that dies, falls silent or keeps a job beyond its budget is ended and replaced. Which of its jobs did
it is not known, so each is tried once more, alone in a worker. The one that takes its worker down alone is
`Died`; the others have lost nothing but time.
"""

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import wait

from scanner.errors import RasoatError
from scanner.execute.child import MakeWorker
from scanner.execute.crew import Worker, hire
from scanner.execute.messages import Broken, Done, Failed, Ready, Report
from scanner.model.settings import ScanSettings
from scanner.model.visit import Job, Visit

MOST_WORKERS = 4
TICK_S = 0.2
STUCK_S = 5.0  # a heart beats every second: after this long, a late job may be a victim of another
START_S = 120.0  # what a worker may take to be built, on a busy machine
BORROW_FROM = 2  # waiting jobs another worker must have before one is taken over
PER_GROUP = 2  # sites of one server at the same time; requests are paced per address besides


@dataclass(frozen=True, slots=True)
class Died:
    """A visit that could not be made, because of us."""

    job: Job
    reason: str


@dataclass(slots=True)
class Stop:
    """How a run is told to end: once, sites in flight finish; twice, they end. Safe in a signal handler."""

    times: int = 0

    def request(self) -> None:
        """Ask once more."""
        self.times += 1

    @property
    def is_soft(self) -> bool:
        """True once no new site may begin."""
        return self.times > 0

    @property
    def is_hard(self) -> bool:
        """True once sites in flight are given up; they stay pending."""
        return self.times > 1


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a worker is waited for, in seconds."""

    silence_s: float = 30.0  # without a heart beat: its loop is stuck
    overrun_s: float = 5.0  # beyond a job's budget: the job is cancelled inside the worker
    grace_s: float = 15.0  # beyond a job's budget: the worker is ended


def run(
    jobs: Sequence[Job],
    *,
    make_worker: MakeWorker,
    settings: ScanSettings,
    group: Callable[[Job], str] = lambda job: job.target.host,
    on_start: Callable[[Job], None] = lambda _job: None,
    stop: Stop | None = None,
    patience: Patience | None = None,
) -> Iterator[Visit | Died]:
    """One result per job, in the order they end; fewer only when stopped.

    `make_worker` is called in the child and must be picklable. Jobs of one `group` go to one worker at a
    time, where the pace for that server is kept. `on_start` is called before a job is handed out, also for a
    second try.
    """
    shift = Shift(make_worker, settings, on_start, stop or Stop(), patience or Patience())
    shift.line_up(jobs, group)
    try:
        while not shift.is_over():
            shift.hand_out()
            yield from shift.listen()
    finally:
        shift.close()


@dataclass(slots=True)
class Desk:
    """A place for one worker, with the jobs waiting for it. The place stays when the worker is replaced."""

    waiting: deque[Job] = field(default_factory=deque)
    suspects: deque[Job] = field(default_factory=deque)
    worker: Worker | None = None
    failed_starts: int = 0


@dataclass(slots=True)
class Shift:
    """The state of one run."""

    make_worker: MakeWorker
    settings: ScanSettings
    on_start: Callable[[Job], None]
    stop: Stop
    patience: Patience
    desks: list[Desk] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=dict)  # site id -> group
    news: list[Visit | Died] = field(default_factory=list)

    def line_up(self, jobs: Sequence[Job], group: Callable[[Job], str]) -> None:
        """Give each group to the desk with the fewest jobs, biggest groups first."""
        by_group: dict[str, list[Job]] = {}
        for job in jobs:
            self.groups[job.site_id] = group(job)
            by_group.setdefault(self.groups[job.site_id], []).append(job)
        wanted = self.settings.workers or min(os.cpu_count() or 1, MOST_WORKERS)
        self.desks = [Desk() for _ in range(min(wanted, len(by_group), max(1, self.settings.concurrency)))]
        order = {job.site_id: n for n, job in enumerate(jobs)}
        for members in sorted(by_group.values(), key=len, reverse=True):
            min(self.desks, key=lambda desk: len(desk.waiting)).waiting.extend(members)
        for desk in self.desks:
            desk.waiting = deque(sorted(desk.waiting, key=lambda job: order[job.site_id]))

    def is_over(self) -> bool:
        """True when nothing is in flight and nothing more will be handed out."""
        if self.stop.is_hard:
            return True
        if any(desk.worker and desk.worker.flights for desk in self.desks):
            return False
        return self.stop.is_soft or not any(desk.waiting or desk.suspects for desk in self.desks)

    def hand_out(self) -> None:
        """Fill the workers up; start one where work waits for it."""
        if self.stop.is_soft:
            return
        for desk in self.desks:
            if desk.worker is None and (desk.waiting or desk.suspects):
                desk.worker = hire(
                    self.make_worker,
                    memory_mb=self.settings.worker_memory_mb,
                    overrun_s=self.patience.overrun_s,
                )
            if desk.worker is not None and desk.worker.is_ready:
                self._fill(desk, desk.worker)

    def listen(self) -> list[Visit | Died]:
        """What came in within one tick. Everything said is heard before anybody is called silent."""
        pipes = [desk.worker.pipe for desk in self.desks if desk.worker is not None]
        wait(pipes, timeout=TICK_S)
        for desk in self.desks:
            if desk.worker is not None:
                self._hear(desk, desk.worker)
            if desk.worker is not None:
                self._check(desk, desk.worker)
        news, self.news = self.news, []
        return news

    def close(self) -> None:
        """Send idle workers home, end the others."""
        for desk in self.desks:
            worker, desk.worker = desk.worker, None
            if worker is None:
                continue
            if worker.flights or not worker.is_ready:
                worker.kill()
            else:
                worker.go_home()

    def _fill(self, desk: Desk, worker: Worker) -> None:
        if desk.suspects:
            if not worker.flights:
                worker.is_alone = True
                self._send(desk, worker, desk.suspects.popleft())
            return
        worker.is_alone = False
        seats = max(1, self.settings.concurrency // len(self.desks))
        if not desk.waiting:
            self._borrow(desk)
        while len(worker.flights) < seats and desk.worker is worker:
            job = self._next(desk, worker)
            if job is None:
                return
            self._send(desk, worker, job)

    def _next(self, desk: Desk, worker: Worker) -> Job | None:
        busy = [self.groups[site_id] for site_id in worker.flights]
        for job in desk.waiting:
            if busy.count(self.groups[job.site_id]) < PER_GROUP:
                desk.waiting.remove(job)
                return job
        return None

    def _borrow(self, desk: Desk) -> None:
        """Take a whole group over from the fullest desk, if none of it is under way there."""
        donor = max(self.desks, key=lambda other: len(other.waiting))
        under_way = set(donor.worker.flights if donor.worker else ()) | {
            job.site_id for job in donor.suspects
        }
        bound = {self.groups[site_id] for site_id in under_way}
        free = [job for job in donor.waiting if self.groups[job.site_id] not in bound]
        if len(free) < BORROW_FROM:
            return
        group = self.groups[free[-1].site_id]
        desk.waiting.extend(job for job in free if self.groups[job.site_id] == group)
        donor.waiting = deque(job for job in donor.waiting if self.groups[job.site_id] != group)

    def _send(self, desk: Desk, worker: Worker, job: Job) -> None:
        self.on_start(job)
        due_at = time.monotonic() + job.budget_s + self.patience.grace_s
        if not worker.send(job, due_at=due_at):
            (desk.suspects if worker.is_alone else desk.waiting).appendleft(job)
            self._lose(desk, worker, None)

    def _hear(self, desk: Desk, worker: Worker) -> None:
        try:
            for report in worker.hear():
                self._take(desk, worker, report)
        except EOFError:
            self._lose(desk, worker, None)
        except (ValueError, RecursionError) as error:
            self._lose(desk, worker, f"the worker process talked nonsense: {error}")

    def _take(self, desk: Desk, worker: Worker, report: Report) -> None:
        match report:
            case Ready():
                worker.is_ready = True
            case Done(site_id, visit):
                desk.failed_starts = 0
                if worker.flights.pop(site_id, None):
                    self.news.append(visit)
            case Failed(site_id, reason):
                flight = worker.flights.pop(site_id, None)
                if flight:
                    self.news.append(Died(flight.job, reason))
            case Broken(reason):
                if not worker.is_ready:
                    raise RasoatError(f"no worker can be started: {reason}")
                self._lose(desk, worker, reason)

    def _check(self, desk: Desk, worker: Worker) -> None:
        """End a worker that is silent or late."""
        now = time.monotonic()
        if not worker.is_ready:
            if now - worker.heard_at > START_S:
                self._lose(desk, worker, "the worker process did not start")
            return
        late = [flight.job for flight in worker.flights.values() if now > flight.due_at]
        silent_s = now - worker.heard_at
        if late and silent_s < STUCK_S:
            for job in late:  # these did it: no second try
                del worker.flights[job.site_id]
                self.news.append(Died(job, f"the worker kept it beyond its budget of {job.budget_s:g} s"))
            self._replace(desk, worker, back_to=desk.waiting)
            return
        if worker.flights and (late or silent_s > self.patience.silence_s):
            self._lose(desk, worker, f"the worker process was stuck for {silent_s:.0f} s")

    def _lose(self, desk: Desk, worker: Worker, reason: str | None) -> None:
        """A worker is gone or must go. Its jobs are suspects, unless it had one that was suspect before."""
        if not worker.has_served:
            desk.failed_starts += 1
            if desk.failed_starts > 1:
                worker.kill()
                raise RasoatError(f"no worker can be started: {reason or worker.last_words()}")
        if reason is None:
            worker.process.join(1.0)
            reason = worker.last_words()
        if worker.is_alone:
            self.news.extend(Died(flight.job, reason) for flight in worker.flights.values())
            worker.flights.clear()
        self._replace(desk, worker, back_to=desk.suspects)

    def _replace(self, desk: Desk, worker: Worker, *, back_to: deque[Job]) -> None:
        """Clear the desk; the next hand-out puts a new worker there."""
        worker.kill()
        desk.worker = None
        back_to.extend(flight.job for flight in worker.flights.values())
        worker.flights.clear()
