"""The table of published holes from all its sources, over the table in use."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec

from scanner.data.advisory import read_friends, read_kev, read_osv, read_retire
from scanner.data.cve_record import read_records
from scanner.data.hole import Read, laid_together, marked
from scanner.data.soundness import known_releases
from scanner.data.sources import Copy, Naming
from scanner.identify.vulnerable import release_of
from scanner.model.reference import KnownExploited, Reference, Vulnerability

READERS: Mapping[str, Callable[[Copy, Sequence[Naming]], Read]] = {
    "cve": read_records,
    "osv": read_osv,
    "friendsofphp": read_friends,
    "retire": read_retire,
}
KEV = "kev"


def build_holes(
    before: Mapping[str, Any],
    copies: Sequence[Copy],
    namings: Sequence[Naming],
    ref: Reference,
    *,
    today: date,
) -> tuple[str, tuple[str, ...]]:
    """The text of a vulns/1 table, one record a line, and what was refused or mended.

    Records no source gives today stay, with the source they had. A hole whose record was withdrawn has to be taken
    out by hand: absence from a copy proves nothing.
    """
    old = msgspec.convert(before["vulnerabilities"], tuple[Vulnerability, ...])
    told: list[str] = []
    new: list[Vulnerability] = []
    exploited: dict[str, KnownExploited] = {}
    catalogue = before.get("kev_catalog", "")
    for copy in copies:
        if copy.source.kind == KEV:
            exploited, catalogue = read_kev(copy)
        elif copy.source.kind in READERS:
            read = READERS[copy.source.kind](copy, namings)
            new += read.holes
            told += read.told
    allowed = before.get("allowed_bounds", {})
    new = list(_known_bounds(new, ref, allowed, told))
    records = marked(laid_together(old, new), exploited)
    sources = _sources(before.get("sources", ()), copies, today)
    head = {
        "format": "vulns/1",
        "kev_catalog": catalogue,
        "allowed_bounds": allowed,
        "built": _known_to(sources, today),
        "sources": sources,
    }
    return _text(head, records), tuple(told)


def _known_bounds(
    records: Iterable[Vulnerability], ref: Reference, allowed: Mapping[str, Sequence[str]], told: list[str]
) -> Iterator[Vulnerability]:
    """The records without stretches whose ends nobody knows: numbers of another product, or typing errors."""
    for record in records:
        known = known_releases(record.product, ref)
        known |= {release_of(text) for text in allowed.get(record.product, ())} if known else set()
        strange = {
            text: row
            for row in record.ranges
            for text in (row.introduced, row.fixed, row.last)
            if known and text and release_of(text) not in known
        }
        told += [f"{record.id}: {record.product}: refused: {text} is no known release" for text in strange]
        left = tuple(row for row in record.ranges if row not in strange.values())
        if left:
            yield replace(record, ranges=left)


def _sources(
    before: Iterable[Mapping[str, str]], copies: Sequence[Copy], today: date
) -> list[dict[str, str]]:
    """A row for each source: how far it was read. A copy that is no clone was read today."""
    rows = {row["name"]: dict(row) for row in before}
    for copy in copies:
        if copy.source.kind in READERS or copy.source.kind == KEV:
            name = copy.source.repository
            rows[name] = {
                "kind": copy.source.kind,
                "name": name,
                "day": copy.day() or today.isoformat(),
                "licence": copy.source.licence,
            }
    return [rows[name] for name in sorted(rows)]


def _known_to(sources: Iterable[Mapping[str, str]], today: date) -> str:
    """The day up to which all kinds of sources that give ranges were read; several of a kind complete each other."""
    kinds: dict[str, str] = {}
    for row in sources:
        if row["kind"] != KEV:
            kinds[row["kind"]] = max(row["day"], kinds.get(row["kind"], ""))
    return min(kinds.values(), default=today.isoformat())


def _text(head: Mapping[str, Any], records: Sequence[Vulnerability]) -> str:
    lines = ",\n".join(json.dumps(_row(r), ensure_ascii=False, separators=(",", ":")) for r in records)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]},"vulnerabilities":[\n{lines}\n]}}\n'


def _row(record: Vulnerability) -> dict[str, Any]:
    """The record without what it does not say."""
    raw: dict[str, Any] = msgspec.to_builtins(record)
    raw["ranges"] = [{key: text for key, text in row.items() if text} for row in raw["ranges"]]
    return {key: value for key, value in raw.items() if value or key == "published"}
