"""The papers an officer has filed for demands that no scanner can see: number and day of each document."""

import difflib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from scanner.errors import Grade, Problem
from scanner.model.paper import Paper
from scanner.model.text import Text
from scanner.parse.toml_lines import line_at, lines_of
from scanner.parse.toml_table import read_table


@dataclass(frozen=True, slots=True)
class _Row:
    requirement: str = field(metadata={"example": '"GOV-14"'})
    document: str = field(metadata={"example": '"12/QĐ-SYT"'})
    signed_on: date
    agency: str = ""
    until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _File:
    paper: tuple[_Row, ...] = ()


def read_papers(
    text: str, *, filename: str, agency_ids: Collection[str], requirement_ids: Collection[str]
) -> tuple[tuple[Paper, ...], tuple[Problem, ...]]:
    """The papers of a file, and everything that is wrong with it.

    An agency that is not in this inventory is a warning: the file may serve a larger one. All else is an error.
    """
    file, problems = read_table(text, _File, filename=filename)
    if file is None:
        return (), problems
    lines = lines_of(text)
    found = [
        Problem(filename, line_at(lines, ("paper", number)), message, grade=grade)
        for number, row in enumerate(file.paper)
        for message, grade in _faults(number + 1, row, agency_ids, requirement_ids)
    ]
    return tuple(_paper(row) for row in file.paper), tuple(found)


def paper_of(papers: Iterable[Paper], requirement: str, lineage: Sequence[str]) -> Paper | None:
    """The newest paper for a demand filed for one of these agencies or for all; None when there is none."""
    mine = (p for p in papers if p.requirement == requirement and (not p.agency_id or p.agency_id in lineage))
    return max(mine, key=lambda p: (p.until is None, p.until or p.signed_on, p.signed_on), default=None)


def _paper(row: _Row) -> Paper:
    return Paper(
        row.requirement, row.document.strip(), row.signed_on, row.agency, row.until, row.note.strip()
    )


def _faults(
    number: int, row: _Row, agency_ids: Collection[str], requirement_ids: Collection[str]
) -> Iterable[tuple[Text, Grade]]:
    if not row.document.strip():
        yield (
            Text(f"paper {number}: `document` để trống", f"paper {number}: `document` is empty"),
            Grade.ERROR,
        )
    if row.until is not None and row.until < row.signed_on:
        yield (
            Text(
                f"paper {number}: `until` trước `signed_on`",
                f"paper {number}: `until` lies before `signed_on`",
            ),
            Grade.ERROR,
        )
    for key, name, known, grade in (
        ("requirement", row.requirement, requirement_ids, Grade.ERROR),
        ("agency", row.agency, agency_ids, Grade.WARNING),
    ):
        if name and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            yield (
                Text(
                    f"paper {number}: `{key}` = {name} không có"
                    + (f'; ý bạn là "{near[0]}"?' if near else ""),
                    f"paper {number}: there is no `{key}` {name}"
                    + (f'; did you mean "{near[0]}"?' if near else ""),
                ),
                grade,
            )
