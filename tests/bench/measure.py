"""What a command costs as a whole process tree: wall, CPU, peak memory of all its processes together."""

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

POLL_S = 0.05


@dataclass(frozen=True)
class Cost:
    """Seconds and megabytes of one command and everything it started."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    exit_code: int


def cost_of(command: Sequence[str], cwd: Path) -> Cost:
    """Run the command to its end and account for it. CPU is the kernel's sum over all reaped children.

    Compiled modules are kept as in any installation, ours and those of others.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = os.times()
    started = time.monotonic()
    with subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment
    ) as process:
        peak = [0.0]
        watcher = threading.Thread(target=_watch, args=(process, peak), daemon=True)
        watcher.start()
        _, said = process.communicate()
        watcher.join()
    wall = time.monotonic() - started
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {said.decode()[-2000:]}")
    return Cost(wall, cpu, peak[0], process.returncode)


def _watch(process: "subprocess.Popen[bytes]", peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(_share(pid) for pid in _tree(process.pid)) / 2**20)
        time.sleep(POLL_S)


def _tree(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


def _share(pid: int) -> int:
    """Bytes of a process: its own pages, and its share of those it has in common with others (PSS)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
