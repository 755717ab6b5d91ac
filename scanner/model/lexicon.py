"""The table of words intruders plant, as `checks/data/lexicon.toml` gives it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the list and what it means."""

    word: str
    theme: str  # gambling pharma adult loan fake-goods
    language: str
    weight: int
    key: str  # the word without diacritics: two spellings of one word count once


Phrases = Mapping[str, tuple[tuple[str, ...], ...]]
"""Phrases as tuples of words, by their first word, longest first."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Terms of languages that part words by blanks, terms found anywhere, parts of host names, and contexts."""

    phrases: Phrases = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)  # by the words of the term, joined by blanks
    anywhere: re.Pattern[str] | None = None  # Chinese, Japanese, Korean, Thai
    host_parts: tuple[tuple[str, int], ...] = ()
    warnings: Phrases = field(default_factory=dict)
    official: tuple[str, ...] = ()  # suffixes of hosts
    familiar: frozenset[str] = frozenset()
    miners: tuple[str, ...] = ()
    defaced_strong: tuple[str, ...] = ()
    defaced_weak: tuple[str, ...] = ()
    defaced_news: tuple[str, ...] = ()
    as_of: date | None = None
