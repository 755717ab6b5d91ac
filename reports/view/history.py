"""Earlier scans as a table, and as a line once there are enough of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reports.dates import day, number, percent, short_day
from reports.view.counts import Counts
from reports.words import Say
from scanner.model.dossier import PastScan
from scanner.model.ruling import Score

CHART_FROM = 4  # with fewer points a sentence is better
CHART_TO = 8  # with more the labels collide on a phone
LEFT, RIGHT, TOP, BASE = 24.0, 336.0, 36.0, 108.0


@dataclass(frozen=True, slots=True)
class Era:
    """One scan in the history."""

    at: datetime
    open: int
    new: int
    fixed: int
    reopened: int = 0
    points: int | None = None
    grade: str = ""
    decided: int = 0
    applicable: int = 0


@dataclass(frozen=True, slots=True)
class EraRow:
    """The same as strings."""

    on: str
    points: str
    grade: str
    coverage: str
    open: str
    new: str
    fixed: str
    reopened: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One point of the line, in the units of the drawing."""

    x: str
    y: str
    label_y: str
    value: str
    day: str
    is_last: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A line of open findings; `line` is the points attribute of an SVG polyline."""

    title: str
    description: str
    line: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class History:
    """Rows with the latest first; no chart below four scans."""

    rows: tuple[EraRow, ...]
    chart: Chart | None


def past_era(past: PastScan) -> Era:
    """An earlier scan of one agency."""
    score = past.score
    return Era(
        past.at,
        past.open_findings,
        past.new,
        past.fixed,
        past.reopened,
        score.points,
        score.grade,
        score.decided,
        score.applicable,
    )


def present_era(at: datetime, counts: Counts, score: Score | None) -> Era:
    """This scan."""
    points, grade = (score.points, score.grade) if score else (None, "")
    return Era(
        at,
        counts.open,
        counts.new,
        counts.fixed,
        counts.reopened,
        points,
        grade,
        counts.decided,
        counts.applicable,
    )


def history(eras: Sequence[Era], say: Say) -> History:
    """Table and chart of scans given oldest first."""
    rows = tuple(_row(era, say) for era in reversed(eras))
    drawn = eras[-CHART_TO:]
    return History(rows, _chart(drawn, say) if len(drawn) >= CHART_FROM else None)


def _row(era: Era, say: Say) -> EraRow:
    language = say.language
    return EraRow(
        on=day(era.at),
        points=number(era.points, language) if era.points is not None else "\N{EN DASH}",
        grade=era.grade or "\N{EN DASH}",
        coverage=percent(era.decided, era.applicable),
        open=number(era.open, language),
        new=number(era.new, language),
        fixed=number(era.fixed, language),
        reopened=number(era.reopened, language),
    )


def _chart(eras: Sequence[Era], say: Say) -> Chart:
    dots = _dots(eras, say)
    values = ". ".join(f"{day(era.at)}: {number(era.open, say.language)}" for era in eras)
    return Chart(
        title=say("history.chart", n=len(eras)),
        description=f"{values}. {say('history.chart_note')}",
        line=" ".join(f"{dot.x},{dot.y}" for dot in dots),
        dots=dots,
    )


def _dots(eras: Sequence[Era], say: Say) -> tuple[Dot, ...]:
    """The axis starts at 0, so a fall looks as big as it is."""
    highest = max(1, *(era.open for era in eras))
    step = (RIGHT - LEFT) / (len(eras) - 1)
    heights = [BASE - era.open * (BASE - TOP) / highest for era in eras]
    return tuple(
        Dot(
            x=f"{LEFT + place * step:.1f}",
            y=f"{y:.1f}",
            label_y=f"{y - 9:.1f}",
            value=number(era.open, say.language),
            day=short_day(era.at),
            is_last=place == len(eras) - 1,
        )
        for place, (era, y) in enumerate(zip(eras, heights, strict=True))
    )
