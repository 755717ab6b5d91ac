import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.finding import Confidence, Severity, Verdict
from scanner.model.ruling import Ruling, Score, SiteRulings, Waiver
from scanner.model.text import Text
from scanner.policy.score import TitleOf, grade_of, score_agency, score_site
from tests.policy.nouns import START, finding, own_policy

POLICY = own_policy()
TITLES = TitleOf({"http.a": Text("Lỗi A", "Fault A")})


def ruling(
    check_id: str = "http.a",
    severity: Severity = Severity.MEDIUM,
    verdict: Verdict = Verdict.FAIL,
    confidence: Confidence = Confidence.HIGH,
    waiver: Waiver | None = None,
) -> Ruling:
    return Ruling(finding("s1", check_id, verdict, severity, confidence), severity, waiver=waiver)


def site(*rulings: Ruling, decided: int = 10, applicable: int = 10) -> SiteRulings:
    return SiteRulings("s1", "reached", rulings, decided, applicable)


def score(*rulings: Ruling) -> Score:
    return score_site(site(*rulings), POLICY, TITLES)


def test_a_site_without_failures_has_full_marks() -> None:
    made = score(ruling(verdict=Verdict.PASS), ruling(verdict=Verdict.UNKNOWN))

    assert (made.points, made.grade) == (100, "A")
    assert [points for _words, points in made.steps] == [100]


def test_each_failure_costs_by_severity_and_confidence_and_says_so() -> None:
    made = score(ruling(), ruling("http.b", Severity.HIGH, confidence=Confidence.LOW))

    assert made.steps[1:] == ((Text("Lỗi A", "Fault A"), -8), (Text("http.b", "http.b"), -6))
    assert (made.points, made.grade) == (86, "B")


def test_information_costs_nothing_and_takes_no_line() -> None:
    assert len(score(ruling(severity=Severity.INFO)).steps) == 1


def test_an_accepted_exception_costs_nothing_and_stays_visible() -> None:
    waiver = Waiver("s1", "http.a", "x", "y", START.date())

    made = score(ruling(severity=Severity.CRITICAL, waiver=waiver))

    assert made.points == 100
    assert made.steps[1] == (Text("Chấp thuận ngoại lệ: Lỗi A", "Accepted exception: Fault A"), 0)


def test_points_never_fall_below_zero() -> None:
    made = score(*[ruling(f"http.{n}", Severity.HIGH) for n in range(7)])

    assert (made.points, made.grade) == (0, "F")
    assert made.steps[-1][1] == 40


def test_an_unsupported_cms_caps_the_grade() -> None:
    made = score(ruling("cms.joomla-unsupported", Severity.HIGH))

    assert (made.points, made.grade) == (49, "D")
    assert made.cap is not None
    assert "hết hỗ trợ" in made.cap.vi


def test_a_cap_that_changes_nothing_is_not_named() -> None:
    assert score(*[ruling(f"http.{n}", Severity.CRITICAL) for n in range(2)]).cap is None


def test_what_is_only_suspected_or_accepted_sets_no_cap() -> None:
    waiver = Waiver("s1", "cms.joomla-unsupported", "x", "y", START.date())

    suspected = score(ruling("cms.joomla-unsupported", Severity.HIGH, confidence=Confidence.LOW))
    accepted = score(ruling("cms.joomla-unsupported", Severity.HIGH, waiver=waiver))

    assert suspected.cap is accepted.cap is None


def test_the_hardest_cap_counts() -> None:
    made = score(ruling("http.https-missing", Severity.HIGH), ruling("http.z", Severity.CRITICAL))

    assert made.points == 40
    assert score(ruling("http.z", Severity.CRITICAL)).points == 44


def test_a_blind_look_gets_no_grade() -> None:
    made = score_site(site(ruling(), decided=69, applicable=100), POLICY, TITLES)

    assert (made.points, made.grade, made.steps) == (None, "", ())
    assert score_site(site(decided=70, applicable=100), POLICY, TITLES).points == 100
    assert score_site(site(decided=0, applicable=0), POLICY, TITLES).points is None


@pytest.mark.parametrize(
    ("points", "letter"),
    [
        (100, "A"),
        (90, "A"),
        (89, "B"),
        (80, "B"),
        (79, "C"),
        (65, "C"),
        (45, "D"),
        (30, "E"),
        (29, "F"),
        (0, "F"),
    ],
)
def test_letters_have_sharp_edges(points: int, letter: str) -> None:
    assert grade_of(points, POLICY.score) == letter


def test_an_agency_is_half_its_average_and_half_its_weakest_site() -> None:
    good, bad = site(), site(ruling("http.z", Severity.CRITICAL))

    made = score_agency([good, bad, good], POLICY, TITLES)

    assert [points for _words, points in made.steps] == [81, -18]  # (100+44+100)/3 = 81.3; (81.3+44)/2 = 62.7
    assert (made.points, made.grade) == (63, "D")
    assert (made.decided, made.applicable) == (30, 30)


def test_an_agency_with_one_site_has_the_grade_of_that_site() -> None:
    only = site(ruling())

    assert score_agency([only], POLICY, TITLES) == score_site(only, POLICY, TITLES)


def test_sites_that_could_not_be_seen_lower_the_coverage_not_the_points() -> None:
    seen, blind = site(), site(decided=0)

    assert score_agency([seen, seen, seen, blind], POLICY, TITLES).points == 100
    assert score_agency([seen, blind], POLICY, TITLES).points is None
    assert score_agency([], POLICY, TITLES).points is None


rulings = st.builds(
    ruling,
    st.sampled_from(["http.a", "cms.joomla-unsupported", "http.https-missing"]),
    st.sampled_from(Severity),
    st.sampled_from(Verdict),
    st.sampled_from(Confidence),
)


@given(st.lists(st.lists(rulings, max_size=12).map(lambda some: site(*some)), min_size=1, max_size=5))
def test_the_steps_always_add_up_to_the_points(sites: list[SiteRulings]) -> None:
    for made in (score_agency(sites, POLICY, TITLES), *(score_site(s, POLICY, TITLES) for s in sites)):
        assert made.points == sum(points for _words, points in made.steps)
        assert made.points is not None
        assert 0 <= made.points <= 100


@given(st.lists(rulings, max_size=8), rulings)
def test_one_failure_more_never_gives_a_better_grade(some: list[Ruling], more: Ruling) -> None:
    before, after = score(*some).points, score(*some, more).points

    assert before is not None
    assert after is not None
    assert after <= before


def test_clear_signs_of_compromise_cap_the_grade_and_a_suspicion_does_not() -> None:
    policy = own_policy()

    def grade(confidence: Confidence) -> Score:
        failure = finding("s1", "compromise.hidden-links", severity=Severity.HIGH, confidence=confidence)
        ruled = SiteRulings("s1", "reached", (Ruling(failure, Severity.HIGH),), 1, 1)
        return score_site(ruled, policy, lambda name: Text(name, name))

    assert (grade(Confidence.HIGH).points, grade(Confidence.HIGH).grade) == (29, "F")
    assert grade(Confidence.MEDIUM).cap is None


def test_every_score_says_by_which_rules_it_was_made() -> None:
    policy = own_policy()
    nothing = SiteRulings("s1", "unreached", (), 0, 0)
    whole = SiteRulings("s2", "reached", (), 1, 1)
    titles = TitleOf({})

    scores = [score_agency(sites, policy, titles) for sites in ([nothing], [whole], [whole, whole])]

    assert {score.rules for score in scores} == {policy.version}
