"""The grade the HTTP Observatory (developer.mozilla.org/observatory) would give, algorithm 6: a hint, never a verdict.

Our own verdicts stand in the checks; this is for officers who meet the public grade and ask where it comes from. Two
modes: `as-scanned` equals the service; `as-specified` also counts what its rules say but its scans never see, an
origin that is reflected with credentials.

What the service asks and we do not: the preload list, cookies of robots.txt. `assumed` names what was not known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from scanner.identify.observatory_rules import RULES, Seen
from scanner.identify.observatory_scores import MODIFIERS
from scanner.identify.observatory_seen import seen_of
from scanner.identify.secure_transport import certificate_trusted
from scanner.model.evidence import Evidence, HttpEvidence, Missing, Why
from scanner.model.reference import Reference
from scanner.parse.url import host_of

ALGORITHM = 6
GATE = 90
BEST = 100
SHARING = "cross-origin-resource-sharing"
GRADES = (
    (100, "A+"),
    (90, "A"),
    (85, "A-"),
    (80, "B+"),
    (70, "B"),
    (65, "B-"),
    (60, "C+"),
    (50, "C"),
    (45, "C-"),
    (40, "D+"),
    (30, "D"),
    (25, "D-"),
    (0, "F"),
)


class Mode(StrEnum):
    """Which grade."""

    AS_SCANNED = "as-scanned"
    AS_SPECIFIED = "as-specified"


@dataclass(frozen=True, slots=True)
class TestResult:
    """What one test of the Observatory says."""

    test: str
    result: str
    modifier: int

    __test__ = False  # no test of ours


@dataclass(frozen=True, slots=True)
class ObservatoryGrade:
    """A grade with its arithmetic. `bonus` counts only when `base` reaches the gate of 90."""

    grade: str
    score: int
    base: int
    bonus: int
    results: tuple[TestResult, ...]
    mode: Mode = Mode.AS_SCANNED
    assumed: tuple[str, ...] = ()  # what was not known and taken for granted: preload-list, certificate, cors
    algorithm: int = ALGORITHM
    gate: int = GATE

    @property
    def is_bonus_counted(self) -> bool:
        """True when the penalties leave enough for the bonus to count."""
        return self.base >= GATE


def observatory_of(
    evidence: Evidence, ref: Reference, *, mode: Mode = Mode.AS_SCANNED
) -> ObservatoryGrade | Missing:
    """The grade of a visit, or why the service would give none."""
    return observatories_of(evidence, ref)[mode]


def observatories_of(evidence: Evidence, ref: Reference) -> Mapping[Mode, ObservatoryGrade | Missing]:
    """The grades of a visit in both modes."""
    http = evidence.http
    if isinstance(http, Missing):
        return dict.fromkeys(Mode, http)
    trusted = _trusted(evidence, http, ref)
    seen = seen_of(http, host=evidence.target.host, verified=trusted is not False, suffixes=ref.suffixes)
    if isinstance(seen, Missing):
        return dict.fromkeys(Mode, seen)
    assumed = ["preload-list"]
    assumed += ["certificate"] if seen.https is not None and trusted is None else []
    assumed += ["cors"] if http.fetch("options") is None else []
    graded = {mode: grade(seen, mode=mode) for mode in Mode}
    return {
        mode: found if isinstance(found, Missing) else replace(found, assumed=tuple(assumed))
        for mode, found in graded.items()
    }


def _trusted(evidence: Evidence, http: HttpEvidence, ref: Reference) -> bool | None:
    """Whether the certificate of the last answer over https is one that clients accept."""
    secure = http.fetch("https")
    last = secure.last if secure and secure.exchanges else None
    if last is None or isinstance(last.response, Missing):
        return None
    peer = last.response.peer_sha256
    return certificate_trusted(evidence, ref, host=host_of(last.url), peer_sha256=peer)


def grade(seen: Seen, *, mode: Mode = Mode.AS_SCANNED) -> ObservatoryGrade | Missing:
    """The grade of what the service would have seen."""
    if seen.auto is None:
        return Missing(Why.REFUSED, "the site answers over neither scheme")
    status = seen.auto.status
    if status < 200 or (status >= 400 and status not in (401, 403)):
        return Missing(Why.MALFORMED, f"status {status}: the Observatory gives no grade")
    results = tuple(_result(test, seen, mode) for test in RULES)
    base = BEST + sum(r.modifier for r in results if r.modifier < 0)
    bonus = sum(r.modifier for r in results if r.modifier > 0)
    score = max(base + bonus if base >= GATE else base, 0)
    return ObservatoryGrade(letter(score), score, base, bonus, results, mode)


def letter(score: int) -> str:
    """The letter of a score."""
    key = min(score - score % 5, BEST)
    return next(name for least, name in GRADES if key >= least)


def _result(test: str, seen: Seen, mode: Mode) -> TestResult:
    name = RULES[test](seen)
    if mode is Mode.AS_SPECIFIED and test == SHARING and seen.is_reflected:
        name = "cross-origin-resource-sharing-implemented-with-universal-access"
    return TestResult(test, name, MODIFIERS[name])
