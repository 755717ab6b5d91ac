"""One polite visit: from a job to frozen evidence.

DNS first, then HTTP and TLS side by side at the pace of the server. Everything the world can do to us becomes
`Missing`; an exception that leaves this module is a defect of ours, and the executor writes it down as one.
"""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from scanner.collect.cms.probe import probe_cms
from scanner.collect.dns.zone import collect_zone, subject_of
from scanner.collect.failure import NETWORK_ERRORS, missing_from
from scanner.collect.http.probe import probe_http
from scanner.collect.http.sts_policy import fetch_policy
from scanner.collect.http.transport import Client, unresolved
from scanner.collect.net import Net, VisitNet
from scanner.collect.pki.probe import probe_pki
from scanner.collect.tls.probe import probe_tls
from scanner.identify.dns_book import Book
from scanner.identify.questions import policy_domains
from scanner.model.evidence import (
    CmsEvidence,
    DnsEvidence,
    Evidence,
    HttpEvidence,
    Missing,
    PkiEvidence,
    TlsEvidence,
    Why,
)
from scanner.model.visit import Job

HTTPS_PORT = 443
OVERSHOOT_S = 2.0  # probes end by themselves at the budget; this is the net below them
CANARY_BYTES = 8


@dataclass(slots=True)
class _Parts:
    """What has been seen so far; what is asked for and never comes stays Missing(budget)."""

    seen_at: datetime
    dns: DnsEvidence | Missing
    tls: TlsEvidence | Missing
    http: HttpEvidence | Missing
    cms: CmsEvidence | Missing
    pki: PkiEvidence | Missing = Missing(Why.NOT_ASKED)


def random_token() -> str:
    """16 hex digits for a path that cannot exist."""
    return secrets.token_hex(CANARY_BYTES)


async def collect(
    job: Job, net: Net, *, now: Callable[[], datetime], token: Callable[[], str] = random_token
) -> Evidence:
    """What one visit to one site saw. `now` is read once, when the visit begins."""
    seen_at = now()
    parts = _Parts(seen_at, *(_not_yet(job, probe) for probe in ("dns", "tls", "http", "cms")))
    async with net.visit(job) as visit:
        if not job.refused:
            try:
                async with asyncio.timeout(job.budget_s + OVERSHOOT_S):
                    await _look(visit, job, parts, token)
            except TimeoutError:
                pass  # the parts say Missing(budget)
        return Evidence(
            site_id=job.site_id,
            target=job.target,
            seen_at=seen_at,
            depth=job.depth,
            declared=job.declared,
            dns=parts.dns,
            tls=parts.tls,
            http=parts.http,
            cms=parts.cms,
            ledger=visit.tally.ledger(),
            before=job.before,
            pki=parts.pki,
        )


def _not_yet(job: Job, probe: str) -> Missing:
    if job.refused:
        return Missing(Why.OUT_OF_SCOPE, job.refused)
    if probe not in job.probes or (probe == "tls" and _tls_port(job) is None):
        return Missing(Why.NOT_ASKED)
    return Missing(Why.BUDGET)


def _tls_port(job: Job) -> int | None:
    """Where TLS is spoken; None when the target is a plain port."""
    if job.target.port is None:
        return HTTPS_PORT
    return job.target.port if job.target.scheme == "https" else None


async def _look(visit: VisitNet, job: Job, parts: _Parts, token: Callable[[], str]) -> None:
    until = asyncio.get_running_loop().time() + job.budget_s
    dns = await visit.resolve(job.target.host)
    if "dns" in job.probes:
        parts.dns = dns
    try:
        async with asyncio.TaskGroup() as group:
            if "zone" in job.probes:
                group.create_task(_look_zone(visit, job, parts, until=until, token=token))
            if parts.http == Missing(Why.BUDGET):
                group.create_task(_look_http(visit, job, parts, dns, until=until, token=token))
            if parts.tls == Missing(Why.BUDGET):
                group.create_task(_look_tls(visit, job, parts, dns, until=until))
    except BaseExceptionGroup as group_error:
        raise group_error.exceptions[0] from None  # one defect, under its own name


async def _look_http(
    visit: VisitNet, job: Job, parts: _Parts, dns: DnsEvidence, *, until: float, token: Callable[[], str]
) -> None:
    if not dns.addresses:
        parts.http = unresolved(dns)
        if parts.cms == Missing(Why.BUDGET):
            parts.cms = parts.http
        return
    client = Client(visit)
    try:
        parts.http = await probe_http(client, job, until=until, token=token)
        if parts.cms == Missing(Why.BUDGET):
            page = Evidence(job.site_id, job.target, parts.seen_at, job.depth, http=parts.http)
            parts.cms = await probe_cms(client, page, until=until, token=token)
    finally:
        await client.aclose()


async def _look_zone(
    visit: VisitNet, job: Job, parts: _Parts, *, until: float, token: Callable[[], str]
) -> None:
    subject = subject_of(visit, job, token())
    if subject is not None and isinstance(parts.dns, DnsEvidence):
        zone = await collect_zone(visit, subject, until=until)
        domains = policy_domains(subject, Book(zone))
        policies = [await fetch_policy(visit, domain, until=until) for domain in domains]
        parts.dns = replace(parts.dns, zone=zone, policies=tuple(policies))


async def _look_tls(visit: VisitNet, job: Job, parts: _Parts, dns: DnsEvidence, *, until: float) -> None:
    port = _tls_port(job)
    if port is None or not dns.addresses:
        parts.tls = unresolved(dns)
        return
    left = until - asyncio.get_running_loop().time()
    try:
        parts.tls = await probe_tls(
            visit,
            job.target.host,
            port,
            dns.addresses,
            depth=job.depth,
            listing=job.tls_listing,
            deadline_s=left,
        )
    except NETWORK_ERRORS as error:
        parts.tls = missing_from(error)
        return
    if job.certificate_urls:
        seen = Evidence(job.site_id, job.target, parts.seen_at, job.depth, tls=parts.tls)
        parts.pki = Missing(Why.BUDGET)
        parts.pki = await probe_pki(visit, seen, until=until)
