"""Which published holes a set of possible releases has, and which release is free of them.

All possible releases inside the range: affected. Some of them: possibly affected. A set that is open at the top,
and a record nobody has read again, never make more than possibly.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from scanner.model.reference import Vulnerability, VulnerableRange
from scanner.parse.version import Range, Version, version_or_none

LETTERED = re.compile(r"(\d{1,6}(?:\.\d{1,6}){2,2})(z?[a-z])", re.ASCII)  # after 1.0.2z comes 1.0.2za
UNCHECKED = "author-unchecked"
UNCHECKED_WORDS = "unverified/chưa kiểm chứng"


class Grade(StrEnum):
    """How a hole concerns a site."""

    AFFECTED = "affected"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Hole:
    """One hole a site has or may have."""

    record: Vulnerability
    grade: Grade
    safe: tuple[str, ...] = ()  # candidates that do not have it

    @property
    def line(self) -> str:
        """The hole in one line, the same in every language."""
        cvss = f"CVSS {self.record.cvss.score:g}" if self.record.cvss else ""
        kev = f"KEV {self.record.kev.added}" if self.record.kev else ""
        safe = f"not in {', '.join(self.safe)}" if self.safe else ""
        reach = ", ".join(dict.fromkeys(_words(r) for r in self.record.ranges[:3]))
        source = UNCHECKED_WORDS if self.record.source == UNCHECKED else self.record.source
        parts = (self.record.id, self.grade.value, cvss, kev, reach, safe, source)
        return "; ".join(part for part in parts if part)


def holes_of(
    candidates: Sequence[str],
    records: Iterable[Vulnerability],
    *,
    or_later: bool = False,
    at_most_possible: bool = False,
) -> tuple[Hole, ...]:
    """The holes of a set of releases: exploited ones first, then by score, then by id."""
    versions = [(text, v) for text in candidates if (v := release_of(text))]
    capped = or_later or at_most_possible
    found = [hole for record in records if (hole := _hole(record, versions, is_capped=capped))]
    return tuple(sorted(found, key=_order))


def first_free(version: Version, records: Iterable[Vulnerability], known: Iterable[str]) -> str:
    """The first release from a version on that no record holds; "> X" when only the last bad one X is known.

    Every release below the end of a range that holds one is held too, so the search jumps from end to end.
    """
    ranges = [_range(row) for record in records for row in record.ranges]
    later = sorted(v for text in known if (v := release_of(text)) and not v.suffix)
    while holding := [r for r in ranges if r.holds(version)]:
        lasts = [r.last for r in holding if r.last is not None and r.fixed is None]
        fixed = [r.fixed for r in holding if r.fixed is not None]
        if len(lasts) + len(fixed) < len(holding):
            return ""  # a range without an end
        ends = fixed
        if lasts:
            bad = max(lasts)
            good = next((v for v in later if v > bad), None)
            if good is None and (not fixed or max(fixed) <= bad):
                return f"> {bad}"
            ends = [*fixed, good] if good else fixed
        version = max(ends)
    return str(version)


def is_in(version: Version, record: Vulnerability) -> bool:
    """True when one of a record's ranges holds the release."""
    return any(_range(r).holds(version) for r in record.ranges)


def release_of(text: str) -> Version | None:
    """A release as ranges count it: 2.3.2-p2 and 1.0.1g come after 2.3.2 and 1.0.1, other endings before."""
    if not text:
        return None
    lettered = LETTERED.fullmatch(text)
    if lettered:
        return version_or_none(f"{lettered[1]}.{sum(ord(letter) - ord('a') + 1 for letter in lettered[2])}")
    return version_or_none(text.replace("-p", "."))


def _hole(record: Vulnerability, versions: Sequence[tuple[str, Version]], *, is_capped: bool) -> Hole | None:
    inside = [text for text, version in versions if is_in(version, record)]
    if not inside:
        return None
    safe = tuple(text for text, _version in versions if text not in inside)
    is_sure = not safe and not is_capped and record.source != UNCHECKED
    return Hole(record, Grade.AFFECTED if is_sure else Grade.POSSIBLE, safe)


def _order(hole: Hole) -> tuple[bool, bool, float, str]:
    score = hole.record.cvss.score if hole.record.cvss else 0.0
    return hole.grade is not Grade.AFFECTED, hole.record.kev is None, -score, hole.record.id


@lru_cache(maxsize=4_096)
def _range(row: VulnerableRange) -> Range:
    return Range(release_of(row.introduced), release_of(row.fixed), release_of(row.last))


def _words(row: VulnerableRange) -> str:
    start = row.introduced or "*"
    return f"{start} <= x < {row.fixed}" if row.fixed else f"{start} <= x <= {row.last or '*'}"
