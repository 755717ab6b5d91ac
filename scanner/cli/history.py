"""`rasoat history`: what the stored scans tell over time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import click

from scanner.cli.clock import VIETNAM
from scanner.cli.guard import guarded
from scanner.cli.speech import say
from scanner.config import load_or_default
from scanner.errors import ConfigError, Problem
from scanner.model.dossier import Dossier
from scanner.model.history import History
from scanner.model.pace import Pace, Period
from scanner.model.text import Text
from scanner.policy.story import pace, periods
from scanner.policy.trend import Proof
from scanner.store import Store

Stories = Mapping[tuple[str, str], tuple[Period, ...]]


@click.command("history")
@click.argument("name", required=False)
@click.pass_context
@guarded
def command(ctx: click.Context, name: str | None) -> None:
    """Show the scans, or the past of NAME: an agency id or a site id.

    Without NAME: one line per agency and scan (scan, day, agency, points, grade, decided, applicable, open, new,
    fixed, version of the rules), earlier scans recomputed under the rules of today. With the id of a site: one line
    per open period of each finding (check, first seen, fixed on or "-", last seen, days). Tab-separated on stdout;
    the pace of repair on stderr.

    Exit codes: 0 shown, 2 no such agency or site, 4 no scan yet.
    """
    from scanner.pipeline import issue, utc_now
    from scanner.policy.files import rules
    from scanner.policy.rules import read_policy

    settings = load_or_default(ctx.obj)
    filename, text = rules(settings.report.policy)
    with Store.open(settings.store.url) as store:
        dossier, past = issue(settings, store), store.history()
    sites, agencies = _chosen(dossier, name)
    stories = _stories(past, sites, read_policy(text, filename=filename).proof)
    lines = _periods(stories, utc_now()) if name in sites else _eras(dossier, agencies)
    for line in lines:
        click.echo(line)
    _say_pace(pace(stories.values()))


def _chosen(dossier: Dossier, name: str | None) -> tuple[frozenset[str], tuple[str, ...]]:
    """The sites and agencies a name stands for; all of them without one. Raises ConfigError."""
    inventory = dossier.inventory
    if any(site.id == name for site in inventory.sites):
        return frozenset({name or ""}), ()
    agencies = tuple(a.id for a in inventory.agencies if name is None or name in inventory.lineage(a.id))
    if not agencies:
        message = Text(f"không có cơ quan hay trang nào tên {name}", f"no agency or site is called {name}")
        raise ConfigError([Problem("rasoat history", None, message)])
    return frozenset(s.id for s in inventory.sites if s.agency_id in agencies), agencies


def _stories(past: History, sites: frozenset[str], proof: Proof) -> Stories:
    return {key: periods(seen, proof) for key, seen in past.sightings.items() if key[0] in sites}


def _eras(dossier: Dossier, agencies: Sequence[str]) -> Iterator[str]:
    from reports.view.counts import count

    for agency_id in agencies:
        for era in dossier.past.get(agency_id, ()):
            score = era.score
            yield _line(era.scan_id, era.at, agency_id, score.points, score.grade, score.decided, score.applicable,
                        era.open_findings, era.new, era.fixed, score.rules)  # fmt: skip
        ruled = [dossier.rulings[site.id] for site in dossier.sites_of(agency_id)]
        if ruled:
            counts = count((r for site in ruled for r in site.rulings), dossier.issued_on)
            score = dossier.scores[agency_id]
            yield _line(dossier.scan.id, dossier.scan.started_at, agency_id, score.points, score.grade, score.decided,
                        score.applicable, counts.open, counts.new, counts.fixed, score.rules)  # fmt: skip


def _periods(stories: Stories, now: datetime) -> Iterator[str]:
    for (_site, check_id), story in sorted(stories.items()):
        for period in story:
            days = ((period.closed_at or now) - period.opened_at).days
            yield _line(check_id, period.opened_at, period.closed_at, period.last_seen_at, days)


def _line(*cells: object) -> str:
    """Tab-separated cells; days by the calendar of Vietnam, a dash for what is not."""
    return "\t".join(_cell(cell) for cell in cells)


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(VIETNAM).date().isoformat()
    return "-" if value is None or value == "" else str(value)


def _say_pace(measured: Pace) -> None:
    if measured.median_days is None or measured.reopen_rate is None:
        say(Text("Chưa có phát hiện nào được khắc phục.", "No finding has been fixed yet."))
        return
    days, rate = f"{measured.median_days:.0f}", f"{measured.reopen_rate:.0%}"
    say(
        Text(
            f"{measured.closed} lần khắc phục; một nửa trong vòng {days} ngày; tỷ lệ tái phát {rate}",
            f"{measured.closed} fixes; half of them within {days} days; re-opened: {rate}",
        )
    )
