"""Which documents a scan is written up as, what their files are called, how each is proved readable."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec
from lxml import etree

from reports import csv_table, index_html, json_document, json_lines, junit, sarif, writing
from reports.clean import file_name
from reports.many_hands import write_each
from scanner.model.dossier import Dossier
from scanner.model.text import Language

FORMATS = ("html", "json", "csv", "xlsx", "sarif", "junit", "jsonl", "form", "pdf")
ASKED_FOR = frozenset({"jsonl", "form", "pdf"})  # these say once more, in another shape, what the others say
DEFAULTS = tuple(name for name in FORMATS if name not in ASKED_FOR)
BILINGUAL = frozenset({"json", "jsonl"})  # one file holds both languages
Content = str | bytes


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its file name inside the folder, and what makes it."""

    name: str
    format: str
    make: Callable[[], Content]


def render(dossier: Dossier, format: str, language: Language, only: tuple[str, ...] = ()) -> Content:  # noqa: A002 - the word of the command line
    """One document about everything asked for; as HTML the province's page, or the one agency's own."""
    if format == "form":  # of the first agency asked for: a form is about one
        return _forms(dossier, language, only)[0].make()
    if format == "pdf":  # of the same page as html
        page = render(dossier, "html", language, only)
        return _as_pdf(lambda: page)
    if format == "html":
        from reports import agency_html, province_html  # noqa: PLC0415 - templates load only for pages

        agencies = [a for a in dossier.agencies() if not only or a.id in only]
        if len(agencies) == 1:
            return agency_html.render(dossier, agencies[0].id, language)
        return province_html.render(dossier, language)
    return _MAKERS[format](dossier, language, only)


def write_all(
    dossier: Dossier,
    folder: Path,
    *,
    formats: Sequence[str] = DEFAULTS,
    languages: Sequence[Language] = ("vi",),
    only: tuple[str, ...] = (),
) -> tuple[Path, ...]:
    """Write the wanted documents and an index of them into the folder; gives their paths, the index first.

    Raises ReportError at the first document that cannot be written whole.
    """
    papers = documents(dossier, formats=formats, languages=languages, only=only)

    def put(paper: Document) -> Path:
        return writing.write(folder / paper.name, paper.make(), PROOFS[paper.format])

    written = write_each(papers, put)
    contents = index_html.render(dossier, tuple(path.name for path in written), only)
    return (writing.write(folder / "index.html", contents, PROOFS["html"]), *written)


def documents(
    dossier: Dossier,
    *,
    formats: Sequence[str],
    languages: Sequence[Language],
    only: tuple[str, ...] = (),
) -> tuple[Document, ...]:
    """The documents a request comes to, in the order a reader wants them."""
    papers: list[Document] = []
    if "html" in formats:
        for language in languages:
            papers += _pages(dossier, language, only)
    if "form" in formats:
        for language in languages:
            papers += _forms(dossier, language, only)
    if "pdf" in formats:
        for language in languages:
            papers += _pdfs(dossier, language, only)
    for format in _NAMES:  # noqa: A001 - the word of the command line
        if format in formats:
            papers += _tables(dossier, format, languages, only)
    return tuple(papers)


def agency_file(agency_id: str, language: Language) -> str:
    """The name of an agency's report: ASCII, so that every mail program shows it right."""
    return f"{file_name(agency_id)}.{language}.html"


def vendor_file(vendor: str, language: Language) -> str:
    """The name of a contractor's sheet; its dot keeps it apart from every agency's."""
    return f"vendor.{file_name(vendor)}.{language}.html"


def _pages(dossier: Dossier, language: Language, only: tuple[str, ...]) -> list[Document]:
    from reports import agency_html, province_html, vendor_html  # noqa: PLC0415 - templates load only for pages
    from reports.view.vendor import vendors_of  # noqa: PLC0415 - the same

    pages = [
        Document(agency_file(a.id, language), "html", partial(agency_html.render, dossier, a.id, language))
        for a in dossier.agencies()
        if not only or a.id in only
    ]
    if only:
        return pages
    overview = Document(f"province.{language}.html", "html", partial(province_html.render, dossier, language))
    sheets = [
        Document(vendor_file(v, language), "html", partial(vendor_html.render, dossier, v, language))
        for v in vendors_of(dossier)
    ]
    return [overview, *pages, *sheets]


def _forms(dossier: Dossier, language: Language, only: tuple[str, ...]) -> list[Document]:
    from reports import form_html  # noqa: PLC0415 - templates load only for pages

    return [
        Document(
            f"{file_name(a.id)}.form.{language}.html",
            "form",
            partial(form_html.render, dossier, a.id, language),
        )
        for a in dossier.agencies()
        if not only or a.id in only
    ]


def _pdfs(dossier: Dossier, language: Language, only: tuple[str, ...]) -> list[Document]:
    """The pages about agencies and the province, laid out for paper."""
    return [
        Document(page.name.removesuffix("html") + "pdf", "pdf", partial(_as_pdf, page.make))
        for page in _pages(dossier, language, only)
    ]


def _as_pdf(make: Callable[[], Content]) -> Content:
    from reports import pdf  # noqa: PLC0415 - an extra

    page = make()
    return pdf.to_pdf(page if isinstance(page, str) else page.decode())


def _pdf_reads(data: bytes) -> None:
    from reports import pdf  # noqa: PLC0415 - the same

    pdf.proved(data)


def _tables(
    dossier: Dossier,
    format: str,  # noqa: A002 - the word of the command line
    languages: Sequence[Language],
    only: tuple[str, ...],
) -> list[Document]:
    """The table in the first language under its plain name, in any other under a name that says so."""
    stem, ending = _NAMES[format]
    wanted = languages[:1] if format in BILINGUAL else languages
    names = [f"{stem}{ending}", *(f"{stem}.{language}{ending}" for language in wanted[1:])]
    return [
        Document(name, format, partial(_MAKERS[format], dossier, language, only))
        for name, language in zip(names, wanted, strict=True)
    ]


def _json(dossier: Dossier, _language: Language, only: tuple[str, ...]) -> Content:
    return json_document.render(dossier, only)


def _json_reads(data: bytes) -> None:
    """Check the syntax without building the values, which would take many times the size of the file."""
    msgspec.json.decode(data, type=msgspec.Raw)


def _xlsx(dossier: Dossier, language: Language, only: tuple[str, ...]) -> Content:
    from reports import xlsx_table  # noqa: PLC0415 - openpyxl loads only for workbooks

    return xlsx_table.render(dossier, language, only)


def _xlsx_reads(data: bytes) -> None:
    from reports import xlsx_table  # noqa: PLC0415 - the same

    xlsx_table.proved(data)


def _xml_reads(data: bytes) -> None:
    try:
        etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error


def _html_reads(data: bytes) -> None:
    if not data.lstrip().lower().startswith(b"<!doctype html>") or not data.rstrip().endswith(b"</html>"):
        raise ValueError("the page is not whole")
    data.decode("utf-8")


def _csv_reads(data: bytes) -> None:
    try:
        table = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        widths = {len(row) for row in table}
    except csv.Error as error:
        raise ValueError(str(error)) from error
    if len(widths) != 1:
        raise ValueError(f"rows of different lengths: {sorted(widths)}")


_NAMES: Mapping[str, tuple[str, str]] = {
    "json": ("result", ".json"),
    "csv": ("findings", ".csv"),
    "xlsx": ("findings", ".xlsx"),
    "sarif": ("results", ".sarif"),
    "junit": ("junit", ".xml"),
    "jsonl": ("findings", ".jsonl"),
}
_MAKERS: Mapping[str, Callable[[Dossier, Language, tuple[str, ...]], Content]] = {
    "json": _json,
    "csv": csv_table.render,
    "xlsx": _xlsx,
    "sarif": sarif.render,
    "junit": junit.render,
    "jsonl": json_lines.render,
}
PROOFS: Mapping[str, writing.Proof] = {
    "html": _html_reads,
    "form": _html_reads,
    "pdf": _pdf_reads,
    "json": _json_reads,
    "csv": _csv_reads,
    "sarif": _json_reads,
    "junit": _xml_reads,
    "xlsx": _xlsx_reads,
    "jsonl": json_lines.proved,
}
