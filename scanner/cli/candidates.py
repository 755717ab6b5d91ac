"""`rasoat inventory candidates`: hosts the last scan saw that may be missing from the inventory."""

from pathlib import Path

import click

from scanner.cli.guard import guarded
from scanner.cli.speech import language, say
from scanner.config import load_or_default
from scanner.model.text import Text


@click.command("candidates")
@click.argument("scan", default="latest")
@click.option("--format", type=click.Choice(["table", "csv"]), default="table", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write a file instead.")
@click.pass_context
@guarded
def command(ctx: click.Context, *, scan: str, format: str, output: Path | None) -> None:  # noqa: A002 - the option
    """List hosts that SCAN (an id, or `latest`) saw in links, redirects, certificates and DNS, and nobody declared.

    Read from the store; they were never visited. Add those that are yours to the inventory.
    """
    from reports.candidates import csv_text, table
    from scanner.policy.candidates import candidates_of
    from scanner.store import Store

    with Store.open(load_or_default(ctx.find_root().obj).store.url) as store:
        this = store.scan(scan)
        inventory, visits = store.inventory(this.id), store.visits(this.id)
    found = candidates_of(inventory, visits)
    text = (csv_text if format == "csv" else table)(found, inventory, language())
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="")
        click.echo(output)
    count = Text(
        f"{len(found)} máy chủ chưa có trong danh mục; chưa máy nào bị quét",
        f"{len(found)} hosts are not in the inventory; none of them was visited",
    )
    say(count)
