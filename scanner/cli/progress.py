"""How a scan goes: a live display on a terminal, one plain line per site elsewhere, nothing with --quiet.

Talk goes to stderr, results to stdout; remote text never reaches the terminal from here.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from scanner.cli.speech import language
from scanner.model.finding import SiteState, Verdict
from scanner.model.text import Text
from scanner.model.visit import Job, Visit

AT_WORK = Text("rà soát", "scanning")
TALLY = Text("{n} chưa đạt", "{n} failed")
LINE = Text(
    "{state}, {fail} chưa đạt, {unknown} chưa kiểm tra được, {error} lỗi phần mềm",
    "{state}, {fail} failed, {unknown} unknown, {error} errors",
)
STATES = {
    SiteState.REACHED: Text("xem được", "reached"),
    SiteState.PARTLY: Text("xem được một phần", "partly reached"),
    SiteState.UNREACHED: Text("không xem được", "not reached"),
    SiteState.BLOCKED: Text("bị chặn", "blocked"),
    SiteState.OUT_OF_SCOPE: Text("ngoài phạm vi", "out of scope"),
    SiteState.RETIRED: Text("đã ngừng", "retired"),
}
MINIMUM_SAMPLE = 3  # sites before a rate is worth showing


class Watch:
    """What the pipeline calls when a visit begins and ends."""

    def __init__(self, total: int, *, quiet: bool = False, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True, highlight=False, soft_wrap=True)
        self._quiet = quiet
        self._total = total
        self._done = 0
        self._in_flight: dict[str, str] = {}
        self.verdicts: Counter[Verdict] = Counter()
        self._bar: Progress | None = None

    @contextmanager
    def shown(self) -> Iterator["Watch"]:
        """Keep the display up while the block runs."""
        if self._quiet or not self._console.is_terminal:
            yield self
            return
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}", markup=False),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[tally]}", markup=False),
        )
        with Progress(*columns, console=self._console, transient=True) as bar:
            self._bar = bar
            self._task = bar.add_task(AT_WORK.into(language()), total=self._total, rate="", tally="")
            yield self
        self._bar = None

    def started(self, job: Job) -> None:
        """A visit has begun."""
        self._in_flight[job.site_id] = job.target.host
        self._refresh()

    def ended(self, visit: Visit) -> None:
        """A visit is stored."""
        self._done += 1
        self._in_flight.pop(visit.site_id, None)
        tally = Counter(f.verdict for f in visit.findings)
        self.verdicts += tally
        if self._bar is not None:
            self._refresh(advance=1)
        elif not self._quiet:
            words = LINE.into(language()).format(
                state=STATES[visit.state].into(language()),
                **{
                    verdict.value: tally[verdict]
                    for verdict in (Verdict.FAIL, Verdict.UNKNOWN, Verdict.ERROR)
                },
            )
            self._console.print(f"[{self._done}/{self._total}] {visit.site_id}: {words}", markup=False)

    def say(self, words: str) -> None:
        """One line beside the display."""
        if not self._quiet:
            self._console.print(words, markup=False)

    def _refresh(self, advance: int = 0) -> None:
        if self._bar is None:
            return
        newest = next(reversed(self._in_flight.values()), "")
        elapsed = self._bar.tasks[0].elapsed or 0
        rate = f"{self._done / elapsed:.1f}/s" if self._done >= MINIMUM_SAMPLE and elapsed else ""
        self._bar.update(
            self._task,
            advance=advance,
            description=newest[:40] or AT_WORK.into(language()),
            rate=rate,
            tally=TALLY.into(language()).format(n=self.verdicts[Verdict.FAIL]),
        )
