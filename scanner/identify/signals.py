"""The signals file: text -> checked, compiled signals, all faults at once.

Patterns come from contributors, pages from strangers. So patterns are held to a subset of regular expressions
whose cost is bounded by the length of the text: every repetition has an upper limit, no group is repeated.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from scanner.model.pattern import Pattern
from scanner.model.reference import Signal, SignalTable

KINDS = frozenset({"generator", "asset", "anywhere", "link", "cookie", "header", "markup", "footer"})
PRECISIONS = frozenset({"exact", "line", "at-least"})
KEYS = frozenset(
    {"product", "kind", "pattern", "strong", "precision", "lines", "at_least", "printed", "matches", "misses"}
)
PLACEHOLDERS = {
    "{version}": r"(?P<version>\d{1,4}(?:\.\d{1,5}){0,3})",
    "{name}": r"(?P<name>[A-Za-z0-9][A-Za-z0-9_.-]{0,60})",
    "{group}": r"(?P<group>[a-z]{1,20})",
}
REPEAT_LIMIT = 120
REPEAT = re.compile(r"\{(\d{1,3}),(\d{1,3})\}")
FORBIDDEN = (
    (re.compile(r"[*+]"), "a repetition without limit; write {0,60}"),
    (re.compile(r"\{\d+\}|\{\d*,\}|\{,\d*\}"), "a repetition that is not {m,n}"),
    (re.compile(r"\(\?(?!:)"), "a group other than (?: )"),
    (re.compile(r"\((?!\?)"), "a capturing group; write (?: )"),
    (re.compile(r"\)\{"), "a repeated group"),
    (re.compile(r"\}[?{]"), "a repetition of a repetition"),
)


class SignalsError(ValueError):
    """The signals file breaks its rules; `faults` holds every one of them."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def read_signals(text: str, *, is_strict: bool = True) -> SignalTable:
    """The table a file holds. Raises SignalsError with every fault.

    Strict also tries every pattern and every example, which a visit need not do again for tables that were checked.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SignalsError((str(error),)) from error
    if table.get("format") != "signals/1":
        raise SignalsError(("format must be signals/1",))
    rows = table.get("signal", [])
    names = table.get("names", {})
    faults = [
        fault
        for number, row in enumerate(rows, 1)
        for fault in _faults(number, row, names, is_strict=is_strict)
    ]
    if faults:
        raise SignalsError(tuple(faults))
    footer = table.get("footer", {})
    phrases = (tuple(footer.get(key, ())) for key in ("verbs", "nouns", "credits"))
    return SignalTable(tuple(map(_signal, rows)), names, *phrases)


def compiled(pattern: str) -> Pattern:
    """A pattern of the file as Python writes it; `{version}` becomes the capture of a number, `{name}` of a name."""
    for placeholder, capture in PLACEHOLDERS.items():
        pattern = pattern.replace(placeholder, capture)
    return Pattern(pattern)


def pattern_faults(pattern: str) -> tuple[str, ...]:
    """Why a pattern is outside the linear subset; empty when it is inside."""
    bare = pattern
    for placeholder in PLACEHOLDERS:
        bare = bare.replace(placeholder, "", 1)
    bare = _without_literals(bare)
    faults = [f"{words} in {pattern!r}" for rule, words in FORBIDDEN if rule.search(bare)]
    if any(int(high) > REPEAT_LIMIT for _low, high in REPEAT.findall(bare)):
        faults.append(f"a repetition above {REPEAT_LIMIT} in {pattern!r}")
    if not faults:
        try:
            compiled(pattern).search("")
        except re.error as error:
            faults.append(f"{pattern!r}: {error}")
    return tuple(faults)


def _without_literals(pattern: str) -> str:
    """The pattern without escapes and character classes, where every sign stands for itself."""
    return re.sub(r"\[(?:\\.|[^\]\\])*\]", "c", re.sub(r"\\[^\d]", "c", pattern)).replace("\\", "(?")


def _signal(row: Mapping[str, Any]) -> Signal:
    return Signal(
        product=row["product"],
        kind=row["kind"],
        pattern=compiled(row["pattern"]),
        is_strong=row.get("strong", False),
        precision=row.get("precision", "line"),
        lines=tuple(row.get("lines", ())),
        at_least=row.get("at_least", ""),
        printed={number: tuple(lines) for number, lines in row.get("printed", {}).items()},
    )


def _faults(
    number: int, row: Mapping[str, Any], names: Mapping[str, str], *, is_strict: bool
) -> Iterator[str]:
    where = f"signal {number} ({row.get('product', '?')}, {row.get('kind', '?')})"
    yield from (f"{where}: unknown key {key!r}" for key in sorted(set(row) - KEYS))
    if row.get("product") not in names:
        yield f"{where}: the product has no entry in [names]"
    if row.get("kind") not in KINDS:
        yield f"{where}: kind is none of {', '.join(sorted(KINDS))}"
    if row.get("precision", "line") not in PRECISIONS:
        yield f"{where}: precision is none of {', '.join(sorted(PRECISIONS))}"
    pattern = row.get("pattern")
    if not isinstance(pattern, str) or not pattern:
        yield f"{where}: it has no pattern"
        return
    if not is_strict:
        return
    faults = pattern_faults(pattern)
    yield from (f"{where}: {fault}" for fault in faults)
    if not faults:
        yield from (f"{where}: {fault}" for fault in _example_faults(compiled(pattern), row))


def _example_faults(pattern: Pattern, row: Mapping[str, Any]) -> Iterator[str]:
    for key, wanted in (("matches", True), ("misses", False)):
        examples = row.get(key, [])
        if not examples:
            yield f"it has no example in {key!r}"
        yield from (
            f"{example!r} {'is not found' if wanted else 'is found'}"
            for example in examples
            if bool(pattern.search(example)) is not wanted
        )
