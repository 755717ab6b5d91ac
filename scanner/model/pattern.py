"""A pattern of a data file, compiled when it is first used: the tables hold hundreds, a page needs few of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

NAMED = re.compile(r"\(\?P<[a-z]+>")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression as text, ASCII only and without regard to letter case."""

    text: str

    def search(self, text: str) -> re.Match[str] | None:
        """The first place that fits."""
        return _compiled(self.text).search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place that fits, in order."""
        return _compiled(self.text).finditer(text)


def any_of(patterns: Iterable[Pattern]) -> Pattern:
    """One pattern that fits where any of them does; it captures nothing."""
    return Pattern("|".join(f"(?:{NAMED.sub('(?:', pattern.text)})" for pattern in patterns))


@cache
def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.ASCII)
