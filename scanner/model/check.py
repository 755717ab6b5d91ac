"""What a check is: words, references, examples and one pure function."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from scanner.model.agency import Lifecycle
from scanner.model.evidence import Why
from scanner.model.finding import Confidence, Severity, Values, Verdict
from scanner.model.reference import Reference
from scanner.model.text import Text


@dataclass(frozen=True, slots=True)
class Pass:
    """The fault was looked for and is not there. `saw` proves that it was looked for."""

    saw: str = ""
    where: tuple[str, ...] = ()
    values: Values = ()


@dataclass(frozen=True, slots=True)
class Fail:
    """The fault is there; `saw` is the proof. `note` names one of the check's sentences."""

    saw: str
    where: tuple[str, ...] = ()
    note: str = ""
    values: Values = ()
    confidence: Confidence | None = None  # None: the check's own


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The question makes no sense here. `because` names one of the check's sentences."""

    because: str = ""
    saw: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The check could not look."""

    why: Why
    detail: str = ""
    note: str = ""
    values: Values = ()


Judgement = Pass | Fail | NotApplicable | Unknown


@dataclass(frozen=True, slots=True)
class Context:
    """All a check may know besides its evidence: no clock, no environment."""

    seen_at: datetime
    ref: Reference
    declared: Lifecycle = Lifecycle.ACTIVE


@dataclass(frozen=True, slots=True)
class Later:
    """A hand-made view that is only made when a test asks for it: checks are imported far more often than tested."""

    make: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Example:
    """A hand-made piece of evidence and the verdict it must get. It is the test and the documentation."""

    name: str
    given: Any  # the view, or `Later`
    expect: Verdict | str
    seen_at: datetime | None = None  # None: the fixed moment of scanner.samples
    declared: Lifecycle = Lifecycle.ACTIVE

    @property
    def view(self) -> Any:
        """What the check is asked about."""
        return self.given.make() if isinstance(self.given, Later) else self.given


@dataclass(frozen=True, slots=True)
class Check:
    """One rule. `on` is the view it judges; `id` is its file: topic.bad-pattern."""

    id: str
    on: type
    severity: Severity
    since: str
    title: Text  # names the fault
    why: Text  # what can happen, two sentences at most
    fix: Text  # what to do, in the imperative
    refs: tuple[str, ...]  # technical sources: RFC 6797 section 6.1
    judge: Callable[[Any, Context], Judgement]
    examples: tuple[Example, ...] = ()
    notes: dict[str, Text] = field(default_factory=dict)  # sentences a judgement can pick by name
    howto: str = ""  # key of a shared remedy in checks/howto
    reproduce: str = (
        ""  # a command that shows this very fault (scanner.howto.SLOTS); empty: that of the remedy
    )
    needs: tuple[str, ...] = ()  # further fetches, e.g. "canary"
    confidence: Confidence = Confidence.HIGH
    formerly: tuple[str, ...] = ()

    @property
    def topic(self) -> str:
        """The part of the id before the dot."""
        return self.id.partition(".")[0]
