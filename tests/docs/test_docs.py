"""What the documents promise is there."""

import configparser
import re
import sys
from pathlib import Path

from click.testing import CliRunner

from scanner.cli import COMMANDS, main
from tests.docs.generate import pages

ROOT = Path(__file__).parents[2]


def test_the_page_of_every_check_is_current() -> None:
    wanted = pages()
    written = {
        path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "checks").glob("*.md")
    }

    assert written == wanted, "run `make docs`"


def test_every_dependency_has_its_line() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    groups = [setup["options"]["install_requires"], *setup["options.extras_require"].values()]
    names = {
        re.split(r"[<>=;\[ ]", line)[0] for group in groups for line in group.split("\n") if line.strip()
    }
    table = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| ([a-z0-9-]+) \|", table, re.MULTILINE)) - {"package"}

    assert told == names


def test_every_command_is_in_both_readmes() -> None:
    for name in ("README.md", "README.vi.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert [c for c in COMMANDS if f"rasoat {c}" not in text] == []


def test_every_link_of_the_documents_leads_somewhere() -> None:
    dead = [
        f"{page.name}: {target}"
        for page in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))
        for target in re.findall(r"\]\(([^)#]+)[)#]", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]

    assert dead == []


def test_every_command_has_help() -> None:
    for name in COMMANDS:
        said = CliRunner().invoke(main, [name, "--help"])
        assert said.exit_code == 0, said.output


def test_help_imports_no_room_of_the_house() -> None:
    import subprocess

    said = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "scanner", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    heavy = ("sqlalchemy", "httpx", "lxml", "cryptography", "jinja2", "rich.table")

    assert [name for name in heavy if f" {name}\n" in said.stderr] == []
