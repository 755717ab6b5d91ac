"""A grade that can be checked with a pencil: every step and its points add up to the result.

100 points, less something for each open failure by severity and confidence, never below 0, and not above a
cap while certain failures are open. What could not be looked at neither gives nor takes points: it is
coverage, and below a share of it there is no grade at all.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from scanner.model.finding import Confidence
from scanner.model.ruling import Ruling, Score, SiteRulings
from scanner.model.text import Text
from scanner.policy.rules import Cap, Policy, ScoreRules

FULL = 100
SURENESS = {confidence: place for place, confidence in enumerate(Confidence)}  # the surest first

Step = tuple[Text, int]
Titles = Callable[[str], Text]
"""The title of a check by its id."""

START = Text("Điểm ban đầu", "Points to begin with")
FLOOR = Text("Không tính xuống dưới 0 điểm", "Never below 0 points")


def score_site(site: SiteRulings, policy: Policy, titles: Titles) -> Score:
    """The grade of one site."""
    steps: list[Step] = [(START, FULL)]
    for ruling in site.rulings:
        steps += _deduction(ruling, policy.score, titles)
    points = sum(points for _words, points in steps)
    if points < 0:
        steps.append((FLOOR, -points))
        points = 0
    cap = _cap(site.rulings, policy.score)
    if cap is not None and points > cap.at_most:
        steps.append((_words(cap), cap.at_most - points))
        points = cap.at_most
    else:
        cap = None
    if is_withheld(site.decided, site.applicable, policy):
        return Score(None, "", site.decided, site.applicable, rules=policy.version)
    return Score(
        points,
        grade_of(points, policy.score),
        site.decided,
        site.applicable,
        None if cap is None else _words(cap),
        tuple(steps),
        policy.version,
    )


def score_agency(sites: Sequence[SiteRulings], policy: Policy, titles: Titles) -> Score:
    """The grade of an agency: half the average of its sites, half its weakest one.

    An average alone would let ten good sites hide a broken one; the weakest alone would leave nine repairs
    without effect.
    """
    decided = sum(site.decided for site in sites)
    applicable = sum(site.applicable for site in sites)
    scores = [score_site(site, policy, titles) for site in sites]
    points = [score.points for score in scores if score.points is not None]
    if not points or is_withheld(decided, applicable, policy):
        return Score(None, "", decided, applicable, rules=policy.version)
    if len(sites) == 1:
        return scores[0]
    mean = _rounded(sum(points) / len(points))
    total = _rounded((sum(points) / len(points) + min(points)) / 2)
    return Score(
        total,
        grade_of(total, policy.score),
        decided,
        applicable,
        None,
        tuple(_agency_steps(len(points), mean, total, weakest=min(points))),
        policy.version,
    )


def grade_of(points: int, rules: ScoreRules) -> str:
    """The letter for some points."""
    ladder = sorted(rules.grades.items(), key=lambda item: item[1], reverse=True)
    return next((letter for letter, least in ladder if points >= least), ladder[-1][0])


def is_withheld(decided: int, applicable: int, policy: Policy) -> bool:
    """True when too little could be looked at to speak of a grade."""
    return applicable == 0 or decided / applicable < policy.score.withhold_below


def _deduction(ruling: Ruling, rules: ScoreRules, titles: Titles) -> Iterable[Step]:
    if ruling.finding.verdict != "fail":
        return ()
    title = titles(ruling.finding.check_id)
    if ruling.waiver is not None:
        waived = Text(f"Chấp thuận ngoại lệ: {title.vi}", f"Accepted exception: {title.en}")
        return ((waived, 0),)
    full = rules.deduct[ruling.severity.value] * rules.confidence[ruling.finding.confidence.value]
    points = _rounded(full)
    return ((title, -points),) if points else ()


def _cap(rulings: Iterable[Ruling], rules: ScoreRules) -> Cap | None:
    failures = [ruling for ruling in rulings if ruling.is_open]
    fitting = [cap for ruling in failures for cap in rules.cap if _caps(cap, ruling)]
    return min(fitting, key=lambda cap: cap.at_most, default=None)


def _caps(cap: Cap, ruling: Ruling) -> bool:
    """A cap is a hard word: what is only suspected does not set one."""
    if SURENESS[ruling.finding.confidence] > SURENESS[cap.confidence]:
        return False
    if cap.checks and ruling.finding.check_id not in cap.checks:
        return False
    if cap.topics and ruling.finding.check_id.partition(".")[0] not in cap.topics:
        return False
    return cap.severity is None or ruling.severity.rank <= cap.severity.rank


def _words(cap: Cap) -> Text:
    return Text(cap.vi, cap.en)


def _agency_steps(count: int, mean: int, total: int, *, weakest: int) -> Iterable[Step]:
    yield Text(f"Điểm trung bình của {count} trang", f"Average of {count} sites"), mean
    yield (
        Text(
            f"Trang yếu nhất đạt {weakest} điểm và tính bằng một nửa",
            f"The weakest site has {weakest} points and counts for half",
        ),
        total - mean,
    )


def _rounded(points: float) -> int:
    return int(points + 0.5)


@dataclass(frozen=True, slots=True)
class TitleOf:
    """Titles from a mapping of checks; a check that is gone keeps its id."""

    titles: dict[str, Text]

    def __call__(self, check_id: str) -> Text:
        """The title of one check."""
        return self.titles.get(check_id, Text(check_id, check_id))
