"""Releases of a product in clones of its repositories, and the files a web server would hand out of each."""

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scanner.data.clone import HistoryError, commits_of, contents, tags, tree
from scanner.data.histories import Layout
from scanner.identify.release_index import TEXT_TYPES, type_of
from scanner.model.pattern import Pattern
from scanner.parse.version import Version, version_or_none

TEST_PATCH = 100  # 5.4.112 and the like are tests of the updater, not releases

EVERYTHING = Layout()
ReadVersion = Callable[[bytes], str]
"""The release a file prints, "" when it prints none or one with an ending such as -dev."""


@dataclass(frozen=True, slots=True)
class Release:
    """One release: where it stands and the day it was made."""

    version: Version
    commit: str  # commit or tag object
    day: str
    clone: Path


@dataclass(frozen=True, slots=True)
class VersionFileOf:
    """The file whose history shows releases that have no tag."""

    path: str
    read: ReadVersion


def releases_in(
    clones: Sequence[Path],
    *,
    layout: Layout = EVERYTHING,
    untagged: VersionFileOf | None = None,
    leave_out: frozenset[str] = frozenset(),
) -> tuple[Release, ...]:
    """Final releases, oldest first: by their tags, and then by the file that prints the version.

    Raises HistoryError when there is none.
    """
    found: dict[Version, Release] = {}
    out = layout.releases_out | leave_out
    for clone in clones:
        for release in _tagged(clone):
            if str(release.version) not in out:
                found.setdefault(release.version, release)
    if untagged is not None:
        for release in sorted(_untagged(clones, untagged), key=lambda r: r.day):
            found.setdefault(release.version, release)
    kept = [found[version] for version in sorted(found) if str(version) not in out]
    if not kept:
        raise HistoryError(f"{', '.join(map(str, clones))}: no tag names a release")
    return tuple(kept)


def _tagged(clone: Path) -> Iterator[Release]:
    for tag, name, day in tags(clone):
        version = version_or_none(tag.removeprefix("release-").removeprefix("v"))
        if version and is_release(version):
            yield Release(version, name, day, clone)


def _untagged(clones: Sequence[Path], file: VersionFileOf) -> Iterator[Release]:
    """The first commit of each clone whose file prints a release."""
    for clone in clones:
        commits = list(commits_of(clone, file.path))
        printed = contents(clone, [f"{commit}:{file.path}" for commit, _day in commits])
        seen: set[Version] = set()
        for commit, day in commits:
            version = version_or_none(file.read(printed.get(f"{commit}:{file.path}", b"")))
            if version and is_release(version) and version not in seen:
                seen.add(version)
                yield Release(version, commit, day, clone)


def version_reader(pattern: Pattern) -> ReadVersion:
    """Reads the number a pattern captures where nothing stands between it and the next sign of the pattern."""

    def read(content: bytes) -> str:
        found = pattern.search(content.decode("utf-8", "replace"))
        if found is None or "-" in found[0].partition(found["version"])[2].partition("<")[0]:
            return ""
        return found["version"]

    return read


def is_release(version: Version) -> bool:
    """True for a final release; test tags with a patch of 100 and more are none."""
    return (
        not version.suffix
        and len(version.numbers) > 1
        and (len(version.numbers) < 3 or version.numbers[2] < TEST_PATCH)
    )


def static_files(release: Release, layout: Layout = EVERYTHING) -> dict[str, str]:
    """Path of a site -> object id of every text file a web server would hand out."""
    files = dict(tree(release.clone, release.commit))
    root = _root(files, layout.root_holds)
    placed = (
        (posixpath.join(layout.under, path.removeprefix(root)), one)
        for path, one in files.items()
        if path.startswith(root)
    )
    return {path: one for path, one in placed if _is_static(path, layout)}


def _root(files: Mapping[str, str], name: str) -> str:
    """The shallowest folder with a file of that name, with its slash; "" for the top."""
    if not name:
        return ""
    folders = [path.removesuffix(name) for path in files if path == name or path.endswith(f"/{name}")]
    return min(folders, key=lambda folder: (folder.count("/"), folder), default="")


def _is_static(path: str, layout: Layout) -> bool:
    kind = type_of(path)
    return (
        kind in TEXT_TYPES
        and kind not in layout.endings_out
        and not any(part.startswith(".") for part in path.split("/"))
        and (not layout.paths_in or path.startswith(layout.paths_in))
        and not path.startswith(layout.paths_out)
    )
