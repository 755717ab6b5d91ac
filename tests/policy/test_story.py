"""How long findings were open, out of what the scans saw."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from scanner.model.finding import Verdict
from scanner.model.pace import Period
from scanner.policy.story import pace, periods
from scanner.policy.trend import Proof
from tests.policy.nouns import START, sighting

F, P, U = Verdict.FAIL, Verdict.PASS, Verdict.UNKNOWN
DAY = timedelta(days=1)


def story(*verdicts: Verdict) -> tuple[Period, ...]:
    return periods([sighting(n, v) for n, v in enumerate(verdicts)], Proof(passes_needed=2))


def test_a_finding_is_open_until_its_second_pass() -> None:
    (period,) = story(F, U, P, P, P)

    assert (period.opened_at, period.closed_at) == (START, START + 3 * DAY)
    assert not period.is_again


def test_a_finding_still_open_has_no_end() -> None:
    (period,) = story(F, F, P)

    assert period.closed_at is None
    assert period.last_seen_at == START + 2 * DAY


def test_a_failure_after_a_fix_is_a_period_of_its_own() -> None:
    first, second = story(F, P, P, F)

    assert first.closed_at == START + 2 * DAY
    assert (second.opened_at, second.closed_at, second.is_again) == (START + 3 * DAY, None, True)


def test_what_never_failed_has_no_period() -> None:
    assert story(P, U, P) == ()


def test_the_pace_is_the_median_and_the_share_that_came_back() -> None:
    measured = pace([story(F, P, P), story(F, F, F, P, P), story(F, P, P, F)])

    assert (measured.closed, measured.reopened, measured.median_days) == (3, 1, 2.0)
    assert measured.reopen_rate == 1 / 3
    assert pace([story(F)]).median_days is None
    assert pace([]).reopen_rate is None


@given(st.lists(st.sampled_from(Verdict), max_size=12))
def test_periods_follow_each_other_and_only_the_last_is_open(verdicts: list[Verdict]) -> None:
    found = story(*verdicts)

    assert all(p.closed_at is not None and p.closed_at > p.opened_at for p in found[:-1])
    assert [p.opened_at for p in found] == sorted(p.opened_at for p in found)
    assert [p.is_again for p in found] == [n > 0 for n in range(len(found))]
