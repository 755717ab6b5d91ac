"""What was judged: verdicts, findings, and how they change over time."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The closed list. Unknown and error are neither good nor bad: they are holes in the coverage."""

    PASS = "pass"  # noqa: S105 - a verdict
    FAIL = "fail"
    NOTAPPLICABLE = "notapplicable"
    UNKNOWN = "unknown"
    ERROR = "error"


class Severity(StrEnum):
    """How bad, worst first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for critical up to 4 for info; sort by it."""
        return tuple(Severity).index(self)


class Confidence(StrEnum):
    """How sure; a different axis from severity."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Trend(StrEnum):
    """What became of a finding since the earlier scans."""

    NEW = "new"
    SAME = "same"
    FIXED = "fixed"
    REOPENED = "reopened"
    LOST_SIGHT = "lost-sight"


class SiteState(StrEnum):
    """What a visit amounts to as a whole."""

    REACHED = "reached"
    PARTLY = "partly"
    UNREACHED = "unreached"
    BLOCKED = "blocked"
    OUT_OF_SCOPE = "out-of-scope"
    RETIRED = "retired"


Values = tuple[tuple[str, str], ...]
"""Pairs of (slot, value) for the sentences of a check. A slot that ends in `_on` holds an ISO date."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check said about one site. Its identity is (site_id, check_id), for ever.

    `saw` is the verbatim proof, capped; `where` names places (endpoints, cookie names, pages); `note` picks one
    of the check's sentences and `values` fill its slots, so the same scan prints in either language. `why` is the
    machine-readable reason of an unknown or error.
    """

    site_id: str
    check_id: str
    verdict: Verdict
    severity: Severity
    confidence: Confidence = Confidence.HIGH
    saw: str = ""
    where: tuple[str, ...] = ()
    note: str = ""
    values: Values = ()
    why: str = ""
