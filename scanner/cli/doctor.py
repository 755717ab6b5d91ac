"""`rasoat doctor`: faults of the installation and the configuration, and what to do about each."""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from scanner.cli.clock import today_in_vietnam
from scanner.cli.guard import guarded
from scanner.cli.speech import language, plain
from scanner.doctor import Health, Note, examine, worst
from scanner.model.text import Language, Text

WORDS = {
    Health.OK: Text("tốt", "ok"),
    Health.WARN: Text("lưu ý", "warn"),
    Health.FAIL: Text("lỗi", "fail"),
}
COLOURS = {Health.OK: "green", Health.WARN: "yellow", Health.FAIL: "red"}
WIDTH = max(len(word) for text in WORDS.values() for word in (text.vi, text.en))


@click.command("doctor")
@click.option("--online", is_flag=True, help="Also ask the resolver for one name.")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
@guarded
def command(ctx: click.Context, online: bool, format: str) -> None:  # noqa: A002 - the option's name
    """Look at the installation, the configuration, the inventory, the store and the tables.

    Nothing is sent anywhere without --online.

    Exit codes: 0 fit to scan (there may be warnings), 2 something fails.
    """
    config = Path(ctx.obj) if ctx.obj else None
    notes = []
    examination = examine(
        config, environ=os.environ, now=datetime.now(UTC), today=today_in_vietnam(), online=online
    )
    for note in examination:
        notes.append(note)
        if format == "text":
            _print(note, language())
    if format == "json":
        click.echo(json.dumps([_row(n) for n in notes], ensure_ascii=False, indent=1))
    ctx.exit(2 if worst(notes) is Health.FAIL else 0)


def _print(note: Note, speech: Language) -> None:
    word = WORDS[note.health].into(speech).ljust(WIDTH)
    if sys.stdout.isatty() and "NO_COLOR" not in os.environ:
        word = click.style(word, fg=COLOURS[note.health])
    advice = f"\n{' ' * WIDTH}  -> {plain(note.remedy.into(speech))}" if note.remedy else ""
    click.echo(f"{word}  {note.topic}: {plain(note.words.into(speech))}{advice}")


def _row(note: Note) -> dict[str, object]:
    remedy = {"vi": note.remedy.vi, "en": note.remedy.en} if note.remedy else None
    return {
        "topic": note.topic,
        "health": note.health.value,
        "words": {"vi": note.words.vi, "en": note.words.en},
        "remedy": remedy,
    }
