"""`rasoat checks`: the rule book as a table."""

import json
import sys

import click
from rich.console import Console
from rich.table import Table

from scanner.cli.guard import guarded
from scanner.cli.speech import language
from scanner.config import load_or_default
from scanner.registry import load_checks, select


@click.command("checks")
@click.argument("names", nargs=-1)
@click.option("--format", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
@guarded
def command(ctx: click.Context, names: tuple[str, ...], format: str) -> None:  # noqa: A002 - the option's name
    """List the checks, all or those of the named topics."""
    settings = load_or_default(ctx.obj)
    checks = select(load_checks(settings.check_packs), names)
    speech = language()
    if format == "json":
        rows = [
            {
                "id": c.id,
                "severity": c.severity.value,
                "title": {"vi": c.title.vi, "en": c.title.en},
                "on": c.on.__name__,
                "since": c.since,
            }
            for c in checks
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if not sys.stdout.isatty():
        for c in checks:
            click.echo(f"{c.id}\t{c.severity.value}\t{c.title.into(speech)}")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("id", "severity", "title"):
        table.add_column(heading, overflow="fold")
    for c in checks:
        table.add_row(c.id, c.severity.value, c.title.into(speech))
    Console().print(table)
