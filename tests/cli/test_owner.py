"""Import names are plain words: an intruder of the same name is named at once."""

import sys
from types import ModuleType

import pytest
from click.testing import CliRunner

from scanner.cli import main


def test_an_intruder_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    intruder = ModuleType("checks")
    intruder.__file__ = "/elsewhere/checks/__init__.py"
    monkeypatch.setitem(sys.modules, "checks", intruder)

    said = CliRunner().invoke(main, ["checks"])

    assert said.exit_code == 4
    assert "/elsewhere/checks" in said.output
