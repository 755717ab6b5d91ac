"""`rasoat inventory components`: what runs where, from the stored scan."""

from pathlib import Path

import click

from scanner.cli.guard import guarded
from scanner.cli.speech import language
from scanner.config import load_or_default


@click.command("components")
@click.argument("scan", default="latest")
@click.option(
    "--format", type=click.Choice(["table", "csv", "cyclonedx"]), default="table", show_default=True
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write a file instead.")
@click.pass_context
@guarded
def command(ctx: click.Context, *, scan: str, format: str, output: Path | None) -> None:  # noqa: A002 - the option
    """List products, server software and script libraries of every site of SCAN (an id, or `latest`).

    Read from the store; nothing is sent over the network. A product that is only possible is left out.
    """
    from reports.components import components_of, csv_text, cyclonedx, table
    from scanner.store import Store

    with Store.open(load_or_default(ctx.find_root().obj).store.url) as store:
        this = store.scan(scan)
        inventory, visits = store.inventory(this.id), store.visits(this.id)
    rows = components_of(inventory, visits)
    if format == "cyclonedx":
        text = cyclonedx(rows, this, inventory)
    else:
        text = (csv_text if format == "csv" else table)(rows, language())
    if output is None:
        click.echo(text, nl=False)
        return
    output.write_text(text, encoding="utf-8", newline="")
    click.echo(output)
