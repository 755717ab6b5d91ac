"""Offline bundles of tables: one .tar.gz with a manifest of SHA-256 sums; no code is in it and none is run.

A bundle is unpacked beside the ones before it, checked as a whole, and put to use by replacing one small file.
"""

import hashlib
import io
import json
import secrets
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scanner.data.soundness import faults_of, lost_releases
from scanner.errors import RasoatError
from scanner.model.reference import Anchors
from scanner.reference import CURRENT, Tables, read_reference, tables_in

FORMAT = "rasoat-data/1"
MANIFEST = "manifest.json"
SINGLE = frozenset(
    {
        "eol.json",
        "vulnerabilities.json",
        "signals.toml",
        "version_files.toml",
        "libraries.toml",
        "extensions.toml",
        "logins.toml",
        "packaged.toml",
    }
)
FOLDER = "fingerprints/"
FILE_LIMIT = 8 * 1024 * 1024
FILES_LIMIT = 60


class BundleError(RasoatError):
    """A bundle that is refused; `faults` says why, each in a line."""

    exit_code = 2

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of a bundle whose sums are right."""

    day: date
    files: Mapping[str, bytes]
    sources: Mapping[str, str]

    @property
    def name(self) -> str:
        """The folder it is unpacked to: its day and the sum of its sums."""
        sums = "".join(f"{name}{_sum(self.files[name])}" for name in sorted(self.files))
        return f"{self.day.isoformat()}-{hashlib.sha256(sums.encode()).hexdigest()[:8]}"


def pack(files: Mapping[str, bytes], *, day: date, sources: Mapping[str, str]) -> bytes:
    """The bytes of a bundle; the same files give the same bytes."""
    manifest = {
        "format": FORMAT,
        "day": day.isoformat(),
        "sources": dict(sorted(sources.items())),
        "files": {name: _sum(files[name]) for name in sorted(files)},
    }
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=9) as archive:
        rows = {MANIFEST: json.dumps(manifest, indent=1).encode(), **files}
        for name in (MANIFEST, *sorted(files)):
            entry = tarfile.TarInfo(name)
            entry.size = len(rows[name])
            archive.addfile(entry, io.BytesIO(rows[name]))
    content = packed.getvalue()
    return content[:4] + b"\0\0\0\0" + content[8:]  # without the time of packing


def unpack(content: bytes) -> Bundle:
    """The bundle of a file. Raises BundleError for anything that is not one, whole and unchanged."""
    files = _members(content)
    try:
        manifest = json.loads(files.pop(MANIFEST))
        if manifest["format"] != FORMAT:
            raise BundleError(f"format is {manifest['format']!r}, expected {FORMAT!r}")
        day, sums = date.fromisoformat(manifest["day"]), dict(manifest["files"])
        sources = {str(key): str(value) for key, value in dict(manifest.get("sources", {})).items()}
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise BundleError(f"{MANIFEST}: {type(error).__name__}: {error}") from error
    changed = [name for name in files if sums.get(name) != _sum(files[name])]
    faults = [f"{name}: its sum is not the one of the manifest" for name in sorted(changed)]
    faults += [f"{name}: named in the manifest and not there" for name in sorted(set(sums) - set(files))]
    if faults:
        raise BundleError(*faults)
    return Bundle(day, files, sources)


def install(bundle: Bundle, updates: Path, *, today: date, allow_older: bool = False) -> Path:
    """Put a bundle to use and give its folder. Raises BundleError; then everything is as before."""
    before = tables_in(updates)
    old = read_reference(before, Anchors())
    if bundle.day > today:
        raise BundleError(f"the bundle is of {bundle.day}, which is after today")
    newest = max((dated.day for dated in old.dates), default=bundle.day)
    if before.bundle is not None:
        newest = max(newest, date.fromisoformat(before.bundle.name[:10]))
    if bundle.day < newest and not allow_older:
        raise BundleError(f"the bundle is of {bundle.day}, older than the tables in use ({newest})")
    updates.mkdir(parents=True, exist_ok=True)
    folder = _written(bundle, updates)
    tables = Tables(folder)
    faults = faults_of(tables) or lost_releases(old, read_reference(tables, Anchors()))
    if faults:
        raise BundleError(*faults)
    _point_to(folder, updates)
    return folder


def _written(bundle: Bundle, updates: Path) -> Path:
    folder = updates / bundle.name
    for name, content in bundle.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def _point_to(folder: Path, updates: Path) -> None:
    """One rename puts the bundle to use: a scan that starts now reads the old tables or the new ones."""
    fresh = updates / f".{CURRENT}-{secrets.token_hex(4)}"
    fresh.write_text(f"{folder.name}\n", encoding="ascii")
    fresh.replace(updates / CURRENT)


def _members(content: bytes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
            for entry in archive:
                if len(files) >= FILES_LIMIT or entry.size > FILE_LIMIT:
                    raise BundleError(f"{entry.name[:80]!r}: too many files, or too large a one")
                if not entry.isreg() or not _is_expected(entry.name):
                    raise BundleError(f"{entry.name[:80]!r} does not belong into a bundle")
                file = archive.extractfile(entry)
                assert file is not None  # a regular file has content
                files[entry.name] = file.read(FILE_LIMIT)
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise BundleError(f"it is no bundle: {error}") from error
    return files


def _is_expected(name: str) -> bool:
    rest = name.removeprefix(FOLDER)
    is_table = (
        name.startswith(FOLDER) and rest.endswith(".json") and "/" not in rest and not rest.startswith(".")
    )
    return name == MANIFEST or name in SINGLE or is_table


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
