"""Whether a set of tables may be judged by: everything is read, and what contradicts itself is named."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from scanner.data.history import is_release
from scanner.errors import RegistryError
from scanner.identify.vulnerable import release_of
from scanner.model.reference import (
    Anchors,
    Family,
    Fingerprints,
    ProductTable,
    Reference,
    Vulnerability,
    VulnerableRange,
)
from scanner.parse.version import Version, version_or_none
from scanner.reference import Tables, read_reference
from scanner.reference_cms import read_allowed_bounds

HASH_DIGITS = frozenset("0123456789abcdef")
HASH_LENGTH = 16
LAYERS = range(4)
SIZE_LIMIT = 8 * 1024 * 1024
VULNERABILITIES = "vulnerabilities.json"


def faults_of(tables: Tables) -> tuple[str, ...]:
    """Every fault of a set of tables; empty when they are sound."""
    try:
        ref = read_reference(tables, Anchors(), is_strict=True)
        allowed = read_allowed_bounds(tables.read(VULNERABILITIES), VULNERABILITIES)
    except RegistryError as error:
        return (str(error),)
    sizes = (VULNERABILITIES, "eol.json")
    return (
        *(f"{name}: above {SIZE_LIMIT} bytes" for name in sizes if len(tables.read(name)) > SIZE_LIMIT),
        *_cycle_faults(ref.products),
        *(fault for table in ref.fingerprints.values() for fault in _fingerprint_faults(table)),
        *_range_faults(ref, allowed),
    )


def faults_in(files: Mapping[str, bytes], before: Tables) -> tuple[str, ...]:
    """Every fault the tables would have with these files put over those in use."""
    with laid_over(files, before) as tables:
        return faults_of(tables)


@contextmanager
def laid_over(files: Mapping[str, bytes], before: Tables) -> Iterator[Tables]:
    """The tables in use with these files in place of theirs, for as long as the context lasts."""
    with TemporaryDirectory(prefix="rasoat-data-") as name:
        folder = Path(name)
        for path, content in (before.bundled() | dict(files)).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        yield Tables(folder)


def lost_releases(old: Reference, new: Reference) -> tuple[str, ...]:
    """Releases the older tables knew and the newer ones do not: data may grow, it may not forget."""
    by_date = (
        f"{product}: release {number} has vanished"
        for product, table in old.products.items()
        for number in table.releases
        if number not in new.products.get(product, ProductTable(product, (), {}, "")).releases
    )
    by_files = (
        f"fingerprints of {product}: release {number} has vanished"
        for product, table in old.fingerprints.items()
        for number in _listed(table) - _listed(new.fingerprints.get(product, Fingerprints(product, ())))
    )
    return (*by_date, *sorted(by_files))


def _listed(table: Fingerprints) -> set[str]:
    return {number for family in table.families for number in family.versions}


def _cycle_faults(products: Mapping[str, ProductTable]) -> Iterator[str]:
    for key, table in products.items():
        for cycle in table.cycles:
            latest = release_of(cycle.latest)
            if latest is None:
                continue
            if key == "joomla" and not is_release(latest):
                yield f"eol.json: {key} {cycle.line}: latest {cycle.latest} is a test tag, no release"
            newer = [v for n in table.releases if (v := release_of(n)) and v > latest]
            if any(v.belongs_to(cycle.line) and not v.suffix for v in newer if version_or_none(cycle.line)):
                yield f"eol.json: {key} {cycle.line}: latest {cycle.latest} is older than a known release"


def _fingerprint_faults(table: Fingerprints) -> Iterator[str]:
    for family in table.families:
        where = f"fingerprints of {table.product}, {family.name}"
        versions = [version_or_none(text) for text in family.versions]
        numbers = [v for v in versions if v is not None]
        if len(numbers) != len(versions) or len(family.dates) != len(versions):
            yield f"{where}: a version is no number, or has no date"
        if any(a >= b for a, b in pairwise(numbers)):
            yield f"{where}: the versions are not in rising order"
        if table.product == "joomla":
            yield from (f"{where}: {v} is a test tag, no release" for v in numbers if not is_release(v))
        yield from _file_faults(where, family)


def _file_faults(where: str, family: Family) -> Iterator[str]:
    for file in family.files:
        if file.layer not in LAYERS or file.path.startswith("/") or ".." in file.path:
            yield f"{where}: {file.path}: bad layer or path"
        for mark, ranges in file.hashes.items():
            if len(mark) != HASH_LENGTH or not HASH_DIGITS.issuperset(mark):
                yield f"{where}: {file.path}: {mark[:40]!r} is no hash"
            ends = [(one, one) if isinstance(one, int) else one for one in ranges]
            if any(not 0 <= first <= last < len(family.versions) for first, last in ends):
                yield f"{where}: {file.path}: a range names a release that is not listed"


def _range_faults(ref: Reference, allowed: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for product, records in ref.vulnerabilities.items():
        known = known_releases(product, ref)
        looked_at = {release_of(text) for text in allowed.get(product, ())}
        for record in records:
            for row in record.ranges:
                yield from _row_faults(record, row)
                if known:
                    yield from _unknown_bounds(record, row, known | looked_at)
            if record.kev and not _is_day(record.kev.added):
                yield f"{VULNERABILITIES}: {record.id}: the day it entered KEV is missing"


def _row_faults(record: Vulnerability, row: VulnerableRange) -> Iterator[str]:
    bounds = [text for text in (row.introduced, row.fixed, row.last) if text]
    where = f"{VULNERABILITIES}: {record.id}"
    yield from (f"{where}: {text!r} is no version" for text in bounds if release_of(text) is None)
    if not row.fixed and not row.last:
        yield f"{where}: a range has no end"
    start, end = release_of(row.introduced), release_of(row.fixed or row.last)
    if start is not None and end is not None and start > end:
        yield f"{where}: {row.introduced} comes after {row.fixed or row.last}"


def _unknown_bounds(record: Vulnerability, row: VulnerableRange, known: set[Version | None]) -> Iterator[str]:
    for text in (row.introduced, row.fixed, row.last):
        if text and release_of(text) not in known:
            yield f"{VULNERABILITIES}: {record.id}: {text} is no known release of {record.product}"


def known_releases(product: str, ref: Reference) -> set[Version | None]:
    """Releases by calendar and by hashes; empty when the tables do not hold both, and nothing can be compared."""
    if product not in ref.fingerprints or product not in ref.products:
        return set()
    by_files = {n for family in ref.fingerprints[product].families for n in family.versions}
    return {release_of(text) for text in by_files | set(ref.products[product].releases)}


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
