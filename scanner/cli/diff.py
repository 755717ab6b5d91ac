"""`rasoat diff`: what one scan says that another did not."""

import json
from collections import Counter
from collections.abc import Sequence

import click

from scanner.cli.guard import guarded
from scanner.cli.speech import say
from scanner.config import load_or_default
from scanner.errors import StoreError
from scanner.model.text import Text
from scanner.model.visit import Scan
from scanner.policy.compare import Difference, Step, differences
from scanner.store import Store

SHOWN = (Step.FAILS, Step.PASSES, Step.LOST)
SAME, WORSE = 0, 1
PROOF_LIMIT = 160


@click.command("diff")
@click.argument("earlier", required=False)
@click.argument("later", default="latest")
@click.option("--all", "everything", is_flag=True, help="Also what merely could or could not be seen.")
@click.option("--format", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@click.pass_context
@guarded
def command(ctx: click.Context, earlier: str | None, later: str, everything: bool, format: str) -> None:  # noqa: A002 - the option
    """Compare two scans: EARLIER (default: the one before LATER) and LATER (default: the latest).

    One line per verdict that differs, tab-separated on stdout: what happened (fails, passes, lost-sight), site,
    check, verdict before, verdict now, proof. A pass here is one look; only a report calls a finding fixed.

    Exit codes: 0 nothing fails that did not fail before, 1 something does, 2 usage, 4 no such scan.
    """
    with Store.open(load_or_default(ctx.obj).store.url) as store:
        new = store.scan(later)
        old = store.scan(earlier) if earlier else _before(store.scans(), new)
        found = differences(store.visits(old.id), store.visits(new.id))
    rows = [d for d in found if everything or d.step in SHOWN]
    rows.sort(key=lambda d: tuple(Step).index(d.step))
    for row in rows:
        click.echo(as_json(row) if format == "jsonl" else as_line(row))
    counts = Counter(d.step for d in found)
    say(
        Text(
            f"{old.id} -> {new.id}: {counts[Step.FAILS]} mới chưa đạt, {counts[Step.PASSES]} nay đạt, "
            f"{counts[Step.LOST]} chưa xác minh lại được",
            f"{old.id} -> {new.id}: {counts[Step.FAILS]} newly fail, {counts[Step.PASSES]} pass now, "
            f"{counts[Step.LOST]} lost from sight",
        )
    )
    ctx.exit(WORSE if counts[Step.FAILS] else SAME)


def as_line(row: Difference) -> str:
    """One difference as tab-separated cells, remote text cleaned."""
    from reports.clean import one_line

    proof = one_line(row.now.saw or row.now.why, PROOF_LIMIT) if row.now else ""
    before, after = row.before.value if row.before else "-", row.after.value if row.after else "-"
    return f"{row.step.value}\t{row.site_id}\t{row.check_id}\t{before}\t{after}\t{proof}"


def as_json(row: Difference) -> str:
    """One difference as one line of JSON."""
    from reports.clean import clean

    return json.dumps(
        {
            "step": row.step.value,
            "site": row.site_id,
            "check": row.check_id,
            "before": row.before.value if row.before else None,
            "after": row.after.value if row.after else None,
            "saw": clean(row.now.saw) if row.now else "",
        },
        ensure_ascii=False,
    )


def _before(scans: Sequence[Scan], new: Scan) -> Scan:
    """The finished whole scan before one. Raises StoreError when there is none."""
    ids = [scan.id for scan in scans]
    earlier = [s for s in scans[: ids.index(new.id)] if s.finished_at and s.is_whole]
    if not earlier:
        raise StoreError(f"there is no scan before {new.id} to compare it with")
    return earlier[-1]
