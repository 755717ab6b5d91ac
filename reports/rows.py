"""A dossier as flat rows, one per finding, for what machines read: every medium counts the same rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.sentence import fill, sentence
from reports.words.codes import WORDS
from scanner.model.agency import Agency, Site
from scanner.model.check import Check
from scanner.model.dossier import Dossier
from scanner.model.finding import Finding, Verdict
from scanner.model.ruling import Ruling, SiteRulings
from scanner.model.text import Text
from scanner.model.visit import Visit


@dataclass(frozen=True, slots=True)
class SiteRows:
    """One visited site with all its rulings. `visit` is None when only the rulings are known."""

    agency: Agency
    site: Site
    ruled: SiteRulings
    visit: Visit | None


@dataclass(frozen=True, slots=True)
class Row:
    """One finding with everything a table prints about it. `check` is None when the rule is gone."""

    agency: Agency
    site: Site
    ruled: SiteRulings
    ruling: Ruling
    check: Check | None

    @property
    def finding(self) -> Finding:
        """The finding the row is about."""
        return self.ruling.finding

    @property
    def title(self) -> Text:
        """The name of the fault."""
        if self.check is None:
            return Text(self.finding.check_id, self.finding.check_id)
        return _filled(self.check.title, self.finding)

    @property
    def fix(self) -> Text:
        """What to do."""
        return Text("", "") if self.check is None else _filled(self.check.fix, self.finding)

    @property
    def refs(self) -> tuple[str, ...]:
        """The technical sources of the check."""
        return () if self.check is None else self.check.refs

    @property
    def says(self) -> Text:
        """The specific statement: the sentence of the check, or the reason why there is no verdict."""
        if self.check is not None and (self.finding.note or self.finding.verdict is Verdict.FAIL):
            return Text(sentence(self.check, self.finding, "vi"), sentence(self.check, self.finding, "en"))
        if self.finding.verdict in (Verdict.UNKNOWN, Verdict.ERROR):
            return reason(self.finding)
        return WORDS[f"verdict.{self.finding.verdict.value}"]


def site_rows(dossier: Dossier, only: tuple[str, ...] = ()) -> Iterator[SiteRows]:
    """The sites of a dossier in inventory order; `only` narrows them to these agency ids."""
    for agency in dossier.agencies():
        if only and agency.id not in only:
            continue
        for site in dossier.sites_of(agency.id):
            yield SiteRows(agency, site, dossier.rulings[site.id], dossier.visits.get(site.id))


def rows(dossier: Dossier, only: tuple[str, ...] = ()) -> Iterator[Row]:
    """Every finding of a dossier, by agency, site and the order of the checks."""
    for place in site_rows(dossier, only):
        yield from rows_of(dossier, place)


def rows_of(dossier: Dossier, place: SiteRows) -> Iterator[Row]:
    """The findings of one site."""
    for ruling in place.ruled.rulings:
        check = dossier.checks.get(ruling.finding.check_id)
        yield Row(place.agency, place.site, place.ruled, ruling, check)


def reason(finding: Finding) -> Text:
    """Why an unknown or an error has no verdict, in words."""
    if finding.verdict is Verdict.ERROR:
        return WORDS["why.error"]
    return WORDS.get(f"why.{finding.why}", WORDS["why.other"])


def _filled(text: Text, finding: Finding) -> Text:
    return Text(fill(text.vi, finding.values), fill(text.en, finding.values))
