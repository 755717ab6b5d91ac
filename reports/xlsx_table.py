"""The scan as an Excel workbook (ECMA-376): agencies, failures, sites, and what could not be checked.

Every text cell is written as text, so remote bytes cannot become a formula; those that look like one also carry
Excel's own quote mark, so that editing the cell does not make it one. The same dossier gives the same bytes.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence

from lxml import etree
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports import csv_table
from reports.clean import clean
from reports.dates import moment
from reports.rows import reason, rows, site_rows
from reports.view.counts import count, is_hole
from reports.view.names import agency_name, host_of
from reports.words import Say
from scanner.model.dossier import Dossier
from scanner.model.finding import Verdict
from scanner.model.text import Language

Cell = str | int | None
Sheet = tuple[str, tuple[str, ...], Iterable[Sequence[Cell]]]
"""(name, headings, rows)."""

FORMULA = tuple("=+-@")
WIDTHS = {"narrow": 14, "wide": 44}
WIDE_FROM = 24  # a heading or value longer than this makes a wide column
SAMPLE = 50
CORE = "docProps/core.xml"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip archive can hold
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def render(dossier: Dossier, language: Language, only: tuple[str, ...] = ()) -> bytes:
    """The workbook as the bytes of a .xlsx file."""
    say = Say(language)
    book = Workbook(write_only=True)
    for sheet in (
        _agencies(dossier, say, only),
        _findings(dossier, language, only),
        _sites(dossier, say, only),
        _holes(dossier, language, only),
    ):
        _write(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return _still(out.getvalue(), dossier)


def proved(data: bytes) -> None:
    """Raises ValueError when the bytes are no whole workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.testzip() is not None:
                raise ValueError("a part of the workbook is damaged")
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            for name in archive.namelist():
                etree.fromstring(archive.read(name), parser)
    except (zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise ValueError(str(error)) from error


def _agencies(dossier: Dossier, say: Say, only: tuple[str, ...]) -> Sheet:
    keys = ("history.col.open", "history.col.new", "history.col.fixed", "pnum.overdue")
    headings = (
        *(text.into(say.language) for text in csv_table.COLUMNS[:2]),
        say("book.col.site_count"),
        say("book.col.grade"),
        say("book.col.points"),
        say("book.col.decided"),
        say("book.col.applicable"),
        *(say(key) for key in keys),
    )
    lines: list[Sequence[Cell]] = []
    for agency in dossier.agencies():
        if only and agency.id not in only:
            continue
        sites, score = dossier.sites_of(agency.id), dossier.scores.get(agency.id)
        counts = count((r for s in sites for r in dossier.rulings[s.id].rulings), dossier.issued_on)
        lines.append(
            (
                agency.id,
                agency_name(agency, say),
                len(sites),
                score.grade if score else "",
                score.points if score else None,
                counts.decided,
                counts.applicable,
                counts.open,
                counts.new,
                counts.fixed,
                counts.overdue,
            )
        )
    return say("book.agencies"), headings, lines


def _findings(dossier: Dossier, language: Language, only: tuple[str, ...]) -> Sheet:
    """Failures, accepted ones too, with the columns of the CSV table."""
    headings = tuple(column.into(language) for column in csv_table.COLUMNS)
    failed = (
        csv_table.cells(row, language) for row in rows(dossier, only) if row.finding.verdict is Verdict.FAIL
    )
    return Say(language)("book.findings"), headings, failed


def _sites(dossier: Dossier, say: Say, only: tuple[str, ...]) -> Sheet:
    names = ("open", "unknown", "waived", "pass", "na", "all")
    headings = (
        *(text.into(say.language) for text in csv_table.COLUMNS[:5]),
        say("book.col.vendor"),
        say("book.col.level"),
        say("book.col.seen_at"),
        *(say(f"sites.col.{name}") for name in names),
    )
    lines: list[Sequence[Cell]] = []
    for place in site_rows(dossier, only):
        counts = count(place.ruled.rulings, dossier.issued_on)
        lines.append(
            (
                place.agency.id,
                agency_name(place.agency, say),
                place.site.id,
                host_of(place.site),
                say(f"state.{place.ruled.state}"),
                place.site.vendor,
                place.site.level,
                moment(place.visit.started_at) if place.visit else "",
                counts.open,
                counts.unknown,
                counts.waived,
                counts.passed,
                counts.notapplicable,
                counts.total,
            )
        )
    return say("book.sites"), headings, lines


def _holes(dossier: Dossier, language: Language, only: tuple[str, ...]) -> Sheet:
    """Per site and reason, how many checks have no result."""
    say = Say(language)
    headings = (
        *(text.into(language) for text in csv_table.COLUMNS[1:4]),
        say("holes.col.why"),
        say("holes.col.n"),
    )
    lines: list[Sequence[Cell]] = []
    for place in site_rows(dossier, only):
        reasons = Counter(reason(r.finding).into(language) for r in place.ruled.rulings if is_hole(r))
        name = agency_name(place.agency, say)
        lines += [(name, place.site.id, host_of(place.site), why, n) for why, n in reasons.items()]
    return say("book.holes"), headings, lines


def _write(book: Workbook, sheet: Sheet) -> None:
    name, headings, lines = sheet
    page = book.create_sheet(name[:31])
    page.freeze_panes = "A2"
    kept = list(lines)
    for column, heading in enumerate(headings, 1):
        longest = max((len(str(line[column - 1])) for line in kept[:SAMPLE]), default=0)
        width = WIDTHS["wide" if max(longest, len(heading)) > WIDE_FROM else "narrow"]
        page.column_dimensions[get_column_letter(column)].width = width
    page.append([_cell(page, heading, is_heading=True) for heading in headings])
    for line in kept:
        page.append([_cell(page, value) for value in line])
    page.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(kept) + 1}"


def _cell(page: Worksheet, value: Cell, *, is_heading: bool = False) -> object:
    if value is None or isinstance(value, int):
        return value
    cell = WriteOnlyCell(page, clean(value, keep="\n"))
    cell.data_type = "s"
    if is_heading:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    elif cell.value.lstrip().startswith(FORMULA):
        cell.quotePrefix = True
    return cell


def _still(data: bytes, dossier: Dossier) -> bytes:
    """The same archive without the time it was written at."""
    at = dossier.scan.started_at.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == CORE:
                part = _MODIFIED.sub(rb"\g<1>" + at, part)
            target.writestr(zipfile.ZipInfo(name, FIRST_DAY), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
