"""Which sites a published hole concerns, from the facts stored with their visits: no evidence is read again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scanner.identify.vulnerable import UNCHECKED, Grade, holes_of
from scanner.model.reference import Reference, Vulnerability


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
    """The products of a site, as its facts list them, that one of the records holds."""
    by_product: dict[str, list[Vulnerability]] = {}
    for record in records:
        by_product.setdefault(record.product, []).append(record)
    found = []
    products = cms.get("products")
    for row in products if isinstance(products, list) else ():
        own = by_product.get(row.get("key", ""), [])
        candidates = tuple(map(str, row.get("candidates") or ()))
        holes = holes_of(candidates, own, or_later=bool(row.get("or_later")))
        if holes:
            is_unchecked = all(hole.record.source == UNCHECKED for hole in holes)
            name, version = row.get("name", ""), row.get("version", "")
            found.append(Concerned(row["key"], name, version, holes[0].grade, is_unchecked))
    return tuple(found)
