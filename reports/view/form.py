"""The official form of one agency's report: what stands in each numbered part, nothing it cannot know."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.clean import one_line
from reports.view.actions import Action, group
from reports.view.agency import AgencyView, agency_view
from reports.view.counts import became
from reports.view.desk import Desk, make_desk
from reports.view.law import BINDING
from reports.view.marks import Mark, severity_mark
from reports.view.names import host_of, site_name, who_repairs
from reports.view.work import due_of, title_of
from reports.words import Say
from scanner.howto import Howto
from scanner.model.agency import Site
from scanner.model.dossier import Dossier
from scanner.model.finding import Trend
from scanner.model.ruling import Ruling

WHO_SHOWN = 2


@dataclass(frozen=True, slots=True)
class System:
    """One site as a system: name, address, level."""

    name: str
    host: str
    level: str


@dataclass(frozen=True, slots=True)
class Line:
    """One technical finding."""

    id: str
    short: str
    mark: Mark
    component: str
    before: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One line of the plan of repair."""

    issue: str
    measure: str
    unit: str
    due: str
    verify: str


@dataclass(frozen=True, slots=True)
class FormView:
    """All strings of the form; `report` is what the usual report says."""

    title: str
    report: AgencyView
    place: str
    year: str
    systems: tuple[System, ...]
    basis: tuple[str, ...]
    findings: tuple[Line, ...]
    repairs: tuple[Repair, ...]


def form_view(dossier: Dossier, agency_id: str, say: Say, howtos: Mapping[str, Howto]) -> FormView:
    """The form in one language."""
    report = agency_view(dossier, agency_id, say, howtos)
    desk = make_desk(dossier, say, howtos)
    sites = dossier.sites_of(agency_id)
    rulings = desk.rulings(tuple(site.id for site in sites))
    actions = group(rulings, dossier.checks, howtos)
    return FormView(
        title=say("form.title", agency=report.agency),
        report=report,
        place=one_line(dossier.inventory.province.name),
        year=str(dossier.issued_on.year),
        systems=tuple(_system(site, say) for site in sites),
        basis=_basis(rulings, dossier),
        findings=tuple(_line(r, desk) for action in actions for r in action.rulings),
        repairs=tuple(_repair(action, agency_id, desk) for action in actions),
    )


def _system(site: Site, say: Say) -> System:
    level = str(site.level) if site.level is not None else say("form.no_level")
    return System(site_name(site), host_of(site), level)


def _basis(rulings: tuple[Ruling, ...], dossier: Dossier) -> tuple[str, ...]:
    """Binding instruments this scan speaks to, each once, in the order they are cited."""
    cited = [clause for r in rulings for clause in r.clauses] + list(dossier.notchecked)
    return tuple(dict.fromkeys(one_line(c.instrument) for c in cited if c.binding in BINDING))


def _line(ruling: Ruling, desk: Desk) -> Line:
    finding = ruling.finding
    site = desk.sites.get(finding.site_id)
    return Line(
        id=finding.check_id,
        short=desk.title(finding.check_id),
        mark=severity_mark(ruling.severity, desk.say),
        component=host_of(site) if site else desk.site(finding.site_id),
        before=desk.say(f"trend.{(became(ruling) or Trend.NEW).value}"),
    )


def _repair(action: Action, agency_id: str, desk: Desk) -> Repair:
    say, first = desk.say, action.rulings[0].finding
    agency = desk.dossier.inventory.agency(agency_id)
    units = dict.fromkeys(who_repairs(desk.sites[i], agency, say) for i in action.site_ids if i in desk.sites)
    check = desk.dossier.checks.get(first.check_id)
    return Repair(
        issue=f"{desk.title(first.check_id)} ({desk.site_names(action.site_ids, 2)})",
        measure=title_of(action, desk) if action.howto else desk.filled(check.fix, first) if check else "",
        unit="; ".join([*units][:WHO_SHOWN]),
        due=due_of(action, desk),
        verify=say.text(action.howto.verify) if action.howto else say("card.verify"),
    )
