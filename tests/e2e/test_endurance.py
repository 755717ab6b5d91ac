"""A scan that is killed loses nothing; one that is interrupted ends in order and resumes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import command, office
from tests.lab.sites import SITES

pytestmark = pytest.mark.xdist_group("province")
PATIENCE_S = 40


def begin(folder: Path) -> "subprocess.Popen[str]":
    """Start a scan and wait until two sites are stored."""
    process = subprocess.Popen(
        [sys.executable, "-m", "scanner", "scan", "--format", "json", "-o", "result.json"],
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    stored = 0
    for line in process.stderr:  # a word on the age of the tables may come first
        stored += line.startswith("[")
        if stored == 2:
            return process
    raise AssertionError(f"the scan ended with {process.wait()} before two sites were stored")


def test_a_killed_scan_resumes_where_it_stopped(lab: dict[str, Any], tmp_path: Path) -> None:
    folder = office(tmp_path, lab)
    process = begin(folder)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=PATIENCE_S)

    said = command(folder, "scan", "--resume", "--format", "json", "-o", "result.json")

    assert said.returncode in (1, 3), said.stderr
    resumed = next(line for line in said.stderr.splitlines() if line.startswith("["))
    assert int(resumed.split("/")[1].split("]")[0]) <= len(SITES) - 2  # two were stored before the kill
    document = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    assert sum(len(a["sites"]) for a in document["agencies"]) == len(SITES)


def unhurried(folder: Path, sites: int) -> Path:
    """The same office with few sites in flight, so that some have not begun when a test steps in."""
    settings = (folder / "rasoat.toml").read_text(encoding="utf-8")
    few = settings.replace("[scan]\n", f"[scan]\nconcurrency = {sites}\n")
    (folder / "rasoat.toml").write_text(few, encoding="utf-8")
    return folder


def test_ctrl_c_once_ends_in_order(lab: dict[str, Any], tmp_path: Path) -> None:
    folder = unhurried(office(tmp_path, lab), 3)
    process = begin(folder)

    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE_S)

    assert process.returncode == 130, said
    assert (folder / "result.json").exists()
    assert "--resume" in said


def test_a_second_scan_waits_its_turn(lab: dict[str, Any], tmp_path: Path) -> None:
    folder = unhurried(office(tmp_path, lab), 1)
    process = begin(folder)

    said = command(folder, "scan")

    process.send_signal(signal.SIGINT)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE_S)
    assert said.returncode == 4, said.stderr
    assert said.stderr
