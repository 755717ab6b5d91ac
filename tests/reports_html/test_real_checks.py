"""Every sentence of every check of ours can be printed: no slot stays open, no remedy is missing."""

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from lxml import html

from reports import agency_html, province_html
from scanner.judge import apply, finding_of
from scanner.model.agency import Depth, Inventory, Site
from scanner.model.check import Check, Context
from scanner.model.dossier import Dossier
from scanner.model.evidence import Ledger, LedgerLine
from scanner.model.finding import Finding, SiteState
from scanner.model.history import History
from scanner.model.settings import ReportSettings
from scanner.model.text import LANGUAGES, Language
from scanner.model.visit import Scan, Visit
from scanner.policy.office import dossier as ruled
from scanner.registry import load_checks
from scanner.samples import SEEN_AT, sample_reference
from tests.reports_html import dossiers
from tests.reports_html.test_agency_report import words

OPEN_SLOT = re.compile(r"\{[a-z][a-z0-9_]*\}")


@pytest.fixture(scope="module")
def everything_said() -> Dossier:
    """One invented site per example place: the n-th site holds the n-th example of each check."""
    checks = load_checks()
    reference = sample_reference()
    longest = max(len(check.examples) for check in checks)
    sites = [Site(f"s{n}", "a", f"https://s{n}.mau.example/", f"Trang {n}") for n in range(longest)]
    visits = [
        _visit(site.id, tuple(_findings(site.id, n, checks, Context(SEEN_AT, reference))))
        for n, site in enumerate(sites)
    ]
    inventory = Inventory(dossiers.province(), (dossiers.agency("a", "Sở Mẫu"),), tuple(sites))
    return ruled(
        scan=Scan("s", SEEN_AT, Depth.STANDARD, "0.1.0", "2026-10-06", SEEN_AT),
        inventory=inventory,
        visits=visits,
        history=History(),
        checks={check.id: check for check in checks},
        settings=ReportSettings(waivers=None),
        on=date(2026, 11, 22),
    )


def _findings(site_id: str, place: int, checks: tuple[Check, ...], context: Context) -> Iterator[Finding]:
    for check in checks:
        example = check.examples[place % len(check.examples)]
        its = Context(example.seen_at or context.seen_at, context.ref, example.declared)
        yield finding_of(site_id, check, apply(check, example.view, its))


def _visit(site_id: str, findings: tuple[Finding, ...]) -> Visit:
    ledger = Ledger((LedgerLine("203.0.113.2", 9, 12, 40_000),), 3)
    facts = json.dumps(dossiers.APACHE)
    return Visit("s", site_id, SiteState.REACHED, "ab" * 32, findings, ledger, SEEN_AT, SEEN_AT, facts)


def sentences(page: html.HtmlElement) -> str:
    """The text of a page without what is quoted in it: proof may hold braces, and so may a command."""
    for quoted in page.xpath("//code | //pre"):
        quoted.text = ""
    return words(page.find("body"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agency_can_read_every_finding(everything_said: Dossier, language: Language) -> None:
    page = html.document_fromstring(agency_html.render(everything_said, "a", language))

    assert not OPEN_SLOT.findall(sentences(page))
    for job in page.xpath("//article"):
        assert job.xpath(".//pre"), words(job.find(".//h3"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_province_can_read_every_finding(everything_said: Dossier, language: Language) -> None:
    page = html.document_fromstring(province_html.render(everything_said, language))

    assert not OPEN_SLOT.findall(sentences(page))


def test_every_check_of_ours_has_its_remedy(everything_said: Dossier) -> None:
    page = html.document_fromstring(agency_html.render(everything_said, "a", "vi"))

    without = [words(job.find(".//h3")) for job in page.xpath("//article[not(.//aside)]")]

    assert not without
