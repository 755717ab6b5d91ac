"""Workers and the outside world: kills, Ctrl-C for the whole terminal, a parent that is gone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scanner.execute.local import run
from scanner.model.settings import ScanSettings
from scanner.model.visit import Visit
from scanner.store.holder import is_alive
from tests.execute.workers import Misbehaving, job

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")


@contextmanager
def driver(folder: Path, does: str, count: int) -> Iterator["subprocess.Popen[str]"]:
    """The driver in a process group of its own, with both its workers at work."""
    words = [sys.executable, "-m", "tests.execute.driver", str(folder), does, str(count)]
    with subprocess.Popen(
        words,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            wait_until(lambda: len(list(folder.glob("*.pids"))) >= 2)
            yield process
        finally:
            process.kill()


def wait_until(is_so: object, *, at_most_s: float = 60.0) -> None:
    assert callable(is_so)
    limit = time.monotonic() + at_most_s
    while not is_so():
        assert time.monotonic() < limit, "it never happened"
        time.sleep(0.02)


def workers(folder: Path) -> set[int]:
    return {int(pid) for marks in folder.glob("*.pids") for pid in marks.read_text().split()}


def test_ctrl_c_reaches_all_processes_and_only_stops_new_sites(tmp_path: Path) -> None:
    with driver(tmp_path, "beside", 40) as process:
        os.killpg(process.pid, signal.SIGINT)
        said, complaints = process.communicate(timeout=60)

    assert said.split().count("visit") >= 1
    assert said.split().count("visit") < 40
    assert said.endswith("over\n")
    assert "Traceback" not in complaints


def test_a_second_ctrl_c_ends_the_sites_in_flight(tmp_path: Path) -> None:
    with driver(tmp_path, "slow", 4) as process:
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.3)  # two signals at the same moment are one signal
        os.killpg(process.pid, signal.SIGINT)
        said, complaints = process.communicate(timeout=60)

    assert said == "over\n"
    assert "Traceback" not in complaints
    assert not any(is_alive(pid) for pid in workers(tmp_path))


def test_workers_do_not_outlive_a_parent_that_was_killed(tmp_path: Path) -> None:
    with driver(tmp_path, "slow", 4) as process:
        process.kill()
        process.wait()

        wait_until(lambda: not any(is_alive(pid) for pid in workers(tmp_path)))


def test_a_worker_killed_from_outside_costs_no_site(tmp_path: Path) -> None:
    made = run(
        [job("first", "pid"), *[job(f"s{n}", "beside") for n in range(3)]],
        make_worker=Misbehaving(tmp_path),
        settings=ScanSettings(workers=1, concurrency=4),
        group=lambda order: order.site_id,
    )
    first = next(made)
    assert isinstance(first, Visit)

    os.kill(int(first.findings[0].saw), signal.SIGKILL)

    assert [type(one) for one in made] == [Visit] * 3
