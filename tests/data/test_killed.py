"""An update that is killed while it writes leaves the tables in use as they were, and the next one goes through."""

import subprocess
import sys
from datetime import date
from pathlib import Path

from scanner.data.bundle import install, pack, unpack
from scanner.reference import Tables, tables_in

DAY = date(2026, 12, 1)
VICTIM = """
import sys
from datetime import date
from pathlib import Path
from scanner.data.bundle import install, unpack
plain = Path.write_bytes
def stopping(path, content):
    plain(path, content[: len(content) // 2])
    print("half", flush=True)
    sys.stdin.read()
Path.write_bytes = stopping
install(unpack(Path(sys.argv[1]).read_bytes()), Path(sys.argv[2]), today=date(2026, 12, 1))
"""


def test_a_killed_update_changes_nothing_and_the_next_one_works(tmp_path: Path) -> None:
    file, updates = tmp_path / "b.tar.gz", tmp_path / "tables"
    file.write_bytes(pack({"eol.json": Tables().read("eol.json")}, day=DAY, sources={}))
    with subprocess.Popen(
        [sys.executable, "-c", VICTIM, str(file), str(updates)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as victim:
        assert victim.stdout
        assert victim.stdout.readline() == "half\n"
        victim.kill()

    assert tables_in(updates).bundle is None

    folder = install(unpack(file.read_bytes()), updates, today=DAY)
    assert tables_in(updates).bundle == folder
    assert (folder / "eol.json").read_bytes() == Tables().read("eol.json")
