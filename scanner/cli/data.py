"""`rasoat data`: how old the tables are, whether they are sound, and newer ones from an offline bundle."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from scanner.cli.clock import today_in_vietnam
from scanner.cli.data_build import command as build_command
from scanner.cli.data_verify import command as verify_command
from scanner.cli.guard import guarded
from scanner.cli.speech import language, say
from scanner.config import load_or_default
from scanner.model.reference import Anchors
from scanner.model.text import Text

AGES = {
    "fresh": Text("còn mới", "fresh"),
    "old": Text("đã cũ, quá 30 ngày", "older than 30 days"),
    "too-old": Text("quá cũ, quá 90 ngày", "older than 90 days"),
}


GRADES = {
    "affected": Text("bị ảnh hưởng", "affected"),
    "possible": Text("có thể bị ảnh hưởng", "possibly affected"),
    "unchecked": Text(
        "có thể bị ảnh hưởng (chưa kiểm chứng phạm vi)", "possibly affected (range not verified)"
    ),
}


@click.group("data")
def command() -> None:
    """The dated tables: releases, their support, file hashes, published holes."""


@command.command("status")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
@guarded
def status_command(ctx: click.Context, format: str) -> None:  # noqa: A002 - the option
    """Say how old each table is and where it came from.

    Exit codes: 0 nothing is older than 90 days, 1 something is.
    """
    from scanner.data.age import Age, ages
    from scanner.reference import read_reference, tables_in

    tables = tables_in(load_or_default(ctx.find_root().obj).store.tables)
    aged = ages(read_reference(tables, Anchors()), today_in_vietnam())
    if format == "json":
        rows = [
            {
                "table": a.table.name,
                "date": a.table.day.isoformat(),
                "days": a.days,
                "age": a.age.value,
                "source": a.table.source,
            }
            for a in aged
        ]
        click.echo(
            json.dumps({"bundle": _bundle(tables.bundle), "tables": rows}, ensure_ascii=False, indent=1)
        )
    else:
        for a in aged:
            words = AGES[a.age.value].into(language())
            click.echo(f"{a.table.name}\t{a.table.day:%d/%m/%Y}\t{a.days}\t{words}\t{a.table.source}")
    ctx.exit(1 if any(a.age is Age.TOO_OLD for a in aged) else 0)


@command.command("check")
@click.pass_context
@guarded
def check_command(ctx: click.Context) -> None:
    """Read every table and name what contradicts itself.

    Exit codes: 0 sound, 2 not.
    """
    from scanner.data.soundness import faults_of
    from scanner.reference import tables_in

    faults = faults_of(tables_in(load_or_default(ctx.find_root().obj).store.tables))
    for fault in faults:
        click.echo(fault)
    say(Text(f"{len(faults)} lỗi trong bảng dữ liệu", f"{len(faults)} faults in the tables"))
    ctx.exit(2 if faults else 0)


@command.command("update")
@click.option(
    "--from",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="The bundle, a .tar.gz made by `rasoat data build`.",
)
@click.option("--allow-older", is_flag=True, help="Take a bundle older than the tables in use.")
@click.pass_context
@guarded
def update_command(ctx: click.Context, file: Path, *, allow_older: bool) -> None:
    """Verify a bundle - sums, schema, age, soundness - and put it to use at once or not at all.

    Exit codes: 0 in use, 2 refused and nothing has changed.
    """
    from scanner.data.bundle import install, unpack

    updates = load_or_default(ctx.find_root().obj).store.tables
    folder = install(unpack(file.read_bytes()), updates, today=today_in_vietnam(), allow_older=allow_older)
    click.echo(folder)
    say(
        Text(
            "Dữ liệu mới đã được dùng. Xét lại trang cũ: rasoat rejudge",
            "The new tables are in use. Judge stored evidence again: rasoat rejudge",
        )
    )


@command.command("affected")
@click.argument("hole", metavar="CVE")
@click.argument("scan", default="latest")
@click.pass_context
@guarded
def affected_command(ctx: click.Context, hole: str, scan: str) -> None:
    """List the sites of SCAN that a published hole concerns: agency, site, address, product, version, how surely.

    Read from the store; nothing is sent over the network.

    Exit codes: 0 no site, 1 some, 2 the tables do not have the hole.
    """
    from reports.clean import one_line
    from scanner.data.bundle import BundleError
    from scanner.identify.affected import concerned, record_of
    from scanner.reference import read_reference, tables_in
    from scanner.store import Store

    settings = load_or_default(ctx.find_root().obj)
    records = record_of(hole, read_reference(tables_in(settings.store.tables), Anchors()))
    if not records:
        raise BundleError(f"{hole}: not in the tables; see `rasoat data status`")
    with Store.open(settings.store.url) as store:
        this = store.scan(scan)
        sites = {site.id: site for site in store.inventory(this.id).sites}
        visits = store.visits(this.id)
    found = [(v.site_id, one) for v in visits for one in concerned(_cms_facts(v.facts), records)]
    for site_id, one in found:
        site = sites.get(site_id)
        agency, address = (site.agency_id, site.url) if site else ("", "")
        grade = GRADES["unchecked" if one.is_unchecked else one.grade.value].into(language())
        cells = (agency, site_id, address, one.name, one.version, grade)
        click.echo("\t".join(one_line(cell) for cell in cells))
    say(Text(f"{len(found)} trang trên {len(visits)}", f"{len(found)} sites of {len(visits)}"))
    ctx.exit(1 if found else 0)


def _cms_facts(facts: str) -> Mapping[str, Any]:
    """The part of stored facts that lists products; empty when there is none."""
    try:
        cms = json.loads(facts).get("cms")
    except (ValueError, AttributeError):
        return {}
    return cms if isinstance(cms, dict) else {}


def _bundle(folder: Path | None) -> str | None:
    return folder.name if folder else None


command.add_command(build_command)
command.add_command(verify_command)
