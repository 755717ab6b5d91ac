"""`rasoat data build`: new tables from clones and copies of their public sources, as a bundle or a folder."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli.clock import today_in_vietnam
from scanner.cli.guard import guarded
from scanner.cli.speech import say
from scanner.config import load_or_default
from scanner.model.reference import Anchors
from scanner.model.text import Text

if TYPE_CHECKING:
    from scanner.data.sources import Copy, Naming
    from scanner.reference import Tables

BUNDLE_ENDING = ".gz"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line names."""

    root: Path | None
    clones: Mapping[str, list[Path]]
    copies: Mapping[str, list[Path]]
    tables: tuple[Path, ...]
    fetched: date | None


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
    "--source",
    "copies",
    multiple=True,
    metavar="KIND=PATH",
    help="A copy of a source: endoflife, release-data, cve, osv, friendsofphp, retire or kev; several times.",
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
    copies: tuple[str, ...],
    given: tuple[Path, ...],
    as_of: datetime | None,
    output: Path,
) -> None:
    """Build tables from clones and copies of public sources, check them, and pack them.

    Clones are read with `git ls-tree` and `git cat-file`; nothing in them is run. What a source says wrongly is
    mended by a rule or refused, and told on stderr.

    Exit codes: 0 built, 2 the tables contradict themselves or a source cannot be read; nothing is written.
    """
    from scanner.data.bundle import pack, unpack
    from scanner.data.soundness import faults_in
    from scanner.reference import tables_in

    today = today_in_vietnam()
    before = tables_in(load_or_default(ctx.find_root().obj).store.tables)
    asked = _Asked(
        git_root,
        _pairs(clones, "--git wants TABLE=DIR"),
        _pairs(copies, "--source wants KIND=PATH"),
        given,
        as_of.date() if as_of else None,
    )
    files: dict[str, bytes] = {}
    sources: dict[str, str] = {}
    for name, content, source in _made(asked, before, today):
        files[name], sources[name] = content, source
        say(f"{name}: {source}")
    if faults := faults_in(files, before):
        for fault in faults:
            say(fault)
        say(Text(f"{len(faults)} lỗi; chưa ghi gì", f"{len(faults)} faults; nothing is written"))
        ctx.exit(2)
    content = pack(files, day=today, sources=sources)
    unpack(content)
    _write(content, files, output)
    click.echo(f"{output}: {len(files)} tables, {len(content)} bytes")


def _made(asked: _Asked, before: "Tables", today: date) -> Iterator[tuple[str, bytes, str]]:
    """(name, content, where it comes from) of every table."""
    from scanner.data.fingerprint import build, name_of
    from scanner.data.orders import orders_of
    from scanner.data.sources import NAME, copies_in, given_copy, read_sources

    for path in asked.tables:
        yield path.name, path.read_bytes(), "given"
    for order in orders_of(before, asked.root, asked.clones):
        name = f"fingerprints/{order.history.table}.json"
        yield name, build(order, fetched=asked.fetched).encode(), ", ".join(map(name_of, order.clones))
    known, namings = read_sources(before.text(NAME))
    by_hand = (given_copy(kind, place, known) for kind, places in asked.copies.items() for place in places)
    copies = (*(copies_in(asked.root, known) if asked.root else ()), *by_hand)
    yield from _from_sources(copies, namings, before, today)


def _from_sources(
    copies: "tuple[Copy, ...]", namings: "tuple[Naming, ...]", before: "Tables", today: date
) -> Iterator[tuple[str, bytes, str]]:
    """Cycles first: they say which releases there are."""
    from scanner.data.cycles import build_cycles
    from scanner.data.holes_table import KEV, READERS, build_holes
    from scanner.data.soundness import laid_over
    from scanner.reference import read_reference

    made: dict[str, bytes] = {}
    if calendars := [copy for copy in copies if copy.source.kind == "endoflife"]:
        name = "eol.json"
        text, told = build_cycles(json.loads(before.read(name)), copies, namings, today=today)
        made[name] = text.encode()
        yield name, made[name], _told(told, calendars)
    if lists := [copy for copy in copies if copy.source.kind in {KEV, *READERS}]:
        name = "vulnerabilities.json"
        with laid_over(made, before) as tables:
            ref = read_reference(tables, Anchors())
        text, told = build_holes(json.loads(before.read(name)), lists, namings, ref, today=today)
        yield name, text.encode(), _told(told, lists)


def _told(lines: Iterable[str], copies: "Iterable[Copy]") -> str:
    """Print what was refused or mended; the names of the sources."""
    for line in lines:
        say(line)
    return ", ".join(copy.source.repository for copy in copies)


def _pairs(given: tuple[str, ...], usage: str) -> dict[str, list[Path]]:
    """NAME=PATH pairs by name, in their order."""
    found: dict[str, list[Path]] = {}
    for pair in given:
        name, _, path = pair.partition("=")
        if not path:
            raise click.UsageError(usage)
        found.setdefault(name, []).append(Path(path))
    return found


def _write(content: bytes, files: Mapping[str, bytes], output: Path) -> None:
    if output.suffix == BUNDLE_ENDING:
        output.write_bytes(content)
        return
    for name, table in files.items():
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_bytes(table)
