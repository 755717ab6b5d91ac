"""Builders of hand-made evidence for the examples of checks, in one import; and the moment they are judged at."""

from datetime import UTC, date, datetime
from functools import lru_cache

from scanner.model.reference import Reference
from scanner.reference import load_reference
from scanner.samples.web import (
    answered,
    chain,
    fetched,
    hop,
    page,
    plain_page,
    redirect,
    response,
    seen,
    silence,
)

__all__ = [
    "SEEN_AT",
    "answered",
    "chain",
    "fetched",
    "hop",
    "page",
    "plain_page",
    "redirect",
    "response",
    "sample_reference",
    "seen",
    "silence",
]

SEEN_AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@lru_cache(maxsize=1)
def sample_reference() -> Reference:
    """The tables examples are judged by: those that ship."""
    return load_reference()


def sample_day() -> date:
    """The day of SEEN_AT."""
    return SEEN_AT.date()
