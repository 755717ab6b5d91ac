"""The score once more, by the rules of the house: site by site, and after the orders are carried out.

The dossier carries the scores it was ruled with. What is computed here is shown only where it comes to the
same points today, so a report never argues with itself.
"""

from dataclasses import dataclass, replace
from typing import Self

from reports.view.actions import Action
from reports.view.remedies import policy_of
from scanner.model.dossier import Dossier
from scanner.model.finding import Verdict
from scanner.model.ruling import Ruling, Score, SiteRulings
from scanner.policy.rules import Policy
from scanner.policy.score import TitleOf, score_agency, score_site


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The sites of one agency and the rules to score them by."""

    sites: tuple[SiteRulings, ...]
    policy: Policy
    titles: TitleOf

    @classmethod
    def of(cls, dossier: Dossier, agency_id: str) -> Self | None:
        """None when the score is withheld or was made by other rules."""
        sites = tuple(_failures(dossier.rulings[site.id]) for site in dossier.sites_of(agency_id))
        titles = TitleOf({check.id: check.title for check in dossier.checks.values()})
        sums = cls(sites, policy_of(dossier.settings.policy), titles)
        said = dossier.scores.get(agency_id)
        if said is None or said.points is None or sums.agency().points != said.points:
            return None
        return sums

    def agency(self) -> Score:
        """The score of the agency."""
        return score_agency(self.sites, self.policy, self.titles)

    def by_site(self) -> tuple[tuple[str, Score], ...]:
        """Pairs of (site id, its score)."""
        return tuple((site.site_id, score_site(site, self.policy, self.titles)) for site in self.sites)

    def after(self, actions: tuple[Action, ...]) -> Score:
        """The expected score once these jobs are done and nothing else has changed."""
        closed = {(r.finding.site_id, r.finding.check_id) for action in actions for r in action.rulings}
        repaired = (
            replace(site, rulings=tuple(_repaired(r, closed) for r in site.rulings)) for site in self.sites
        )
        return replace(self, sites=tuple(repaired)).agency()


def _failures(site: SiteRulings) -> SiteRulings:
    """The site with its failures alone: nothing else moves a score, and a plan asks for it many times."""
    return replace(site, rulings=tuple(r for r in site.rulings if r.finding.verdict is Verdict.FAIL))


def _repaired(ruling: Ruling, closed: set[tuple[str, str]]) -> Ruling:
    if (ruling.finding.site_id, ruling.finding.check_id) not in closed:
        return ruling
    return replace(ruling, finding=replace(ruling.finding, verdict=Verdict.PASS))
