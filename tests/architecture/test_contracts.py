"""The walls of the house hold: a planted socket in a check breaks the build."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
IGNORED = shutil.ignore_patterns("__pycache__", "*.pyc")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [str(program), "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def house(folder: Path) -> Path:
    for name in ("scanner", "checks", "reports"):
        shutil.copytree(ROOT / name, folder / name, ignore=IGNORED)
    shutil.copy(ROOT / "setup.cfg", folder)
    return folder


def test_the_house_as_it_stands_keeps_the_contracts(tmp_path: Path) -> None:
    said = lint(house(tmp_path))

    assert said.returncode == 0, said.stdout


def test_a_socket_in_a_check_breaks_them(tmp_path: Path) -> None:
    planted = house(tmp_path) / "checks" / "http" / "hsts_missing.py"
    planted.write_text("import socket\n" + planted.read_text(encoding="utf-8"), encoding="utf-8")

    said = lint(tmp_path)

    assert said.returncode != 0
    assert "checks.http.hsts_missing -> socket" in said.stdout


def test_only_one_module_imports_the_http_client() -> None:
    importers = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "scanner").rglob("*.py")
        if any(
            line.startswith(("import httpx", "from httpx"))
            for line in path.read_text(encoding="utf-8").splitlines()
        )
    ]

    assert len(importers) == 1, importers
