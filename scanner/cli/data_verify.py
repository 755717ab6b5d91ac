"""`rasoat data verify`: how right identification is, measured on releases of known number."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.cli.guard import guarded
from scanner.cli.speech import language, say
from scanner.config import load_or_default
from scanner.model.reference import Anchors
from scanner.model.text import Text

if TYPE_CHECKING:
    from scanner.proof.trial import Trial

HEADS = (
    Text("sản phẩm", "product"),
    Text("cách phục vụ", "served"),
    Text("số bản", "releases"),
    Text("bản đúng nằm trong kết luận", "true release in the answer"),
    Text("chưa xác định", "not determined"),
    Text("đúng một bản", "exact"),
    Text("sai bản", "wrong exact"),
    Text("số bản có thể, trung bình", "candidates, mean"),
    Text("yêu cầu, trung bình và nhiều nhất", "requests, mean and most"),
)
WAYS = {
    "open": Text("mọi tệp", "all files"),
    "blind": Text("tệp in phiên bản bị chặn", "version files refused"),
    "unlisted": Text("bản mới nhất chưa có trong bảng", "newest release not in the tables"),
}


@click.command("verify")
@click.option(
    "--git-root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="A folder of clones, owner/name or name, as histories.toml lists them.",
)
@click.option(
    "--count", type=click.IntRange(1, 10_000), default=200, show_default=True, help="Releases a run."
)
@click.option("--seed", type=int, default=1, show_default=True, help="Chooses the same releases again.")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
@guarded
def command(ctx: click.Context, *, git_root: Path, count: int, seed: int, format: str) -> None:  # noqa: A002
    """Serve the static files of random releases on loopback, visit them and compare the answers.

    For maintainers. The server is our own, listens on 127.0.0.1 only and ends with the command; code is never run.

    Exit codes: 0 no wrong release, 1 a true release outside the answer or a wrong one named.
    """
    from scanner.data.orders import orders_of
    from scanner.proof.trial import trials
    from scanner.reference import read_reference, tables_in

    tables = tables_in(load_or_default(ctx.find_root().obj).store.tables)
    ref = read_reference(tables, Anchors())
    orders = [o for o in orders_of(tables, git_root, {}) if o.history.product in ref.fingerprints]
    if not orders:
        raise click.UsageError("--git-root holds no clone that histories.toml names")
    share = -(-count // len(orders))
    found = [t for o in orders for t in trials(o, o.history.page, ref, count=share, seed=seed)]
    if format == "json":
        click.echo(json.dumps([_record(t) for t in found], ensure_ascii=False, indent=1))
    else:
        click.echo(_table(found))
    wrong = [t for t in found if t.is_wrong or (t.reading is not None and not t.is_inside)]
    for t in wrong:
        answer = t.reading.text if t.reading else "-"
        say(
            Text(
                f"{t.product} {t.release} ({t.way}): kết luận {answer}",
                f"{t.product} {t.release} ({t.way}): read as {answer}",
            )
        )
    ctx.exit(1 if wrong else 0)


def _table(found: Sequence["Trial"]) -> str:
    """A Markdown table, one row for each product and way."""
    rows = [[head.into(language()) for head in HEADS], ["---"] * len(HEADS)]
    for product, way in dict.fromkeys((t.product, t.way) for t in found):
        rows.append(_row(product, way.value, [t for t in found if (t.product, t.way) == (product, way)]))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(product: str, way: str, own: Sequence["Trial"]) -> list[str]:
    sizes = [len(t.reading.candidates) for t in own if t.reading and t.reading.candidates]
    asked = [t.requests for t in own]
    return [
        product,
        WAYS[way].into(language()),
        str(len(own)),
        str(sum(t.is_inside for t in own)),
        str(sum(t.reading is None for t in own)),
        str(sum(bool(t.reading and t.reading.exact) and not t.is_wrong for t in own)),
        str(sum(t.is_wrong for t in own)),
        f"{_mean(sizes):.2f}",
        f"{_mean(asked):.1f}, {max(asked, default=0)}",
    ]


def _mean(numbers: Iterable[int]) -> float:
    values = tuple(numbers)
    return sum(values) / len(values) if values else 0.0


def _record(t: "Trial") -> dict[str, Any]:
    reading = t.reading
    return {
        "product": t.product,
        "release": t.release,
        "served": t.way.value,
        "answer": reading.text if reading else None,
        "candidates": list(reading.candidates) if reading else [],
        "or_later": bool(reading and reading.or_later),
        "is_inside": t.is_inside,
        "is_wrong": t.is_wrong,
        "requests": t.requests,
    }
