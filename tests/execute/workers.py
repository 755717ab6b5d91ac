"""Workers that do what real ones must never do. The host of a job says what happens to it."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scanner.model.evidence import Ledger, Target
from scanner.model.finding import Finding, Severity, SiteState, Verdict
from scanner.model.visit import Job, Visit

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def job(site_id: str, does: str = "well", *, budget_s: float = 30.0) -> Job:
    return Job("scan", site_id, Target(does), budget_s=budget_s)


def visit_of(order: Job, saw: str = "") -> Visit:
    said = Finding(order.site_id, "http.x", Verdict.PASS, Severity.LOW, saw=saw)
    return Visit("scan", order.site_id, SiteState.REACHED, "", (said,), Ledger(), AT, AT)


@dataclass(frozen=True, slots=True)
class Misbehaving:
    """Picklable, as `run` demands; `folder` is where a worker leaves marks for the test to read."""

    folder: Path

    def __call__(self) -> Callable[[Job], Awaitable[Visit]]:
        async def visit(order: Job) -> Visit:
            with (self.folder / f"{order.site_id}.pids").open("a") as marks:
                marks.write(f"{os.getpid()}\n")
            return await self._do(order)

        return visit

    async def _do(self, order: Job) -> Visit:
        does = order.target.host
        if does == "hang":
            time.sleep(3600)  # noqa: ASYNC251 - a loop that is stuck is what is tested
        if does == "crash":
            os._exit(7)
        if does == "crash-once" and self._first_time(order):
            await asyncio.sleep(0.3)
            os._exit(7)
        if does == "raise":
            raise ZeroDivisionError("a defect")
        if does == "eat":
            await self._eat()
        if does == "deaf":
            await self._ignore_cancellation()
        if does == "slow":
            await asyncio.sleep(3600)
        if does == "beside":
            await asyncio.sleep(1.0)
        says = {"long": "x" * 1_000_000, "pid": str(os.getpid())}
        return visit_of(order, says.get(does, "\udc80\0 ổn"))

    def _first_time(self, order: Job) -> bool:
        return len((self.folder / f"{order.site_id}.pids").read_text().splitlines()) == 1

    async def _eat(self) -> None:
        hoard = []
        while True:
            hoard.append(bytearray(16 * 1024 * 1024))
            await asyncio.sleep(0)

    async def _ignore_cancellation(self) -> None:
        while True:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                continue


@dataclass(frozen=True, slots=True)
class Unbuildable:
    def __call__(self) -> Callable[[Job], Awaitable[Visit]]:
        raise LookupError("no reference tables")


@dataclass(frozen=True, slots=True)
class DeadOnArrival:
    def __call__(self) -> Callable[[Job], Awaitable[Visit]]:
        os._exit(9)
