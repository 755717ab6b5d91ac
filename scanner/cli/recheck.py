"""`rasoat recheck`: look at one site again, close what passes, and write the slip for the reply."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli.guard import guarded
from scanner.cli.report import languages_of
from scanner.cli.speech import say
from scanner.config import load_or_default
from scanner.errors import ConfigError, Problem
from scanner.model.agency import Depth, Inventory
from scanner.model.check import Check
from scanner.model.finding import Verdict
from scanner.model.settings import Settings
from scanner.model.text import Text
from scanner.model.visit import RECHECK

if TYPE_CHECKING:
    from scanner.model.dossier import Dossier

GOOD, STILL_FAILS, BLIND, OUR_DEFECT = 0, 1, 3, 4
PROOF_LIMIT = 160


@click.command("recheck")
@click.argument("site")
@click.argument("check", nargs=-1)
@click.option("--depth", type=click.Choice([d.value for d in Depth]), help="How deep to look.")
@click.option("--language", type=click.Choice(["vi", "en", "both"]), help="Default: as configured.")
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder for the slip.")
@click.pass_context
@guarded
def command(
    ctx: click.Context,
    *,
    site: str,
    check: tuple[str, ...],
    depth: str | None,
    language: str | None,
    output: Path | None,
) -> None:
    """Visit SITE now (its id or address) and tell what became of its open findings, or of each CHECK.

    What passes in a complete visit is closed at once, without waiting for a second pass; the next scan's report
    says so. Writes a slip to attach to the letter of reply, and prints one line per point, tab-separated: check,
    verdict, proof; last, the path of the slip.

    Exit codes: 0 all points pass, 1 some still fail, 2 usage or configuration, 3 a point could not be decided,
    4 our own defect.
    """
    from scanner.inventory import load_inventory
    from scanner.registry import load_checks

    settings = load_or_default(ctx.obj)
    if depth:
        settings = replace(settings, scan=replace(settings.scan, depth=Depth(depth)))
    checks = load_checks(settings.check_packs)
    _known(check, checks)
    dossier = _look(settings, load_inventory(settings.inventory), site)
    folder = output or settings.report.folder / dossier.scan.id
    codes = [_tell(dossier, site_id, check) for site_id in dossier.rulings]
    for path in _write(dossier, check, folder, language or settings.report.language):
        click.echo(path)
    ctx.exit(max(codes, default=GOOD))


def _look(settings: Settings, inventory: Inventory, name: str) -> "Dossier":
    """Visit, store and rule: a recheck goes through the same doors as a scan."""
    from scanner import pipeline
    from scanner.store import Store

    with Store.open(settings.store.url) as store:
        this = pipeline.look_again(store, settings, inventory, (name,), purpose=RECHECK)
        return pipeline.issue(settings, store, this.id)


def _known(names: Sequence[str], checks: Collection[Check]) -> None:
    """Raises ConfigError that names the checks there are not."""
    ids = {check.id for check in checks}
    strange = [name for name in names if name not in ids]
    if strange:
        raise ConfigError(
            [
                Problem("rasoat recheck", None, Text(f"không có phép kiểm tra {s}", f"there is no check {s}"))
                for s in strange
            ]
        )


def _tell(dossier: "Dossier", site_id: str, only: Collection[str]) -> int:
    """One line per point; the exit code they come to."""
    from reports.clean import one_line
    from reports.view.slip import points_of

    verdicts = set()
    for ruling in points_of(dossier, site_id, only):
        finding = ruling.finding
        verdicts.add(finding.verdict)
        proof = one_line(finding.saw or finding.why, PROOF_LIMIT)
        click.echo(f"{site_id}\t{finding.check_id}\t{finding.verdict.value}\t{proof}")
    if not verdicts:
        say(Text(f"{site_id}: không có phát hiện nào đang mở", f"{site_id}: no finding is open"))
    if Verdict.ERROR in verdicts:
        return OUR_DEFECT
    if verdicts & {Verdict.UNKNOWN, Verdict.NOTAPPLICABLE}:
        return BLIND
    return STILL_FAILS if Verdict.FAIL in verdicts else GOOD


def _write(dossier: "Dossier", only: Collection[str], folder: Path, words: str) -> list[Path]:
    from reports import slip_html
    from reports.clean import file_name
    from reports.shelf import PROOFS
    from reports.writing import write

    return [
        write(
            folder / f"slip.{file_name(site_id)}.{language}.html",
            slip_html.render(dossier, site_id, language, only),
            PROOFS["html"],
        )
        for site_id in dossier.rulings
        for language in languages_of(words)
    ]
