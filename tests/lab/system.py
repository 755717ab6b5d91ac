"""Programs of the system that some tests need."""

import os
import shutil
from pathlib import Path

import pytest

PACKAGES = {
    "chromium": "chromium",
    "nginx": "nginx-light",
    "pdftotext": "poppler-utils",
    "pdfinfo": "poppler-utils",
}


def program(name: str) -> Path:
    """The path of a program; without it the test is left out with its reason, and in CI it fails."""
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin")
    if found is None:
        _absent(name, PACKAGES.get(name, name))
    return Path(str(found))


def postgresql() -> Path:
    """The folder of PostgreSQL's server programs, as Debian packages them."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not folders:
        _absent("initdb", "postgresql")
    return folders[-1].parent


def _absent(name: str, package: str) -> None:
    reason = f"{name} is not installed; `apt-get install {package}` brings it"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
