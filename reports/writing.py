"""The only way a report reaches the disk: whole and re-read, or not at all.

A file is written beside its place under another name, for the owner's eyes only, flushed to the disk, parsed
again, and only then renamed. A report that cannot be parsed again is our defect and never takes the place of
the one before it.
"""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from scanner.errors import RasoatError

MODE = 0o600
_HERE = getattr(os, "O_DIRECTORY", 0)  # Windows has neither flag, and no folder to flush
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)

Proof = Callable[[bytes], object]


class ReportError(RasoatError):
    """A report could not be written whole. `path` is where it should have gone."""

    def __init__(self, path: Path, why: str) -> None:
        self.path = path
        self.why = why
        super().__init__(f"{path}: {why}")


def write(path: Path, content: str | bytes, proof: Proof | None = None) -> Path:
    """Put the content at `path` and give the path back.

    `proof` parses what was written and raises ValueError. Raises ReportError when the disk or the proof says
    no; what stood at `path` before still stands there then.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    beside = path.with_name(f".{path.name[:100]}.{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _put(beside, data)
        if proof is not None:
            proof(beside.read_bytes())
        beside.replace(path)
        _flush_folder(path.parent)
    except (OSError, ValueError) as error:
        raise ReportError(path, str(error)) from error
    finally:
        with suppress(OSError):  # the renamed file is gone from here; a folder that was never made has none
            beside.unlink()
    return path


def _put(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | _BINARY
    with os.fdopen(os.open(path, flags, MODE), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the rename last through a power cut (POSIX)."""
    if not _HERE:
        return
    handle = os.open(folder, os.O_RDONLY | _HERE)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
