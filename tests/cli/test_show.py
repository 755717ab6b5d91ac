"""A scan on the terminal: blocks for people, rows for pipes, hostile bytes for nobody."""

import io
import sys

import pytest

from scanner.cli.show import show
from tests.reports_machine.dossiers import hostile

ESCAPE = "\x1b"


class Terminal(io.StringIO):
    """A standard output that says it is a terminal."""

    def isatty(self) -> bool:
        """Claim to be one."""
        return True


def printed(monkeypatch: pytest.MonkeyPatch, *, terminal: bool, language: str = "vi") -> str:
    out = Terminal() if terminal else io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    show(hostile(), "en" if language == "en" else "vi")
    return out.getvalue()


def test_a_pipe_gets_one_row_per_open_question(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [line.split("\t") for line in printed(monkeypatch, terminal=False).splitlines()]

    assert rows
    assert all(len(row) == 5 for row in rows)
    assert {row[1] for row in rows} <= {"fail", "unknown", "error"}


def test_a_person_gets_coverage_beside_each_site(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "phép kiểm tra" in printed(monkeypatch, terminal=True)
    assert "checks decided" in printed(monkeypatch, terminal=True, language="en")


@pytest.mark.parametrize("terminal", [True, False])
def test_remote_bytes_never_reach_the_terminal_raw(
    monkeypatch: pytest.MonkeyPatch, *, terminal: bool
) -> None:
    assert ESCAPE not in printed(monkeypatch, terminal=terminal)
