"""The wheel holds what a user needs and nothing of ours, and works outside the checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOP_LEVEL = {"scanner", "checks", "reports"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a clean copy so that nothing untracked slips in."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    files = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, files.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(source)],
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content, first on the path of an interpreter that runs elsewhere."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(installed: Path, cwd: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python outside the checkout against the unpacked wheel."""
    environment = {
        "PYTHONPATH": str(installed),
        "PATH": "/usr/bin:/bin",
        "HOME": str(cwd),
        "RASOAT_LANG": "vi",
    }
    return subprocess.run(
        [sys.executable, *command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.xdist_group("packaging")
def test_only_the_three_packages_are_inside(wheel: Path) -> None:
    names = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {n for n in names if not n.endswith(".dist-info")} == TOP_LEVEL


@pytest.mark.xdist_group("packaging")
def test_templates_data_and_migrations_are_inside(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    inside = {
        str(path.relative_to(ROOT))
        for folder in ("checks", "reports", "scanner")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert inside - names == set()


@pytest.mark.xdist_group("packaging")
def test_it_works_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    said = run(installed, tmp_path, "-m", "scanner", "checks")

    assert said.returncode == 0, said.stderr
    assert "tls.certificate-expired" in said.stdout
    assert str(ROOT) not in run(installed, tmp_path, "-c", "import scanner; print(scanner.__file__)").stdout


@pytest.mark.xdist_group("packaging")
def test_a_new_user_gets_commented_files(installed: Path, tmp_path: Path) -> None:
    said = run(installed, tmp_path, "-m", "scanner", "init")

    assert said.returncode == 0, said.stderr
    assert "#" in (tmp_path / "rasoat.toml").read_text(encoding="utf-8")
    assert run(installed, tmp_path, "-m", "scanner", "inventory", "lint").returncode in (0, 2)
