"""Tables of content management systems: file hashes, vulnerabilities, version files, script libraries.

Each reader takes text and gives a value, or raises RegistryError that names the file and the fault.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

import msgspec

from scanner.errors import RegistryError
from scanner.identify.signals import PRECISIONS, compiled, pattern_faults
from scanner.model.pattern import Pattern
from scanner.model.reference import (
    Family,
    Fingerprints,
    Library,
    Mergers,
    TableDate,
    VersionFile,
    Vulnerability,
)

T = TypeVar("T")
FINGERPRINTS_FORMAT = "cms-fp/1"
VULNERABILITIES_FORMAT = "vulns/1"
VERSION_FILES_FORMAT = "version-files/1"
LIBRARIES_FORMAT = "libraries/1"
MERGERS_FORMAT = "provinces/1"


class TableSource(msgspec.Struct, frozen=True):
    """One public source of a table and how far it was read."""

    name: str
    day: date
    licence: str = ""
    kind: str = ""


class FingerprintFile(msgspec.Struct, frozen=True):
    """A fingerprint file as written."""

    format: str
    cms: str
    as_of: date
    families: tuple[Family, ...]
    hash: str = ""
    sources: tuple[str, ...] = ()


class VulnerabilityFile(msgspec.Struct, frozen=True):
    """The vulnerability file as written."""

    format: str
    built: date
    vulnerabilities: tuple[Vulnerability, ...]
    kev_catalog: str = ""
    sources: tuple[TableSource, ...] = ()
    allowed_bounds: dict[
        str, tuple[str, ...]
    ] = {}  # ends of ranges that are no listed release, looked at by a person


_FINGERPRINTS = msgspec.json.Decoder(FingerprintFile)
_VULNERABILITIES = msgspec.json.Decoder(VulnerabilityFile)


def read_fingerprints(files: Mapping[str, bytes]) -> tuple[dict[str, Fingerprints], tuple[TableDate, ...]]:
    """Hashes by product from files by name; several files of one product are laid together."""
    tables: dict[str, Fingerprints] = {}
    dates = []
    for name in sorted(files):
        read = _decoded(_FINGERPRINTS, files[name], name)
        _expect(read.format, FINGERPRINTS_FORMAT, name)
        before = tables.get(read.cms, Fingerprints(read.cms, ()))
        tables[read.cms] = Fingerprints(
            read.cms, (*before.families, *read.families), (*before.sources, *read.sources)
        )
        dates.append(TableDate(name, read.as_of, ", ".join(read.sources)))
    return tables, tuple(dates)


def read_vulnerabilities(
    content: bytes, name: str
) -> tuple[dict[str, tuple[Vulnerability, ...]], date, tuple[TableDate, ...]]:
    """Vulnerabilities by product in the order of the file; the day all are known to; that of each kind of source."""
    read = _decoded(_VULNERABILITIES, content, name)
    _expect(read.format, VULNERABILITIES_FORMAT, name)
    found: dict[str, list[Vulnerability]] = {}
    for record in read.vulnerabilities:
        found.setdefault(record.product, []).append(record)
    by_product = {product: tuple(records) for product, records in found.items()}
    days = _by_kind(name, read.sources) or (TableDate(name, read.built, f"KEV {read.kev_catalog}"),)
    return by_product, read.built, days


def _by_kind(name: str, sources: Iterable[TableSource]) -> tuple[TableDate, ...]:
    """A date for each kind of source: of several copies the one read furthest counts."""
    kinds: dict[str, list[TableSource]] = {}
    for source in sources:
        kinds.setdefault(source.kind or source.name, []).append(source)
    return tuple(
        TableDate(name, max(s.day for s in rows), ", ".join(s.name for s in rows)) for rows in kinds.values()
    )


def read_allowed_bounds(content: bytes, name: str) -> dict[str, tuple[str, ...]]:
    """Ends of ranges a person has looked at, by product."""
    return _decoded(_VULNERABILITIES, content, name).allowed_bounds


def read_version_files(text: str, name: str, *, is_strict: bool = True) -> tuple[VersionFile, ...]:
    """Files that print a version, most telling first for each product; if strict, their examples hold."""
    rows = rows_of(text, name, VERSION_FILES_FORMAT, "file")
    faults = [
        fault
        for number, row in enumerate(rows, 1)
        for fault in _file_faults(number, row, is_strict=is_strict)
    ]
    if faults:
        raise RegistryError(f"{name}: {'; '.join(faults)}")
    return tuple(
        VersionFile(
            product=row["product"],
            path=row["path"],
            pattern=compiled(row["pattern"]),
            precision=row["precision"],
            lines=tuple(row.get("lines", ())),
        )
        for row in rows
    )


def read_libraries(text: str, name: str, *, is_strict: bool = True) -> tuple[Library, ...]:
    """Script libraries, and the addresses and first lines that betray their version; if strict, examples hold."""
    rows = rows_of(text, name, LIBRARIES_FORMAT, "library")
    faults = [
        fault
        for number, row in enumerate(rows, 1)
        for fault in _library_faults(number, row, is_strict=is_strict)
    ]
    if faults:
        raise RegistryError(f"{name}: {'; '.join(faults)}")
    return tuple(
        Library(
            key=row["key"],
            name=row["name"],
            patterns=tuple(map(compiled, row.get("patterns", ()))),
            files=tuple(map(compiled, row.get("files", ()))),
            banners=tuple(map(compiled, row.get("banners", ()))),
            hint=row.get("hint", row["key"]),
        )
        for row in rows
    )


def read_mergers(text: str, name: str) -> Mergers:
    """Provinces that were merged, and since when."""
    rows = rows_of(text, name, MERGERS_FORMAT, "merged")
    since = tomllib.loads(text).get("since")
    if not isinstance(since, date) or not all(row.get("former") and row.get("now") for row in rows):
        raise RegistryError(f"{name}: a day 'since' and pairs of 'former' and 'now' are needed")
    return Mergers(tuple((row["former"], row["now"]) for row in rows), since)


def _decoded(decoder: "msgspec.json.Decoder[T]", content: bytes, name: str) -> T:
    try:
        return decoder.decode(content)
    except msgspec.MsgspecError as error:
        raise RegistryError(f"{name}: {error}") from error


def _expect(found: object, wanted: str, name: str) -> None:
    if found != wanted:
        raise RegistryError(f"{name}: format is {found!r}, expected {wanted!r}")


def rows_of(text: str, name: str, wanted: str, key: str) -> list[dict[str, Any]]:
    """The tables of one list of a TOML file of that format. Raises RegistryError."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RegistryError(f"{name}: {error}") from error
    _expect(table.get("format"), wanted, name)
    rows = table.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RegistryError(f"{name}: [[{key}]] must be a list of tables")
    return rows


def _file_faults(number: int, row: Mapping[str, Any], *, is_strict: bool) -> Iterable[str]:
    where = f"file {number} ({row.get('path', '?')})"
    if not all(isinstance(row.get(key), str) and row[key] for key in ("product", "path", "pattern")):
        yield f"{where}: product, path and pattern must be given"
        return
    if row.get("precision") not in PRECISIONS:
        yield f"{where}: precision is none of {', '.join(sorted(PRECISIONS))}"
    if row["path"].startswith("/") or ".." in row["path"]:
        yield f"{where}: the path must be relative to the product's folder"
    if is_strict:
        yield from _pattern_faults(where, (row["pattern"],), row)


def _library_faults(number: int, row: Mapping[str, Any], *, is_strict: bool) -> Iterable[str]:
    where = f"library {number} ({row.get('key', '?')})"
    if not row.get("key") or not row.get("name") or not (row.get("patterns") or row.get("banners")):
        yield f"{where}: key, name and patterns or banners must be given"
        return
    if bool(row.get("files")) is not bool(row.get("banners")):
        yield f"{where}: files and banners go together"
    if not is_strict:
        return
    yield from _pattern_faults(where, (*row.get("patterns", ()), *row.get("banners", ())), row)
    yield from (f"{where}: {fault}" for file in row.get("files", ()) for fault in pattern_faults(file))
    hint = row.get("hint", row["key"])
    addresses = (text for text in row.get("matches", {}) if text.startswith("http"))
    yield from (f"{where}: {a!r} does not hold the hint {hint!r}" for a in addresses if hint not in a.lower())


def _pattern_faults(where: str, patterns: Iterable[str], row: Mapping[str, Any]) -> Iterable[str]:
    """Faults of the patterns and of the examples: `matches` names the number each must give."""
    broken = [fault for pattern in patterns for fault in pattern_faults(pattern)]
    yield from (f"{where}: {fault}" for fault in broken)
    if broken:
        return
    rules = [compiled(pattern) for pattern in patterns]
    if not row.get("matches") or not row.get("misses"):
        yield f"{where}: it needs examples in `matches` and in `misses`"
    for text, number in row.get("matches", {}).items():
        found = version_in(rules, text)
        if found != number:
            yield f"{where}: {text!r} gives {found!r}, not {number!r}"
    for text in row.get("misses", ()):
        if version_in(rules, text):
            yield f"{where}: {text!r} is found"


def version_in(rules: Iterable[Pattern], text: str) -> str:
    """The number the first fitting pattern captures, or ""."""
    for rule in rules:
        found = rule.search(text)
        if found is not None:
            return found["version"] or ""
    return ""
