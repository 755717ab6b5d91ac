"""Approved exceptions. A waiver never hides a finding, and after its last day the finding is open again."""

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from scanner.errors import Grade, Problem
from scanner.model.ruling import Waiver
from scanner.model.text import Text
from scanner.parse.toml_lines import line_at, lines_of
from scanner.parse.toml_table import read_table


@dataclass(frozen=True, slots=True)
class _Row:
    site: str = field(metadata={"example": '"so-y-te-www"'})
    check: str = field(metadata={"example": '"http.csp-missing"'})
    reason: str
    approver: str
    until: date
    document: str = ""


@dataclass(frozen=True, slots=True)
class _File:
    waiver: tuple[_Row, ...] = ()


def read_waivers(
    text: str, *, filename: str, site_ids: Collection[str], check_ids: Collection[str]
) -> tuple[tuple[Waiver, ...], tuple[Problem, ...]]:
    """The waivers of a file, and everything that is wrong with it.

    A site that is not in this inventory is a warning: the file may serve a larger one. All else is an error.
    """
    file, problems = read_table(text, _File, filename=filename)
    if file is None:
        return (), problems
    lines = lines_of(text)
    found: list[Problem] = []
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(file.waiver):
        line = line_at(lines, ("waiver", number))
        found += [
            Problem(filename, line, message, grade=grade)
            for message, grade in _faults(number + 1, row, site_ids, check_ids)
        ]
        if (row.site, row.check) in seen:
            message = Text(
                f"waiver {number + 1}: đã có mục cho {row.site} và {row.check} ở trên",
                f"waiver {number + 1}: {row.site} and {row.check} stand further up already",
            )
            found.append(Problem(filename, line, message))
        seen.add((row.site, row.check))
    return tuple(_waiver(row) for row in file.waiver), tuple(found)


def of(
    waivers: Iterable[Waiver], site_id: str, names: Collection[str], on: date
) -> tuple[Waiver | None, Waiver | None]:
    """(the waiver valid on that day, the one that has lapsed) for a check under any of its names."""
    mine = [w for w in waivers if w.site_id == site_id and w.check_id in names]
    valid = next((w for w in mine if on <= w.until), None)
    lapsed = max((w for w in mine if w.until < on), key=lambda w: w.until, default=None)
    return valid, None if valid else lapsed


def _waiver(row: _Row) -> Waiver:
    return Waiver(
        row.site, row.check, row.reason.strip(), row.approver.strip(), row.until, row.document.strip()
    )


def _faults(
    number: int, row: _Row, site_ids: Collection[str], check_ids: Collection[str]
) -> Iterable[tuple[Text, Grade]]:
    for key, words, sample in (
        ("reason", row.reason, "thay thế trong quý II/2027"),
        ("approver", row.approver, "Nguyễn Văn A, Phó Giám đốc"),
    ):
        if not words.strip():
            yield (
                Text(
                    f'waiver {number}: `{key}` để trống; hãy viết, ví dụ "{sample}"',
                    f'waiver {number}: `{key}` is empty; write for example "{sample}"',
                ),
                Grade.ERROR,
            )
    if row.check not in check_ids:
        yield _unknown(number, "check", row.check, check_ids), Grade.ERROR
    if row.site not in site_ids:
        yield _unknown(number, "site", row.site, site_ids), Grade.WARNING


def _unknown(number: int, key: str, name: str, known: Collection[str]) -> Text:
    near = difflib.get_close_matches(name, known, n=1)
    vi = f'; ý bạn là "{near[0]}"?' if near else ""
    en = f'; did you mean "{near[0]}"?' if near else ""
    return Text(
        f"waiver {number}: `{key}` = {name} không có trong hệ thống{vi}",
        f"waiver {number}: there is no `{key}` {name}{en}",
    )
