"""XLSX and CSV files -> rows of text, each with its number. Such files come by mail: treat them so.

Limits: 20 MB, 200 MB unpacked, 50,000 rows, 60 columns. Formulas are never computed: the value Excel stored
counts.
"""

import csv
import io
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from scanner.errors import ConfigError, Problem
from scanner.model.text import Text

LIMIT_BYTES = 20 * 1024 * 1024
LIMIT_UNPACKED_BYTES = 200 * 1024 * 1024
LIMIT_ROWS = 50_000
LIMIT_COLUMNS = 60
LIMIT_CELL = 4_000
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
DELIMITERS = ";\t,"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
DOCTYPES = tuple("<!DOCTYPE".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be"))
ENCODING = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,80}?encoding\s*=\s*[\"']([^\"']{1,40})[\"']")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as Excel shows it, and its cells."""

    number: int
    cells: tuple[str, ...]


def read_sheet(path: Path, *, sheet: str | None = None) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """The sheets of a file as pairs of (name, rows); a CSV file is one sheet. Raises ConfigError."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LIMIT_BYTES else b""
    except OSError as error:
        raise _refused(
            path, f"không đọc được ({error.strerror})", f"cannot be read ({error.strerror})"
        ) from error
    if size > LIMIT_BYTES:
        raise _refused(path, "lớn hơn 20 MB", "is larger than 20 MB")
    if content.startswith(OLE):
        raise _refused(
            path,
            "là tệp Excel kiểu cũ hoặc có mật khẩu; hãy lưu lại dạng .xlsx không mật khẩu",
            "is an old or encrypted Excel file; save it as .xlsx without a password",
        )
    if content.startswith(ZIP):
        return _workbook(path, content, sheet)
    return ((path.name, _csv_rows(path, content)),)


def _refused(path: Path, vi: str, en: str, line: int | None = None) -> ConfigError:
    return ConfigError([Problem(str(path), line, Text(vi, en))])


# ---- XLSX -------------------------------------------------------------------


def _workbook(path: Path, content: bytes, sheet: str | None) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Rows of every sheet, or of the named one.

    openpyxl has no protection of its own against entity bombs: parts that declare any are refused before it
    sees them (`_no_bomb`). The variable, where it comes in time, also keeps it off lxml, which expands
    entities; the standard parser it takes then is guarded by defusedxml.
    """
    os.environ.setdefault("OPENPYXL_LXML", "False")
    import openpyxl  # noqa: PLC0415 - after the variable above, and only when there is a workbook to read

    try:
        _no_bomb(path, content)
        return _sheets(path, openpyxl.load_workbook, content, sheet)
    except ConfigError:
        raise
    except Exception as error:  # broken files raise KeyError, ValueError, zlib.error, openpyxl's own ...
        kind = type(error).__name__
        raise _refused(path, f"tệp Excel hỏng ({kind})", f"is a broken workbook ({kind})") from error


def _sheets(
    path: Path, load: Callable[..., Any], content: bytes, sheet: str | None
) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    book = load(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    wanted = [s for s in book.worksheets if sheet in (None, s.title)]
    if not wanted:
        names = ", ".join(s.title for s in book.worksheets)
        vi, en = f'không có trang tính "{sheet}" (có: {names})', f'has no sheet "{sheet}" (has: {names})'
        raise _refused(path, vi, en)
    return tuple((s.title, tuple(_sheet_rows(path, s))) for s in wanted)


def _no_bomb(path: Path, content: bytes) -> None:
    """Refuse a flood, and any part with a document type or in an encoding that could hide one."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > LIMIT_UNPACKED_BYTES:
            raise _refused(path, "giải nén ra quá 200 MB", "unpacks to more than 200 MB")
        for part in parts:
            with archive.open(part) as stream:
                unpacked = stream.read(LIMIT_UNPACKED_BYTES)
            encoding = ENCODING.match(unpacked)
            if any(sign in unpacked for sign in DOCTYPES) or (encoding and encoding[1].lower() != b"utf-8"):
                raise _refused(
                    path, f"phần {part.filename} không an toàn", f"has an unsafe part {part.filename}"
                )


def _sheet_rows(path: Path, sheet: Any) -> Iterator[Row]:
    """Rows with something in them. Neither the size a sheet claims nor a formatted last row counts."""
    sheet.reset_dimensions()
    kept = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=LIMIT_COLUMNS), start=1):
        row = Row(number, tuple(_words(cell.value) for cell in cells))
        kept += any(row.cells)
        if kept > LIMIT_ROWS:
            raise _refused(path, "có hơn 50.000 dòng", "has more than 50,000 rows", number)
        if any(row.cells):
            yield row


def _words(value: Any) -> str:
    """A cell as a person reads it: 2.0 is "2", a telephone number gets the 0 back that Excel took."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and len(str(value)) == len("912345678"):
        return f"0{value}"
    if isinstance(value, date):
        return value.isoformat()[:10]
    return str(value)[:LIMIT_CELL].strip()


# ---- CSV -------------------------------------------------------------------


def _csv_rows(path: Path, content: bytes) -> tuple[Row, ...]:
    """Rows of a CSV file. Numbers count lines of the file, which is what an editor shows."""
    text = _decoded(path, content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = []
    try:
        before = 0
        for cells in islice(reader, LIMIT_ROWS + 1):
            row = Row(before + 1, tuple(cell[:LIMIT_CELL].strip() for cell in cells[:LIMIT_COLUMNS]))
            before = reader.line_num
            rows += [row] if any(row.cells) else []
    except csv.Error as error:
        raise _refused(
            path, f"không phải tệp CSV ({error})", f"is no CSV file ({error})", reader.line_num
        ) from error
    if len(rows) > LIMIT_ROWS:
        raise _refused(path, "có hơn 50.000 dòng", "has more than 50,000 rows")
    return tuple(rows)


def _decoded(path: Path, content: bytes) -> str:
    codec = "utf-16" if content.startswith(UTF_16) else "utf-8-sig"
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refused(
            path,
            'không phải mã UTF-8; trong Excel hãy lưu dạng "CSV UTF-8" hoặc .xlsx',
            'is not UTF-8; save it from Excel as "CSV UTF-8" or .xlsx',
            line,
        ) from error
