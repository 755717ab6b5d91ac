"""The heat table: agencies by topic, the count and the worst of what is open."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.dates import number, percent, signed
from reports.view.counts import Counts, count, is_hole
from reports.view.desk import Desk
from reports.view.marks import severity_mark
from reports.view.names import short_name_of
from reports.words import WORDS
from scanner.model.agency import Agency
from scanner.model.check import Check
from scanner.model.finding import Verdict
from scanner.model.ruling import Ruling, Score

TOPICS = ("dns", "mail", "tls", "http", "cookies", "content", "cms", "identity", "exposure", "compromise")
GRADES = "ABCDEF"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `shown` with its tone and icon; `spoken` is what a screen reader adds."""

    shown: str
    tone: str
    icon: str
    spoken: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One agency."""

    name: str
    grade: str
    points: str
    change: str
    coverage: str
    cells: tuple[Cell, ...]
    open: int


@dataclass(frozen=True, slots=True)
class Heat:
    """The table; `sums` are the open findings per topic and add up to `counts.open`."""

    topics: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    sums: tuple[int, ...]
    coverage: str
    counts: Counts
    grades: str


@dataclass(frozen=True, slots=True)
class Standing:
    """An agency with its rulings, counts and score."""

    agency: Agency
    rulings: tuple[Ruling, ...]
    counts: Counts
    score: Score | None
    gain: int | None  # points since the scan before; None when either has none

    @property
    def points(self) -> int | None:
        """Points of this scan, None when withheld."""
        return self.score.points if self.score else None


def standings(desk: Desk) -> tuple[Standing, ...]:
    """All agencies with a visited site: withheld scores first, then from low to high."""
    found = [_standing(agency, desk) for agency in desk.dossier.agencies()]
    return tuple(sorted(found, key=lambda s: (s.points is not None, s.points or 0)))


def _standing(agency: Agency, desk: Desk) -> Standing:
    dossier = desk.dossier
    rulings = desk.rulings(tuple(site.id for site in dossier.sites_of(agency.id)))
    score = dossier.scores.get(agency.id)
    past = dossier.past.get(agency.id, ())
    before = past[-1].score.points if past else None
    now = score.points if score else None
    gain = now - before if now is not None and before is not None else None
    return Standing(agency, rulings, count(rulings, desk.today), score, gain)


def heat(rows: tuple[Standing, ...], desk: Desk) -> Heat:
    """The whole table."""
    checks = desk.dossier.checks
    topics = topics_of(checks)
    everything = tuple(r for row in rows for r in row.rulings)
    counts = count(everything, desk.today)
    return Heat(
        topics=tuple(desk.say(f"topic.{t}") if f"topic.{t}" in WORDS else t for t in topics),
        rows=tuple(_row(row, topics, desk) for row in rows),
        sums=tuple(sum(r.is_open and topic_of(r) == t for r in everything) for t in topics),
        coverage=percent(counts.decided, counts.applicable),
        counts=counts,
        grades=_grades(rows, desk),
    )


def topics_of(checks: Mapping[str, Check]) -> tuple[str, ...]:
    """Topics of the rule book, ours first in their fixed order, then those of other packs."""
    known = dict.fromkeys(check.topic for check in checks.values())
    return (*(t for t in TOPICS if t in known), *(t for t in known if t not in TOPICS))


def topic_of(ruling: Ruling) -> str:
    """The part of the check id before the dot."""
    return ruling.finding.check_id.partition(".")[0]


def _row(row: Standing, topics: tuple[str, ...], desk: Desk) -> HeatRow:
    language = desk.say.language
    dash = "\N{EN DASH}"
    return HeatRow(
        name=short_name_of(desk.dossier.inventory, row.agency.id, desk.say),
        grade=(row.score.grade if row.score else "") or dash,
        points=dash if row.points is None else number(row.points, language),
        change=dash if row.gain is None else signed(row.gain, language),
        coverage=percent(row.counts.decided, row.counts.applicable),
        cells=tuple(_cell([r for r in row.rulings if topic_of(r) == t], desk) for t in topics),
        open=row.counts.open,
    )


def _cell(rulings: list[Ruling], desk: Desk) -> Cell:
    """A zero needs something looked at: nothing decided and something missed is a question mark."""
    found = [r for r in rulings if r.is_open]
    if found:
        worst = severity_mark(min((r.severity for r in found), key=lambda s: s.rank), desk.say)
        return Cell(number(len(found), desk.say.language), f"h-{worst.tone}", worst.icon, worst.word.lower())
    if any(r.finding.verdict in {Verdict.PASS, Verdict.FAIL} for r in rulings):
        return Cell("0", "h-none", "", "")
    if any(is_hole(r) for r in rulings):
        return Cell("?", "h-unk", "", desk.say("verdict.unknown").lower())
    return Cell("\N{EN DASH}", "h-none", "", desk.say("heat.na"))


def _grades(rows: tuple[Standing, ...], desk: Desk) -> str:
    seen = [row.score.grade if row.score else "" for row in rows]
    words = [f"{grade} {seen.count(grade)}" for grade in GRADES if grade in seen]
    if "" in seen:
        words.append(f"{desk.say('heat.grade_none')} {seen.count('')}")
    return desk.say("heat.grades", list=", ".join(words))
