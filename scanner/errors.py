"""Everything that goes wrong on purpose.

    RasoatError
      ConfigError     a file, an option or the environment says something we cannot use: `problems`
      StoreError      the history cannot be read or written
        AskingError   what was asked of the store is not there: another scan, address or driver helps
      RegistryError   a check or a check pack breaks the rules of the house
      ProbeError      the world did not answer as hoped: `why` and `detail`

The exit code of each stands beside it: 2 the user can fix it, 3 we could not look, 4 our own defect.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from scanner.model.evidence import Why
from scanner.model.text import Language, Text


class Grade(StrEnum):
    """Whether a problem stops the work."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in one place of one file, and what to do about it."""

    file: str
    line: int | None
    message: Text
    hint: Text | None = None
    grade: Grade = Grade.ERROR

    @property
    def is_error(self) -> bool:
        """True when the file cannot be used as it stands."""
        return self.grade is Grade.ERROR

    def into(self, language: Language) -> str:
        """One line, `file:line: message; hint`, as editors and officers can follow it."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        advice = f"; {self.hint.into(language)}" if self.hint else ""
        return f"{place}: {self.message.into(language)}{advice}"


class RasoatError(Exception):
    """The family of all expected failures."""

    exit_code: ClassVar[int] = 4


class ConfigError(RasoatError):
    """The user can fix it. `problems` holds every fault found, in the order of the file."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.into("en") for problem in self.problems))


class StoreError(RasoatError):
    """The history or an evidence file cannot be read or written."""


class AskingError(StoreError):
    """What was asked of the store is not there, and the user can ask otherwise: `message`, in both languages."""

    exit_code = 2

    def __init__(self, message: Text) -> None:
        self.message = message
        super().__init__(message.en)


class RegistryError(RasoatError):
    """A check or a pack of checks breaks the rules, or a name given for one is not known."""

    exit_code = 2


class ProbeError(RasoatError):
    """One step of looking at a site failed. `scanner.collect` makes it a `Missing` in one place."""

    exit_code = 3

    def __init__(self, why: Why, detail: str = "") -> None:
        self.why = why
        self.detail = detail
        super().__init__(f"{why}: {detail}" if detail else str(why))
