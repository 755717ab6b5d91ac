"""Structured field values (RFC 9651): one field value -> item, list or dictionary, or why it is none.

A value that breaks the grammar anywhere is void as a whole (section 4.2): browsers ignore the header.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn, TypeVar

T = TypeVar("T")

OWS = " \t"
KEY = re.compile(r"[a-z*][a-z0-9_\-.*]*")
TOKEN = re.compile(r"[A-Za-z*][A-Za-z0-9!#$%&'*+\-.^_`|~:/]*")
NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,3})?(?![0-9.])")
STRING = re.compile(r'"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"')
BYTES = re.compile(r":([A-Za-z0-9+/]*={0,2}):")
BOOLEAN = re.compile(r"\?([01])")
DATE = re.compile(r"@(-?[0-9]{1,15})(?![0-9.])")
DISPLAY = re.compile(r'%"((?:[\x20\x21\x23\x24\x26-\x7e]|%[0-9a-f]{2})*)"')
KINDS = (
    ("number", NUMBER),
    ("string", STRING),
    ("bytes", BYTES),
    ("boolean", BOOLEAN),
    ("date", DATE),
    ("display", DISPLAY),
    ("token", TOKEN),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A bare item with its parameters. `kind` is token, string, number, bytes, boolean, date or display."""

    kind: str
    text: str
    parameters: tuple[tuple[str, "Item"], ...] = ()


@dataclass(frozen=True, slots=True)
class InnerList:
    """A list in brackets."""

    items: tuple[Item, ...]
    parameters: tuple[tuple[str, Item], ...] = ()


Member = Item | InnerList


@dataclass(frozen=True, slots=True)
class StructuredError:
    """Why a value is void, and at which character."""

    reason: str
    at: int


class _Void(Exception):  # noqa: N818 - never leaves this module
    """The value breaks the grammar."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.error = StructuredError(reason, at)


def parse_item(value: str) -> Item | StructuredError:
    """The single item of a value (RFC 9651 section 4.2.3)."""

    def read(reader: _Reader) -> Item:
        item = reader.item()
        reader.end()
        return item

    return _guarded(value, read)


def parse_dictionary(value: str) -> dict[str, Member] | StructuredError:
    """The members of a dictionary (section 4.2.2); the last of a name counts."""
    return _guarded(value, lambda reader: reader.dictionary())


def _guarded(value: str, read: Callable[["_Reader"], T]) -> T | StructuredError:
    try:
        return read(_Reader(value))
    except _Void as void:
        return void.error


class _Reader:
    """A place in the value."""

    def __init__(self, value: str) -> None:
        self._text = value.strip(" ")
        self._at = 0

    def end(self) -> None:
        if self._at < len(self._text):
            self._void("trailing characters")

    def item(self) -> Item:
        bare = self._bare()
        return Item(bare.kind, bare.text, self._parameters())

    def dictionary(self) -> dict[str, Member]:
        found: dict[str, Member] = {}
        while self._at < len(self._text):
            key = self._key()
            found[key] = self._member() if self._take("=") else Item("boolean", "1", self._parameters())
            self._blank()
            if self._at == len(self._text):
                break
            if not self._take(","):
                self._void("a comma is missing")
            self._blank()
            if self._at == len(self._text):
                self._void("it ends with a comma")
        return found

    def _member(self) -> Member:
        return self._inner_list() if self._take("(") else self.item()

    def _inner_list(self) -> InnerList:
        items: list[Item] = []
        while True:
            spaced = self._skip(" ")
            if self._take(")"):
                return InnerList(tuple(items), self._parameters())
            if items and not spaced:
                self._void("a blank is missing in a list")
            items.append(self.item())

    def _parameters(self) -> tuple[tuple[str, Item], ...]:
        found: dict[str, Item] = {}
        while self._take(";"):
            self._skip(" ")
            key = self._key()
            found[key] = self._bare() if self._take("=") else Item("boolean", "1")
        return tuple(found.items())

    def _bare(self) -> Item:
        for kind, pattern in KINDS:
            if match := pattern.match(self._text, self._at):
                self._at = match.end()
                return Item(kind, match[1] if match.re.groups else match[0])
        return self._void("no value")

    def _key(self) -> str:
        match = KEY.match(self._text, self._at)
        if match is None:
            self._void("no name in lower case")
        self._at = match.end()
        return match[0]

    def _blank(self) -> None:
        self._skip(OWS)

    def _skip(self, signs: str) -> bool:
        start = self._at
        while self._at < len(self._text) and self._text[self._at] in signs:
            self._at += 1
        return self._at > start

    def _take(self, sign: str) -> bool:
        if self._text.startswith(sign, self._at):
            self._at += 1
            return True
        return False

    def _void(self, reason: str) -> NoReturn:
        raise _Void(reason, self._at)
