"""Published holes on their way into a table: what the readers of all sources give, and how they are laid together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from scanner.identify.vulnerable import release_of
from scanner.model.reference import KnownExploited, Vulnerability, VulnerableRange

RANK = ("cve-record", "drupal-osv", "friendsofphp", "retire.js", "author-unchecked")
"""Whose ranges are taken when several sources know a hole of a product, best first."""

KINDS = {
    "CWE-22": "path-traversal",
    "CWE-77": "rce",
    "CWE-78": "rce",
    "CWE-79": "xss",
    "CWE-80": "xss",
    "CWE-89": "sqli",
    "CWE-94": "rce",
    "CWE-200": "info",
    "CWE-284": "access",
    "CWE-287": "auth-bypass",
    "CWE-352": "csrf",
    "CWE-400": "dos",
    "CWE-434": "upload",
    "CWE-502": "object-injection",
    "CWE-601": "open-redirect",
    "CWE-862": "access",
    "CWE-863": "access",
    "CWE-918": "ssrf",
    "CWE-1321": "prototype-pollution",
    "CWE-1333": "dos",
}


@dataclass(slots=True)
class Read:
    """What a reader made of its source: records, and in words what it refused or mended."""

    holes: list[Vulnerability] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


class RangeError(ValueError):
    """A text that names no stretch of releases."""


def stretch(introduced: str = "", *, fixed: str = "", last: str = "") -> VulnerableRange:
    """A stretch whose bounds are releases. Raises RangeError; a stretch needs an end."""
    for bound in (introduced, fixed, last):
        if bound and release_of(bound) is None:
            raise RangeError(f"{bound[:40]!r} is no version")
    start, end = release_of(introduced), release_of(fixed or last)
    if end is None:
        raise RangeError("no end")
    if start is not None and start > end:
        raise RangeError(f"{introduced} comes after {fixed or last}")
    return VulnerableRange(introduced, fixed, last)


def kind_of(weaknesses: Iterable[str]) -> str:
    """Our word for the first weakness that has one."""
    return next((KINDS[w] for w in weaknesses if w in KINDS), "")


def laid_together(before: Iterable[Vulnerability], new: Iterable[Vulnerability]) -> list[Vulnerability]:
    """One record for each (product, id): the best source's ranges, and what only others say filled in.

    Of what is new, stretches of one source add up; a record from before never widens what was read now.
    """
    best: dict[tuple[str, str], Vulnerability] = {}
    for record in new:
        have = best.get((record.product, record.id))
        best[record.product, record.id] = _better(have, record, is_new=True) if have else record
    for record in before:
        have = best.get((record.product, record.id))
        best[record.product, record.id] = _better(have, record, is_new=False) if have else record
    return sorted(_without_names_twice(best).values(), key=lambda r: (r.product, r.id))


def _better(have: Vulnerability, other: Vulnerability, *, is_new: bool) -> Vulnerability:
    if _rank(other) < _rank(have):
        return _filled(other, have)
    filled = _filled(have, other)
    if is_new and have.source == other.source:
        more = tuple(r for r in other.ranges if not _is_told(r, have.ranges))
        filled = replace(filled, ranges=(*have.ranges, *more))
    return filled


def _without_names_twice(
    best: Mapping[tuple[str, str], Vulnerability],
) -> dict[tuple[str, str], Vulnerability]:
    """An advisory that is an alias of a record of the same product is not a hole of its own."""
    aliases = {(record.product, alias) for record in best.values() for alias in record.aliases}
    return {key: record for key, record in best.items() if key not in aliases}


def marked(records: Iterable[Vulnerability], exploited: Mapping[str, KnownExploited]) -> list[Vulnerability]:
    """The records with the catalogue's entry; a mark the catalogue does not have stays."""
    return [replace(r, kev=exploited.get(r.id, r.kev)) for r in records]


def _rank(record: Vulnerability) -> int:
    return RANK.index(record.source) if record.source in RANK else len(RANK)


def _filled(record: Vulnerability, other: Vulnerability) -> Vulnerability:
    aliases = tuple(dict.fromkeys((*record.aliases, *other.aliases)))
    return replace(
        record,
        published=record.published or other.published,
        kind=record.kind or other.kind,
        aliases=aliases,
        cvss=record.cvss or other.cvss,
        kev=record.kev or other.kev,
        advisory=record.advisory or other.advisory,
    )


def _is_told(one: VulnerableRange, ranges: Iterable[VulnerableRange]) -> bool:
    """True when a stretch of the same releases is there, however its numbers are written."""
    return any(
        (release_of(one.introduced), release_of(one.fixed), release_of(one.last))
        == (release_of(r.introduced), release_of(r.fixed), release_of(r.last))
        for r in ranges
    )
