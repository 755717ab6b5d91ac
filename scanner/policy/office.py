"""Facts in, rulings out: severity for the level, waivers, clauses of the day, deadlines, trend and grades."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scanner.errors import ConfigError
from scanner.model.agency import Inventory
from scanner.model.check import Check
from scanner.model.dossier import Dossier, PastScan
from scanner.model.finding import Finding, SiteState, Trend, Verdict
from scanner.model.history import History, PastRun, PastSite, SecondLook, Sighting
from scanner.model.pace import Period
from scanner.model.paper import Paper
from scanner.model.ruling import Binding, Change, Clause, Ruling, Score, SiteRulings, Waiver
from scanner.model.settings import ReportSettings
from scanner.model.visit import Scan, Visit
from scanner.policy import files, papers, waivers
from scanner.policy.candidates import candidates_of
from scanner.policy.citations import clauses_for, notchecked, unanswered
from scanner.policy.frameworks import Frameworks, read_frameworks
from scanner.policy.rules import Policy, read_policy
from scanner.policy.score import TitleOf, score_agency
from scanner.policy.severity import VIETNAM, due_on, effective
from scanner.policy.shared_keys import shared_keys
from scanner.policy.story import periods
from scanner.policy.trend import change, walk

DECIDED = frozenset({Verdict.PASS, Verdict.FAIL})
MOVES = frozenset({Trend.NEW, Trend.REOPENED, Trend.FIXED})
REVIEW_SHARE = 0.5  # a scan of one site or one topic is no earlier review to measure an agency against


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything a ruling goes by."""

    policy: Policy
    frameworks: Frameworks
    waivers: tuple[Waiver, ...]
    checks: Mapping[str, Check]
    papers: tuple[Paper, ...] = ()

    @property
    def titles(self) -> TitleOf:
        """The titles of the checks."""
        return TitleOf({check.id: check.title for check in self.checks.values()})

    def names(self, check_id: str) -> tuple[str, ...]:
        """Every name a check has had, the present one last."""
        check = self.checks.get(check_id)
        return (*(check.formerly if check else ()), check_id)


def load_rules(settings: ReportSettings, inventory: Inventory, checks: Mapping[str, Check]) -> Rules:
    """The rules of the house and of this organisation. ConfigError lists every fault of a file."""
    frameworks = read_frameworks((*files.own_frameworks(), *files.read(settings.frameworks)))
    filename, text = files.rules(settings.policy)
    return Rules(
        policy=read_policy(text, filename=filename),
        frameworks=frameworks,
        waivers=_waivers(settings, inventory, checks),
        checks=checks,
        papers=_papers(settings, inventory, frameworks),
    )


def dossier(
    *,
    scan: Scan,
    inventory: Inventory,
    visits: Sequence[Visit],
    history: History,
    checks: Mapping[str, Check],
    settings: ReportSettings,
    on: date,
    later: Sequence[SecondLook] = (),
) -> Dossier:
    """One scan, ruled by what is in force on its day. `later`: second looks since, oldest first."""
    rules = load_rules(settings, inventory, checks)
    rulings = rule(scan, visits, history=history, inventory=inventory, rules=rules, on=on, later=later)
    of_agency = _by_agency(inventory, rulings)
    scores = {agency: score_agency(sites, rules.policy, rules.titles) for agency, sites in of_agency.items()}
    past = past_scans(history, inventory=inventory, rules=rules)
    return Dossier(
        scan=scan,
        inventory=inventory,
        checks=checks,
        visits={visit.site_id: visit for visit in visits},
        rulings=rulings,
        scores=scores,
        past={agency: reviews(scans, scores.get(agency)) for agency, scans in past.items()},
        notchecked=notchecked(rules.frameworks, on),
        issued_on=on,
        unanswered=_unanswered(rules, on),
        settings=settings,
        candidates=candidates_of(inventory, visits),
        shared_keys=shared_keys(inventory, visits),
        papers=rules.papers,
        periods=_periods(visits, scan, history=history, rules=rules),
    )


def _unanswered(rules: Rules, on: date) -> tuple[Clause, ...]:
    """Vietnamese demands on every system that no check of ours answers yet."""
    everywhere = {r.id for _file, r in rules.frameworks.requirements() if (r.from_level or 1) <= 1}
    known = {name for check_id in rules.checks for name in rules.names(check_id)}
    return tuple(
        clause
        for clause in unanswered(rules.frameworks, on, known)
        if clause.binding is not Binding.REFERENCE_ONLY and clause.requirement in everywhere
    )


def rule(
    scan: Scan,
    visits: Sequence[Visit],
    *,
    history: History,
    inventory: Inventory,
    rules: Rules,
    on: date,
    later: Sequence[SecondLook] = (),
) -> dict[str, SiteRulings]:
    """The rulings of every visited site by its id: one for each finding, passes too."""
    levels = {site.id: site.level for site in inventory.sites}
    clauses = _Clauses(rules, on)
    ruled: dict[str, SiteRulings] = {}
    for visit in visits:
        level = levels.get(visit.site_id)
        look = SecondLook(scan, visit)
        since = [one for one in later if one.visit.site_id == visit.site_id and _is_complete(one)]
        told = (_told(finding, look, since, history=history, rules=rules) for finding in visit.findings)
        made = tuple(
            _ruling(
                finding,
                moved,
                level=level,
                rules=rules,
                clauses=clauses.of(finding, level),
                on=on,
                history=history,
            )
            for finding, moved in told
        )
        ruled[visit.site_id] = SiteRulings(
            site_id=visit.site_id,
            state=visit.state.value,
            rulings=made,
            decided=sum(f.verdict in DECIDED for f in visit.findings),
            applicable=sum(f.verdict is not Verdict.NOTAPPLICABLE for f in visit.findings),
        )
    return ruled


def past_scans(history: History, *, inventory: Inventory, rules: Rules) -> dict[str, tuple[PastScan, ...]]:
    """The earlier scans of each agency, oldest first, graded by the rules of today."""
    agency_of = {site.id: site.agency_id for site in inventory.sites}
    levels = {site.id: site.level for site in inventory.sites}
    moves = _moves(history, agency_of, rules)
    past: dict[str, list[PastScan]] = {}
    for run in history.runs:
        ruled = {
            site.site_id: _past_site(site, run, level=levels.get(site.site_id), rules=rules, history=history)
            for site in run.sites
        }
        for agency, sites in _by_agency(inventory, ruled).items():
            past.setdefault(agency, []).append(
                PastScan(
                    scan_id=run.scan.id,
                    at=run.scan.started_at,
                    score=score_agency(sites, rules.policy, rules.titles),
                    open_findings=sum(ruling.is_open for site in sites for ruling in site.rulings),
                    new=moves.get((run.scan.id, agency, Trend.NEW), 0),
                    fixed=moves.get((run.scan.id, agency, Trend.FIXED), 0),
                    reopened=moves.get((run.scan.id, agency, Trend.REOPENED), 0),
                )
            )
    return {agency: tuple(scans) for agency, scans in past.items()}


def _waivers(
    settings: ReportSettings, inventory: Inventory, checks: Mapping[str, Check]
) -> tuple[Waiver, ...]:
    if settings.waivers is None or not settings.waivers.exists():
        return ()
    names = {name for check in checks.values() for name in (check.id, *check.formerly)}
    ((filename, text),) = files.read([settings.waivers])
    found, problems = waivers.read_waivers(
        text, filename=filename, site_ids={site.id for site in inventory.sites}, check_ids=names
    )
    errors = [problem for problem in problems if problem.is_error]
    if errors:
        raise ConfigError(errors)
    return found


def _papers(settings: ReportSettings, inventory: Inventory, frameworks: Frameworks) -> tuple[Paper, ...]:
    if settings.papers is None or not settings.papers.exists():
        return ()
    ((filename, text),) = files.read([settings.papers])
    found, problems = papers.read_papers(
        text,
        filename=filename,
        agency_ids={agency.id for agency in inventory.agencies},
        requirement_ids={requirement.id for _file, requirement in frameworks.requirements()},
    )
    errors = [problem for problem in problems if problem.is_error]
    if errors:
        raise ConfigError(errors)
    return found


def _ruling(
    finding: Finding,
    moved: Change | None,
    *,
    level: int | None,
    rules: Rules,
    clauses: tuple[Clause, ...],
    on: date,
    history: History,
) -> Ruling:
    severity = effective(finding.severity, finding.check_id.partition(".")[0], level, rules.policy)
    names = rules.names(finding.check_id)
    standing = waivers.of(rules.waivers, finding.site_id, names, on)
    if standing.valid is not None and finding.verdict is Verdict.FAIL:
        standing = waivers.against(standing, finding, _accepted(standing.valid, names, history))
    is_open = finding.verdict is Verdict.FAIL and standing.valid is None
    first_seen_at = moved.first_seen_at if moved else None
    return Ruling(
        finding=finding,
        severity=severity,
        change=moved,
        waiver=standing.valid,
        lapsed=standing.lapsed,
        broken=standing.broken,
        clauses=clauses,
        due_on=due_on(severity, first_seen_at, rules.policy) if is_open else None,
    )


def _told(
    finding: Finding, look: SecondLook, later: Sequence[SecondLook], *, history: History, rules: Rules
) -> tuple[Finding, Change | None]:
    """A finding of one look and what became of it.

    A failure that the last complete look since saw pass is told as that pass; nothing else a later look saw belongs
    to this scan.
    """
    names = rules.names(finding.check_id)
    story = [*_sightings(finding, history, rules), _sighting(look, finding)]
    if finding.verdict is Verdict.FAIL:
        again = [(one, f) for one in later for f in one.visit.findings if f.check_id in names]
        if again and again[-1][1].verdict is Verdict.PASS:
            finding = again[-1][1]
            story += [_sighting(one, f) for one, f in again]
    return finding, change(story[:-1], story[-1], rules.policy.proof)


def _is_complete(look: SecondLook) -> bool:
    """True for a look that can close something."""
    return look.visit.state is SiteState.REACHED and not look.scan.degraded


def _accepted(waiver: Waiver, names: tuple[str, ...], history: History) -> Finding | None:
    """What was known when the waiver was approved: the last failure stored up to that day."""
    if waiver.approved_on is None:
        return None
    seen = (
        failure
        for run in reversed(history.runs)
        if run.scan.started_at.astimezone(VIETNAM).date() <= waiver.approved_on
        for site in run.sites
        if site.site_id == waiver.site_id
        for failure in site.failures
        if failure.check_id in names
    )
    return next(seen, None)


def _sightings(finding: Finding, history: History, rules: Rules) -> tuple[Sighting, ...]:
    """What earlier scans said about a finding, under every name its check has had."""
    return tuple(
        sighting
        for name in rules.names(finding.check_id)
        for sighting in history.sightings.get((finding.site_id, name), ())
    )


def _periods(
    visits: Sequence[Visit], scan: Scan, *, history: History, rules: Rules
) -> dict[str, tuple[Period, ...]]:
    """By site, every time one of its findings was open."""
    proof = rules.policy.proof
    return {
        visit.site_id: tuple(
            period
            for finding in visit.findings
            if (past := _sightings(finding, history, rules)) or finding.verdict is Verdict.FAIL
            for period in periods((*past, _sighting(SecondLook(scan, visit), finding)), proof)
        )
        for visit in visits
    }


def _sighting(look: SecondLook, finding: Finding) -> Sighting:
    return Sighting(
        look.scan.id,
        look.visit.finished_at,
        finding.verdict,
        look.visit.state,
        degraded=bool(look.scan.degraded),
        purpose=look.scan.purpose,
    )


def reviews(scans: tuple[PastScan, ...], now: Score | None) -> tuple[PastScan, ...]:
    """The earlier scans that looked at about as much of an agency as this one does.

    Beside a scan of one site, or of one topic, everything else would read as new faults.
    """
    enough = REVIEW_SHARE * now.applicable if now else 0
    return tuple(scan for scan in scans if scan.score.applicable >= enough)


def _past_site(
    site: PastSite, run: PastRun, *, level: int | None, rules: Rules, history: History
) -> SiteRulings:
    on = run.scan.started_at.astimezone(VIETNAM).date()
    made = (
        _ruling(f, None, level=level, rules=rules, clauses=(), on=on, history=history) for f in site.failures
    )
    return SiteRulings(site.site_id, site.state.value, tuple(made), site.decided, site.applicable)


def _moves(history: History, agency_of: Mapping[str, str], rules: Rules) -> dict[tuple[str, str, Trend], int]:
    """(scan id, agency id, what became of them) -> how many findings."""
    counts: dict[tuple[str, str, Trend], int] = {}
    for (site_id, _check_id), sightings in history.sightings.items():
        for sighting, moved in walk(sightings, rules.policy.proof):
            if moved is not None and moved.trend in MOVES:
                key = (sighting.scan_id, agency_of.get(site_id, ""), moved.trend)
                counts[key] = counts.get(key, 0) + 1
    return counts


def _by_agency(inventory: Inventory, ruled: Mapping[str, SiteRulings]) -> dict[str, list[SiteRulings]]:
    groups: dict[str, list[SiteRulings]] = {}
    for site in inventory.sites:
        if site.id in ruled:
            groups.setdefault(site.agency_id, []).append(ruled[site.id])
    return groups


class _Clauses:
    """Remembers the clauses of each (check, level): a province asks for the same few thousands of times."""

    def __init__(self, rules: Rules, on: date) -> None:
        self._rules = rules
        self._on = on
        self._known: dict[tuple[str, int | None], tuple[Clause, ...]] = {}
        self._names = frozenset(name for check_id in rules.checks for name in rules.names(check_id))

    def of(self, finding: Finding, level: int | None) -> tuple[Clause, ...]:
        """The clauses a finding speaks to."""
        key = (finding.check_id, level)
        if key not in self._known:
            names = self._rules.names(finding.check_id)
            self._known[key] = clauses_for(
                self._rules.frameworks, names, level=level, on=self._on, known=self._names
            )
        return self._known[key]
