"""Version numbers: parse, compare, find the release line, test ranges. Numbers only; nothing is guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache, total_ordering

TEXT_LIMIT = 40
NUMBER = re.compile(r"v?(\d{1,9}(?:\.\d{1,9}){0,5})(?:[-_. ]?([A-Za-z][A-Za-z0-9.-]{0,20}))?\Z", re.ASCII)


class VersionError(ValueError):
    """The text is no version number; the text stands in the message, capped."""


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """A release number. `text` is as printed ("4.5.07"); order and equality follow the numbers.

    Missing places count as zero and a pre-release comes before its release: 4.0-beta1 < 4.0 == 4.0.0.
    """

    numbers: tuple[int, ...]
    suffix: str = ""
    text: str = field(default="")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self._key() == other._key()

    def __lt__(self, other: "Version") -> bool:
        return self._key() < other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[tuple[int, ...], bool, str]:
        return _stripped(self.numbers), not self.suffix, self.suffix

    def belongs_to(self, line: str) -> bool:
        """True when the line begins this number: 3.4.8 belongs to "3" and to "3.4", 3.40 not to "3.4"."""
        wanted = parse_version(line).numbers
        return self.numbers[: len(wanted)] == wanted

    def __str__(self) -> str:
        return self.text or ".".join(map(str, self.numbers))


@lru_cache(maxsize=8_192)
def parse_version(text: str) -> Version:
    """The version a text consists of. Raises VersionError for anything that is no plain release number."""
    found = NUMBER.match(text.strip()) if len(text) <= TEXT_LIMIT else None
    if found is None:
        raise VersionError(f"{text[:TEXT_LIMIT]!r} is no version number")
    numbers = tuple(int(part) for part in found[1].split("."))
    return Version(numbers, (found[2] or "").lower(), text.strip().removeprefix("v"))


def version_or_none(text: str) -> Version | None:
    """The version, or None when the text is none."""
    try:
        return parse_version(text)
    except VersionError:
        return None


def line_of(version: Version, lines: Iterable[str]) -> str | None:
    """The most exact of the named lines a version belongs to: 8.2.4 of ("8", "8.2") gives "8.2"."""
    own = [line for line in lines if version_or_none(line) and version.belongs_to(line)]
    return max(own, key=lambda line: len(parse_version(line).numbers), default=None)


def lines_within(text: str, lines: Iterable[str]) -> tuple[str, ...]:
    """Every named line a printed number may mean: "8" of ("8.8", "8.9") both, "3.4" of ("3",) gives "3"."""
    printed = version_or_none(text)
    if printed is None:
        return ()
    named = tuple(lines)
    exact = line_of(printed, named)
    if exact is not None:
        return (exact,)
    return tuple(
        line
        for line in named
        if (v := version_or_none(line)) and v.belongs_to(text.strip().removeprefix("v"))
    )


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch of releases. `fixed` is the first good one, `last` the last bad one; None is open."""

    introduced: Version | None = None
    fixed: Version | None = None
    last: Version | None = None

    def holds(self, version: Version) -> bool:
        """True when the version lies inside; a range open above holds everything from its start."""
        if self.introduced is not None and version < self.introduced:
            return False
        if self.fixed is not None and version >= self.fixed:
            return False
        return self.last is None or version <= self.last


def _stripped(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """The numbers without zeros at the end, so that 4.0 equals 4.0.0."""
    end = len(numbers)
    while end > 1 and numbers[end - 1] == 0:
        end -= 1
    return numbers[:end]
