"""Git as a reader of clones, with or without a work tree: refs, trees and contents; nothing in a clone is run."""

import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from scanner.errors import RasoatError

TIMEOUT_S = 600
PLAIN_FILE = (b"100644", b"100755")  # no symbolic links
BATCH = 4_000  # objects read in one go


class HistoryError(RasoatError):
    """A clone cannot be read, or holds no release."""

    exit_code = 2


def tags(clone: Path) -> Iterator[tuple[str, str, str]]:
    """(tag, object, ISO day) of every tag."""
    listed = git(
        clone, "for-each-ref", "refs/tags", "--format=%(objectname) %(creatordate:short) %(refname:strip=2)"
    )
    for line in listed.decode("utf-8", "replace").splitlines():
        name, day, tag = line.split(" ", 2)
        yield tag, name, day


def commits_of(clone: Path, path: str) -> Iterator[tuple[str, str]]:
    """(commit, ISO day) of every commit on any branch that changed a file, oldest first."""
    listed = git(
        clone, "log", "--all", "--full-history", "--reverse", "--date-order", "--format=%H %cs", "--", path
    )
    for line in listed.decode("ascii").splitlines():
        commit, _, day = line.partition(" ")
        yield commit, day


def newest_day(clone: Path) -> str:
    """The ISO day of the newest commit of any branch or tag: how far the clone reaches."""
    listed = git(
        clone, "for-each-ref", "--sort=-committerdate", "--count=1", "--format=%(committerdate:short)"
    )
    return listed.decode("ascii").strip() or git(clone, "log", "-1", "--format=%cs").decode("ascii").strip()


def tree(clone: Path, commit: str) -> Iterator[tuple[str, str]]:
    """(path, object) of every plain file of a commit."""
    for row in git(clone, "ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
        head, _, name = row.partition(b"\t")
        parts = head.split()
        if len(parts) == 3 and parts[0] in PLAIN_FILE:
            yield name.decode("utf-8", "replace"), parts[2].decode("ascii")


def contents(clone: Path, objects: Iterable[str]) -> Mapping[str, bytes]:
    """The content of each object; `COMMIT:PATH` names one too, and one that does not exist is left out."""
    wanted = tuple(dict.fromkeys(objects))
    found: dict[str, bytes] = {}
    for start in range(0, len(wanted), BATCH):
        found |= _batch(clone, wanted[start : start + BATCH])
    return found


def _batch(clone: Path, wanted: tuple[str, ...]) -> dict[str, bytes]:
    answer = git(clone, "cat-file", "--batch", given="\n".join(wanted).encode() + b"\n")
    found: dict[str, bytes] = {}
    place = 0
    for one in wanted:
        end = answer.index(b"\n", place)
        head = answer[place:end].split()
        place = end + 1
        if len(head) == 3 and head[1].isalpha() and head[2].isdigit():
            size = int(head[2])
            if head[1] == b"blob":
                found[one] = answer[place : place + size]
            place += size + 1
    return found


def git(clone: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git prints. Raises HistoryError."""
    command = ["git", "-C", str(clone), "--no-pager", *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False, timeout=TIMEOUT_S)  # noqa: S603 - a fixed program, no shell
    except (OSError, subprocess.TimeoutExpired) as error:
        raise HistoryError(f"git: {error}") from error
    if done.returncode:
        raise HistoryError(f"{clone}: {done.stderr.decode('utf-8', 'replace').strip()[:200]}")
    return done.stdout
