"""Which published holes a set of possible releases has, and which release is free of them.

All possible releases inside the range: affected. Some of them: possibly affected. A set that is open at the top,
and a record nobody has read again, never make more than possibly.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from scanner.model.reference import Vulnerability, VulnerableRange
from scanner.parse.version import Range, Version, version_or_none

UNCHECKED = "author-unchecked"


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
        parts = (self.record.id, self.grade.value, cvss, kev, reach, safe, self.record.source)
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
    """The first release from a version on that no record holds; "> X" when only the last bad one X is known."""
    own = tuple(records)
    named = {r.fixed for record in own for r in record.ranges if r.fixed} | set(known)
    later = {v: text for text in named if (v := release_of(text)) and v >= version and not v.suffix}
    for candidate in sorted(later):
        if not any(is_in(candidate, record) for record in own):
            return later[candidate]
    lasts = [
        v for record in own if is_in(version, record) for r in record.ranges if (v := release_of(r.last))
    ]
    return f"> {max(lasts)}" if lasts else ""


def is_in(version: Version, record: Vulnerability) -> bool:
    """True when one of a record's ranges holds the release."""
    return any(_range(r).holds(version) for r in record.ranges)


def release_of(text: str) -> Version | None:
    """A release as ranges count it: 2.3.2-p2 comes after 2.3.2, other endings before."""
    return version_or_none(text.replace("-p", ".")) if text else None


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
