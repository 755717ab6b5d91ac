"""Which sites a published hole concerns, from the facts stored with their visits: no evidence is read again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scanner.identify.vulnerable import UNCHECKED, Grade, holes_of
from scanner.model.reference import Reference, Vulnerability

PRODUCTS = "products"
PLACES = (PRODUCTS, "components", "libraries")  # lists of the facts a hole may concern


@dataclass(frozen=True, slots=True)
class Concerned:
    """One product of a site that has the hole or may have it."""

    product: str
    name: str
    version: str
    grade: Grade
    is_unchecked: bool = False  # nobody has read the hole's record again


def record_of(name: str, ref: Reference) -> tuple[Vulnerability, ...]:
    """The records of a hole by its id or an alias, one for each product it concerns."""
    wanted = name.strip().upper()
    return tuple(
        record
        for records in ref.vulnerabilities.values()
        for record in records
        if wanted in (record.id.upper(), *(alias.upper() for alias in record.aliases))
    )


def concerned(cms: Mapping[str, Any], records: Iterable[Vulnerability]) -> tuple[Concerned, ...]:
    """The products, server software and script libraries of a site, as its facts list them, that a record holds.

    Software and libraries never get more than possibly: distributions repair behind old numbers.
    """
    by_product: dict[str, list[Vulnerability]] = {}
    for record in records:
        by_product.setdefault(record.product, []).append(record)
    found = []
    for place in PLACES:
        rows = cms.get(place)
        for row in rows if isinstance(rows, list) else ():
            one = _concerned(row, by_product.get(row.get("key", ""), []), is_product=place == PRODUCTS)
            if one is not None and one not in found:
                found.append(one)
    return tuple(found)


def _concerned(
    row: Mapping[str, Any], records: Iterable[Vulnerability], *, is_product: bool
) -> Concerned | None:
    version = str(row.get("version") or "")
    candidates = tuple(map(str, row.get("candidates") or ())) if is_product else (version,)
    holes = holes_of(candidates, records, or_later=bool(row.get("or_later")), at_most_possible=not is_product)
    if not holes:
        return None
    is_unchecked = all(hole.record.source == UNCHECKED for hole in holes)
    return Concerned(row["key"], row.get("name", ""), version, holes[0].grade, is_unchecked)
