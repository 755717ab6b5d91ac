"""Work on stored things, spread over processes."""

import os
from collections.abc import Callable, Sequence

from scanner.execute.parts import WORTH_IT, spread, workers_for


def counting() -> Callable[[Sequence[str]], tuple[int, tuple[str, ...]]]:
    """Built once in each worker: gives the process and what it was handed."""
    return lambda piece: (os.getpid(), tuple(piece))


def test_parts_come_back_whole_and_in_order_from_other_processes() -> None:
    items = [str(n) for n in range(70)]

    found = list(spread(counting, items, workers=2))

    assert [one for _pid, piece in found for one in piece] == items
    assert os.getpid() not in {pid for pid, _piece in found}


def test_few_items_are_not_worth_a_process() -> None:
    assert workers_for(["a"] * (WORTH_IT - 1), 8) == 1
    assert workers_for(["a"] * WORTH_IT, 3) == 3
    assert 1 <= workers_for(["a"] * WORTH_IT) <= 4
