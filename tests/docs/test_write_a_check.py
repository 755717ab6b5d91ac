"""docs/write-a-check.md, followed literally: a new check is one file and nothing else."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "write-a-check.md").read_text(encoding="utf-8")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the checkout with the guide's file in the guide's place."""
    place = re.search(r"Put this into `([^`]+)`", GUIDE)
    content = re.search(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    assert place
    assert content
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("scanner", "checks", "reports", "tests/registry", "tests/__init__.py"):
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target, ignore=ignored) if source.is_dir() else shutil.copy(source, target)
    (tmp_path / place[1]).write_text(content[1], encoding="utf-8")
    return tmp_path


def run(checkout: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PYTHONPATH": str(checkout),
        "PATH": "/usr/bin:/bin",
        "HOME": str(checkout),
        "RASOAT_LANG": "vi",
    }
    return subprocess.run(
        [sys.executable, *command], cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )


def test_its_examples_run_as_tests(checkout: Path) -> None:
    said = run(
        checkout, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "server-timing", "tests/registry"
    )

    assert said.returncode == 0, said.stdout + said.stderr
    assert "3 passed" in said.stdout


def test_it_is_listed_and_explained(checkout: Path) -> None:
    assert "http.server-timing-exposed\tinfo" in run(checkout, "-m", "scanner", "checks").stdout

    said = run(checkout, "-m", "scanner", "explain", "http.server-timing-exposed")

    assert said.returncode == 0, said.stderr
    assert "Lộ thời gian xử lý" in said.stdout


def test_it_keeps_the_style_of_the_house(checkout: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", checkout)
    ruff = str(Path(sys.executable).with_name("ruff"))

    said = subprocess.run(
        [ruff, "check", "--no-cache", "checks/http/server_timing_exposed.py"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 0, said.stdout
