"""A check pack of somebody else: built, installed, and run only when the configuration names it."""

import subprocess
import sys
from pathlib import Path

import pytest

CHECK = '''
"""{id}: the page does not name its editor."""

from scanner.author import Context, Example, Fail, Judgement, Page, Pass, Severity, Text, check
from scanner.samples import page


@check(
    "{id}",
    on=Page,
    severity=Severity.LOW,
    since="1.0",
    title=Text(vi="Trang không có tiêu đề", en="The page has no title"),
    why=Text(vi="Người dân không biết đang ở trang nào.", en="Visitors cannot tell where they are."),
    fix=Text(vi="Đặt tiêu đề cho trang.", en="Give the page a title."),
    refs=("WCAG 2.2 success criterion 2.4.2",),
    examples=(
        Example("none", page(html="<p>chào</p>"), "fail"),
        Example("one", page(html="<title>Sở</title>"), "pass"),
    ),
)
def title_missing(page: Page, _ctx: Context) -> Judgement:
    """Judge the title of the page."""
    return Pass(saw=page.html.title) if page.html.title else Fail(saw="<title>")
'''
SETUP = """
[metadata]
name = quang-tests
version = 1.0
[options]
packages = find:
[options.entry_points]
rasoat.checks =
    quang = quang_checks
"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of one check, installed by pip into a folder that stands before the others on the path."""
    source = tmp_path_factory.mktemp("pack")
    topic = source / "quang_checks" / "page"
    topic.mkdir(parents=True)
    (source / "quang_checks" / "__init__.py").touch()
    (topic / "__init__.py").touch()
    (topic / "title_missing.py").write_text(CHECK.format(id="page.title-missing"), encoding="utf-8")
    (source / "setup.cfg").write_text(SETUP, encoding="utf-8")
    (source / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
        encoding="utf-8",
    )
    subprocess.run([sys.executable, "-m", "build", "--wheel", str(source)], check=True, capture_output=True)
    installed = tmp_path_factory.mktemp("site")
    wheel = next((source / "dist").glob("*.whl"))
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(installed),
    ]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    return installed


def checks_listed(pack: Path, folder: Path, configuration: str) -> subprocess.CompletedProcess[str]:
    (folder / "rasoat.toml").write_text(configuration, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "scanner", "checks"],
        cwd=folder,
        env={"PYTHONPATH": str(pack), "PATH": "/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.xdist_group("packaging")
def test_an_installed_pack_does_not_run_by_itself(pack: Path, tmp_path: Path) -> None:
    said = checks_listed(pack, tmp_path, "")

    assert said.returncode == 0, said.stderr
    assert "page.title-missing" not in said.stdout


@pytest.mark.xdist_group("packaging")
def test_a_named_pack_runs(pack: Path, tmp_path: Path) -> None:
    said = checks_listed(pack, tmp_path, 'check_packs = ["quang-tests"]\n')

    assert said.returncode == 0, said.stderr
    assert "page.title-missing" in said.stdout


@pytest.mark.xdist_group("packaging")
def test_a_pack_that_is_not_installed_is_a_clear_error(pack: Path, tmp_path: Path) -> None:
    said = checks_listed(pack, tmp_path, 'check_packs = ["khong-co"]\n')

    assert said.returncode != 0
    assert "khong-co" in said.stderr
