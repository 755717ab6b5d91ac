"""A pattern of a data file, compiled when it is first used: the tables hold hundreds, a page needs few of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache


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


@cache
def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.ASCII)
