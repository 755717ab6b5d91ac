"""Politeness towards one server address, whatever number of sites live there, and towards its neighbours together.

Two connections at a time, so many requests and so many TLS hellos a second; a server that asks for a pause
(`Retry-After`) gets it for all its sites. Turns come a little late by chance, so that nobody meets a metronome.
"""

import asyncio
import ipaddress
import random
import time
from collections import deque

HELLOS_PER_REQUEST = 2.0  # a hello costs a server no page: twice the request rate is allowed
NEIGHBOURS = 4  # a hosting network as a whole bears so many times what one of its addresses is sent
JITTER = 0.2  # of the time between two turns
PREFIXES = {4: 24, 6: 64}


def street_of(address: str) -> str:
    """The network an address shares with its neighbours: /24, of IPv6 /64; empty on this machine."""
    place = ipaddress.ip_address(address)
    if place.is_loopback:
        return ""
    return str(ipaddress.ip_network((address, PREFIXES[place.version]), strict=False))


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
    """The limiter of one address, or of a street. Waiting is its only effect; counting is the ledger's."""

    def __init__(self, *, connections: int, rate: float, street: "Gate | None" = None) -> None:
        self._street = street
        self._jitter_s = JITTER / rate
        self._slots = asyncio.Semaphore(connections)
        self._windows = {"http": Window(rate), "hello": Window(rate * HELLOS_PER_REQUEST)}
        self._not_before = 0.0

    async def turn(self, kind: str) -> None:
        """Wait for the next free turn of that kind: http or hello."""
        if self._street is not None:
            await self._street.turn(kind)
        now = time.monotonic()
        late = random.uniform(0, self._jitter_s)  # noqa: S311 - chance, no secret
        turn = self._windows[kind].book(now, not_before=max(now + late, self._not_before))
        if turn > now:
            await asyncio.sleep(turn - now)

    def pause(self, seconds: float) -> None:
        """Give no turn of any kind before that time has passed."""
        self._not_before = max(self._not_before, time.monotonic() + seconds)

    async def enter(self) -> None:
        """Wait for one of the connections this address allows at once, then for one of its street."""
        await self._slots.acquire()
        if self._street is not None:
            try:
                await self._street.enter()
            except BaseException:
                self._slots.release()
                raise

    def leave(self) -> None:
        """Give the connection back."""
        self._slots.release()
        if self._street is not None:
            self._street.leave()
