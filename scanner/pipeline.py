"""The hallway: from a list of jobs to stored visits, and from a stored scan to what the post room needs.

visit    one job -> evidence -> the wall -> findings          (runs in a worker process)
scan     jobs -> visits, stored one by one; resumes           (runs in the command)
rejudge  stored evidence -> findings again, no network
issue    stored facts + policy -> Dossier
"""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from scanner import __version__
from scanner.collect import wall
from scanner.collect.net import Net
from scanner.collect.visit import collect
from scanner.data.age import oldest_day
from scanner.errors import StoreError
from scanner.execute import local, parts
from scanner.facts import facts_of
from scanner.identify import change
from scanner.identify.look import read_look
from scanner.identify.state import site_state
from scanner.judge import all_unknown, judge
from scanner.model.agency import Depth, Inventory
from scanner.model.check import Check
from scanner.model.dossier import Dossier
from scanner.model.evidence import Evidence, Ledger
from scanner.model.finding import Finding, SiteState, Verdict
from scanner.model.look import Before
from scanner.model.reference import Reference
from scanner.model.settings import Settings
from scanner.model.visit import Job, Scan, Visit
from scanner.plan import make_jobs
from scanner.policy import office
from scanner.policy.baseline import baselines
from scanner.reference import load_reference
from scanner.registry import load_checks
from scanner.store import Store

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
VANISHED_SHARE = 0.2  # of the sites reached last time: more than this gone at once is our trouble, not theirs
VANISHED_AT_LEAST = 3


def utc_now() -> datetime:
    """The wall clock, aware UTC."""
    return datetime.now(UTC)


def local_day(moment: datetime) -> date:
    """The calendar day in Vietnam, by which laws and authorisations count."""
    return moment.astimezone(VIETNAM).date()


# ---- one visit -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judging:
    """What turns evidence into a visit: the checks and the tables they look things up in."""

    checks: tuple[Check, ...]
    ref: Reference

    def visit(
        self, job: Job, evidence: Evidence, digest: str, started: datetime, finished: datetime
    ) -> Visit:
        """The visit a piece of evidence amounts to."""
        return Visit(
            scan_id=job.scan_id,
            site_id=job.site_id,
            state=site_state(evidence),
            evidence_sha256=digest,
            findings=judge(evidence, self.checks, self.ref),
            ledger=evidence.ledger,
            started_at=started,
            finished_at=finished,
            facts=facts_of(evidence, self.ref),
        )


def judging(settings: Settings, check_ids: Sequence[str] | None = None) -> Judging:
    """Checks and tables as the configuration wants them; `check_ids` narrows the checks."""
    checks = load_checks(settings.check_packs)
    if check_ids is not None:
        checks = tuple(c for c in checks if c.id in check_ids)
    return Judging(
        checks,
        load_reference(
            roots=settings.network.roots,
            extra_ca=settings.network.extra_ca,
            updates=settings.store.tables,
            dnssec_anchor=settings.network.dnssec_anchor,
        ),
    )


@dataclass(frozen=True, slots=True)
class WorkerOrder:
    """What a worker process must know; plain values, because it crosses a process border."""

    settings: Settings
    check_ids: tuple[str, ...]

    def __call__(self) -> Callable[[Job], Awaitable[Visit]]:
        """Build the visitor inside the worker."""
        bench = judging(self.settings, self.check_ids)
        net = Net(
            self.settings.network,
            self.settings.scan,
            tables=bench.ref,
            cache=self.settings.store.cache,
            key=wall.redaction_key(self.settings.store.evidence),
        )

        async def visit(job: Job) -> Visit:
            started = utc_now()
            seen = await collect(job, net, now=utc_now)
            digest = wall.write(self.settings.store.evidence, seen)
            return bench.visit(
                job, wall.read(self.settings.store.evidence, digest), digest, started, utc_now()
            )

        return visit


# ---- many visits ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a scan ended."""

    scan: Scan
    looked: int  # sites really looked at
    planned: int
    has_errors: bool  # a check or a worker of ours failed

    @property
    def looked_share(self) -> float:
        """The share of planned sites that were really looked at; 1.0 when nothing was planned."""
        return self.looked / self.planned if self.planned else 1.0


LOOKED = frozenset({SiteState.REACHED, SiteState.PARTLY, SiteState.RETIRED})


def new_scan(*, at: datetime, depth: Depth, ref: Reference, purpose: str = "") -> Scan:
    """A scan that begins now; its id sorts by time. Rechecks may follow each other within a second."""
    return Scan(
        id=at.strftime(f"{purpose}-%Y%m%dT%H%M%S.%fZ" if purpose else "%Y%m%dT%H%M%SZ"),
        started_at=at,
        depth=depth,
        tool_version=__version__,
        data_date=oldest_day(ref).isoformat(),
        purpose=purpose,
    )


def scan(
    store: Store,
    scan_id: str,
    settings: Settings,
    checks: Sequence[Check],
    *,
    on_visit: Callable[[Visit], None] = lambda _visit: None,
    on_start: Callable[[Job], None] = lambda _job: None,
    stop: local.Stop,
) -> Outcome:
    """Visit what is pending of a begun scan, store each visit as it ends, close the scan when all are done."""
    order = WorkerOrder(settings, tuple(c.id for c in checks))
    jobs = store.pending(scan_id)

    def started(job: Job) -> None:
        store.start(scan_id, job.site_id)
        on_start(job)

    for result in local.run(
        jobs,
        make_worker=order,
        settings=settings.scan,
        group=_server_of(settings),
        on_start=started,
        stop=stop,
    ):
        visit = result if isinstance(result, Visit) else _died(result, checks)
        store.record(visit)
        on_visit(visit)
    states = store.states(scan_id)
    if not store.pending(scan_id):
        store.finish_scan(scan_id, utc_now(), _degraded(store, scan_id, states))
    return Outcome(
        scan=store.scan(scan_id),
        looked=sum(state in LOOKED for state in states.values()),
        planned=len(store.jobs(scan_id)),
        has_errors=store.has_errors(scan_id),
    )


def _died(death: local.Died, checks: Sequence[Check]) -> Visit:
    """The rows of a site whose worker had to be ended."""
    now = utc_now()
    return Visit(
        scan_id=death.job.scan_id,
        site_id=death.job.site_id,
        state=SiteState.UNREACHED,
        evidence_sha256="",
        findings=all_unknown(death.job.site_id, checks, verdict=Verdict.ERROR, why=death.reason),
        ledger=Ledger(),
        started_at=now,
        finished_at=now,
    )


def _server_of(settings: Settings) -> Callable[[Job], str]:
    """Which jobs belong to one server as far as is known before any packet: pinned addresses, else the host."""

    def server(job: Job) -> str:
        pinned = settings.network.hosts.get(job.target.host, ())
        return min(pinned, default=job.target.host)

    return server


def _degraded(store: Store, scan_id: str, now: Mapping[str, SiteState]) -> str:
    """Why this run may close nothing: too many sites that answered last time are silent now."""
    whole = (s for s in store.scans() if s.finished_at and s.is_whole)
    earlier = [s for s in whole if s.id < scan_id and not s.degraded]
    if not earlier:
        return ""
    before = {site for site, state in store.states(earlier[-1].id).items() if state in LOOKED}
    gone = sorted(s for s in before & now.keys() if now[s] is SiteState.UNREACHED)
    if len(gone) < VANISHED_AT_LEAST or len(gone) <= VANISHED_SHARE * len(before & now.keys()):
        return ""
    return (
        f"{len(gone)} of {len(before & now.keys())} sites that answered in scan {earlier[-1].id} are silent"
    )


def look_again(
    store: Store,
    settings: Settings,
    inventory: Inventory,
    names: Sequence[str],
    *,
    purpose: str,
) -> Scan:
    """Visit a few sites once more, with all checks, in a run of its own. ConfigError when nobody has such a name."""
    checks = load_checks(settings.check_packs)

    def jobs(scan_id: str) -> tuple[Job, ...]:
        return make_jobs(
            inventory,
            checks=checks,
            settings=settings,
            today=local_day(utc_now()),
            scan_id=scan_id,
            only=names,
        )

    with store.locked():
        this = begin(store, settings, inventory, jobs, purpose=purpose)
        return scan(store, this.id, settings, checks, stop=local.Stop()).scan


# ---- judging again -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """One verdict that new checks or new data changed."""

    site_id: str
    check_id: str
    before: Verdict | None  # None: the check did not exist
    after: Verdict | None


@dataclass(frozen=True, slots=True)
class Reread:
    """A few sites judged again: what changed, whose evidence is gone, and the visits that differ from before."""

    changes: tuple[VerdictChange, ...] = ()
    lost: tuple[str, ...] = ()
    visits: tuple[Visit, ...] = ()


@dataclass(frozen=True, slots=True)
class RejudgeOrder:
    """What a worker that judges again must know; plain values, because it crosses a process border."""

    settings: Settings
    scan_id: str

    def __call__(self) -> Callable[[Sequence[str]], Reread]:
        """Build the judge inside the worker, with its own door to the store."""
        bench, store = judging(self.settings), Store.open(self.settings.store.url)
        return lambda site_ids: _reread(bench, store, self.scan_id, self.settings, site_ids)


def rejudge(
    store: Store, scan_id: str, settings: Settings, *, keep: bool = True
) -> tuple[tuple[VerdictChange, ...], tuple[str, ...]]:
    """Judge the stored evidence of a scan again. Gives what changed, and the sites whose evidence is gone.

    With `keep` the new findings replace the old ones: evidence is the record, findings are a reading of it.
    """
    visited = store.states(scan_id)
    site_ids = [job.site_id for job in store.jobs(scan_id) if job.site_id in visited]
    workers = parts.workers_for(site_ids, settings.scan.workers)
    if workers > 1:
        done = tuple(parts.spread(RejudgeOrder(settings, scan_id), site_ids, workers=workers))
    else:
        done = (_reread(judging(settings), store, scan_id, settings, site_ids),)
    if keep:
        for visit in (visit for part in done for visit in part.visits):
            store.record(visit)
        store.date_tables(scan_id, oldest_day(load_reference(updates=settings.store.tables)).isoformat())
    return tuple(c for part in done for c in part.changes), tuple(s for part in done for s in part.lost)


def _reread(
    bench: Judging, store: Store, scan_id: str, settings: Settings, site_ids: Sequence[str]
) -> Reread:
    jobs = {job.site_id: job for job in store.jobs(scan_id, site_ids)}
    changes: list[VerdictChange] = []
    lost: list[str] = []
    differing: list[Visit] = []
    for old in store.visits(scan_id, site_ids):
        try:
            evidence = wall.read(settings.store.evidence, old.evidence_sha256)
        except StoreError:
            lost.append(old.site_id)
            continue
        new = bench.visit(jobs[old.site_id], evidence, old.evidence_sha256, old.started_at, old.finished_at)
        if new != old:
            differing.append(new)
            changes += _changes(old.findings, new.findings)
    return Reread(tuple(changes), tuple(lost), tuple(differing))


def _changes(before: Iterable[Finding], after: Iterable[Finding]) -> list[VerdictChange]:
    old = {(f.site_id, f.check_id): f.verdict for f in before}
    new = {(f.site_id, f.check_id): f.verdict for f in after}
    return [
        VerdictChange(*key, before=old.get(key), after=new.get(key))
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]


# ---- writing up ----------------------------------------------------------------------------------------------


def issue(settings: Settings, store: Store, scan_id: str = "latest") -> Dossier:
    """Everything the post room needs of one scan, ruled by the policy in force on the day of the scan."""
    this = store.scan(scan_id)
    checks: Mapping[str, Check] = {c.id: c for c in load_checks(settings.check_packs)}
    return office.dossier(
        scan=this,
        inventory=store.inventory(this.id),
        visits=store.visits(this.id),
        history=store.findings_before(this.id),
        checks=checks,
        settings=settings.report,
        on=local_day(this.started_at),
        later=store.second_looks(this.id),
    )


def check_rules(settings: Settings, inventory: Inventory) -> None:
    """Read waivers, policy and frameworks before the first packet; ConfigError names every fault of theirs."""
    office.load_rules(settings.report, inventory, {c.id: c for c in load_checks(settings.check_packs)})


def without_files(settings: Settings, folder: Path) -> Settings:
    """The same settings with a store of their own, for a look that leaves nothing behind."""
    store = replace(
        settings.store,
        url=f"sqlite:///{folder / 'rasoat.db'}",
        evidence=folder / "evidence",
        cache=folder / "cache",
    )
    return replace(settings, store=store)


def begin(
    store: Store,
    settings: Settings,
    inventory: Inventory,
    jobs: Callable[[str], tuple[Job, ...]],
    *,
    purpose: str = "",
) -> Scan:
    """Write a new scan and its jobs down before the first packet. `jobs` is given the scan's id."""
    ref = load_reference(
        roots=settings.network.roots, extra_ca=settings.network.extra_ca, updates=settings.store.tables
    )
    this = new_scan(at=utc_now(), depth=settings.scan.depth, ref=ref, purpose=purpose)
    before = looks_before(store, inventory)
    planned = tuple(replace(job, before=before.get(job.site_id)) for job in jobs(this.id))
    store.begin_scan(this, planned, inventory)
    return this


def looks_before(store: Store, inventory: Inventory) -> dict[str, Before]:
    """By site id, the page as the earlier visit saw it that a new visit is to compare itself with."""
    reviewed = {site.id: site.reviewed_on for site in inventory.sites}
    chosen = baselines(store.glances("compromise", change.CHECKS), reviewed)
    chosen = {site_id: glance for site_id, glance in chosen.items() if site_id in reviewed}
    stored = store.facts([(glance.scan_id, site_id) for site_id, glance in chosen.items()])
    looks = {key: read_look(json.loads(facts or "{}")) for key, facts in stored.items()}
    return {
        site_id: Before(glance.scan_id, glance.seen_at, look)
        for site_id, glance in chosen.items()
        if (look := looks.get((glance.scan_id, site_id))) is not None
    }
