"""A reading is made once in a visit, whoever asks: views are read from each other, and the facts ask for all of them.

A visit is judged at one go, so the last one is all that need be remembered.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from scanner.model.evidence import Evidence
from scanner.model.reference import Reference

T = TypeVar("T")


def once(read: Callable[[Evidence, Reference], T]) -> Callable[[Evidence, Reference], T]:
    """The same reading; asked again about the same evidence and tables, it gives the same value without work."""
    kept: list[tuple[Evidence, Reference, T]] = []

    @wraps(read)
    def reading(evidence: Evidence, ref: Reference) -> T:
        for seen, tables, value in kept:
            if seen is evidence and tables is ref:
                return value
        value = read(evidence, ref)
        kept[:] = [(evidence, ref, value)]
        return value

    return reading
