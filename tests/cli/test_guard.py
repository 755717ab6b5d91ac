import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from scanner.cli.guard import guarded
from scanner.cli.speech import language, plain
from scanner.errors import AskingError, ConfigError, ProbeError, Problem, RegistryError, StoreError
from scanner.model.evidence import Why
from scanner.model.text import Text

ROOT = Path(__file__).parents[2]


def run(error: BaseException, **env: str) -> Result:
    @click.command()
    @guarded
    def command() -> None:
        raise error

    return CliRunner().invoke(command, env={"RASOAT_LANG": "en", **env})


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (
            ConfigError([Problem("a.toml", 3, Text("sai", "wrong"), Text("sửa", "mend it"))]),
            2,
            "a.toml:3: wrong; mend it",
        ),
        (RegistryError("no such check"), 2, "no such check"),
        (StoreError("locked"), 4, "locked"),
        (AskingError(Text("chưa có", "no scan yet")), 2, "no scan yet"),
        (ProbeError(Why.TIMEOUT, "slow"), 3, "timeout: slow"),
        (ProbeError(Why.RESET), 3, "reset"),
        (PermissionError(13, "Permission denied", "/x"), 2, "/x: Permission denied"),
        (FileNotFoundError("gone"), 2, "gone"),
        (ZeroDivisionError("oops"), 4, "This is a defect of rasoat itself"),
        (KeyboardInterrupt(), 130, ""),
        (click.UsageError("use"), 2, "use"),
        (BrokenPipeError(32, "pipe"), 1, ""),
    ],
)
def test_every_end_has_its_exit_code_and_words(error: BaseException, code: int, words: str) -> None:
    result = run(error)

    assert result.exit_code == code
    assert words in result.stderr


def test_what_was_asked_of_the_store_is_answered_in_vietnamese() -> None:
    assert "chưa có" in run(AskingError(Text("chưa có", "no scan yet")), RASOAT_LANG="vi").stderr


def test_a_defect_shows_where_it_happened() -> None:
    assert "ZeroDivisionError: oops" in run(ZeroDivisionError("oops")).stderr


def test_a_mistyped_variable_is_pointed_out() -> None:
    result = run(click.exceptions.Exit(0), RASOAT_SCAN_DEPHT="standard", RASOAT_SCAN_FORMAT="json")

    assert "RASOAT_SCAN_DEPHT: nothing reads this variable; did you mean RASOAT_SCAN_DEPTH?" in result.stderr
    assert "RASOAT_SCAN_FORMAT" not in result.stderr


def test_an_option_of_the_command_is_no_stranger() -> None:
    @click.command("scan")
    @click.option("--depths")
    @guarded
    def command(depths: str | None) -> None:
        click.echo(depths)

    result = CliRunner().invoke(command, env={"RASOAT_LANG": "en", "RASOAT_SCAN_DEPTHS": "1"})

    assert result.stderr == ""


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "vi"),
        ({"LANG": "C.UTF-8"}, "vi"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "RASOAT_LANG": "vi"}, "vi"),
        ({"LC_ALL": "vi_VN", "LANG": "en_US"}, "vi"),
        ({"RASOAT_LANG": "EN"}, "en"),
    ],
)
def test_vietnamese_unless_english_is_asked_for(environ: dict[str, str], expected: str) -> None:
    assert language(environ) == expected


def test_nothing_said_can_steer_a_terminal() -> None:
    assert plain("a\x1b[31mb\u202e\nc") == "a[31mb\nc"


def test_a_terminal_without_vietnamese_gets_question_marks(tmp_path: Path) -> None:
    environ = {**os.environ, "PYTHONIOENCODING": "cp1252:strict", "RASOAT_LANG": "vi"}
    order = [sys.executable, "-m", "scanner", "init", str(tmp_path)]

    done = subprocess.run(order, env=environ, capture_output=True, check=True, cwd=ROOT)

    assert b"Ti?p theo:" in done.stderr
