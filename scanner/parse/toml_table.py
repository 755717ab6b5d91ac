"""TOML text -> a tree of frozen dataclasses, with every fault at once, each on its line.

The rules: a key nobody knows is an error with the nearest name we do know; a value of the wrong type says
what is expected and shows an example; a missing key is reported where its table begins. Strings become NFC.

A field may say more by its metadata: `key` (the name in the file, when it differs), `example` (a TOML value).
"""

import dataclasses
import difflib
import math
import re
import tomllib
import types
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from scanner.errors import Problem
from scanner.model.text import Text
from scanner.parse.toml_lines import KeyPath, line_at, lines_of

T = TypeVar("T")
AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")
DAY_FIRST = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def read_table(text: str, kind: type[T], *, filename: str) -> tuple[T | None, tuple[Problem, ...]]:
    """The dataclass a TOML text describes, or None and every reason why not, in the order of the file."""
    tree, fault = parse_toml(text, filename=filename)
    if fault is not None:
        return None, (fault,)
    return convert_table(tree, kind, filename=filename, lines=lines_of(text))


def convert_table(
    tree: Mapping[str, Any], kind: type[T], *, filename: str, lines: Mapping[KeyPath, int]
) -> tuple[T | None, tuple[Problem, ...]]:
    """The dataclass a parsed TOML tree describes; `lines` says where each key stands."""
    reader = _Reader(filename, lines)
    value = reader.table((), tree, kind)
    problems = tuple(sorted(reader.problems, key=lambda p: p.line or 0))
    return (None, problems) if problems else (value, ())


def parse_toml(text: str, *, filename: str) -> tuple[dict[str, Any], Problem | None]:
    """The tree of a TOML text, or the one fault of syntax that ends the reading."""
    try:
        return tomllib.loads(text), None
    except RecursionError:
        return {}, Problem(filename, None, Text("lồng nhau quá sâu", "nested too deeply"))
    except ValueError as error:  # TOMLDecodeError is one; a number of 5,000 digits is a plain one
        words = str(error)
    at = AT_LINE.search(words)
    line = int(at[1]) if at else len(text.splitlines()) or None
    detail = AT_LINE.sub("", words).removesuffix(" (at end of document)")
    message = Text(f"sai cú pháp TOML ({detail})", f"no valid TOML ({detail})")
    return {}, Problem(filename, line, message, _syntax_hint(detail))


def _syntax_hint(detail: str) -> Text | None:
    if detail.startswith(("Invalid value", "Expected newline", "Illegal character")):
        return Text(
            'chữ phải đặt trong dấu ngoặc kép thẳng: name = "Sở Y tế"',
            'words stand in straight double quotes: name = "Sở Y tế"',
        )
    if detail.startswith(("Cannot overwrite", "Cannot declare")):
        return Text("khóa hoặc bảng này đã có ở phía trên", "this key or table stands further up already")
    if detail.startswith("Unescaped"):
        return Text(
            "viết đường dẫn trong dấu nháy đơn: 'C:\\thư mục'", "write paths in single quotes: 'C:\\folder'"
        )
    return None


@dataclasses.dataclass(slots=True)
class _Reader:
    """Walks the tree and the types together and gathers what does not fit."""

    filename: str
    lines: Mapping[KeyPath, int]
    problems: list[Problem] = dataclasses.field(default_factory=list)

    def table(self, path: KeyPath, found: Mapping[str, Any], kind: type[Any]) -> Any:
        """A dataclass made of one table; None when something in it is wrong."""
        before = len(self.problems)
        hints = get_type_hints(kind)
        fields = {f.metadata.get("key", f.name): f for f in dataclasses.fields(kind) if f.init}
        self._strangers(path, found, tuple(fields))
        values = {}
        for key, spec in fields.items():
            if key in found:
                example = spec.metadata.get("example", "")
                values[spec.name] = self.value((*path, key), found[key], hints[spec.name], example)
            elif spec.default is dataclasses.MISSING and spec.default_factory is dataclasses.MISSING:
                self._missing(path, key, hints[spec.name], spec.metadata.get("example", ""))
        return None if len(self.problems) > before else kind(**values)

    def value(self, path: KeyPath, found: Any, kind: Any, example: str = "") -> Any:
        """One value of the wanted kind; a problem and None when it is something else."""
        origin = get_origin(kind)
        if origin in (Union, types.UnionType):
            inner = next(k for k in get_args(kind) if k is not types.NoneType)
            return self.value(path, found, inner, example)
        if isinstance(found, list) and origin is tuple:
            return tuple(self.value((*path, i), v, get_args(kind)[0], example) for i, v in enumerate(found))
        if isinstance(found, dict) and (origin is dict or dataclasses.is_dataclass(kind)):
            return self._inner_table(path, found, kind, example)
        return self._scalar(path, found, kind, example)

    def _inner_table(self, path: KeyPath, found: Mapping[str, Any], kind: Any, example: str) -> Any:
        if dataclasses.is_dataclass(kind):
            return self.table(path, found, kind)  # type: ignore[arg-type]  # a type here, never an instance
        inner = get_args(kind)[1]
        return {key: self.value((*path, key), v, inner, example) for key, v in found.items()}

    def _scalar(self, path: KeyPath, found: Any, kind: Any, example: str) -> Any:
        if kind is Any:
            return found
        choices = _choices(kind)
        if choices is not None:
            return self._choice(path, found, choices)
        read = SCALARS.get(kind)
        value = read(found) if read else None
        if value is None:
            self._wrong(path, found, kind, example)
        return value

    def _choice(self, path: KeyPath, found: Any, choices: Mapping[str, Any]) -> Any:
        if isinstance(found, str) and found in choices:
            return choices[found]
        near = difflib.get_close_matches(str(found), choices, n=1)
        listed = ", ".join(f'"{c}"' for c in choices)
        hint = Text(f'ý bạn là "{near[0]}"?', f'did you mean "{near[0]}"?') if near else None
        message = Text(
            f"{_spelt(path)}: không nhận giá trị {_shown(found)}; chọn một trong {listed}",
            f"{_spelt(path)}: {_shown(found)} is not possible; choose one of {listed}",
        )
        self._add(path, message, hint)
        return None

    def _strangers(self, path: KeyPath, found: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for key in found:
            if key in known:
                continue
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
            listed = ", ".join(known)
            hint = (
                Text(f"ý bạn là `{near[0]}`?", f"did you mean `{near[0]}`?")
                if near
                else Text(f"các khóa hợp lệ: {listed}", f"known keys: {listed}")
            )
            name = _spelt((*path, key))
            self._add((*path, key), Text(f"không có khóa `{name}`", f"unknown key `{name}`"), hint)

    def _missing(self, path: KeyPath, key: str, kind: Any, example: str) -> None:
        name = _spelt((*path, key))
        sample = example or _example(kind)
        hint = Text(f"hãy viết {key} = {sample}", f"write {key} = {sample}")
        self._add(path, Text(f"thiếu `{name}`", f"`{name}` is missing"), hint)

    def _wrong(self, path: KeyPath, found: Any, kind: Any, example: str) -> None:
        wanted = _kind_words(kind)
        message = Text(
            f"{_spelt(path)}: cần {wanted.vi}, không phải {_shown(found)}",
            f"{_spelt(path)}: {wanted.en} is expected, not {_shown(found)}",
        )
        sample = _day_hint(found) if kind is date else ""
        sample = sample or example or _example(kind)
        self._add(path, message, Text(f"ví dụ: {sample}", f"for example {sample}"))

    def _add(self, path: KeyPath, message: Text, hint: Text | None) -> None:
        self.problems.append(Problem(self.filename, line_at(self.lines, path), message, hint))


def _text(found: Any) -> str | None:
    return unicodedata.normalize("NFC", found) if isinstance(found, str) else None


def _whole_number(found: Any) -> int | None:
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _number(found: Any) -> float | None:
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    try:
        value = float(found)
    except OverflowError:
        return None
    return value if math.isfinite(value) else None


def _day(found: Any) -> date | None:
    return found if isinstance(found, date) and not isinstance(found, datetime) else None


SCALARS: Mapping[Any, Callable[[Any], Any]] = {
    str: _text,
    int: _whole_number,
    float: _number,
    bool: lambda found: found if isinstance(found, bool) else None,
    date: _day,
    datetime: lambda found: found if isinstance(found, datetime) else None,
    Path: lambda found: Path(found) if isinstance(found, str) and found and "\0" not in found else None,
}

WORDS: Mapping[Any, tuple[Text, str]] = {
    str: (Text("một chuỗi ký tự", "a text"), '"..."'),
    int: (Text("một số nguyên", "a whole number"), "3"),
    float: (Text("một số", "a number"), "2.5"),
    bool: (Text("true hoặc false", "true or false"), "true"),
    date: (Text("một ngày", "a date"), "2027-06-30"),
    datetime: (Text("một thời điểm", "a point in time"), "2027-06-30T08:00:00+07:00"),
    Path: (Text("một đường dẫn", "a path"), '"thu-muc/tep.toml"'),
}


def _choices(kind: Any) -> dict[str, Any] | None:
    if get_origin(kind) is Literal:
        return {str(value): value for value in get_args(kind)}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {str(member.value): member for member in kind}
    return None


def _kind_words(kind: Any) -> Text:
    origin = get_origin(kind)
    if origin is tuple:
        return Text("một danh sách", "a list")
    if origin is dict or dataclasses.is_dataclass(kind):
        return Text("một bảng", "a table")
    return WORDS[kind][0]


def _example(kind: Any) -> str:
    """A TOML value of that kind."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _example(next(k for k in get_args(kind) if k is not types.NoneType))
    if origin is tuple:
        return f"[{_example(get_args(kind)[0])}]"
    if origin is dict:
        return f"{{ key = {_example(get_args(kind)[1])} }}"
    if dataclasses.is_dataclass(kind):
        inner = ", ".join(f"{f.metadata.get('key', f.name)} = ..." for f in dataclasses.fields(kind)[:3])
        return f"{{ {inner} }}"
    choices = _choices(kind)
    return f'"{next(iter(choices))}"' if choices else WORDS[kind][1]


def _day_hint(found: Any) -> str:
    """The date a person meant: quoted, or written with the day first."""
    if isinstance(found, datetime):
        return found.date().isoformat()
    if not isinstance(found, str):
        return ""
    if DAY.match(found):
        return f"{found} (không có dấu ngoặc kép / without quotes)"
    day_first = DAY_FIRST.match(found)
    if not day_first:
        return ""
    return f"{day_first[3]}-{int(day_first[2]):02}-{int(day_first[1]):02}"


def _spelt(path: KeyPath) -> str:
    """A path as people count: agency[3].name is the name of the third agency."""
    words = ""
    for part in path:
        words += f"[{part + 1}]" if isinstance(part, int) else (f".{part}" if words else part)
    return words


def _shown(found: Any) -> str:
    """A value as it stood in the file, shortened."""
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, dict):
        return "{...}"
    if isinstance(found, list):
        return "[...]"
    words = f'"{found}"' if isinstance(found, str) else str(found)
    printable = "".join(c if c.isprintable() else "?" for c in words)
    return printable if len(printable) <= 60 else f"{printable[:57]}..."
