"""`rasoat data build`: new tables from clones and copies of their public sources, as a bundle or a folder."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from scanner.cli.clock import today_in_vietnam
from scanner.cli.guard import guarded
from scanner.config import load_or_default

BUNDLE_ENDING = ".gz"


@click.command("build")
@click.option(
    "--git-root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of clones, owner/name or name, as histories.toml and sources.toml list them.",
)
@click.option(
    "--git",
    "clones",
    multiple=True,
    metavar="TABLE=DIR",
    help="A clone with tags of a product's repository; may be given several times.",
)
@click.option(
    "--table",
    "given",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A finished table to put in: eol.json, vulnerabilities.json, signals.toml ...",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the clones were fetched. Without it, the day of their newest commit: never too young.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="A bundle (.tar.gz), or a folder."
)
@click.pass_context
@guarded
def command(
    ctx: click.Context,
    *,
    git_root: Path | None,
    clones: tuple[str, ...],
    given: tuple[Path, ...],
    as_of: datetime | None,
    output: Path,
) -> None:
    """Build tables from clones of public repositories and pack them with given ones.

    Clones are read with `git ls-tree` and `git cat-file`; nothing in them is run.
    """
    from scanner.data.bundle import pack, unpack
    from scanner.data.fingerprint import build, name_of
    from scanner.data.orders import orders_of
    from scanner.reference import tables_in

    today = today_in_vietnam()
    tables = tables_in(load_or_default(ctx.find_root().obj).store.tables)
    files = {path.name: path.read_bytes() for path in given}
    sources = {path.name: "given" for path in given}
    for order in orders_of(tables, git_root, _named(clones)):
        name = f"fingerprints/{order.history.table}.json"
        files[name] = build(order, fetched=as_of.date() if as_of else None).encode()
        sources[name] = ", ".join(map(name_of, order.clones))
        click.echo(f"{name}: {sources[name]}", err=True)
    content = pack(files, day=today, sources=sources)
    unpack(content)
    if output.suffix == BUNDLE_ENDING:
        output.write_bytes(content)
    else:
        _write_out(files, output)
    click.echo(f"{output}: {len(files)} tables, {len(content)} bytes")


def _named(pairs: tuple[str, ...]) -> dict[str, list[Path]]:
    """TABLE=DIR pairs by table, in their order."""
    found: dict[str, list[Path]] = {}
    for pair in pairs:
        table, _, folder = pair.partition("=")
        if not folder:
            raise click.UsageError("--git wants TABLE=DIR")
        found.setdefault(table, []).append(Path(folder))
    return found


def _write_out(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
