"""Fuzz every parser for a while: `make fuzz`, or

    python -m tests.fuzz [SECONDS] [TARGET ...]

Each target runs in a process of its own for so many seconds (20 unless told). An input that breaks a promise is printed
and written to the folder of crashes; the exit code is then 1. Needs atheris, which `make fuzz` installs.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fuzz.corpus import seeds
from tests.fuzz.targets import TARGETS

SECONDS = 20
LONGEST = 16_384  # bytes of an input


def main(arguments: list[str]) -> int:
    """Fuzz the named targets, or all."""
    seconds = int(arguments[0]) if arguments and arguments[0].isdigit() else SECONDS
    named = [a for a in arguments if not a.isdigit()] or list(TARGETS)
    if unknown := [name for name in named if name not in TARGETS]:
        print(f"no target is called {', '.join(unknown)}; there are: {', '.join(TARGETS)}")
        return 2
    crashes = Path(tempfile.gettempdir()) / "rasoat-fuzz"
    crashes.mkdir(exist_ok=True)
    failed = [name for name in named if not _holds(name, seconds, crashes)]
    print(f"{len(named) - len(failed)} of {len(named)} targets kept their promise")
    return 1 if failed else 0


def _holds(name: str, seconds: int, crashes: Path) -> bool:
    with tempfile.TemporaryDirectory(prefix=f"fuzz-{name}-") as folder:
        for number, data in enumerate(seeds()[name]):
            (Path(folder) / f"seed-{number}").write_bytes(data)
        options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-artifact_prefix={crashes}/{name}-"]
        command = [sys.executable, "-m", "tests.fuzz.one", name, *options, folder]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    runs = [line for line in done.stderr.splitlines() if line.startswith("Done ")]
    print(f"{name}: {runs[-1] if runs else done.stderr[-3000:]}", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
