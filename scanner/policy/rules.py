"""The numbers an organisation may set: deadlines, what a system's level raises, how points are taken off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from scanner.errors import ConfigError, Problem
from scanner.model.finding import Confidence, Severity
from scanner.model.text import Text
from scanner.parse.toml_table import read_table
from scanner.policy.trend import Proof


@dataclass(frozen=True, slots=True)
class Raise:
    """Findings of some topics weigh more on systems from a level upwards; never above `at_most`."""

    from_level: int
    topics: tuple[str, ...]
    at_most: Severity
    steps: int = 1


@dataclass(frozen=True, slots=True)
class Cap:
    """A grade cannot be better than `at_most` points while such a failure is open.

    Names checks, topics, a severity or a confidence, or several of them: then a failure all of them fit, at that
    severity or worse and that confidence or surer.
    """

    at_most: int
    vi: str
    en: str
    checks: tuple[str, ...] = ()
    severity: Severity | None = None
    topics: tuple[str, ...] = ()
    confidence: Confidence = Confidence.MEDIUM  # what is only suspected sets no cap


@dataclass(frozen=True, slots=True)
class ScoreRules:
    """How points are taken off. Keys of the mappings are the codes of severity and confidence."""

    withhold_below: float
    deduct: dict[str, int]
    confidence: dict[str, float]
    grades: dict[str, int]  # letter -> least points
    cap: tuple[Cap, ...] = ()


@dataclass(frozen=True, slots=True)
class FixedRules:
    """What it takes to call a finding fixed."""

    passes_needed: int = 1
    hours_apart: float = 0.0


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy file. `version` is printed beside every score."""

    version: str
    sla_days: dict[str, int]  # days to remedy, by severity; set by the organisation
    score: ScoreRules
    fixed: FixedRules = field(default_factory=FixedRules)
    raises: tuple[Raise, ...] = field(default=(), metadata={"key": "raise"})

    @property
    def proof(self) -> Proof:
        """The same as the trend wants it."""
        return Proof(self.fixed.passes_needed, timedelta(hours=self.fixed.hours_apart))

    def days(self, severity: Severity) -> int | None:
        """Days to remedy a finding; None when no deadline is set for that severity."""
        return self.sla_days.get(severity.value)


def read_policy(text: str, *, filename: str) -> Policy:
    """The policy a TOML text describes. ConfigError lists every fault."""
    policy, problems = read_table(text, Policy, filename=filename)
    if policy is None:
        raise ConfigError(problems)
    problems = tuple(Problem(filename, None, message) for message in _faults(policy))
    if problems:
        raise ConfigError(problems)
    return policy


def _faults(policy: Policy) -> list[Text]:
    severities = {s.value for s in Severity}
    wanted: tuple[tuple[str, Mapping[str, object], set[str], bool], ...] = (
        ("sla_days", policy.sla_days, severities, False),
        ("score.deduct", policy.score.deduct, severities, True),
        ("score.confidence", policy.score.confidence, {c.value for c in Confidence}, True),
        ("score.grades", policy.score.grades, set("ABCDEF"), True),
    )
    faults: list[Text] = []
    for name, table, known, must_be_whole in wanted:
        strange = sorted(table.keys() - known)
        missing = sorted(known - table.keys()) if must_be_whole else []
        faults += [Text(f"{name}: không có mục `{k}`", f"{name}: unknown key `{k}`") for k in strange]
        faults += [Text(f"{name}: thiếu mục `{k}`", f"{name}: `{k}` is missing") for k in missing]
    if not 0 <= policy.score.withhold_below <= 1:
        faults.append(
            Text("score.withhold_below: phải từ 0 đến 1", "score.withhold_below: must lie between 0 and 1")
        )
    if policy.fixed.passes_needed < 1:
        faults.append(Text("fixed.passes_needed: phải từ 1 trở lên", "fixed.passes_needed: at least 1"))
    return faults
