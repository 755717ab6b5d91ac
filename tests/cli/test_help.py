"""What `--help` prints is laid out for people."""

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from scanner.cli import main


def every_command() -> Iterator[list[str]]:
    """The words of every command and of those below it."""
    context = click.Context(main)
    for name in main.list_commands(context):
        yield [name]
        command = main.get_command(context, name)
        if isinstance(command, click.Group):
            yield from ([name, below] for below in command.list_commands(click.Context(command)))


def test_the_officers_path_is_one_command_a_line() -> None:
    said = CliRunner().invoke(main, ["--help"]).output.splitlines()

    assert {"    rasoat plan", "    rasoat scan", "    rasoat report"} <= set(said)


@pytest.mark.parametrize("words", [[], *every_command()], ids=" ".join)
def test_no_help_shows_the_marks_of_its_layout(words: list[str]) -> None:
    result = CliRunner().invoke(main, [*words, "--help"])

    assert result.exit_code == 0, result.output
    assert "\\b" not in result.output
    assert "\b" not in result.output
