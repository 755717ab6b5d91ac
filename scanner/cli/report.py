"""`rasoat report`: write a scan up."""

from collections.abc import Sequence
from pathlib import Path

import click

from scanner.cli.guard import guarded
from scanner.cli.speech import say
from scanner.config import load_or_default
from scanner.errors import ConfigError, Problem
from scanner.model.dossier import Dossier
from scanner.model.text import LANGUAGES, Language, Text

# Those of reports.shelf, which is not imported for --help; a test compares them.
FORMATS = ("html", "json", "csv", "xlsx", "sarif", "junit", "jsonl", "form", "pdf")
DEFAULTS = FORMATS[:-3]
UNFINISHED = Text(
    "lưu ý: lần quét này chưa kết thúc, báo cáo chưa có các trang còn lại; chạy tiếp: rasoat scan --resume",
    "note: this scan has not ended and the remaining sites are not in the report; go on: rasoat scan --resume",
)


@click.command("report")
@click.option("--scan", default="latest", show_default=True, metavar="ID", help="Which scan to write up.")
@click.option(
    "--format",
    "format",
    multiple=True,
    metavar="NAMES",
    help="html, json, csv, xlsx, sarif, junit, jsonl, form, pdf; several by comma. Default: all but the last three.",
)
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder to write into."
)
@click.option("--language", type=click.Choice(["vi", "en", "both"]), help="Default: as configured.")
@click.option("--agency", multiple=True, metavar="ID", help="Only this agency; repeatable.")
@click.pass_context
@guarded
def command(
    ctx: click.Context,
    *,
    scan: str,
    format: tuple[str, ...],  # noqa: A002 - the option's name: RASOAT_REPORT_FORMAT works
    output: Path | None,
    language: str | None,
    agency: tuple[str, ...],
) -> None:
    """Write a scan up: a page per agency, one for the province, and tables for machines.

    Prints the path of every file on stdout, the page to open first at the top. Nothing is sent anywhere.

    Exit codes: 0 written, 2 usage or configuration, 4 a report could not be written whole.
    """
    from reports.shelf import write_all
    from scanner.pipeline import issue
    from scanner.store import Store

    formats = wanted_formats(format)
    settings = load_or_default(ctx.obj)
    with Store.open(settings.store.url) as store:
        dossier = issue(settings, store, scan)
    only = known_agencies(dossier, agency)
    paths = write_all(
        dossier,
        output or settings.report.folder / dossier.scan.id,
        formats=formats,
        languages=languages_of(language or settings.report.language),
        only=only,
    )
    for path in paths:
        click.echo(path)
    if dossier.scan.finished_at is None:
        say(UNFINISHED)
    say(
        Text(
            f"lần quét {dossier.scan.id}: đã ghi {len(paths)} tệp; mở {paths[0]} trước",
            f"scan {dossier.scan.id}: {len(paths)} files written; open {paths[0]} first",
        )
    )


def wanted_formats(names: Sequence[str]) -> tuple[str, ...]:
    """The formats asked for, in our order; the usual ones when none is. Raises UsageError for one we do not have."""
    asked = {part.strip() for name in names for part in name.split(",") if part.strip()}
    if strange := sorted(asked - set(FORMATS)):
        raise click.UsageError(f"--format: {', '.join(strange)} is not one of {', '.join(FORMATS)}")
    return tuple(name for name in FORMATS if name in (asked or DEFAULTS))


def languages_of(words: str) -> tuple[Language, ...]:
    """The languages a setting names: `vi`, `en` or `both`."""
    return LANGUAGES if words == "both" else ("en",) if words == "en" else ("vi",)


def known_agencies(dossier: Dossier, ids: Sequence[str]) -> tuple[str, ...]:
    """The ids as given. Raises ConfigError that names those the scan has no site of."""
    have = {agency.id for agency in dossier.agencies()}
    strange = [agency_id for agency_id in ids if agency_id not in have]
    if strange:
        raise ConfigError([_strange(agency_id, dossier.scan.id) for agency_id in strange])
    return tuple(ids)


def _strange(agency_id: str, scan_id: str) -> Problem:
    return Problem(
        "--agency",
        None,
        Text(
            f"lần quét {scan_id} không có trang nào của {agency_id!r}",
            f"scan {scan_id} has no site of {agency_id!r}",
        ),
    )
