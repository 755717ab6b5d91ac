"""A finding after policy: what it means under the rules in force on the day of the scan."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from scanner.model.finding import Finding, Severity, Trend
from scanner.model.text import Text


class Binding(StrEnum):
    """How strongly a clause binds; decides the words a report may use."""

    COMPULSORY = "bat_buoc"
    BY_REFERENCE = "vien_dan"
    RECOMMENDED = "khuyen_nghi"
    REFERENCE_ONLY = "tham_khao"


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered demand that a finding speaks to."""

    framework: str  # id of the framework file
    requirement: str  # GOV-01
    instrument: str  # number as printed: 39/2017/TT-BTTTT
    clause: str  # "Điều 9 khoản 2"; empty means the instrument as a whole
    title: Text
    binding: Binding
    contested: bool = False  # present force is open: say so wherever it is cited
    evidence: str = "U"  # V1, V2 or U: how well the citation was verified
    whole: bool = True  # False: our checks see only a part of the demand, so their passes do not meet it


@dataclass(frozen=True, slots=True)
class Waiver:
    """An approved exception. It never hides a finding; after `until` the finding is open again."""

    site_id: str
    check_id: str
    reason: str
    approver: str
    until: date
    document: str = ""
    measure: str = ""  # what lessens the risk meanwhile
    approved_on: date | None = None  # what was seen up to that day is what was accepted
    severity: Severity | None = None  # or the gravest severity that is accepted
    places: int | None = None  # or the most places


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one finding over the stored scans. Times are aware UTC."""

    trend: Trend
    first_seen_at: datetime | None = None  # of the present open period
    last_seen_at: datetime | None = None  # last visit that decided it
    passes: int = 0  # in a row, towards being called fixed


@dataclass(frozen=True, slots=True)
class Ruling:
    """One finding, judged by policy. Every finding gets one, passes too."""

    finding: Finding
    severity: Severity  # effective, for the system's level
    change: Change | None = None  # None: passed and never failed before, or not decided
    waiver: Waiver | None = None  # valid on the scan date
    lapsed: Waiver | None = None  # existed but has expired
    clauses: tuple[Clause, ...] = ()
    due_on: date | None = None  # only for open failures
    broken: Waiver | None = None  # accepted something less bad than what is seen now

    @property
    def is_open(self) -> bool:
        """A failure nobody has accepted."""
        return self.finding.verdict == "fail" and self.waiver is None


@dataclass(frozen=True, slots=True)
class SiteRulings:
    """All rulings of one site, and what its visit came to."""

    site_id: str
    state: str
    rulings: tuple[Ruling, ...]
    decided: int = 0  # pass or fail
    applicable: int = 0  # all but notapplicable


@dataclass(frozen=True, slots=True)
class Score:
    """An explainable grade. `steps` redo the arithmetic: (words, points)."""

    points: int | None  # None: withheld, coverage too low
    grade: str  # A B C D E F, or "" when withheld
    decided: int
    applicable: int
    cap: Text | None = None
    steps: tuple[tuple[Text, int], ...] = field(default_factory=tuple)
    rules: str = ""  # version of the rules it was made by
