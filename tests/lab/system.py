"""Programs of the system that some tests need: the one place that looks for them and says what brings them."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

PACKAGES = {
    "chromium": "chromium",
    "dnssec-dsfromkey": "bind9-utils",
    "dnssec-keygen": "bind9-utils",
    "dnssec-signzone": "bind9-utils",
    "initdb": "postgresql",
    "mariadb": "mariadb-client",
    "mariadbd": "mariadb-server",
    "nginx": "nginx-light",
    "pdffonts": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "pdftotext": "poppler-utils",
    "php": "php-cli php-mysql",
    "postfix": "postfix",
    "unbound": "unbound",
}


def found(name: str) -> Path | None:
    """The path of a program, or None; Debian keeps servers where only root looks."""
    path = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin")
    return Path(path) if path else None


def remedy(name: str) -> str:
    """What brings the program."""
    return f"`apt-get install {PACKAGES.get(name, name)}` brings it"


def program(name: str) -> Path:
    """The path of a program; without it the test is left out with its reason, and in CI it fails."""
    return found(name) or _absent(name)


def postgresql() -> Path:
    """The folder of PostgreSQL's server programs, as Debian packages them."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return folders[-1].parent if folders else _absent("initdb")


def package_folder(package: str) -> Path:
    """The folder a Debian package puts its files into; without it the test is left out as for a program."""
    folder = Path("/usr/share") / package
    return folder if folder.is_dir() else _absent(package)


def needs_root(what: str) -> None:
    """Leave the test out where this process is not root; in CI it fails."""
    if os.geteuid() != 0:
        _leave_out(f"{what} needs root")


def _absent(name: str) -> NoReturn:
    _leave_out(f"{name} is not installed; {remedy(name)}")


def _leave_out(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
