"""Fingerprints of one product from its release history: few files that tell its releases apart.

Layer 0 holds the files that print the version. Layers 1 to 3 are independent sets of other files, each chosen so that
the number of releases that look alike falls fastest; a file that is blocked or edited is replaced from the next layer.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scanner.data.history import Release, contents, releases_in, static_files
from scanner.identify.release_index import mark_of

LAYERS = (1, 2, 3)
FILES_IN_LAYER = 24
LOOKED_AT = 1_500  # files that promise most; the others are not tried

Objects = Mapping[int, str]
"""Position of a release -> object id of a file in it."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to build."""

    product: str
    clone: Path
    name: str = ""  # of the family; empty: the product
    version_files: tuple[str, ...] = ()  # paths that print the version
    source: str = ""
    leave_out: frozenset[str] = frozenset()  # releases to act as if they did not exist


def build(order: Order, *, today: date) -> str:
    """The text of a cms-fp/1 file, one file a line. Raises HistoryError."""
    releases = releases_in(order.clone, leave_out=order.leave_out)
    by_path: dict[str, dict[int, str]] = {}
    for place, release in enumerate(releases):
        for path, one in static_files(order.clone, release).items():
            by_path.setdefault(path, {})[place] = one
    layers = chosen_files(by_path, len(releases), apart=order.version_files)
    wanted = {one for path in layers for one in by_path[path].values()}
    content = contents(order.clone, sorted(wanted))
    rows = [
        {"path": path, "layer": layer, "hashes": _hashes(path, by_path[path], content)}
        for path, layer in layers.items()
    ]
    return _text(order, releases, rows, today)


def chosen_files(by_path: Mapping[str, Objects], count: int, *, apart: Iterable[str] = ()) -> dict[str, int]:
    """Path -> layer, best first."""
    chosen = {path: 0 for path in apart if path in by_path}
    ranked = sorted(
        (path for path in by_path if path not in chosen),
        key=lambda path: (_alike(by_path[path], count), path),
    )[:LOOKED_AT]
    for layer in LAYERS:
        classes: list[int] = [0] * count
        left = [path for path in ranked if path not in chosen]
        for _ in range(FILES_IN_LAYER):
            best = _best(left, by_path, classes)
            if best is None:
                break
            classes = _refined(classes, by_path[best])
            chosen[best] = layer
            left.remove(best)
    return chosen


def _best(paths: Sequence[str], by_path: Mapping[str, Objects], classes: list[int]) -> str | None:
    """The file that leaves the fewest pairs of releases alike, or None when none helps."""
    now = _pairs(classes)
    scored = min(((_pairs(_refined(classes, by_path[path])), path) for path in paths), default=(now, ""))
    return scored[1] if scored[0] < now else None


def _refined(classes: list[int], objects: Objects) -> list[int]:
    names: dict[tuple[int, str], int] = {}
    return [
        names.setdefault((known, objects.get(place, "")), len(names)) for place, known in enumerate(classes)
    ]


def _pairs(classes: list[int]) -> int:
    sizes: dict[int, int] = {}
    for known in classes:
        sizes[known] = sizes.get(known, 0) + 1
    return sum(size * size for size in sizes.values())


def _alike(objects: Objects, count: int) -> int:
    return _pairs(_refined([0] * count, objects))


def _hashes(path: str, objects: Objects, content: Mapping[str, bytes]) -> dict[str, list[int | list[int]]]:
    places: dict[str, list[int]] = {}
    for place in sorted(objects):
        places.setdefault(mark_of(content[objects[place]], path), []).append(place)
    return {mark: _ranges(found) for mark, found in places.items()}


def _ranges(places: Sequence[int]) -> list[int | list[int]]:
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return [first if first == last else [first, last] for first, last in runs]


def _text(
    order: Order, releases: Sequence[Release], rows: Sequence[Mapping[str, object]], today: date
) -> str:
    head = {
        "format": "cms-fp/1",
        "cms": order.product,
        "as_of": today.isoformat(),
        "hash": "sha256 hex, first 16; text: no BOM, LF, no blanks at the end",
        "sources": [order.source or order.clone.name],
    }
    family = {
        "name": order.name or order.product,
        "versions": [str(r.version) for r in releases],
        "dates": [r.day for r in releases],
    }
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    opening = json.dumps(family, separators=(",", ":"))[:-1]
    return f'{json.dumps(head)[:-1]},\n"families":[\n{opening},"files":[\n{lines}\n]}}\n]}}\n'
