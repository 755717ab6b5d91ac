"""Politeness towards one server address, whatever number of sites live there.

Two connections at a time, so many requests and so many TLS hellos a second; a server that asks for a pause
(`Retry-After`) gets it for all its sites.
"""

import asyncio
import time
from collections import deque

HELLOS_PER_REQUEST = 2.0  # a hello costs a server no page: twice the request rate is allowed


class Window:
    """Books turns so that no span of `count / rate` seconds holds more than `count` of them."""

    def __init__(self, rate: float) -> None:
        self._count = max(1, int(rate))
        self._span_s = self._count / rate
        self._turns: deque[float] = deque(maxlen=self._count)

    def book(self, now: float, *, not_before: float = 0.0) -> float:
        """The moment of the next free turn, which is taken by asking."""
        turn = max(now, not_before)
        if len(self._turns) == self._count:
            turn = max(turn, self._turns[0] + self._span_s)
        self._turns.append(turn)
        return turn


class Gate:
    """The limiter of one address. Waiting is its only effect; counting is the ledger's."""

    def __init__(self, *, connections: int, rate: float) -> None:
        self._slots = asyncio.Semaphore(connections)
        self._windows = {"http": Window(rate), "hello": Window(rate * HELLOS_PER_REQUEST)}
        self._not_before = 0.0

    async def turn(self, kind: str) -> None:
        """Wait for the next free turn of that kind: http or hello."""
        now = time.monotonic()
        turn = self._windows[kind].book(now, not_before=self._not_before)
        if turn > now:
            await asyncio.sleep(turn - now)

    def pause(self, seconds: float) -> None:
        """Give no turn of any kind before that time has passed."""
        self._not_before = max(self._not_before, time.monotonic() + seconds)

    async def enter(self) -> None:
        """Wait for one of the connections this address allows at once."""
        await self._slots.acquire()

    def leave(self) -> None:
        """Give the connection back."""
        self._slots.release()
