"""The desk a report is written at: dossier, language, remedies, and the sentences looked up most often."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from reports.clean import clean, one_line
from reports.sentence import fill, sentence
from reports.view.names import site_name
from reports.words import Say
from scanner.howto import Howto
from scanner.model.agency import Site
from scanner.model.dossier import Dossier
from scanner.model.finding import Finding
from scanner.model.pace import Pace
from scanner.model.ruling import Ruling
from scanner.model.text import Text
from scanner.policy.story import pace

PROOF_LIMIT = 1_200
LINE_LIMIT = 160


@dataclass(frozen=True, slots=True)
class Desk:
    """All a view needs. `today` is the day deadlines are measured against."""

    dossier: Dossier
    say: Say
    howtos: Mapping[str, Howto]
    sites: Mapping[str, Site]

    @property
    def today(self) -> date:
        """The day the report is issued."""
        return self.dossier.issued_on

    def site(self, site_id: str) -> str:
        """The name of a site; its id when the inventory has lost it."""
        site = self.sites.get(site_id)
        return site_name(site) if site else one_line(site_id)

    def site_names(self, site_ids: tuple[str, ...], most: int = 3) -> str:
        """The first names and how many more there are."""
        names = ", ".join(self.site(site_id) for site_id in site_ids[:most])
        rest = len(site_ids) - most
        return f"{names} {self.say('work.more_sites', n=rest)}" if rest > 0 else names

    def title(self, check_id: str) -> str:
        """What the check calls its fault; the id when its pack is gone."""
        check = self.dossier.checks.get(check_id)
        return self.say.text(check.title) if check else one_line(check_id)

    def says(self, finding: Finding) -> str:
        """The specific sentence about this finding."""
        check = self.dossier.checks.get(finding.check_id)
        return sentence(check, finding, self.say.language) if check else one_line(finding.check_id)

    def filled(self, text: Text, finding: Finding) -> str:
        """A sentence of a check with this finding's values."""
        return fill(self.say.text(text), finding.values)

    def pace(self, site_ids: Iterable[str]) -> Pace:
        """How fast findings of these sites have been repaired."""
        return pace(self.dossier.periods.get(site_id, ()) for site_id in site_ids)

    def rulings(self, site_ids: tuple[str, ...]) -> tuple[Ruling, ...]:
        """All rulings of these sites, in their order."""
        return tuple(r for i in site_ids for r in self.dossier.rulings[i].rulings)


def make_desk(dossier: Dossier, say: Say, howtos: Mapping[str, Howto]) -> Desk:
    """A desk for one document."""
    return Desk(dossier, say, howtos, {site.id: site for site in dossier.inventory.sites})


def proof(text: str) -> str:
    """Bytes from the wire as they may be quoted: cleaned, capped, lines kept."""
    return clean(text.replace("\r\n", "\n"), PROOF_LIMIT, keep="\n\t")


def quote(text: str) -> str:
    """The same on one short line."""
    return one_line(text, LINE_LIMIT)
