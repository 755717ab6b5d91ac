"""`rasoat frameworks`: the laws and standards reports cite, and what is wrong with their files."""

from collections import Counter
from collections.abc import Collection, Sequence
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
from scanner.policy.citations import is_in_force, notchecked, standing
from scanner.policy.framework_lint import lint
from scanner.policy.frameworks import FrameworkFile, Frameworks, read_frameworks
from scanner.policy.side_by_side import Answer, answers, tally_of

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

    Id, "cited" or "-" (kept for reference, in no report), date its facts were checked, instruments in force on the
    day, demands, demands a check of ours answers, demands only paper can prove, title.

    Exit codes: 0 shown, 2 a file cannot be used.
    """
    day = on.date() if on else today_in_vietnam()
    frameworks, check_ids = _in_use(ctx)
    for file in frameworks.files:
        content = file.content
        states = [standing(requirement, check_ids) for requirement in content.requirement]
        cells = (
            content.id,
            "cited" if content.cited else "-",
            content.as_of.isoformat(),
            f"{sum(is_in_force(i, content.as_of, day) for i in content.instrument)}/{len(content.instrument)}",
            str(len(states)),
            str(states.count("checked")),
            str(states.count("paper")),
            content.title_vi if language() == "vi" else content.title_en,
        )
        click.echo("\t".join(cells))


@command.command("papers")
@click.option("--on", type=DAY, help="What is in force on that day (default: today).")
@click.pass_context
@guarded
def papers_command(ctx: click.Context, on: datetime | None) -> None:
    """List the demands only paper can prove, one line each, tab-separated.

    Id, instrument, clause, how strongly it binds, title. The ids are what `papers.toml` fills in.

    Exit codes: 0 shown, 2 a file cannot be used.
    """
    day = on.date() if on else today_in_vietnam()
    frameworks, _check_ids = _in_use(ctx)
    for clause in notchecked(frameworks, day):
        place = (clause.requirement, clause.instrument, clause.clause or "-", clause.binding.value)
        click.echo("\t".join((*place, clause.title.into(language()))))


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


@command.command("compare")
@click.argument("first")
@click.argument("second")
@click.option("--scan", default="latest", show_default=True, metavar="ID", help="Which scan to judge.")
@click.option("--demands", is_flag=True, help="One line per demand instead of per check.")
@click.pass_context
@guarded
def compare_command(ctx: click.Context, first: str, second: str, scan: str, demands: bool) -> None:
    """Judge one scan by two frameworks, side by side; ids as `rasoat frameworks list` shows them.

    One line per check that either names, tab-separated: check, open failures, passes, demands of FIRST, demands of
    SECOND ("-": it is silent). With --demands: framework, demand, standing, failures, not checked, passes, title.
    What each framework comes to stands on stderr.

    Exit codes: 0 shown, 2 no such framework or scan.
    """
    from scanner.pipeline import issue
    from scanner.store import Store

    settings = load_or_default(ctx.find_root().obj)
    frameworks, _ids = _in_use(ctx)
    files_of = [_named(frameworks, name) for name in (first, second)]
    with Store.open(settings.store.url) as store:
        dossier = issue(settings, store, scan)
    rulings = [r for site in dossier.rulings.values() for r in site.rulings]
    names = {check.id: (check.id, *check.formerly) for check in dossier.checks.values()}
    both = [answers(f, frameworks, rulings, on=dossier.issued_on, names=names) for f in files_of]
    if demands:
        for content, told in zip(files_of, both, strict=True):
            for answer in told:
                click.echo(_demand(content, answer))
    else:
        for check_id, known in names.items():
            cells = [_speaking(told, known) for told in both]
            if any(cell != "-" for cell in cells):
                seen = tally_of(r for r in rulings if r.finding.check_id == check_id)
                click.echo("\t".join((check_id, str(seen.fails), str(seen.passes), *cells)))
    for content, told in zip(files_of, both, strict=True):
        _say_sum(content, told)


def _named(frameworks: Frameworks, name: str) -> FrameworkFile:
    found = next((f.content for f in frameworks.files if f.content.id == name), None)
    if found is None:
        message = Text(f"không có khung {name}", f"there is no framework {name}")
        raise ConfigError([Problem("rasoat frameworks compare", None, message)])
    return found


def _demand(content: FrameworkFile, answer: Answer) -> str:
    tally, title = answer.tally, answer.requirement.title.into(language())
    cells = (
        content.id,
        answer.requirement.id,
        answer.standing,
        tally.fails,
        tally.holes,
        tally.passes,
        title,
    )
    return "\t".join(map(str, cells))


def _speaking(told: Sequence[Answer], names: Collection[str]) -> str:
    """The demands of one framework that name a check, with what the whole demand comes to."""
    mine = [
        a for a in told if a.standing != "not-in-force" and not set(names).isdisjoint(a.requirement.checks)
    ]
    return ", ".join(f"{a.requirement.id} ({a.standing})" for a in mine) or "-"


def _say_sum(content: FrameworkFile, told: Sequence[Answer]) -> None:
    counts = Counter(answer.standing for answer in told)
    words = ", ".join(f"{n} {standing}" for standing, n in counts.most_common())
    say(f"{content.id}: {words}")


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
