"""Settles several questions together: one canary confirms the closes of all of them.

A close counts as a rejection when it happens twice and the canary works in between and afterwards. When the canary
fails, the pace drops; what is open when the time is over is unknown, never "not offered".
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from scanner.collect.tls.outcome import Outcome, Reading
from scanner.collect.tls.question import Maker
from scanner.collect.tls.wire import Deadline, Kind, Reply
from scanner.model.evidence import Answer
from scanner.parse.tls_names import OUT_OF_TIME, THROTTLED

CLOSES_TO_REJECT = 2
ROUNDS = 6
SIDE_BY_SIDE = 2  # connections at once to one address, while it bears them

Key = TypeVar("Key")


class Asker(Protocol):
    """What an inquiry needs of the examination of an address."""

    deadline: Deadline
    gap_s: float  # between hellos; above zero since the server throttled us
    is_given_up: bool  # the canary no longer works, however slowly we go

    async def ask(self, maker: Maker) -> Reply:
        """One hello at the present pace."""
        ...

    async def canary_works(self) -> bool:
        """True when the hello that worked before works still."""
        ...

    async def recover(self) -> bool:
        """Slow down until the canary works again; False when it never does."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """A hello, and what the replies to it mean."""

    make: Maker
    read: Reading
    on_close: Answer = Answer.REJECTED


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome of one question and the last reply to it."""

    answer: Answer
    detail: str
    reply: Reply


async def settle(asker: Asker, batch: Mapping[Key, Question]) -> dict[Key, Settled]:
    """The outcome of every question, in the order of the batch."""
    done: dict[Key, Settled] = {}
    waiting: dict[Key, Reply] = {}
    closes: dict[Key, int] = dict.fromkeys(batch, 0)
    if not asker.is_given_up:
        width = 1 if asker.gap_s else SIDE_BY_SIDE
        keys = tuple(batch)
        for start in range(0, len(keys), width):
            some = keys[start : start + width]
            await asyncio.gather(*(_once(asker, k, batch[k], done, waiting) for k in some))
    for _ in range(ROUNDS):
        if not waiting:
            break
        if await asker.canary_works():
            _count(batch, closes, done, waiting)
        elif not await asker.recover():
            asker.is_given_up = True
            break
        for key in tuple(waiting):
            await _once(asker, key, batch[key], done, waiting)
    why = THROTTLED if asker.deadline.left_s else OUT_OF_TIME
    return {
        key: done.get(key) or Settled(Answer.UNKNOWN, why, waiting.get(key, Reply(Kind.BUDGET)))
        for key in batch
    }


async def _once(
    asker: Asker, key: Key, question: Question, done: dict[Key, Settled], waiting: dict[Key, Reply]
) -> None:
    reply = await asker.ask(question.make)
    outcome: Outcome = question.read(reply)
    if outcome.answer is None:
        waiting[key] = reply
        return
    waiting.pop(key, None)
    done[key] = Settled(outcome.answer, outcome.detail, reply)


def _count(
    batch: Mapping[Key, Question],
    closes: dict[Key, int],
    done: dict[Key, Settled],
    waiting: dict[Key, Reply],
) -> None:
    """A working canary tells: the closes and silences since the last one were meant."""
    for key, reply in tuple(waiting.items()):
        if reply.kind is Kind.SILENT:
            done[key] = Settled(Answer.UNKNOWN, reply.detail, reply)
        elif reply.kind in (Kind.CLOSED, Kind.RESET):
            closes[key] += 1
            if closes[key] < CLOSES_TO_REJECT:
                continue
            done[key] = Settled(batch[key].on_close, f"{reply.kind.value}, confirmed by canary", reply)
        else:
            continue
        del waiting[key]
