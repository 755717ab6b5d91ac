"""Findings grouped by what repairs them: repair once, close many. No words here, only order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from scanner.howto import Howto
from scanner.model.check import Check
from scanner.model.finding import Confidence, Severity
from scanner.model.ruling import Ruling


@dataclass(frozen=True, slots=True)
class Action:
    """One job: open findings with the same remedy, worst first. `key` is the remedy's or the check's id."""

    key: str
    rulings: tuple[Ruling, ...]
    howto: Howto | None = None

    @property
    def severity(self) -> Severity:
        """The worst severity among its findings."""
        return min((r.severity for r in self.rulings), key=lambda s: s.rank)

    @property
    def confidence(self) -> Confidence:
        """The confidence of the worst finding; the surest when several are as bad."""
        severity = self.severity
        worst = [r.finding.confidence for r in self.rulings if r.severity is severity]
        return min(worst, key=tuple(Confidence).index)

    @property
    def due_on(self) -> date | None:
        """The earliest deadline, or None when no finding has one."""
        return min((r.due_on for r in self.rulings if r.due_on), default=None)

    @property
    def site_ids(self) -> tuple[str, ...]:
        """Sites it touches, in order of their worst finding."""
        return tuple(dict.fromkeys(r.finding.site_id for r in self.rulings))

    @property
    def check_ids(self) -> tuple[str, ...]:
        """Checks it answers, worst finding first."""
        return tuple(dict.fromkeys(r.finding.check_id for r in self.rulings))


def group(
    rulings: Iterable[Ruling], checks: Mapping[str, Check], howtos: Mapping[str, Howto]
) -> tuple[Action, ...]:
    """The jobs that close every open finding, in the order to do them: by severity, deadline and yield."""
    by_key: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        if ruling.is_open:
            by_key.setdefault(action_key(ruling, checks), []).append(ruling)
    actions = [Action(key, _worst_first(rows), howtos.get(key)) for key, rows in by_key.items()]
    return tuple(sorted(actions, key=_urgency))


def action_key(ruling: Ruling, checks: Mapping[str, Check]) -> str:
    """The remedy the finding shares with others; its own check id when it has none."""
    check = checks.get(ruling.finding.check_id)
    return check.howto if check and check.howto else ruling.finding.check_id


def _worst_first(rulings: list[Ruling]) -> tuple[Ruling, ...]:
    return tuple(sorted(rulings, key=lambda r: (r.severity.rank, r.finding.check_id)))


def _urgency(action: Action) -> tuple[int, date, int, str]:
    return (action.severity.rank, action.due_on or date.max, -len(action.rulings), action.key)
