"""Many documents on several processors: each process makes and writes its share of them.

The children are forks of this process, so the dossier is there already and nothing has to be packed. Only where
nothing speaks against a fork - Linux, no other thread - and where the work is worth one; elsewhere one process does
it all.
"""

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from reports.writing import ReportError

WORTH_IT = 24  # documents
MOST = 4  # processes

Paper = TypeVar("Paper")
Write = Callable[[Paper], Path]
Trouble = tuple[str, str]
"""A path, and why no document could be written there."""


def write_each(papers: Sequence[Paper], write: Write[Paper], *, hands: int | None = None) -> tuple[Path, ...]:
    """Write every paper; gives the paths in their order. Raises ReportError when one cannot be written."""
    shares = _dealt(papers, crew_size(len(papers)) if hands is None else hands)
    if len(shares) < 2:
        return tuple(map(write, papers))
    context = multiprocessing.get_context("fork")
    helpers = []
    for share in shares[1:]:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(share, write, theirs))
        process.start()
        theirs.close()
        helpers.append((process, ours))
    told = [_own(shares[0], write), *(_answer(pipe) for _process, pipe in helpers)]
    for process, _pipe in helpers:
        process.join()
    for said in told:
        if isinstance(said, tuple):
            raise ReportError(Path(said[0]), said[1])
    paths = [iter(said) for said in told if isinstance(said, list)]
    return tuple(Path(next(paths[n % len(paths)])) for n in range(len(papers)))


def crew_size(documents: int) -> int:
    """How many processes share the work, this one among them."""
    if documents < WORTH_IT or sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return min(MOST, len(os.sched_getaffinity(0)))


def _dealt(papers: Sequence[Paper], hands: int) -> list[Sequence[Paper]]:
    """One share for each hand, dealt in turn: large and small documents spread evenly."""
    return [papers[n::hands] for n in range(hands) if papers[n::hands]]


def _own(share: Sequence[Paper], write: Write[Paper]) -> list[str] | Trouble:
    try:
        return [str(write(paper)) for paper in share]
    except ReportError as error:
        return str(error.path), error.why


def _work(share: Sequence[Paper], write: Write[Paper], answers: Connection) -> None:
    """What a child does: its share, and a word on how it went."""
    answers.send(_own(share, write))
    answers.close()


def _answer(pipe: Connection) -> list[str] | Trouble:
    try:
        said: list[str] | Trouble = pipe.recv()
    except EOFError:  # it died; what it printed tells more
        return "reports", "a process that wrote reports has ended without a word"
    return said
