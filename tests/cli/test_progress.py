"""How a scan talks while it goes: one line per site where nobody watches, nothing with --quiet."""

import io
from datetime import UTC, datetime

import pytest
from rich.console import Console

from scanner.cli.progress import STATES, Watch
from scanner.model.evidence import Ledger, Target
from scanner.model.finding import Confidence, Finding, Severity, SiteState, Verdict
from scanner.model.visit import Job, Visit

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def said(*, quiet: bool = False, terminal: bool = False) -> str:
    """What is printed for one site with one failure."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=terminal, width=100, soft_wrap=True, highlight=False)
    failure = Finding("so-y-te", "http.x", Verdict.FAIL, Severity.HIGH, Confidence.HIGH)
    watch = Watch(1, quiet=quiet, console=console)
    with watch.shown():
        watch.started(Job("scan", "so-y-te", Target("soyte.example")))
        watch.ended(Visit("scan", "so-y-te", SiteState.REACHED, "", (failure,), Ledger(), AT, AT))
        watch.say("xong [1]")
    return out.getvalue()


def test_every_state_has_its_words() -> None:
    assert set(STATES) == set(SiteState)


@pytest.mark.parametrize(
    ("speech", "line"),
    [
        ("vi", "[1/1] so-y-te: xem được, 1 chưa đạt, 0 chưa kiểm tra được, 0 lỗi phần mềm"),
        ("en", "[1/1] so-y-te: reached, 1 failed, 0 unknown, 0 errors"),
    ],
)
def test_where_nobody_watches_a_site_is_one_line(
    monkeypatch: pytest.MonkeyPatch, speech: str, line: str
) -> None:
    monkeypatch.setenv("RASOAT_LANG", speech)

    assert said().splitlines() == [line, "xong [1]"]


def test_quiet_says_nothing() -> None:
    assert said(quiet=True) == ""


def test_a_terminal_shows_the_host_in_work_and_the_tally(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASOAT_LANG", "vi")

    shown = said(terminal=True)

    assert "soyte.example" in shown or "1 chưa đạt" in shown
    assert "xong [1]" in shown
