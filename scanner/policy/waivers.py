"""Approved exceptions. A waiver never hides a finding, and after its last day the finding is open again.

A waiver accepts what was known when it was approved, no more: a graver finding, or one in more places, breaks it.
"""

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from scanner.errors import Grade, Problem
from scanner.model.finding import Finding, Severity
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
    measure: str = ""
    approved_on: date | None = None
    severity: Severity | None = None
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Which waiver speaks to a finding, and whether it holds; at most one of the three is given."""

    valid: Waiver | None = None
    lapsed: Waiver | None = None
    broken: Waiver | None = None


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


def of(waivers: Iterable[Waiver], site_id: str, names: Collection[str], on: date) -> Standing:
    """The waiver valid on that day, or the one that has lapsed, for a check under any of its names."""
    mine = [w for w in waivers if w.site_id == site_id and w.check_id in names]
    valid = next((w for w in mine if on <= w.until), None)
    lapsed = max((w for w in mine if w.until < on), key=lambda w: w.until, default=None)
    return Standing(valid=valid, lapsed=None if valid else lapsed)


def against(standing: Standing, finding: Finding, accepted: Finding | None) -> Standing:
    """The same once the finding is held against what was accepted; a worse one breaks the waiver."""
    if standing.valid is None or not is_worse(finding, standing.valid, accepted):
        return standing
    return Standing(broken=standing.valid)


def is_worse(finding: Finding, waiver: Waiver, accepted: Finding | None) -> bool:
    """True for a graver finding than the waiver names, or than was seen up to its approval; or for more places."""
    severity = waiver.severity or (accepted.severity if accepted else finding.severity)
    places = waiver.places if waiver.places is not None else len(accepted.where) if accepted else None
    return finding.severity.rank < severity.rank or (places is not None and len(finding.where) > places)


def _waiver(row: _Row) -> Waiver:
    return Waiver(
        site_id=row.site,
        check_id=row.check,
        reason=row.reason.strip(),
        approver=row.approver.strip(),
        until=row.until,
        document=row.document.strip(),
        measure=row.measure.strip(),
        approved_on=row.approved_on,
        severity=row.severity,
        places=row.places,
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
    if row.approved_on is not None and row.approved_on > row.until:
        yield (
            Text(
                f"waiver {number}: `approved_on` sau `until`",
                f"waiver {number}: `approved_on` lies after `until`",
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
