"""Tables of what stands beside the core of a product: extensions, administrations, packages of distributions.

Each reader takes text and gives a value, or raises RegistryError that names the file and every fault.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from scanner.errors import RegistryError
from scanner.identify.signals import compiled, pattern_faults
from scanner.model.pattern import Pattern
from scanner.model.reference import ExtensionRule, Login, Packaged
from scanner.reference_cms import rows_of

EXTENSIONS_FORMAT = "extensions/1"
LOGINS_FORMAT = "logins/1"
PACKAGED_FORMAT = "packaged/1"
KINDS = frozenset({"plugin", "theme", "component", "module", "template", "extension"})


def read_extensions(text: str, name: str, *, is_strict: bool = True) -> tuple[ExtensionRule, ...]:
    """How extensions betray themselves, in the order of the file; if strict, the examples hold."""
    rows = rows_of(text, name, EXTENSIONS_FORMAT, "extension")
    _refuse(
        name,
        (
            fault
            for number, row in enumerate(rows, 1)
            for fault in _extension_faults(number, row, is_strict=is_strict)
        ),
    )
    return tuple(
        ExtensionRule(
            product=row["product"],
            kind=row["kind"],
            asset=compiled(row["asset"]),
            manifest=row.get("manifest", ""),
            number=_optional(row.get("number")),
            query=_optional(row.get("query")),
            core=frozenset(name.lower() for name in row.get("core", ())),
        )
        for row in rows
    )


def read_logins(text: str, name: str, *, is_strict: bool = True) -> tuple[Login, ...]:
    """The usual addresses of administrations; if strict, the examples hold."""
    rows = rows_of(text, name, LOGINS_FORMAT, "login")
    _refuse(
        name,
        (
            fault
            for number, row in enumerate(rows, 1)
            for fault in _login_faults(number, row, is_strict=is_strict)
        ),
    )
    return tuple(Login(row["product"], row["path"], compiled(row["pattern"])) for row in rows)


def read_packaged(text: str, name: str) -> tuple[Packaged, ...]:
    """The release lines distributions package."""
    rows = rows_of(text, name, PACKAGED_FORMAT, "package")
    keys = ("product", "distribution", "line")
    _refuse(
        name,
        (
            f"package {number}: product, distribution and line must be given"
            for number, row in enumerate(rows, 1)
            if not all(isinstance(row.get(key), str) and row[key] for key in keys)
        ),
    )
    return tuple(
        Packaged(row["product"], row["distribution"], row["line"], row.get("version", "")) for row in rows
    )


def _refuse(name: str, faults: Iterable[str]) -> None:
    found = tuple(faults)
    if found:
        raise RegistryError(f"{name}: {'; '.join(found)}")


def _optional(pattern: str | None) -> Pattern | None:
    return compiled(pattern) if pattern else None


def _extension_faults(number: int, row: Mapping[str, Any], *, is_strict: bool) -> Iterable[str]:
    where = f"extension {number} ({row.get('product', '?')}, {row.get('kind', '?')})"
    if not row.get("product") or row.get("kind") not in KINDS or "{name}" not in row.get("asset", ""):
        yield f"{where}: product, a known kind and an asset with {{name}} must be given"
        return
    if bool(row.get("manifest")) is not bool(row.get("number")):
        yield f"{where}: a manifest needs a number and a number a manifest"
    if not is_strict:
        return
    patterns = [row[key] for key in ("asset", "number", "query") if row.get(key)]
    faults = [fault for pattern in patterns for fault in pattern_faults(pattern)]
    yield from (f"{where}: {fault}" for fault in faults)
    if not faults:
        yield from (f"{where}: {fault}" for fault in _example_faults(row))


def _example_faults(row: Mapping[str, Any]) -> Iterable[str]:
    """Faults of the examples: which name an address gives, which number a manifest."""
    asset = compiled(row["asset"])
    if not row.get("matches") or not row.get("misses") or (row.get("number") and not row.get("reads")):
        yield "it needs examples in `matches`, in `misses` and, with a number, in `reads`"
    for address, wanted in row.get("matches", {}).items():
        found = asset.search(address)
        if found is None or found["name"] != wanted:
            yield f"{address!r} gives {found['name'] if found else ''!r}, not {wanted!r}"
    yield from (f"{address!r} is found" for address in row.get("misses", ()) if asset.search(address))
    for text, wanted in row.get("reads", {}).items() if row.get("number") else ():
        hit = compiled(row["number"]).search(text)
        if (hit["version"] if hit else "") != wanted:
            yield f"{text!r} does not give {wanted!r}"


def _login_faults(number: int, row: Mapping[str, Any], *, is_strict: bool) -> Iterable[str]:
    where = f"login {number} ({row.get('product', '?')})"
    if not all(isinstance(row.get(key), str) and row[key] for key in ("product", "path", "pattern")):
        yield f"{where}: product, path and pattern must be given"
        return
    if row["path"].startswith("/") or ".." in row["path"]:
        yield f"{where}: the path must be relative to the product's folder"
    if not is_strict:
        return
    faults = pattern_faults(row["pattern"])
    yield from (f"{where}: {fault}" for fault in faults)
    if faults:
        return
    if not row.get("matches") or not row.get("misses"):
        yield f"{where}: it needs examples in `matches` and in `misses`"
    pattern = compiled(row["pattern"])
    yield from (
        f"{where}: {text!r} is not found" for text in row.get("matches", ()) if not pattern.search(text)
    )
    yield from (f"{where}: {text!r} is found" for text in row.get("misses", ()) if pattern.search(text))
