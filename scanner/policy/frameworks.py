"""Laws and standards as files: what a clause asks for, how strongly, since when, which checks speak to it.

A date left out and not named in `unknown` has no value (no end is foreseen); a date named in `unknown`
has one that was not found, and nothing here guesses it. `in_force_to` is the first day without force.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from scanner.errors import ConfigError, Problem
from scanner.model.ruling import Binding
from scanner.model.text import Text
from scanner.parse.toml_lines import KeyPath, lines_of
from scanner.parse.toml_table import read_table


class Status(StrEnum):
    """What is known of an instrument's force on the day the file was written."""

    IN_FORCE = "in_force"
    ENDED = "ended"
    REPLACED = "replaced"
    CONTESTED = "contested"  # sources differ: cited, and said to be open
    PROGRAMME_OVER = "programme_over"
    UNVERIFIED = "unverified"  # cited, and said to be open
    REFERENCE = "reference"  # international: never had legal force here


class Label(StrEnum):
    """How well a citation was verified."""

    READ = "V1"  # the official text, or a public copy of it, was read
    QUOTED = "V2"  # press, a law portal or a public note quotes it
    UNVERIFIED = "U"


class Testable(StrEnum):
    """Whether a look from outside, without login, can answer a demand."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, decree, circular, standard or guideline."""

    id: str
    number: str
    title_vi: str
    issuer: str
    status: Status
    evidence: Label
    title_en: str = ""
    dated: date | None = field(default=None, metadata={"key": "date"})
    in_force_from: date | None = None
    in_force_to: date | None = None
    unknown: tuple[str, ...] = ()
    evidence_clauses: Label | None = None  # of its articles, where it differs
    disputed: bool = False  # sources differ on its end
    replaces: tuple[str, ...] = ()
    replaced_by: str = ""
    sources: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in an instrument. An empty clause means the instrument as a whole."""

    instrument: str
    clause: str
    binding: Binding
    evidence: Label


@dataclass(frozen=True, slots=True)
class Requirement:
    """One numbered demand, where it stands, and which checks speak to it."""

    id: str
    title_vi: str
    title_en: str
    instrument: str
    clause: str
    binding: Binding
    evidence: Label
    testable: Testable
    checks: tuple[str, ...] = ()
    also: tuple[Citation, ...] = ()
    contested: bool = False
    from_level: int | None = None  # lowest system level the clause speaks to
    in_force_from: date | None = None
    in_force_to: date | None = None
    asvs_level: int | None = None
    fine_vnd: tuple[int, ...] = ()  # from, to; for individuals: organisations twice that
    note: str = ""

    @property
    def title(self) -> Text:
        """What is demanded."""
        return Text(self.title_vi, self.title_en)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The main place first."""
        return (Citation(self.instrument, self.clause, self.binding, self.evidence), *self.also)


@dataclass(frozen=True, slots=True)
class FrameworkFile:
    """One file of `checks/frameworks`, or of an officer's own."""

    id: str
    title_vi: str
    title_en: str
    as_of: date
    schema: int = 1
    cited: bool = True  # False: kept for reference, named in no report
    sources: dict[str, str] = field(default_factory=dict)
    instrument: tuple[Instrument, ...] = ()
    requirement: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A framework file with the lines its keys stand on."""

    filename: str
    content: FrameworkFile
    lines: Mapping[KeyPath, int]


@dataclass(frozen=True, slots=True)
class Frameworks:
    """All files at once. An instrument of one file may be cited in another."""

    files: tuple[Loaded, ...] = ()
    instruments: Mapping[str, tuple[FrameworkFile, Instrument]] = field(default_factory=dict)

    def requirements(self) -> tuple[tuple[FrameworkFile, Requirement], ...]:
        """Every demand a report may cite, with its file, in the order of the files."""
        return tuple((f.content, r) for f in self.files if f.content.cited for r in f.content.requirement)


def read_frameworks(texts: Sequence[tuple[str, str]]) -> Frameworks:
    """The frameworks of some (file name, text) pairs. ConfigError lists every fault of form in every file."""
    return _read(tuple(texts))


@lru_cache(maxsize=2)  # a scan asks twice: before the first packet, and when its findings are ruled
def _read(texts: tuple[tuple[str, str], ...]) -> Frameworks:
    files: list[Loaded] = []
    problems: list[Problem] = []
    for filename, text in texts:
        content, faults = read_table(text, FrameworkFile, filename=filename)
        problems += faults
        if content is not None:
            files.append(Loaded(filename, content, lines_of(text)))
    if problems:
        raise ConfigError(problems)
    known = {i.id: (f.content, i) for f in files for i in f.content.instrument}
    return Frameworks(tuple(files), known)
