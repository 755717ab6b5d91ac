from pathlib import Path

import pytest
from click.testing import CliRunner

from scanner.cli import main
from scanner.cli.init import TEMPLATES, template
from scanner.config import load
from scanner.inventory import load_inventory
from scanner.parse.toml_table import parse_toml

ENGLISH = {"RASOAT_LANG": "en"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_files_written_can_be_used_at_once(folder: Path) -> None:
    result = CliRunner().invoke(main, ["init", "--province", 'Tỉnh "Mẫu"'], env=ENGLISH)

    assert result.exit_code == 0, result.output
    assert result.stdout.split() == list(TEMPLATES)
    assert "rasoat inventory import" in result.stderr
    assert load(None, environ={}).report.waivers == Path("waivers.toml")
    assert load_inventory(folder / "agencies.toml").province.name == 'Tỉnh "Mẫu"'


def test_what_is_there_is_never_touched(folder: Path) -> None:
    (folder / "rasoat.toml").write_text("# mine\n")

    first = CliRunner().invoke(main, ["init"], env=ENGLISH)
    second = CliRunner().invoke(main, ["init"], env=ENGLISH)

    assert first.exit_code == 0
    assert "rasoat.toml: is there already" in first.stderr
    assert second.exit_code == 2
    assert "nothing is overwritten" in second.stderr
    assert (folder / "rasoat.toml").read_text() == "# mine\n"


def test_a_folder_can_be_named(folder: Path) -> None:
    assert CliRunner().invoke(main, ["init", "tinh/mau"]).exit_code == 0
    assert (folder / "tinh" / "mau" / "waivers.toml").exists()


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_example_in_a_template_is_valid_when_uncommented(name: str, folder: Path) -> None:
    text = "\n".join(
        line.removeprefix("# ") if _is_code(line) else line
        for line in template(name, "Tỉnh Mẫu").splitlines()
    )

    _, fault = parse_toml(text, filename=name)

    assert fault is None


def _is_code(line: str) -> bool:
    return line.startswith(("# [", '# "')) or (
        line.startswith("# ") and line[2:].partition(" ")[2].startswith("= ")
    )
