"""One demo province for all end-to-end tests: servers started once, scanned once."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scanner.inventory.writer import write_toml
from tests.lab.demo import configuration, inventory, running

TODAY = date.today()  # noqa: DTZ011 - the officer's day


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run rasoat as a user would."""
    return subprocess.run(
        [sys.executable, "-m", "scanner", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """The running servers: their ports and the folder with roots.pem."""
    folder = tmp_path_factory.mktemp("lab")
    with running("province", str(folder)):
        ports = json.loads((folder / "lab.json").read_text(encoding="utf-8"))
        yield {"folder": folder, "ports": ports}


def office(folder: Path, lab: dict[str, Any], relay: int = 25) -> Path:
    """A working folder with configuration and inventory; `relay`: port of a mail relay on loopback."""
    text = configuration(folder, lab["ports"], relay).replace(
        '"lab/roots.pem"', f'"{lab["folder"] / "roots.pem"}"'
    )
    (folder / "rasoat.toml").write_text(
        text.replace("site_budget_s = 25", "site_budget_s = 12"), encoding="utf-8"
    )
    (folder / "agencies.toml").write_text(write_toml(inventory(TODAY)), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def scanned(lab: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an officer after one scan; result.json beside the store."""
    folder = office(tmp_path_factory.mktemp("office"), lab)
    said = command(folder, "scan", "--format", "json", "-o", "result.json")
    assert said.returncode in (1, 3), said.stderr
    return folder


@pytest.fixture(scope="session")
def result(scanned: Path) -> dict[str, Any]:
    """The document of the scan."""
    document: dict[str, Any] = json.loads((scanned / "result.json").read_text(encoding="utf-8"))
    return document
