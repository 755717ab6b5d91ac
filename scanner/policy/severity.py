"""How bad a finding is for the system it was found on."""

from datetime import date, datetime, timedelta, timezone

from scanner.model.finding import Severity
from scanner.policy.rules import Policy

VIETNAM = timezone(timedelta(hours=7))  # no summer time since 1975; laws count days there


def effective(severity: Severity, topic: str, level: int | None, policy: Policy) -> Severity:
    """The severity for a system of that level. Information stays so; an unset level raises nothing."""
    if level is None or severity is Severity.INFO:
        return severity
    rank = severity.rank
    for rule in policy.raises:
        if level < rule.from_level or topic not in rule.topics:
            continue
        rank = min(rank, max(severity.rank - rule.steps, rule.at_most.rank))
    return tuple(Severity)[rank]


def due_on(severity: Severity, first_seen_at: datetime | None, policy: Policy) -> date | None:
    """The last day to remedy a finding, counted from the day it was first seen in Vietnam."""
    days = policy.days(severity)
    if days is None or first_seen_at is None:
        return None
    return first_seen_at.astimezone(VIETNAM).date() + timedelta(days=days)
