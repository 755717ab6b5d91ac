"""On which line of a TOML text each key stands.

`tomllib` forgets where it read a value, and a message without a line number sends an officer hunting. This is
a small walk over text that `tomllib` has already accepted, so it checks nothing: it only counts.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

KeyPath = tuple[str | int, ...]
"""Names of tables and keys, and indexes into arrays: ("agency", 2, "site", 0, "url")."""

SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
QUOTED_KEY = re.compile(r"\"((?:\\.|[^\"\\\n])*)\"|'([^'\n]*)'")
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
LONG_STRING = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}', re.DOTALL)
SCALAR = re.compile(r"[^,\]}\n#]+")


def lines_of(text: str) -> dict[KeyPath, int]:
    """The line, from 1, of every table, key and array element of a valid TOML text.

    Text that is not valid TOML gives the lines found up to the first fault.
    """
    walk = _Walk(text.replace("\r\n", "\n"))
    with suppress(
        _OffTheRoadError, RecursionError
    ):  # tomllib, which read the same text, has the word on syntax
        walk.document()
    return walk.lines


def line_at(lines: Mapping[KeyPath, int], path: KeyPath) -> int | None:
    """The line of a key, or of the nearest table around it; None for the document itself."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


class _OffTheRoadError(Exception):
    """The text is no TOML."""


@dataclass(slots=True)
class _Walk:
    """A position in the text, and what has been passed."""

    text: str
    at: int = 0
    counted: int = 0  # position up to which newlines are counted
    line: int = 1
    lines: dict[KeyPath, int] = field(default_factory=dict)
    arrays: dict[KeyPath, int] = field(default_factory=dict)  # elements of each array of tables so far

    def document(self) -> None:
        """Statements up to the end: headers and pairs."""
        table: KeyPath = ()
        while self._skip() < len(self.text):
            if self._eat("[["):
                table = self._array_header()
            elif self._eat("["):
                table = self._noted(self._resolved(self._key()))
                self._expect("]")
            else:
                self._pair(table)

    def _array_header(self) -> KeyPath:
        *front, last = self._key()
        self._expect("]]")
        array = (*self._resolved(tuple(front)), last)
        index = self.arrays.get(array, 0)
        self.arrays[array] = index + 1
        self._noted(array)
        return self._noted((*array, index))

    def _pair(self, table: KeyPath) -> None:
        path = table
        for part in self._key():
            path = self._noted((*path, part))
        self._expect("=")
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        self._skip()
        if self._eat("["):
            self._array(path)
        elif self._eat("{"):
            self._inline_table(path)
        else:
            self._scalar()

    def _array(self, path: KeyPath) -> None:
        index = 0
        while self._skip() < len(self.text) and not self._eat("]"):
            self._value(self._noted((*path, index)))
            index += 1
            self._skip()
            self._eat(",")

    def _inline_table(self, path: KeyPath) -> None:
        while self._skip() < len(self.text) and not self._eat("}"):
            self._pair(path)
            self._skip()
            self._eat(",")

    def _scalar(self) -> None:
        for pattern in (LONG_STRING, QUOTED_KEY, SCALAR):
            if found := pattern.match(self.text, self.at):
                self.at = found.end()
                return
        raise _OffTheRoadError

    def _key(self) -> tuple[str, ...]:
        parts = [self._key_part()]
        while self._skip() < len(self.text) and self._eat("."):
            parts.append(self._key_part())
        return tuple(parts)

    def _key_part(self) -> str:
        self._skip()
        if found := QUOTED_KEY.match(self.text, self.at):
            self.at = found.end()
            return found[1] if found[1] is not None else found[2]
        if found := BARE_KEY.match(self.text, self.at):
            self.at = found.end()
            return found[0]
        raise _OffTheRoadError

    def _resolved(self, names: tuple[str, ...]) -> KeyPath:
        """A header's names with the index of the newest element wherever one names an array of tables."""
        path: KeyPath = ()
        for name in names:
            path = (*path, name)
            if path in self.arrays:
                path = (*path, self.arrays[path] - 1)
        return path

    def _noted(self, path: KeyPath) -> KeyPath:
        self.line += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        self.lines.setdefault(path, self.line)
        return path

    def _skip(self) -> int:
        found = SPACE.match(self.text, self.at)
        assert found is not None  # it matches the empty text
        self.at = found.end()
        return self.at

    def _eat(self, sign: str) -> bool:
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True

    def _expect(self, sign: str) -> None:
        self._skip()
        if not self._eat(sign):
            raise _OffTheRoadError
