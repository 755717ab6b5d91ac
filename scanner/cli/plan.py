"""`rasoat plan`: every request, per site, before a packet is sent."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import click

from scanner.cli.clock import today_in_vietnam
from scanner.cli.guard import guarded
from scanner.cli.speech import language, plain, say
from scanner.config import load_or_default
from scanner.inventory import load_inventory
from scanner.model.agency import Agency, Depth, Inventory, Province, Site
from scanner.model.settings import Settings
from scanner.model.text import Language, Text
from scanner.model.visit import Job
from scanner.plan import Cost, cost_of, make_jobs, refusal, seconds_of, server_of, site_for_url
from scanner.registry import load_checks, select

HEADINGS = (
    Text("trang", "site"),
    Text("máy chủ", "server"),
    Text("mức", "depth"),
    Text("yêu cầu", "requests"),
    Text("kết nối", "connections"),
    Text("giây", "seconds"),
)
REFUSED = Text("từ chối", "refused")
HELLOS = Text("lần chào TLS", "TLS hellos")
QUESTIONS = Text("câu hỏi DNS", "DNS questions")
NO_PERMIT = Text(
    "lưu ý: chưa có văn bản phê duyệt trong danh mục; chỉ nên quét mức passive",
    "note: the inventory holds no authorisation; only the passive depth is open",
)


@click.command("plan")
@click.argument("targets", nargs=-1)
@click.option("--depth", type=click.Choice([d.value for d in Depth]), help="How deep to look.")
@click.option("--check", "only", multiple=True, metavar="ID", help="Only what this check or topic needs.")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
@guarded
def command(
    ctx: click.Context,
    *,
    targets: tuple[str, ...],
    depth: str | None,
    only: tuple[str, ...],
    format: str,  # noqa: A002 - the option's name, so that RASOAT_PLAN_FORMAT works
) -> None:
    """Show what a scan would ask of each site; nothing is sent.

    TARGETS are those of `rasoat scan`: site ids, agency ids, or addresses. Figures are for a server that
    behaves and has one address; redirects and retries come on top, within the budget of the site.

    Exit codes: 0 all sites may be visited, 2 usage or configuration, 3 some are refused.
    """
    settings = load_or_default(ctx.obj)
    if depth:
        settings = replace(settings, scan=replace(settings.scan, depth=Depth(depth)))
    checks = select(load_checks(settings.check_packs), only)
    inventory, ids = inventory_of(settings, targets)
    today = today_in_vietnam()
    jobs = make_jobs(inventory, checks=checks, settings=settings, today=today, scan_id="plan", only=ids)
    if format == "json":
        click.echo(json.dumps(document(jobs, inventory, settings, today), ensure_ascii=False, indent=1))
    else:
        _show(jobs, inventory, settings, today)
    if not inventory.authorisations and not any("://" in t for t in targets):
        say(NO_PERMIT)
    ctx.exit(3 if any(job.refused for job in jobs) else 0)


def inventory_of(settings: Settings, targets: Sequence[str]) -> tuple[Inventory, Sequence[str]]:
    """The inventory and the names chosen in it; addresses alone make an inventory of their own."""
    addresses = [t for t in targets if "://" in t]
    if not addresses:
        return load_inventory(settings.inventory), targets
    if len(addresses) != len(targets):
        raise click.UsageError("give either addresses or ids of the inventory, not both")
    sites = {site.id: site for site in map(site_for_url, addresses)}
    agencies = tuple(Agency(site.agency_id, site.name) for site in sites.values())
    return Inventory(Province(""), agencies, tuple(sites.values())), ()


def document(jobs: Sequence[Job], inventory: Inventory, settings: Settings, today: date) -> dict[str, Any]:
    """The plan as one JSON document."""
    sites = {site.id: site for site in inventory.sites}
    rows = [_row(job, sites[job.site_id], inventory, settings, today) for job in jobs]
    return {
        "schema": "rasoat-plan/1",
        "depth": settings.scan.depth.value,
        "sites": rows,
        "total": {
            "sites": len(jobs),
            "refused": sum(1 for job in jobs if job.refused),
            "requests": sum(len(row["requests"]) for row in rows),
            "connections": sum(row["connections"] for row in rows),
            "dns_questions": sum(row["dns_questions"] for row in rows),
            "seconds": round(seconds_of(jobs, settings), 1),
        },
    }


def _row(job: Job, site: Site, inventory: Inventory, settings: Settings, today: date) -> dict[str, Any]:
    cost = cost_of(job, settings.scan)
    why = refusal(inventory, site, job.depth, today)
    return {
        "site": job.site_id,
        "url": site.url,
        "server": server_of(job, settings.network),
        "depth": job.depth.value,
        "refused": {"vi": why.vi, "en": why.en} if why else None,
        "requests": [{"method": r.method, "url": r.url, "purpose": r.purpose} for r in cost.requests],
        "tls_hellos": cost.hellos,
        "connections": cost.connections,
        "dns_questions": cost.dns_questions,
        "seconds": round(cost.seconds, 1),
    }


def _show(jobs: Sequence[Job], inventory: Inventory, settings: Settings, today: date) -> None:
    """The plan for people on a terminal, tab-separated rows in a pipe."""
    import sys

    speech = language()
    if not sys.stdout.isatty():
        for line in lines(jobs, inventory, settings, today, speech):
            click.echo(plain_row(line))
    else:
        _show_table(jobs, inventory, settings, today, speech)
    say(summary(jobs, settings, speech))


def lines(
    jobs: Sequence[Job], inventory: Inventory, settings: Settings, today: date, speech: Language
) -> Iterator[tuple[str, ...]]:
    """One row per request, then one per site: the site, what, and how much."""
    sites = {site.id: site for site in inventory.sites}
    for job in jobs:
        cost = cost_of(job, settings.scan)
        why = refusal(inventory, sites[job.site_id], job.depth, today)
        if why:
            yield job.site_id, REFUSED.into(speech), why.into(speech)
            continue
        for request in cost.requests:
            yield job.site_id, request.method, request.url, request.purpose
        for figure, words in ((cost.hellos, HELLOS), (cost.dns_questions, QUESTIONS)):
            if figure:
                yield job.site_id, words.into(speech), str(figure)
        yield (job.site_id, "=", *_figures(job, cost, settings).values())


def plain_row(cells: Sequence[str]) -> str:
    """Cells as one line for a pipe; no cell can break the line or add a column."""
    return "\t".join(plain(cell).replace("\n", " ") for cell in cells)


def _figures(job: Job, cost: Cost, settings: Settings) -> Mapping[str, str]:
    return {
        "server": server_of(job, settings.network),
        "depth": job.depth.value,
        "requests": str(len(cost.requests)),
        "connections": str(cost.connections),
        "seconds": f"{cost.seconds:.1f}",
    }


def _show_table(
    jobs: Sequence[Job], inventory: Inventory, settings: Settings, today: date, speech: Language
) -> None:
    """One row per site with its requests below the name; long cells fold on narrow terminals."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Styled

    sites = {site.id: site for site in inventory.sites}
    table = Table(box=None, pad_edge=False)
    for position, heading in enumerate(HEADINGS):
        table.add_column(heading.into(speech), overflow="fold", justify="right" if position > 2 else "left")
    for job in jobs:
        cost = cost_of(job, settings.scan)
        why = refusal(inventory, sites[job.site_id], job.depth, today)
        cell = Styled(plain(job.site_id), style="bold")
        if why:
            cell.append(plain(f"\n{REFUSED.into(speech)}: {why.into(speech)}"), style="red")
        for request in cost.requests:
            cell.append(plain(f"\n{request.method} {request.url}"), style="dim")
        table.add_row(cell, *(Styled(plain(v)) for v in _figures(job, cost, settings).values()))
    Console().print(table)


def summary(jobs: Sequence[Job], settings: Settings, speech: Language) -> str:
    """The whole plan in one sentence."""
    costs = [cost_of(job, settings.scan) for job in jobs]
    requests, connections = sum(len(c.requests) for c in costs), sum(c.connections for c in costs)
    refused = sum(1 for job in jobs if job.refused)
    seconds = round(seconds_of(jobs, settings))
    words = Text(
        f"{len(jobs)} trang ({refused} bị từ chối): {requests} yêu cầu, {connections} kết nối,"
        f" khoảng {seconds} giây. Chưa gửi gói tin nào.",
        f"{len(jobs)} sites ({refused} refused): {requests} requests, {connections} connections,"
        f" about {seconds} s. No packet has been sent.",
    )
    return words.into(speech)
