"""Public sources of release cycles and holes, and their files: read from a clone or from a plain copy, never run.

Written in `checks/data/sources.toml`, not in code.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scanner.data.clone import HistoryError, contents, newest_day, tree
from scanner.errors import RegistryError

NAME = "sources.toml"
FORMAT = "sources/1"
KINDS = ("endoflife", "release-data", "cve", "osv", "friendsofphp", "retire", "kev")
FILE_LIMIT = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """A public repository and the reader its files are for."""

    kind: str
    repository: str
    licence: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Naming:
    """How the sources name one product."""

    key: str
    endoflife: str = ""
    has_releases: bool = False
    cve: tuple[str, ...] = ()  # vendor/product in lower case
    packages: tuple[str, ...] = ()
    retire: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """A source as it lies on this machine."""

    source: Source
    place: Path

    def day(self) -> str:
        """The ISO day of the newest commit; "" for a copy that is no clone."""
        return newest_day(self.place) if _is_clone(self.place) else ""

    def files(self, ending: str) -> Iterator[tuple[str, bytes]]:
        """(path, content) of its files of one ending, in the order of their paths."""
        read = _in_clone if _is_clone(self.place) else _in_folder
        return read(self.place, self.source.under, ending)


def read_sources(text: str) -> tuple[tuple[Source, ...], tuple[Naming, ...]]:
    """The rows of a sources/1 table. Raises RegistryError when it is none."""
    try:
        table = tomllib.loads(text)
        if table["format"] != FORMAT:
            raise RegistryError(f"{NAME}: format is {table['format']!r}, expected {FORMAT!r}")
        return tuple(map(_source, table["source"])), tuple(map(_naming, table["product"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RegistryError(f"{NAME}: {type(error).__name__}: {error}") from error


def copies_in(root: Path, sources: tuple[Source, ...]) -> tuple[Copy, ...]:
    """The copies of the sources below a folder, in the order of the table."""
    found = []
    for source in sources:
        owner, _, name = source.repository.partition("/")
        place = next((p for p in (root / owner / name, root / name) if p.exists()), None)
        if place is not None:
            found.append(Copy(source, place))
    return tuple(found)


def given_copy(kind: str, place: Path, sources: tuple[Source, ...]) -> Copy:
    """A copy named by hand: a clone, a folder of files as the repository has them, or one file."""
    known = next((s for s in sources if s.kind == kind), None)
    if known is None:
        raise HistoryError(f"{kind}: no such source; there are {', '.join(KINDS)}")
    under = known.under if _is_clone(place) or (place / known.under).exists() else ""
    return Copy(Source(kind, known.repository, known.licence, under), place)


def _is_clone(place: Path) -> bool:
    return (place / ".git").exists() or (place / "HEAD").is_file()


def _in_clone(place: Path, under: str, ending: str) -> Iterator[tuple[str, bytes]]:
    wanted = {
        path: one
        for path, one in tree(place, "HEAD")
        if path.endswith(ending) and (path == under or path.startswith(f"{under}/" if under else ""))
    }
    paths = sorted(wanted)
    for start in range(0, len(paths), 2_000):
        part = paths[start : start + 2_000]
        read = contents(place, [wanted[path] for path in part])
        yield from ((path, read[wanted[path]]) for path in part)


def _in_folder(place: Path, under: str, ending: str) -> Iterator[tuple[str, bytes]]:
    base = place / under if under else place
    paths = [base] if base.is_file() else sorted(base.rglob(f"*{ending}"))
    for path in paths:
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= FILE_LIMIT:
            yield path.relative_to(place).as_posix() if path != place else path.name, path.read_bytes()


def _source(row: Mapping[str, Any]) -> Source:
    if row["kind"] not in KINDS:
        raise RegistryError(f"{NAME}: kind {row['kind']!r} is none of {', '.join(KINDS)}")
    return Source(row["kind"], row["repository"], row["licence"], row.get("under", ""))


def _naming(row: Mapping[str, Any]) -> Naming:
    return Naming(
        key=row["key"],
        endoflife=row.get("endoflife", ""),
        has_releases=row.get("has_releases", False),
        cve=tuple(row.get("cve", ())),
        packages=tuple(row.get("packages", ())),
        retire=tuple(row.get("retire", ())),
    )
