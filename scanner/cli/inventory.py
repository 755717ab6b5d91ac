"""`rasoat inventory`: import a list, lint the file, show what is in it."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from scanner.cli.candidates import command as candidates_command
from scanner.cli.clock import today_in_vietnam
from scanner.cli.components import command as components_command
from scanner.cli.guard import guarded
from scanner.cli.speech import language, say
from scanner.config import load_or_default
from scanner.errors import ConfigError, Grade, Problem
from scanner.inventory import (
    Imported,
    addition,
    import_sheet,
    lint,
    load_inventory,
    read_inventory,
    write_toml,
)
from scanner.inventory.lint import PLACEHOLDER
from scanner.model.agency import Inventory, Province
from scanner.model.text import Text
from scanner.textfile import read_text

GRADES = {Grade.ERROR: Text("lỗi", "error"), Grade.WARNING: Text("lưu ý", "warning")}
NOTHING_NEW = Text("không có gì mới", "nothing new")


@click.group("inventory")
def command() -> None:
    """Import and lint the list of agencies and sites; list what runs where and what is missing."""


command.add_command(components_command)
command.add_command(candidates_command)


@command.command("lint")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
@guarded
def lint_command(ctx: click.Context, file: Path | None, strict: bool, format: str) -> None:  # noqa: A002 - the option
    """Point out every fault of the inventory, with its line.

    Exit codes: 0 usable (there may be warnings), 2 not usable.
    """
    path = file or load_or_default(ctx.find_root().obj).inventory
    inventory, marks, problems = read_inventory(read_text(path), filename=str(path))
    if inventory is not None:
        problems = lint(inventory, today_in_vietnam(), filename=str(path), marks=marks)
    _print(problems, format)
    if inventory is not None and format == "text":
        counted = Text(
            f"{len(inventory.agencies)} cơ quan, {len(inventory.sites)} trang, {len(problems)} điều cần xem",
            f"{len(inventory.agencies)} agencies, {len(inventory.sites)} sites, {len(problems)} remarks",
        )
        say(counted)
    if any(p.is_error or strict for p in problems):
        ctx.exit(ConfigError.exit_code)


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write a new file instead."
)
@click.option("--sheet", help="Name of the sheet to read (default: the first with headings).")
@click.option("--province", default="", help="Name of the province, when a new file is written.")
@click.option("--dry-run", is_flag=True, help="Read and report only.")
@click.pass_context
@guarded
def import_command(
    ctx: click.Context, *, file: Path, output: Path | None, sheet: str | None, province: str, dry_run: bool
) -> None:
    """Add the agencies and sites of an Excel or CSV list to the inventory.

    What stands in the inventory stays byte for byte: new agencies and sites are put at its end, sites it has
    already are left alone. Each row that cannot be used is named by its number; the others are kept.

    Exit codes: 0 all rows used, 1 some rows were not, 2 the file cannot be used.
    """
    path = output or load_or_default(ctx.find_root().obj).inventory
    if output is not None and output.exists():
        message = Text("đã có tệp này; không ghi đè", "is there already and is not overwritten")
        raise ConfigError([Problem(str(output), None, message)])
    existing = load_inventory(path) if path.exists() else None
    imported = import_sheet(file, existing=existing, sheet=sheet)
    _print(imported.problems, "text")
    if not dry_run and imported.sites:
        _keep(path, existing, imported, Province(name=province or PLACEHOLDER), source=file.name)
    _say_what_came(imported, path, dry_run=dry_run)
    ctx.exit(1 if any(p.is_error for p in imported.problems) else 0)


def _keep(
    path: Path, existing: Inventory | None, imported: Imported, province: Province, *, source: str
) -> None:
    """Write a new file, or add to the end of the one there; checked before a byte is written."""
    if existing is None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(write_toml(imported.inventory(province)))
        return
    more = addition(imported.agencies, imported.sites, comment=f"rasoat inventory import: {source}")
    _, _, problems = read_inventory(read_text(path) + more, filename=str(path))
    if problems:
        raise ConfigError(problems)
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(more)


def _say_what_came(imported: Imported, path: Path, *, dry_run: bool) -> None:
    agencies, sites = len(imported.agencies), len(imported.sites)
    say(
        Text(
            f"{imported.rows} dòng: {agencies} cơ quan mới, {sites} trang mới, {imported.known} trang đã có",
            f"{imported.rows} rows: {agencies} new agencies, {sites} new sites, {imported.known} known",
        )
    )
    if not imported.sites:
        say(NOTHING_NEW)
    elif not dry_run:
        click.echo(path)
        say(Text("Tiếp theo: rasoat inventory lint", "Next: rasoat inventory lint"))


def _print(problems: Sequence[Problem], style: str) -> None:
    """Problems on stdout, one line each, as editors understand them."""
    if style == "json":
        rows = [
            {
                "file": p.file,
                "line": p.line,
                "grade": p.grade.value,
                "message": {"vi": p.message.vi, "en": p.message.en},
            }
            for p in problems
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for problem in problems:
        grade = GRADES[problem.grade].into(language())
        place = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
        words = problem.into(language()).removeprefix(f"{place}: ")
        click.echo(f"{place}: {grade}: {words}", file=sys.stdout)
