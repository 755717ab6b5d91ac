"""One scan with hostile text in every field that is not an id, written in every shape there is: nothing obeys it."""

import csv
import io
import json
import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree, html
from openpyxl import load_workbook

from reports import agency_html, components, pdf, shelf, slip_html
from scanner.cli.show import show
from scanner.model.candidate import Candidate
from scanner.model.dossier import Dossier
from scanner.model.paper import Paper
from scanner.model.text import LANGUAGES, Language, Text
from scanner.model.visit import Visit
from tests.reports_html import dossiers

HOSTILE = f"=HYPERLINK(0) ../../etc/passwd {dossiers.HOSTILE} {dossiers.OUTSIDER}"
IDS = {
    "id",
    "site_id",
    "agency_id",
    "check_id",
    "scan_id",
    "agency_ids",
    "seen_on",
    "evidence_sha256",
    "note",
    "why",
}
OURS = {
    "checks",
    "settings",
    "notchecked",
    "unanswered",
    "clauses",
    "scores",
    "past",
    "state",
    "url",
    "requirement",
}
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe]")
FILE_NAME = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
WORD = re.compile(r"\S+")
OWN_TAGS = WORD.findall(
    "html head meta title style body div span p h1 h2 h3 h4 a ul ol li dl dt dd table caption colgroup col thead tbody "
    "tfoot tr th td section article main aside details summary strong code pre br wbr nav figure svg defs symbol use "
    "path circle line polyline text desc em footer header"
)
JUNIT_TAGS = WORD.findall(
    "testsuites testsuite testcase failure error skipped properties property system-out system-err"
)


def poisoned(value: Any) -> Any:
    """The value with hostile text in place of every string that may come from outside; ids and codes stay."""
    if is_dataclass(value) and not isinstance(value, type | Text):
        wanted = {
            f.name: getattr(value, f.name) for f in fields(value) if f.init and f.name not in IDS | OURS
        }
        if isinstance(value, Visit):
            wanted["facts"] = json.dumps(poisoned(json.loads(value.facts)), ensure_ascii=True)
            return replace(value, **{k: v if k == "facts" else poisoned(v) for k, v in wanted.items()})
        return replace(value, **{name: poisoned(one) for name, one in wanted.items()})
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return HOSTILE
    if isinstance(value, tuple):
        return tuple(poisoned(one) for one in value)
    if isinstance(value, list):
        return [poisoned(one) for one in value]
    if isinstance(value, dict):
        return {key: poisoned(one) for key, one in value.items()}
    return value


def everything() -> Dossier:
    papers = (Paper("GOV-14", "12/QĐ", date(2026, 3, 1), note="x"),)
    found = (Candidate("x.example", ("link",), ("khcn",), ("so-khcn",), is_below=True),)
    full = replace(dossiers.small(), papers=papers, candidates=found)
    made = poisoned(full)
    values = {
        site_id: replace(
            rows,
            rulings=tuple(
                replace(
                    r,
                    finding=replace(r.finding, values=tuple((k, HOSTILE) for k, _ in full_r.finding.values)),
                )
                for r, full_r in zip(rows.rulings, full.rulings[site_id].rulings, strict=True)
            ),
        )
        for site_id, rows in made.rulings.items()
    }
    assert isinstance(made, Dossier)
    return replace(made, rulings=values)


DOSSIER = everything()


def as_html(content: bytes) -> None:
    page = html.document_fromstring(content.decode("utf-8"))
    tags = {str(e.tag) for e in page.iter() if isinstance(e.tag, str)}
    attributes = {name for e in page.iter() if isinstance(e.tag, str) for name in e.attrib}
    assert tags <= set(OWN_TAGS)
    assert not {a for a in attributes if a.startswith("on") or a in {"src", "style", "srcset", "action"}}
    links = page.xpath("//@href")
    assert all(link.startswith("#") or FILE_NAME.fullmatch(link) for link in links)
    assert not UNSEEN.search(page.text_content())


def as_csv(content: bytes) -> None:
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True):
        for cell in row:
            assert cell.lstrip()[:1] not in tuple("=+-@＝＋－＠"), cell[:40]
            assert not UNSEEN.search(cell)


def as_xlsx(content: bytes) -> None:
    book = load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows():
            assert not [c for c in row if c.data_type == "f" or c.hyperlink]
            assert not [c for c in row if isinstance(c.value, str) and UNSEEN.search(c.value)]


def as_json(content: bytes) -> None:
    for line in [content] if content[:2] == b'{"' and b"\n" not in content.strip() else content.splitlines():
        if line.strip():
            assert not UNSEEN.search(" ".join(_strings(json.loads(line))))


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [s for pair in value.items() for one in pair for s in _strings(one)]
    if isinstance(value, list):
        return [s for one in value for s in _strings(one)]
    return [value] if isinstance(value, str) else []


def as_document(content: bytes) -> None:
    assert not UNSEEN.search(" ".join(_strings(json.loads(content))))


def as_xml(content: bytes) -> None:
    tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    assert {str(e.tag) for e in tree.iter()} <= set(JUNIT_TAGS)
    assert tree.getroottree().docinfo.doctype == ""


def as_pdf(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as document:
        keys = {str(key) for o in document.objects if isinstance(o, pikepdf.Dictionary) for key in o}
    assert not keys & {"/JS", "/JavaScript", "/URI", "/Launch", "/EmbeddedFiles", "/OpenAction", "/AA"}


READ = {
    "html": as_html,
    "form": as_html,
    "json": as_document,
    "jsonl": as_json,
    "sarif": as_document,
    "csv": as_csv,
    "xlsx": as_xlsx,
    "junit": as_xml,
    "pdf": as_pdf,
}


def test_every_shape_a_report_has_is_read_here() -> None:
    assert set(READ) == set(shelf.FORMATS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", [name for name in shelf.FORMATS if name != "pdf"])
def test_no_document_obeys_what_a_site_says(shape: str, language: Language) -> None:
    papers = shelf.documents(DOSSIER, formats=(shape,), languages=(language,))

    assert papers
    for paper in papers:
        content = paper.make()
        READ[shape](content if isinstance(content, bytes) else content.encode())


def test_no_pdf_obeys_it_and_rows_taller_than_a_page_are_cut() -> None:
    page = agency_html.render(DOSSIER, "so-khcn", "vi", howtos=dossiers.HOWTOS)
    head, _, rest = page.partition('<div class="front')
    waivers = re.search(r'<section class="part" id="waivers">.*?</section>', rest, re.DOTALL)
    assert waivers is not None

    as_pdf(pdf.to_pdf(f"{head}<main>{waivers[0]}</main></div></body></html>"))


def test_files_are_called_by_ids_and_never_by_what_came_from_outside(tmp_path: Path) -> None:
    odd = replace(
        DOSSIER,
        inventory=replace(
            DOSSIER.inventory,
            agencies=tuple(
                replace(a, id=f"../{HOSTILE}{n}") for n, a in enumerate(DOSSIER.inventory.agencies)
            ),
            sites=tuple(
                replace(s, agency_id=f"../{HOSTILE}0")
                for s in DOSSIER.inventory.sites
                if s.id in DOSSIER.rulings
            ),
        ),
        scores={},
        past={},
    )

    written = shelf.write_all(odd, tmp_path, formats=("html",))

    assert len(written) > 2
    assert all(FILE_NAME.fullmatch(path.name) and path.parent == tmp_path for path in written)
    as_html(written[0].read_bytes())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slip_and_the_lists_of_software_obey_nothing(language: Language) -> None:
    used = components.components_of(DOSSIER.inventory, DOSSIER.visits.values())

    as_html(slip_html.render(DOSSIER, "khcn", language).encode())
    as_csv(components.csv_text(used, language).encode())
    as_document(components.cyclonedx(used, DOSSIER.scan, DOSSIER.inventory).encode())
    assert not UNSEEN.search(components.table(used, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terminal_obeys_nothing(language: Language, capsys: pytest.CaptureFixture[str]) -> None:
    show(DOSSIER, language)

    said = capsys.readouterr()
    assert said.out
    assert not UNSEEN.search(said.out + said.err)
