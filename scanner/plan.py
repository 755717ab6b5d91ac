"""Room 2: which visits will be made, how deep, at what cost. Pure: nothing is looked up, nothing is sent.

Looking as a browser looks (`passive`) needs no permit. Anything deeper needs an authorisation that is in
force today, covers the agency or one above it, and allows that depth; else the visit is refused, not made
shallower.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scanner.errors import ConfigError, Problem
from scanner.identify.next_file import budget_of
from scanner.model.agency import Authorisation, Depth, Inventory, Province, Site
from scanner.model.check import Check
from scanner.model.evidence import Target
from scanner.model.question import QUESTIONS, Question, allowed
from scanner.model.settings import NetworkSettings, ScanSettings, Settings
from scanner.model.text import Text
from scanner.model.visit import Job
from scanner.parse.certificate_url import MOST
from scanner.parse.host import site_id_of, target_of
from scanner.views import VIEWS

PARTS = ("dns", "zone", "tls", "http", "cms")  # the order in which a visit collects

# What a visit costs at most when a site behaves: one address, no redirect, no retry.
HELLOS: Mapping[Depth, int] = {Depth.PASSIVE: 12, Depth.STANDARD: 12, Depth.THOROUGH: 50}
"""Versions and classes of suites; a full listing takes 30 and one for every suite accepted."""
HELLOS_PER_REQUEST = 2.0  # the pace of hellos, as a multiple of that of requests
CONNECTION_S = 0.3  # name, handshake and first byte from inside the country
DNS_QUESTIONS = {"dns": 2, "zone": 55}
"""A and AAAA; those about a domain in order. Sites of one domain share them. A tangled SPF record may cost more."""
TRANSFERS = 4  # connections at standard depth: one for each address of two name servers
RANDOM = "<random>"
INNER = "<inner page>"
CANARY = "canary"
CMS_FILE = "cms-file"
MAIL_POLICY = "mta-sts"
MAIL_POLICY_URL = "https://mta-sts.<domain>/.well-known/mta-sts.txt"  # only when the domain announces one
CERTIFICATE_URL = "certificate-url"


def make_jobs(
    inventory: Inventory,
    *,
    checks: Sequence[Check],
    settings: Settings,
    today: date,
    scan_id: str,
    only: Sequence[str] = (),
) -> tuple[Job, ...]:
    """One job per site, in inventory order. `only`: site ids, agency ids (with all below them), addresses.

    A site that may not be visited so deep gives a job whose `refused` says why. Raises ConfigError for a
    name in `only` that nobody has and for an address that is none.
    """
    sites = chosen_sites(inventory, only)
    targets = {site.id: _target(site) for site in sites}
    probes, needs = _wanted(checks, settings.scan.depth)
    scopes = _scopes(inventory.sites)
    return tuple(
        Job(
            scan_id=scan_id,
            site_id=site.id,
            target=targets[site.id],
            depth=settings.scan.depth,
            declared=site.lifecycle,
            probes=probes,
            needs=needs,
            dkim_selectors=site.dkim_selectors,
            scope=scopes[site.agency_id],
            allow_addresses=_opened(inventory, site, today),
            budget_s=settings.scan.site_budget_s,
            refused=_both(refusal(inventory, site, settings.scan.depth, today)),
            tls_listing=settings.scan.tls,
            certificate_urls=settings.scan.certificate_urls
            and (settings.scan.tls == "full" or settings.scan.depth is Depth.THOROUGH),
        )
        for site in sites
    )


def job_for_url(url: str, *, checks: Sequence[Check], settings: Settings, scan_id: str) -> Job:
    """The job for an address that stands in no inventory. Raises ConfigError when it is no address."""
    inventory = Inventory(province=Province(name=""), sites=(site_for_url(url),))
    return make_jobs(inventory, checks=checks, settings=settings, today=date.min, scan_id=scan_id)[0]


def site_for_url(url: str) -> Site:
    """A site made of an address alone; its agency is itself. Raises ConfigError when it is no address."""
    target = target_of(url)
    if isinstance(target, Text):
        raise ConfigError([_argument(Text(f"{url}: {target.vi}", f"{url}: {target.en}"))])
    plain = target.port is None and url.strip().lower().startswith("http://")
    made = site_id_of(target)
    return Site(id=made, agency_id=made, url=target.url("http" if plain else target.scheme), name=target.host)


def refusal(inventory: Inventory, site: Site, depth: Depth, today: date) -> Text | None:
    """Why a site may not be visited so deep today, or None when it may."""
    if depth is Depth.PASSIVE:
        return None
    covering = [a for a in inventory.authorisations if _covers(a, inventory.lineage(site.agency_id))]
    if not covering:
        return Text(
            f'chưa có văn bản phê duyệt quét ở mức "{depth}" cho cơ quan này',
            f"no authorisation covers this agency; depth {depth} needs one",
        )
    valid = [a for a in covering if a.is_valid_on(today)]
    if not valid:
        last = max(covering, key=lambda a: a.valid_until)
        first, end = f"{last.valid_from:%d/%m/%Y}", f"{last.valid_until:%d/%m/%Y}"
        return Text(
            f"văn bản {last.document} chỉ có hiệu lực từ {first} đến {end}",
            f"{last.document} is valid from {first} to {end} only",
        )
    if any(a.depth.covers(depth) for a in valid):
        return None
    best = max(valid, key=lambda a: tuple(Depth).index(a.depth))
    return Text(
        f'văn bản {best.document} chỉ cho phép mức "{best.depth}", không phải "{depth}"',
        f"{best.document} allows depth {best.depth}, not {depth}",
    )


def chosen_sites(inventory: Inventory, only: Sequence[str]) -> tuple[Site, ...]:
    """The sites named by id, agency id or address; all of them when none is. Raises ConfigError."""
    wanted: set[str] = set()
    problems = []
    for name in only:
        found = _named(inventory, name)
        wanted |= found
        if not found:
            known = [s.id for s in inventory.sites] + [a.id for a in inventory.agencies]
            near = difflib.get_close_matches(name, known, n=1)
            hint = Text(f"ý bạn là {near[0]}?", f"did you mean {near[0]}?") if near else None
            message = Text(
                f"không có trang hay cơ quan nào tên {name}", f"no site or agency is called {name}"
            )
            problems.append(_argument(message, hint))
    if problems:
        raise ConfigError(problems)
    return tuple(s for s in inventory.sites if not only or s.id in wanted)


def _named(inventory: Inventory, name: str) -> set[str]:
    by_id = {s.id for s in inventory.sites if s.id == name}
    if by_id:
        return by_id
    below = {s.id for s in inventory.sites if name in inventory.lineage(s.agency_id)}
    if below:
        return below
    target = target_of(name)
    return (
        {s.id for s in inventory.sites if target_of(s.url) == target} if isinstance(target, Target) else set()
    )


def _target(site: Site) -> Target:
    target = target_of(site.url)
    if isinstance(target, Text):
        raise ConfigError([_argument(Text(f"{site.id}: {target.vi}", f"{site.id}: {target.en}"))])
    return target


def _wanted(checks: Iterable[Check], depth: Depth) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The probes and further fetches all checks need; what a browser would not ask needs more depth."""
    probes: set[str] = set()
    needs: set[str] = {
        CANARY
    }  # what a site says of a page it cannot have is the ground of every known-path check
    for check in checks:
        probes.update(VIEWS[check.on].probes)
        needs.update(check.needs)
    if "http" not in probes:
        needs.clear()
    may = {n for n in needs if depth.covers(QUESTIONS[n].depth if n in QUESTIONS else Depth.STANDARD)}
    return tuple(p for p in PARTS if p in probes), tuple(sorted(may))


def _scopes(sites: Iterable[Site]) -> dict[str, tuple[str, ...]]:
    """By agency, the hosts a redirect may lead to: its own sites, with and without www.

    Not those of others: a page of another agency is not this agency's page, and a list of the whole province in
    every job would grow with its square.
    """
    hosts: dict[str, set[str]] = {}
    for site in sites:
        target = target_of(site.url)
        found = hosts.setdefault(site.agency_id, set())
        if isinstance(target, Target):
            found |= {target.host, _twin(target.host)}
    return {agency_id: tuple(sorted(found)) for agency_id, found in hosts.items()}


def _twin(host: str) -> str:
    return host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"


def _opened(inventory: Inventory, site: Site, today: date) -> tuple[str, ...]:
    """Private blocks that authorisations in force open for a site."""
    lineage = inventory.lineage(site.agency_id)
    records = (a for a in inventory.authorisations if a.is_valid_on(today) and _covers(a, lineage))
    return tuple(dict.fromkeys(block for a in records for block in a.allow_addresses))


def _covers(record: Authorisation, lineage: Sequence[str]) -> bool:
    return not record.agencies or any(one in lineage for one in record.agencies)


def _both(words: Text | None) -> str:
    """A refusal travels with its job as one string, so it says it in both languages."""
    return f"{words.vi} / {words.en}" if words else ""


def _argument(message: Text, hint: Text | None = None) -> Problem:
    return Problem("rasoat", None, message, hint)


# ---- cost ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlannedRequest:
    """One HTTP request; redirects come on top. `<random>` stands for a name made on the day."""

    method: str
    url: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What a visit will ask of a server that behaves. `connections` counts hellos and HTTP connections."""

    requests: tuple[PlannedRequest, ...] = ()
    hellos: int = 0
    connections: int = 0
    dns_questions: int = 0
    seconds: float = 0.0


def cost_of(job: Job, scan: ScanSettings) -> Cost:
    """The cost of one job; nothing for a refused one."""
    if job.refused:
        return Cost()
    requests = (*_requests(job), *_policies(job))
    how_deep = Depth.THOROUGH if job.tls_listing == "full" else job.depth
    hellos = HELLOS[how_deep] if "tls" in job.probes and _speaks_tls(job.target) else 0
    connections = (
        hellos
        + len({request.url.partition("://")[0] for request in _requests(job)})
        + len(_policies(job))
        + bool(_files(job))
        + _transfers(job)
    )
    turns = len(requests) + hellos / HELLOS_PER_REQUEST
    seconds = connections * CONNECTION_S + turns / scan.per_address_rate
    questions = sum(DNS_QUESTIONS.get(probe, 0) for probe in job.probes)
    return Cost(requests, hellos, connections, questions, min(seconds, job.budget_s))


def _policies(job: Job) -> tuple[PlannedRequest, ...]:
    """The MTA-STS policy of the mail domain; sites of one domain share it."""
    return (PlannedRequest("GET", MAIL_POLICY_URL, MAIL_POLICY),) if "zone" in job.probes else ()


def _transfers(job: Job) -> int:
    return TRANSFERS if "zone" in job.probes and job.depth.covers(Depth.STANDARD) else 0


def _files(job: Job) -> tuple[PlannedRequest, ...]:
    """Targeted requests at most; they are made only when a system is recognised, and depend on each answer."""
    count = budget_of(job.depth) if {"cms", "http"} <= set(job.probes) else 0
    port = f":{job.target.port}" if job.target.port else ""
    origin = f"{job.target.scheme}://{job.target.host}{port}"
    return tuple(
        PlannedRequest("GET", f"{origin}/<file {number}/{count} of the recognised CMS>", CMS_FILE)
        for number in range(1, count + 1)
    )


def _speaks_tls(target: Target) -> bool:
    return target.port is None or target.scheme == "https"


def _requests(job: Job) -> tuple[PlannedRequest, ...]:
    if "http" not in job.probes:
        return _published(job)
    schemes = ("http", "https") if job.target.port is None else (job.target.scheme,)
    requests = [PlannedRequest("GET", job.target.url(scheme), scheme) for scheme in schemes]
    page = job.target.url(schemes[-1])
    requests += [
        PlannedRequest(QUESTIONS[need].method, _address(QUESTIONS[need], page), need)
        for need in allowed(job.needs, job.depth)
    ]
    return (*requests, *_files(job), *_published(job))


def _published(job: Job) -> tuple[PlannedRequest, ...]:
    """What certificates name, in one line: it goes to authorities, not to the site, and most of it once for a scan."""
    if not (job.certificate_urls and "tls" in job.probes and _speaks_tls(job.target)):
        return ()
    url = f"http://<authority>/<issuers, revocation lists, answers: {MOST} at most, each once a scan>"
    return (PlannedRequest("GET", url, CERTIFICATE_URL),)


def _address(question: Question, page: str) -> str:
    """What will be asked, as far as one knows before the home page was read."""
    return f"{page.rstrip('/')}/{INNER}" if question.inner else question.url(page, RANDOM)


def server_of(job: Job, network: NetworkSettings) -> str:
    """The server a job will ask, as far as one knows before any packet: a pinned address or the host."""
    return min(network.hosts.get(job.target.host, ()), default=job.target.host)


def seconds_of(jobs: Sequence[Job], settings: Settings) -> float:
    """How long a scan will take: sites on one server wait for each other, servers run side by side."""
    by_server: dict[str, float] = {}
    for job in jobs:
        server = server_of(job, settings.network)
        by_server[server] = by_server.get(server, 0.0) + cost_of(job, settings.scan).seconds
    slowest = max(by_server.values(), default=0.0)
    return max(slowest, sum(by_server.values()) / settings.scan.concurrency)
