"""`rasoat rejudge`: new checks and new data over stored evidence."""

import click

from scanner.cli.guard import guarded
from scanner.config import load_or_default


@click.command("rejudge")
@click.argument("scan", default="latest")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.pass_context
@guarded
def command(ctx: click.Context, scan: str, dry_run: bool) -> None:
    """Judge the stored evidence of SCAN again (an id, or `latest`). Nothing is sent over the network.

    Evidence is the record and findings are a reading of it, so the new findings replace the old ones. Prints each
    verdict that changed: site, check, before, after.
    """
    from scanner.pipeline import rejudge
    from scanner.store import Store

    settings = load_or_default(ctx.obj)
    with Store.open(settings.store.url) as store, store.locked():
        this = store.scan(scan)
        changes, lost = rejudge(store, this.id, settings, keep=not dry_run)
    for change in changes:
        before = change.before.value if change.before else "-"
        after = change.after.value if change.after else "-"
        click.echo(f"{change.site_id}\t{change.check_id}\t{before}\t{after}")
    click.echo(f"scan {this.id}: {len(changes)} verdicts changed", err=True)
    for site_id in lost:
        click.echo(f"{site_id}: its evidence is not in the store; its findings stay as they were", err=True)
