"""Nouns of identification: a product, the signs that betray it, and what they claim about its version."""

from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """How surely a product is there, surest first."""

    CERTAIN = "certain"
    FIRM = "firm"
    POSSIBLE = "possible"


class Precision(StrEnum):
    """What a claim about a version is worth, best first."""

    EXACT = "exact"  # the software printed its release
    FILES = "files"  # its files equal those of the releases in `candidates`
    LINE = "line"  # it printed its line
    PRINTED = "printed"  # it printed a number that stands for the lines in `lines`
    IMPLIED = "implied"  # only the lines in `lines` use what was seen
    AT_LEAST = "at-least"  # a lower bound
    DECLARED = "declared"  # a person typed it into the footer


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement about the version. `text` is the number as printed, "" when only lines are implied."""

    text: str
    precision: Precision
    method: str  # kind of the sign: generator, asset, header, markup, footer
    source: str  # address, header or place it was seen in
    saw: str  # verbatim, capped
    lines: tuple[str, ...] = ()
    is_printed: bool = True  # False: the number follows from the sign and stands nowhere on the page
    candidates: tuple[str, ...] = ()  # by files: oldest first; empty when files of several releases are mixed
    or_later: bool = False  # by files: a release newer than the data may look the same


@dataclass(frozen=True, slots=True)
class Clue:
    """One sign that was found, verbatim."""

    kind: str
    source: str
    saw: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Product:
    """One product a page betrays."""

    key: str
    name: str
    certainty: Certainty
    clues: tuple[Clue, ...]
    claims: tuple[Claim, ...] = ()
