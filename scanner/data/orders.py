"""What to build from which clones, in the words of `histories.toml` and `version_files.toml`."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from scanner.data.fingerprint import Order, name_of
from scanner.data.histories import NAME, History, clones_in, history_of, read_histories
from scanner.data.history import VersionFileOf, version_reader
from scanner.model.reference import VersionFile
from scanner.reference import Tables
from scanner.reference_cms import read_version_files

EXACT = "exact"


def orders_of(tables: Tables, root: Path | None, given: Mapping[str, Sequence[Path]]) -> tuple[Order, ...]:
    """An order for each table of hashes whose clones are named (`given`: table -> clones) or lie below `root`."""
    histories = read_histories(tables.text(NAME))
    files = read_version_files(tables.text("version_files.toml"), "version_files.toml")
    return tuple(_orders(histories, files, root, given))


def _orders(
    histories: tuple[History, ...],
    files: tuple[VersionFile, ...],
    root: Path | None,
    given: Mapping[str, Sequence[Path]],
) -> Iterator[Order]:
    for table, clones in given.items():
        yield order_for(history_of(table, histories), tuple(clones), files)
    for history in histories if root else ():
        clones = clones_in(root, history) if root else ()
        if clones and history.table not in given:
            forks = frozenset(
                c for c in clones if name_of(c) != history.repositories[0] and not _is_plain(c, history)
            )
            yield order_for(history, clones, files, forks=forks)


def order_for(
    history: History,
    clones: tuple[Path, ...],
    files: tuple[VersionFile, ...],
    *,
    forks: frozenset[Path] = frozenset(),
) -> Order:
    """The order of one table."""
    own = [file for file in files if file.product == history.product]
    exact = next((file for file in own if file.precision == EXACT), None)
    return Order(
        history,
        clones,
        version_files=tuple(file.path for file in own),
        untagged=VersionFileOf(exact.path, version_reader(exact.pattern)) if exact else None,
        forks=forks,
    )


def _is_plain(clone: Path, history: History) -> bool:
    """True for DIR/name of the official repository, cloned without its owner's folder."""
    _owner, _, name = history.repositories[0].partition("/")
    return clone.name == name and not any(
        clone.parent.name == r.partition("/")[0] for r in history.repositories
    )
