"""Politeness in numbers."""

import asyncio
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.collect.pace import Gate, Window, street_of


@given(st.lists(st.floats(0, 0.5), min_size=1, max_size=60), st.sampled_from([0.5, 1, 3, 5, 10]))
def test_no_span_holds_more_turns_than_the_rate(gaps: list[float], rate: float) -> None:
    window, now, turns = Window(rate), 100.0, []
    for gap in gaps:
        now += gap
        turns.append(window.book(now))

    count, span = max(1, int(rate)), max(1, int(rate)) / rate
    assert all(later - earlier >= span - 1e-6 for earlier, later in zip(turns, turns[count:], strict=False))


def test_the_first_turns_come_at_once() -> None:
    window = Window(5)

    assert [window.book(100.0) for _ in range(6)] == [100.0] * 5 + [101.0]


def test_a_pause_holds_every_turn_back() -> None:
    window = Window(5)

    assert window.book(100.0, not_before=107.0) == 107.0


def test_a_gate_pauses_requests_and_hellos() -> None:
    async def run() -> float:
        gate = Gate(connections=2, rate=100)
        gate.pause(0.2)
        began = time.monotonic()
        await asyncio.gather(gate.turn("http"), gate.turn("hello"))
        return time.monotonic() - began

    assert 0.19 <= asyncio.run(run()) < 2


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("203.0.113.250", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("127.0.0.1", ""),
        ("::1", ""),
    ],
)
def test_neighbours_share_a_street(address: str, street: str) -> None:
    assert street_of(address) == street


def test_neighbours_together_are_sent_no_more_than_their_street_bears() -> None:
    async def run() -> tuple[float, int]:
        street = Gate(connections=2, rate=10)
        houses = [Gate(connections=2, rate=1000, street=street) for _ in range(8)]
        began = time.monotonic()
        await asyncio.gather(*(house.turn("http") for house in houses for _ in range(2)))
        took = time.monotonic() - began
        entered = 0
        for house in houses[:3]:
            try:
                async with asyncio.timeout(0.05):
                    await house.enter()
                    entered += 1
            except TimeoutError:
                continue
        houses[0].leave()
        await houses[2].enter()  # the place at the house was given back when the street was full
        return took, entered

    took, entered = asyncio.run(run())

    assert took >= 0.99  # sixteen turns where ten a second are borne
    assert entered == 2
