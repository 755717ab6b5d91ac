"""kill -9 while visits are written: nothing is torn, at most the site in flight is visited again."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from scanner.store import Store
from tests.store.nouns import INVENTORY, job, scan

ROOT = Path(__file__).parents[2]
SITES = 400
KILLS = (3, 17, 41, 64, 90)  # sites a process may begin before it is killed


def begun(url: str) -> str:
    with Store.open(url) as store:
        this = scan()
        store.begin_scan(this, [job(this.id, f"s{n:03}") for n in range(SITES)], INVENTORY)
    return this.id


def killed_after(url: str, scan_id: str, sites: int) -> list[str]:
    """The sites a process began before it was killed in the middle of its work."""
    words = [sys.executable, "-m", "tests.store.recorder", url, scan_id]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        seen = [process.stdout.readline().strip() for _ in range(sites)]
        os.kill(process.pid, signal.SIGKILL)
        seen += process.stdout.read().split()
    return seen


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
def test_a_killed_scan_is_whole_and_repeats_at_most_the_site_in_flight(tmp_path: Path) -> None:
    file = tmp_path / "rasoat.db"
    url = f"sqlite:///{file}"
    scan_id = begun(url)
    starts: Counter[str] = Counter()

    for sites in KILLS:
        starts.update(killed_after(url, scan_id, sites))
        with closing(sqlite3.connect(file)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        with Store.open(url) as store:
            assert all(len(made.findings) == 30 for made in store.visits(scan_id))
            assert len(store.visits(scan_id)) + len(store.pending(scan_id)) == SITES

    assert sum(count - 1 for count in starts.values()) <= len(KILLS)


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
def test_the_lock_of_a_killed_process_is_taken_over(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'rasoat.db'}"
    scan_id = begun(url)
    killed_after(url, scan_id, 2)

    with Store.open(url) as store, store.locked():
        assert store.unfinished() == scan()
