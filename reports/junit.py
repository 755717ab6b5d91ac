"""A scan as JUnit XML, the form most CI services show: one suite per site, one case per check.

A failure is a `failure`; an unknown and an error are `error` with the reason, for a blind check is never
green; a check that does not apply and a waived finding are `skipped`.
"""

from lxml import etree

from reports.clean import one_line, xml_text
from reports.rows import Row, SiteRows, rows_of, site_rows
from reports.words.codes import WORDS
from scanner.model.dossier import Dossier
from scanner.model.finding import Verdict
from scanner.model.text import Language

_COUNTED = ("tests", "failures", "errors", "skipped")


def render(dossier: Dossier, language: Language, only: tuple[str, ...] = ()) -> bytes:
    """The document as UTF-8 bytes with an XML declaration."""
    suites = [_suite(dossier, place, language) for place in site_rows(dossier, only)]
    root = etree.Element("testsuites", name=one_line(f"rasoat {dossier.scan.id}"))
    for name in _COUNTED:
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    root.extend(suites)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _suite(dossier: Dossier, place: SiteRows, language: Language) -> etree._Element:
    suite = etree.Element("testsuite", name=one_line(f"{place.agency.name}: {place.site.url}"))
    if place.visit is not None:
        seconds = (place.visit.finished_at - place.visit.started_at).total_seconds()
        suite.set("time", f"{max(0.0, seconds):.3f}")
        suite.set("timestamp", place.visit.started_at.replace(microsecond=0, tzinfo=None).isoformat())
    cases = [_case(row, language) for row in rows_of(dossier, place)]
    suite.set("tests", str(len(cases)))
    for name, tag in zip(_COUNTED[1:], ("failure", "error", "skipped"), strict=True):
        suite.set(name, str(sum(1 for case in cases if case.find(tag) is not None)))
    suite.extend(cases)
    return suite


def _case(row: Row, language: Language) -> etree._Element:
    finding = row.finding
    name = f"{finding.check_id}: {row.title.into(language)}"
    case = etree.Element("testcase", classname=one_line(row.site.id), name=one_line(name, 300))
    if finding.verdict is Verdict.FAIL and row.ruling.waiver is None:
        _say(case, "failure", row.ruling.severity.value, row.says.into(language), _proof(row, language))
    elif finding.verdict is Verdict.FAIL:
        _say(case, "skipped", "waived", _waived(row, language))
    elif finding.verdict is Verdict.NOTAPPLICABLE:
        _say(case, "skipped", "notapplicable", row.says.into(language))
    elif finding.verdict in (Verdict.UNKNOWN, Verdict.ERROR):
        reason = f"{WORDS[f'verdict.{finding.verdict.value}'].into(language)}: {row.says.into(language)}"
        _say(case, "error", finding.verdict.value, reason, f"{finding.why}\n{finding.saw}".strip())
    return case


def _say(case: etree._Element, tag: str, kind: str, message: str, text: str = "") -> None:
    said = etree.SubElement(case, tag, type=kind, message=one_line(message, 500))
    if text:
        said.text = xml_text(text, 4_000)


def _waived(row: Row, language: Language) -> str:
    waiver = row.ruling.waiver
    assert waiver is not None
    word = WORDS["verdict.waived"].into(language)
    return f"{word}: {waiver.reason} ({waiver.approver}, {waiver.until.isoformat()})"


def _proof(row: Row, language: Language) -> str:
    parts = (row.finding.saw, "\n".join(row.finding.where), row.fix.into(language))
    return "\n\n".join(part for part in parts if part)
