"""Work on stored things, spread over the processors: parts of a list, each done whole by one worker process."""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

from scanner.execute.local import MOST_WORKERS

R = TypeVar("R")
Work = Callable[[Sequence[str]], R]
PART = 20  # sites of a part: enough to be worth the way, few enough that the last worker is not waited for
WORTH_IT = 3 * PART  # below this a second process costs more than it saves

_hired: list[Work[Any]] = []  # what this worker process does; empty everywhere else


def workers_for(items: Sequence[str], wanted: int = 0) -> int:
    """How many processes the work is worth: `wanted` 0 means one for each processor, at most 4; 1 for few items."""
    if len(items) < WORTH_IT:
        return 1
    return wanted or min(os.cpu_count() or 1, MOST_WORKERS)


def spread(make: Callable[[], Work[R]], items: Sequence[str], *, workers: int) -> Iterator[R]:
    """What the work gives for each part, in the order of the list. `make` builds the work inside each process."""
    pieces = [items[at : at + PART] for at in range(0, len(items), PART)]
    context = multiprocessing.get_context("spawn")  # nothing of this process is inherited, on every system
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_hire, initargs=(make,)) as pool:
        yield from pool.map(_done, pieces)


def _hire(make: Callable[[], Work[Any]]) -> None:
    _hired[:] = [make()]
    gc.freeze()  # checks and tables live as long as the process: collecting garbage need not walk over them


def _done(piece: Sequence[str]) -> Any:
    return _hired[0](piece)
