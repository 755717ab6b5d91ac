"""Fingerprints of one product from its release history: few files that tell its releases apart.

Layer 0 holds the files that print the version. Layers 1 to 3 are independent sets of other files, each chosen so that
the number of releases that look alike falls fastest; a file that is blocked or edited is replaced from the next layer.
"""

import json
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from scanner.data.clone import contents, newest_day
from scanner.data.histories import History
from scanner.data.history import Release, VersionFileOf, releases_in, static_files
from scanner.identify.release_index import mark_of
from scanner.parse.version import parse_version

LAYERS = (1, 2, 3)
FILES_IN_LAYER = 24
LOOKED_AT = 1_500  # files that promise most; the others are not tried
ABSENT = 0
PRINTING = 2  # further files that print the version, beside those version_files.toml names
TRIED = 4  # releases looked into, to see whether a file prints its version

Column = Sequence[int]
"""For each release a number that stands for the content of one file; ABSENT where the release has no such file."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to build. `forks` are clones that are not known to be followed to this day."""

    history: History
    clones: tuple[Path, ...]
    version_files: tuple[str, ...] = ()  # paths that print the version
    untagged: VersionFileOf | None = None
    forks: frozenset[Path] = frozenset()
    leave_out: frozenset[str] = frozenset()  # releases to act as if they did not exist


@dataclass(slots=True)
class Columns:
    """The files of all releases of one family: path -> column, and which object each number stands for."""

    releases: tuple[Release, ...]
    by_path: dict[str, "array[int]"] = field(default_factory=dict)
    objects: list[str] = field(default_factory=lambda: [""])


def build(order: Order, *, fetched: date | None = None) -> str:
    """The text of a cms-fp/1 file, one file a line. Raises HistoryError.

    `fetched` is the day the clones were brought up to date; None takes what they show themselves.
    """
    found = releases_in(
        order.clones,
        layout=order.history.layout,
        untagged=order.untagged if order.history.has_untagged else None,
        leave_out=order.leave_out,
    )
    families = [_family(order, releases) for releases in _families(found, order.history.families)]
    head = {
        "format": "cms-fp/1",
        "cms": order.history.product,
        "as_of": fetched.isoformat() if fetched else _reach(order, found),
        "hash": "sha256 hex, first 16; text: no BOM, LF, no blanks at the end",
        "sources": [name_of(clone) for clone in order.clones],
        "licence": f"hashes only (code: {order.history.licence or 'as its repository says'})",
    }
    parts = ",\n".join(families)
    return f'{json.dumps(head)[:-1]},\n"families":[\n{parts}\n]}}\n'


def name_of(clone: Path) -> str:
    """owner/name where the folder above looks like an owner, else the folder's name."""
    return f"{clone.parent.name}/{clone.name}" if clone.parent.name else clone.name


def _reach(order: Order, found: Sequence[Release]) -> str:
    """The day up to which releases are known: the newest commit of a followed clone, the newest release of a fork."""
    followed = [newest_day(clone) for clone in order.clones if clone not in order.forks]
    return max([*followed, *(release.day for release in found)])


def _families(releases: Sequence[Release], starts: Iterable[str]) -> list[tuple[Release, ...]]:
    """The releases cut where a new layout begins."""
    cuts = sorted(parse_version(start) for start in starts)
    parts: dict[int, list[Release]] = {}
    for release in releases:
        parts.setdefault(sum(release.version >= cut for cut in cuts), []).append(release)
    return [tuple(part) for _place, part in sorted(parts.items())]


def _family(order: Order, releases: tuple[Release, ...]) -> str:
    columns = columns_of(order, releases)
    layers = chosen_files(
        columns.by_path, len(releases), apart=order.version_files, printing=_printing(columns)
    )
    marks = _marks(columns, layers)
    rows = [
        {"path": path, "layer": layer, "hashes": _hashes(columns, path, marks)}
        for path, layer in layers.items()
    ]
    head = {
        "name": f"{order.history.table}-{releases[0].version.numbers[0]}",
        "versions": [str(r.version) for r in releases],
        "dates": [r.day for r in releases],
    }
    opening = json.dumps(head, separators=(",", ":"))[:-1]
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    return f'{opening},"files":[\n{lines}\n]}}'


def columns_of(order: Order, releases: tuple[Release, ...]) -> Columns:
    """The static files of every release."""
    columns = Columns(releases)
    numbers: dict[str, int] = {}
    for place, release in enumerate(releases):
        for path, one in static_files(release, order.history.layout).items():
            if one not in numbers:
                numbers[one] = len(columns.objects)
                columns.objects.append(one)
            column = columns.by_path.get(path)
            if column is None:
                column = columns.by_path[path] = array("I", [ABSENT]) * len(releases)
            column[place] = numbers[one]
    return columns


def chosen_files(
    by_path: Mapping[str, Column],
    count: int,
    *,
    apart: Iterable[str] = (),
    printing: frozenset[str] = frozenset(),
) -> dict[str, int]:
    """Path -> layer, best first. `printing` files print the version too: the best few join those `apart`."""
    alike = [0] * count
    ranked = sorted(by_path, key=lambda path: (_left(alike, by_path[path]), path))
    named = [path for path in apart if path in by_path]
    more = [path for path in ranked if path in printing and path not in named][:PRINTING]
    chosen = dict.fromkeys((*named, *more), 0)
    ranked = [path for path in ranked if path not in printing and path not in chosen][:LOOKED_AT]
    for layer in LAYERS:
        classes = alike
        left = [path for path in ranked if path not in chosen]
        for _ in range(FILES_IN_LAYER):
            best = _best(left, by_path, classes)
            if best is None:
                break
            classes = _refined(classes, by_path[best])
            chosen[best] = layer
            left.remove(best)
    return chosen


def _printing(columns: Columns) -> frozenset[str]:
    """The files that print the release they belong to: blocked together, so no set of blind files rests on them."""
    found = set()
    for path, column in columns.by_path.items():
        places = [place for place, number in enumerate(column) if number != ABSENT]
        if 2 * len(set(column) - {ABSENT}) > len(places) > 1:
            tried = places[:: max(len(places) // TRIED, 1)][:TRIED]
            if 2 * sum(_prints(columns, column[place], place) for place in tried) > len(tried):
                found.add(path)
    return frozenset(found)


def _prints(columns: Columns, number: int, place: int) -> bool:
    release, one = columns.releases[place], columns.objects[number]
    text = contents(release.clone, [one]).get(one, b"").decode("utf-8", "replace")
    return re.search(rf"(?<![\d.]){re.escape(str(release.version))}(?!\d)", text) is not None


def _best(paths: Sequence[str], by_path: Mapping[str, Column], classes: Sequence[int]) -> str | None:
    """The file that leaves the fewest pairs of releases alike, or None when none helps."""
    now = sum(size * size for size in Counter(classes).values())
    scored = min(((_left(classes, by_path[path]), path) for path in paths), default=(now, ""))
    return scored[1] if scored[0] < now else None


def _left(classes: Sequence[int], column: Column) -> int:
    """Pairs of releases that look alike after a file was asked for; its absence tells nothing."""
    sizes = Counter(classes)
    return sum(
        size * (sizes[known] if content == ABSENT else size)
        for (known, content), size in Counter(zip(classes, column, strict=True)).items()
    )


def _refined(classes: Sequence[int], column: Column) -> list[int]:
    names: dict[tuple[int, int], int] = {}
    return [names.setdefault(pair, len(names)) for pair in zip(classes, column, strict=True)]


def _marks(columns: Columns, paths: Iterable[str]) -> dict[tuple[str, int], str]:
    """(path, number of a content) -> hash, each content read from a clone that has it."""
    wanted: dict[Path, dict[str, list[tuple[str, int]]]] = {}
    for path in paths:
        holders = {
            number: columns.releases[place].clone for place, number in enumerate(columns.by_path[path])
        }
        for number, clone in holders.items():
            if number != ABSENT:
                wanted.setdefault(clone, {}).setdefault(columns.objects[number], []).append((path, number))
    marks: dict[tuple[str, int], str] = {}
    for clone, objects in wanted.items():
        for one, content in contents(clone, sorted(objects)).items():
            marks |= {(path, number): mark_of(content, path) for path, number in objects[one]}
    return marks


def _hashes(
    columns: Columns, path: str, marks: Mapping[tuple[str, int], str]
) -> dict[str, list[int | list[int]]]:
    places: dict[str, list[int]] = {}
    for place, number in enumerate(columns.by_path[path]):
        if number != ABSENT:
            places.setdefault(marks[path, number], []).append(place)
    return {mark: _ranges(found) for mark, found in places.items()}


def _ranges(places: Sequence[int]) -> list[int | list[int]]:
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return [first if first == last else [first, last] for first, last in runs]
