"""`rasoat frameworks`: the laws and standards reports cite, and what is wrong with their files."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

import click

from scanner.cli.clock import today_in_vietnam
from scanner.cli.guard import guarded
from scanner.cli.speech import language, say
from scanner.config import load_or_default
from scanner.errors import ConfigError, Grade, Problem
from scanner.model.text import Text
from scanner.policy import files
from scanner.policy.citations import is_in_force, standing
from scanner.policy.framework_lint import lint
from scanner.policy.frameworks import Frameworks, read_frameworks

GRADES = {Grade.ERROR: Text("lỗi", "error"), Grade.WARNING: Text("lưu ý", "warning")}
DAY = click.DateTime(["%Y-%m-%d"])


@click.group("frameworks")
def command() -> None:
    """List the laws and standards reports cite; lint their files; lay two side by side."""


@command.command("list")
@click.option("--on", type=DAY, help="What is in force on that day (default: today).")
@click.pass_context
@guarded
def list_command(ctx: click.Context, on: datetime | None) -> None:
    """Show the frameworks in use, one line each, tab-separated.

    Id, date its facts were checked, instruments in force on the day, demands, demands a check of ours answers,
    demands only paper can prove, title. A framework kept for reference and cited nowhere has a "-" before its id.

    Exit codes: 0 shown, 2 a file cannot be used.
    """
    day = on.date() if on else today_in_vietnam()
    frameworks, check_ids = _in_use(ctx)
    for file in frameworks.files:
        content = file.content
        states = [standing(requirement, check_ids) for requirement in content.requirement]
        cells = (
            content.id if content.cited else f"-{content.id}",
            content.as_of.isoformat(),
            f"{sum(is_in_force(i, content.as_of, day) for i in content.instrument)}/{len(content.instrument)}",
            str(len(states)),
            str(states.count("checked")),
            str(states.count("paper")),
            content.title_vi if language() == "vi" else content.title_en,
        )
        click.echo("\t".join(cells))


@command.command("lint")
@click.argument("file", nargs=-1, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.pass_context
@guarded
def lint_command(ctx: click.Context, file: tuple[Path, ...], strict: bool) -> None:
    """Point out every fault of the framework files in use, or of FILE together with ours.

    Exit codes: 0 usable (there may be warnings), 2 not usable.
    """
    frameworks, check_ids = _in_use(ctx, file)
    problems = lint(frameworks, check_ids)
    for problem in problems:
        click.echo(_line(problem))
    demands = sum(len(f.content.requirement) for f in frameworks.files)
    say(
        Text(
            f"{len(frameworks.files)} tệp, {demands} yêu cầu, {len(problems)} điều cần xem",
            f"{len(frameworks.files)} files, {demands} demands, {len(problems)} remarks",
        )
    )
    if any(p.is_error or strict for p in problems):
        ctx.exit(ConfigError.exit_code)


def _line(problem: Problem) -> str:
    place = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
    words = problem.into(language()).removeprefix(f"{place}: ")
    return f"{place}: {GRADES[problem.grade].into(language())}: {words}"


def _in_use(ctx: click.Context, more: tuple[Path, ...] = ()) -> tuple[Frameworks, Collection[str]]:
    """Our frameworks and the officer's, and the ids of all checks under every name they have had."""
    from scanner.registry import load_checks

    settings = load_or_default(ctx.find_root().obj)
    named = more or settings.report.frameworks
    checks = load_checks(settings.check_packs)
    ids = {name for check in checks for name in (check.id, *check.formerly)}
    return read_frameworks((*files.own_frameworks(), *files.read(named))), ids
