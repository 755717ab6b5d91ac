"""Release histories in git clones, read with `for-each-ref`, `ls-tree` and `cat-file`; nothing of them is run."""

import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scanner.errors import RasoatError
from scanner.identify.release_index import TEXT_TYPES, type_of
from scanner.parse.version import Version, version_or_none

TEST_PATCH = 100  # 5.4.112 and the like are tests of the updater, not releases
TIMEOUT_S = 600
NO_PART_OF_A_SITE = ("tests/", "test/", "build/", "node_modules/", "installation/", ".github/")


class HistoryError(RasoatError):
    """A clone cannot be read, or holds no release."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Release:
    """One tagged release."""

    version: Version
    tag: str
    day: str


def releases_in(clone: Path, *, leave_out: frozenset[str] = frozenset()) -> tuple[Release, ...]:
    """Final releases by their tags, oldest first. Raises HistoryError when there is none."""
    listed = _git(clone, "for-each-ref", "refs/tags", "--format=%(refname:strip=2) %(creatordate:short)")
    found: dict[Version, Release] = {}
    for line in listed.decode("utf-8", "replace").splitlines():
        tag, _, day = line.rpartition(" ")
        version = version_or_none(tag.removeprefix("release-").removeprefix("v"))
        if version and is_release(version) and str(version) not in leave_out:
            found.setdefault(version, Release(version, tag, day))
    if not found:
        raise HistoryError(f"{clone}: no tag names a release")
    return tuple(found[version] for version in sorted(found))


def is_release(version: Version) -> bool:
    """True for a final release; test tags with a patch of 100 and more are none."""
    return (
        not version.suffix
        and len(version.numbers) > 1
        and (len(version.numbers) < 3 or version.numbers[2] < TEST_PATCH)
    )


def static_files(clone: Path, release: Release) -> dict[str, str]:
    """Path -> object id of every text file a web server would hand out."""
    listed = _git(clone, "ls-tree", "-r", "-z", "--full-tree", f"refs/tags/{release.tag}")
    files = {}
    for row in listed.split(b"\0"):
        head, _, name = row.partition(b"\t")
        parts = head.split()
        path = name.decode("utf-8", "replace")
        if len(parts) == 3 and parts[1] == b"blob" and _is_static(path):
            files[path] = parts[2].decode("ascii")
    return files


def contents(clone: Path, objects: Iterable[str]) -> Mapping[str, bytes]:
    """The content of each object."""
    wanted = tuple(dict.fromkeys(objects))
    answer = _git(clone, "cat-file", "--batch", given="\n".join(wanted).encode() + b"\n")
    found: dict[str, bytes] = {}
    place = 0
    for one in wanted:
        end = answer.index(b"\n", place)
        head = answer[place:end].split()
        if len(head) != 3 or head[1] != b"blob":
            raise HistoryError(f"{clone}: {one} is no file")
        size = int(head[2])
        found[one] = answer[end + 1 : end + 1 + size]
        place = end + 1 + size + 1
    return found


def _is_static(path: str) -> bool:
    hidden = any(part.startswith(".") for part in path.split("/"))
    return type_of(path) in TEXT_TYPES and not hidden and not path.startswith(NO_PART_OF_A_SITE)


def _git(clone: Path, *arguments: str, given: bytes = b"") -> bytes:
    command = ["git", "-C", str(clone), "--no-pager", *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False, timeout=TIMEOUT_S)  # noqa: S603 - a fixed program, no shell
    except (OSError, subprocess.TimeoutExpired) as error:
        raise HistoryError(f"git: {error}") from error
    if done.returncode:
        raise HistoryError(f"{clone}: {done.stderr.decode('utf-8', 'replace').strip()[:200]}")
    return done.stdout
