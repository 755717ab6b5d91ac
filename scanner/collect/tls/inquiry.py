"""Asks one address question after question, and makes sure of every close before it counts as a rejection.

A server that stops talking may refuse what it was asked, or may have had enough of us. So a close is a rejection only
when it came twice, the second time after a pause, and when the server talked (an answer or an alert) before the first
and after the second; in between as well while the connections suffice. One hello that works (the canary) confirms all
closes before it, and one hello may repeat several questions. When the canary fails, the server throttles us: closes
since the last good word count for nothing, the pace drops, and what is open when time or connections are used up is
unknown, never "not offered". Where one question is closed at one time and answered at another, as behind a balancer
a dead machine, no close is believed at all.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from scanner.collect.tls.outcome import Reading
from scanner.collect.tls.question import Maker
from scanner.collect.tls.wire import Connector, Deadline, Kind, Reply
from scanner.collect.tls.wire import ask as send
from scanner.model.evidence import Answer
from scanner.parse.tls_names import CONFIRMED, OUT_OF_TIME, THROTTLED, TOO_MANY, UNCONFIRMED

CLOSES_TO_REJECT = 2
SIDE_BY_SIDE = 2  # connections at once to one address, while it bears them
SPOKEN = (Kind.ANSWERED, Kind.ALERT)
CLOSED = (Kind.CLOSED, Kind.RESET)


class Key(NamedTuple):
    """What a question is about: a version, the suites of a version, a class of suites, a group, a feature."""

    about: str
    version: int = 0
    part: int = 0  # where one hello does not hold it all


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one hello is waited for, and how the pace drops. Tests pass smaller figures."""

    first_s: tuple[float, ...] = (5.0, 4.0, 2.5)  # while nothing has answered; the last one repeats
    least_s: float = 2.0  # afterwards: so long, or ten times the slowest good answer
    gap_s: float = 0.25  # doubled each time the canary fails
    longest_gap_s: float = 4.0
    pause_s: float = 0.5  # before closed questions are asked again


@dataclass(frozen=True, slots=True)
class Question:
    """A hello, and what the replies to it mean."""

    make: Maker
    read: Reading
    suites: tuple[int, ...] = ()  # offered, where they are what is asked for
    is_told_by_close: bool = True  # False: a close tells nothing, however often it comes


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome of one question and the last reply to it."""

    answer: Answer
    detail: str
    reply: Reply


@dataclass(slots=True)
class Pending:
    """A question that got no answer: how often it was closed, and whether the server has talked since."""

    question: Question
    reply: Reply
    closes: int
    at: int  # the moment of the last reply, in hellos
    is_past: bool = False  # the server talked since


Again = tuple[Maker, tuple[Key, ...]]
"""A hello that repeats the questions of these keys."""
Merge = Callable[[Mapping["Key", Pending]], Sequence[Again]]


@dataclass
class Inquiry:
    """The conversation with one address: what is settled, what is open, how fast we may go, what we may still spend."""

    net: Connector
    address: str
    port: int
    deadline: Deadline
    patience: Patience
    limit: Callable[[], int] = lambda: 0  # connections a server that answers may cost
    merge: Merge = lambda _pending: ()
    settled: dict[Key, Settled] = field(default_factory=dict)
    pending: dict[Key, Pending] = field(default_factory=dict)
    canary: Maker | None = None
    spent: int = 0
    gap_s: float = 0.0  # between hellos; above zero since the server throttled us
    slowest_s: float = 0.0
    silences: int = 0
    has_spoken: bool = False  # an answer or an alert: TLS lives here
    has_closed: bool = False
    is_erratic: bool = False  # what was closed once was answered later: closes mean nothing here
    is_given_up: bool = False  # the canary no longer works, however slowly we go
    _lost: int = 0  # hellos since the server throttled us that told nothing
    _moment: int = 0
    _spoke_at: int = 0
    _lanes: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(SIDE_BY_SIDE))
    _single: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def room(self) -> int:
        """Connections that may still be made; what throttling cost is given back once."""
        limit = self.limit()
        return limit + min(self._lost, limit) - self.spent

    @property
    def is_serial(self) -> bool:
        """True once the server closed or throttled: from then on one connection at a time."""
        return self.has_closed or self.gap_s > 0

    @property
    def reserve(self) -> int:
        """Connections that the open questions will take."""
        if not self.pending:
            return 0
        return len(self._to_repeat()) + 1

    # ---- asking ------------------------------------------------------------------------------------------------

    async def put_all(self, batch: Mapping[Key, Question]) -> None:
        """Ask every question once, side by side while the server bears it."""
        await asyncio.gather(*(self.put(key, question) for key, question in batch.items()))

    async def put(self, key: Key, question: Question) -> Settled | None:
        """Ask once; None when there is no answer yet: then the question is pending."""
        async with self._lanes:
            if not self.is_serial:
                return await self._once(key, question)
            async with self._single:
                return await self._once(key, question)

    async def _once(self, key: Key, question: Question) -> Settled | None:
        if self.is_given_up or self.room < 1:
            self._open(key, question, Reply(Kind.BUDGET, detail=TOO_MANY))
            return None
        return self.file(key, question, await self.ask(question.make, about=(key,)))

    async def ask(self, maker: Maker, *, about: Sequence[Key] = (), is_canary: bool = False) -> Reply:
        """One hello at the present pace, perhaps about questions that are pending."""
        if self.gap_s:
            await asyncio.sleep(min(self.gap_s, self.deadline.left_s))
        self._moment += 1
        self.spent += 1
        began = self._moment
        reply = await send(
            self.net,
            self.address,
            self.port,
            maker(),
            deadline=self.deadline,
            patience_s=self.patience_left_s,
        )
        self._moment += 1
        self.spent -= reply.kind is Kind.BUDGET
        self.silences += reply.kind is Kind.SILENT
        self.has_closed = self.has_closed or reply.kind in CLOSED
        if reply.kind in SPOKEN and not is_canary:
            self._contradict(about)
            self._hear(began)
        return reply

    @property
    def patience_left_s(self) -> float:
        """How long the next answer is waited for."""
        if self.canary is not None:
            return max(self.patience.least_s, min(self.patience.first_s[0], 10 * self.slowest_s))
        return self.patience.first_s[min(self.silences, len(self.patience.first_s) - 1)]

    def file(self, key: Key, question: Question, reply: Reply) -> Settled | None:
        """Read a reply; None when it leaves the question pending."""
        outcome = question.read(reply)
        if outcome.answer is None:
            self._open(key, question, reply)
            return self.settled.get(key)
        self.pending.pop(key, None)
        if outcome.answer is Answer.ACCEPTED:
            self.slowest_s = max(self.slowest_s, reply.took_s)
        settled = self.settled[key] = Settled(outcome.answer, outcome.detail, reply)
        return settled

    def _open(self, key: Key, question: Question, reply: Reply) -> None:
        before = self.pending.get(key)
        closes = (before.closes if before else 0) + (reply.kind in CLOSED)
        if reply.kind in CLOSED and not question.is_told_by_close:
            self.pending.pop(key, None)
            self.settled[key] = Settled(Answer.UNKNOWN, reply.detail, reply)
            return
        self.pending[key] = Pending(question, reply, closes, self._moment)

    def _contradict(self, keys: Sequence[Key]) -> None:
        """The server talks where it closed before."""
        for pending in (self.pending[key] for key in keys if key in self.pending):
            self.is_erratic |= pending.closes > 0
            pending.closes = 0

    def _hear(self, began: int) -> None:
        """The server talks: closes and silences before that hello were meant."""
        self.has_spoken = True
        self._spoke_at = max(self._spoke_at, began)
        for key, pending in tuple(self.pending.items()):
            if pending.at >= began or pending.is_past:
                continue
            pending.is_past = True
            if pending.reply.kind is Kind.SILENT:
                self._settle(key, Answer.UNKNOWN, pending.reply.detail)
            elif pending.closes >= CLOSES_TO_REJECT:
                self._settle(key, Answer.REJECTED, f"{pending.reply.kind.value}, {CONFIRMED}")

    def _settle(self, key: Key, answer: Answer, detail: str) -> None:
        self.settled[key] = Settled(answer, detail, self.pending.pop(key).reply)

    # ---- doubting ----------------------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Settle what is pending: ask the canary, ask the closed questions again, ask the canary again."""
        while self.pending and not self.is_given_up and self.canary and self.deadline.left_s:
            again = self._to_repeat()
            is_open = any(not p.is_past for p in self.pending.values())
            last = 2 if self.gap_s else 1  # canaries at the end: one may slip through a throttle
            if is_open and (not again or self.room == last or self.room > len(again) + last):
                if self.room < last:
                    break
                await self._sound_out()
            elif again and self.room > last:
                await asyncio.sleep(min(self.patience.pause_s, self.deadline.left_s))
                times = 2 if self.room > 2 * len(again) else 1  # in a row: no rhythm of a balancer hides then
                for make, keys in again[: self.room - last]:
                    for _ in range(times):
                        await self._repeat(make, keys)
            else:
                break
        for key in tuple(self.pending):
            self._settle(key, Answer.UNKNOWN, self._why_open(self.pending[key]))

    def _to_repeat(self) -> Sequence[Again]:
        """The hellos that repeat what was closed once only, or lost while the server throttled us."""
        due = {key: p for key, p in self.pending.items() if _is_due(p)}
        return self.merge(due) if due else ()

    async def _repeat(self, make: Maker, keys: Sequence[Key]) -> None:
        """Ask again. A hello for several questions counts when it is closed; else each is asked by itself."""
        keys = [key for key in keys if key in self.pending]
        if not keys:
            return
        if len(keys) == 1:
            question = self.pending[keys[0]].question
            self.file(keys[0], question, await self.ask(question.make, about=keys))
            return
        reply = await self.ask(make, about=keys)
        for key in keys:
            if reply.kind in CLOSED:
                self._open(key, self.pending[key].question, reply)
            elif key in self.pending and self.room > 1:
                question = self.pending[key].question
                self.file(key, question, await self.ask(question.make, about=(key,)))

    async def _sound_out(self) -> None:
        """Ask the canary, where it is to confirm closes twice in a row; when it fails, slow down or give up."""
        assert self.canary is not None
        began = self._moment + 1
        confirms = any(p.closes >= CLOSES_TO_REJECT and not p.is_past for p in self.pending.values())
        for _ in range(2 if confirms and self.room > 1 else 1):
            if (await self.ask(self.canary, is_canary=True)).kind is not Kind.ANSWERED:
                break
        else:
            self._hear(began)
            return
        self.is_given_up = not await self.recover(self.canary)

    async def recover(self, maker: Maker) -> Reply | None:
        """Slow down until a known hello works again, and give the answer; None when time or connections end before."""
        for pending in self.pending.values():
            if not pending.is_past:
                pending.closes = max(0, pending.closes - 1)
        gap = self.patience.gap_s
        self._lost += (self._moment - self._spoke_at) // 2
        while gap <= self.patience.longest_gap_s and self.deadline.left_s and self.room > 0:
            self.gap_s = max(self.gap_s, gap)
            reply = await self.ask(maker)
            if reply.kind is Kind.ANSWERED:
                return reply
            self._lost += 1
            gap *= 2
        return None

    def _why_open(self, pending: Pending) -> str:
        if not self.deadline.left_s:
            return OUT_OF_TIME
        if self.gap_s:
            return THROTTLED
        return UNCONFIRMED if pending.closes else TOO_MANY


def _is_due(pending: Pending) -> bool:
    if pending.reply.kind in CLOSED:
        return pending.closes < CLOSES_TO_REJECT
    return pending.is_past and pending.reply.kind is not Kind.BUDGET
