"""Marks: a word, a shape and a colour that always go together."""

from dataclasses import dataclass

from reports.words import Say
from scanner.model.finding import Severity

_TONES = {"critical": "crit", "high": "high", "medium": "med", "low": "low", "info": "info"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: `icon` names the symbol, `tone` the colour class, `word` carries the meaning."""

    icon: str
    tone: str
    word: str


def severity_mark(severity: Severity, say: Say) -> Mark:
    """The mark of a severity."""
    tone = _TONES[severity.value]
    return Mark(tone, tone, say(f"severity.{severity.value}"))


def good(word: str) -> Mark:
    """A tick: passed, met, fixed."""
    return Mark("ok", "ok", word)


def alive(word: str) -> Mark:
    """A plain tick: in order as far as it goes, which is no praise."""
    return Mark("ok", "plain", word)


def bad(word: str) -> Mark:
    """A cross: failed, not met."""
    return Mark("fail", "high", word)


def unknown(word: str) -> Mark:
    """A question mark: not decided."""
    return Mark("unknown", "plain", word)


def waived(word: str) -> Mark:
    """A flag: an accepted risk."""
    return Mark("waived", "plain", word)


def paper(word: str) -> Mark:
    """A sheet: needs paper proof."""
    return Mark("paper", "plain", word)
