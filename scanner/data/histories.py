"""Which public repositories a product's releases are read from, and what of a clone is part of a site.

Written in `checks/data/histories.toml`, not in code.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scanner.errors import RegistryError

NAME = "histories.toml"
FORMAT = "histories/1"
NO_PART_OF_A_SITE = ("tests/", "test/", "build/", "node_modules/", "installation/")
CHANGED_BY_OWNERS = ("robots.txt", "htaccess.txt")


@dataclass(frozen=True, slots=True)
class Layout:
    """What of a repository a site hands out, and where."""

    under: str = ""  # folder of the site it is put into
    root_holds: str = ""  # the site's folder is the shallowest one with this file; empty: the top
    paths_in: tuple[str, ...] = ()  # beginnings; empty: everything
    paths_out: tuple[str, ...] = ()
    endings_out: frozenset[str] = frozenset()
    releases_out: frozenset[str] = frozenset()  # tags that are no release


@dataclass(frozen=True, slots=True)
class History:
    """One table of hashes and the repositories it is built from."""

    product: str
    table: str
    repositories: tuple[str, ...] = ()  # owner/name, the official one first
    licence: str = ""
    families: tuple[str, ...] = ()  # first numbers that begin a new layout
    has_untagged: bool = False
    layout: Layout = Layout()
    page: str = ""  # what its front page shows, for `rasoat data verify`


def read_histories(text: str) -> tuple[History, ...]:
    """The rows of a histories/1 table. Raises RegistryError when it is none."""
    try:
        table = tomllib.loads(text)
        if table["format"] != FORMAT:
            raise RegistryError(f"{NAME}: format is {table['format']!r}, expected {FORMAT!r}")
        return tuple(_history(row) for row in table["history"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RegistryError(f"{NAME}: {type(error).__name__}: {error}") from error


def clones_in(root: Path, history: History) -> tuple[Path, ...]:
    """The clones of its repositories below a folder, in the order of the table."""
    return tuple(path for repository in history.repositories for path in _found(root, repository))


def history_of(table: str, histories: tuple[History, ...]) -> History:
    """The row of a table of hashes; a plain one for a product nobody has described."""
    return next((h for h in histories if h.table == table), History(table, table))


def _found(root: Path, repository: str) -> Iterator[Path]:
    owner, _, name = repository.partition("/")
    if (root / owner / name).is_dir():
        yield root / owner / name
    elif (root / name).is_dir():
        yield root / name


def _history(row: Mapping[str, Any]) -> History:
    return History(
        product=row["product"],
        table=row.get("table", row["product"]),
        repositories=tuple(row["repositories"]),
        licence=row["licence"],
        families=tuple(row.get("families", ())),
        has_untagged=row.get("untagged", False),
        page=row.get("page", ""),
        layout=Layout(
            under=row.get("under", ""),
            root_holds=row.get("root_holds", ""),
            paths_in=tuple(row.get("paths_in", ())),
            paths_out=(*NO_PART_OF_A_SITE, *CHANGED_BY_OWNERS, *row.get("paths_out", ())),
            endings_out=frozenset(row.get("endings_out", ())),
            releases_out=frozenset(row.get("releases_out", ())),
        ),
    )
