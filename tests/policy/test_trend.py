from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.finding import SiteState, Trend, Verdict
from scanner.model.history import Sighting
from scanner.model.visit import RECHECK, VERIFY
from scanner.policy.trend import Proof, change, walk
from tests.policy.nouns import START, sighting

F, P, U, E, N = Verdict.FAIL, Verdict.PASS, Verdict.UNKNOWN, Verdict.ERROR, Verdict.NOTAPPLICABLE


def trends(*verdicts: Verdict) -> list[str]:
    story = walk([sighting(n, v) for n, v in enumerate(verdicts)], Proof())
    return [moved.trend.value if moved else "" for _now, moved in story]


@pytest.mark.parametrize(
    ("verdicts", "told"),
    [
        ((F,), ["new"]),
        ((P,), [""]),
        ((U,), [""]),
        ((N,), [""]),
        ((F, F), ["new", "same"]),
        ((F, P), ["new", "fixed"]),
        ((F, P, P), ["new", "fixed", ""]),
        ((F, P, F), ["new", "fixed", "reopened"]),
        ((F, P, U, F), ["new", "fixed", "", "reopened"]),
        ((F, U), ["new", "lost-sight"]),
        ((F, E), ["new", "lost-sight"]),
        ((F, N), ["new", "lost-sight"]),
        ((F, U, F), ["new", "lost-sight", "same"]),
        ((F, U, P), ["new", "lost-sight", "fixed"]),
        ((P, F), ["", "new"]),
    ],
)
def test_the_story_of_a_finding(verdicts: tuple[Verdict, ...], told: list[str]) -> None:
    assert trends(*verdicts) == told


@pytest.mark.parametrize("state", [state for state in SiteState if state is not SiteState.REACHED])
def test_a_pass_from_a_visit_that_did_not_reach_the_site_fixes_nothing(state: SiteState) -> None:
    moved = change([sighting(0, F)], sighting(1, P, state))

    assert moved is not None
    assert moved.trend is Trend.LOST_SIGHT


def test_a_degraded_scan_closes_nothing_and_opens_nothing() -> None:
    assert change([], sighting(1, F, degraded=True)) is None
    passed = change([sighting(0, F)], sighting(1, P, degraded=True))
    failed = change([sighting(0, F)], sighting(1, F, degraded=True))

    assert passed is not None
    assert passed.trend is Trend.LOST_SIGHT
    assert failed is not None
    assert failed.trend is Trend.SAME


def test_a_failure_in_a_degraded_scan_is_new_only_when_a_sound_one_sees_it() -> None:
    moved = change([sighting(0, F, degraded=True)], sighting(1, F))

    assert moved is not None
    assert (moved.trend, moved.first_seen_at) == (Trend.NEW, START + timedelta(hours=24))


def test_the_clock_of_a_reopened_finding_starts_again() -> None:
    moved = change([sighting(0, F), sighting(1, P)], sighting(2, F))

    assert moved is not None
    assert moved.first_seen_at == START + timedelta(hours=48)


def test_what_is_lost_from_sight_keeps_the_date_it_was_last_decided() -> None:
    moved = change([sighting(0, F), sighting(1, F), sighting(2, U)], sighting(3, E))

    assert moved is not None
    assert moved.first_seen_at == START
    assert moved.last_seen_at == START + timedelta(hours=24)


def test_a_policy_may_ask_for_two_passes_some_hours_apart() -> None:
    proof = Proof(passes_needed=2, apart=timedelta(hours=6))
    story = [
        sighting(0, F, hours=0),
        sighting(1, P, hours=1),
        sighting(2, P, hours=3),  # too soon
        sighting(3, U, hours=5),
        sighting(4, P, hours=8),
    ]

    told = [moved.trend if moved else None for _now, moved in walk(story, proof)]

    lost = Trend.LOST_SIGHT
    assert told == [Trend.NEW, lost, lost, lost, Trend.FIXED]


def test_a_failure_between_two_passes_starts_the_count_again() -> None:
    story = [sighting(n, v) for n, v in enumerate((F, P, F, P))]

    *_, (_now, moved) = walk(story, Proof(passes_needed=2))

    assert moved is not None
    assert moved.trend is Trend.LOST_SIGHT


sightings = st.builds(
    Sighting,
    scan_id=st.just("x"),
    at=st.integers(0, 10_000).map(lambda hours: START + timedelta(hours=hours)),
    verdict=st.sampled_from(Verdict),
    state=st.sampled_from(SiteState),
    degraded=st.booleans(),
)


@given(st.lists(sightings), st.integers(1, 3))
def test_nothing_is_fixed_without_a_positive_pass_of_a_sound_scan(story: list[Sighting], needed: int) -> None:
    for now, moved in walk(story, Proof(needed)):
        if moved is not None and moved.trend is Trend.FIXED:
            assert now.verdict is P
            assert now.state is SiteState.REACHED
            assert not now.degraded


@given(st.lists(sightings.filter(lambda s: s.verdict in (U, E, N)), min_size=1))
def test_no_sequence_of_silence_closes_an_open_finding(story: list[Sighting]) -> None:
    told = [moved for _now, moved in walk([sighting(0, F), *story], Proof())]

    assert all(moved is not None for moved in told)
    assert {moved.trend for moved in told[1:] if moved} == {Trend.LOST_SIGHT}


@given(st.lists(sightings))
def test_new_comes_once_and_reopened_only_after_fixed(story: list[Sighting]) -> None:
    told = [moved.trend for _now, moved in walk(story, Proof()) if moved]

    assert told.count(Trend.NEW) <= 1
    assert told.count(Trend.REOPENED) <= told.count(Trend.FIXED)
    assert told.count(Trend.FIXED) <= told.count(Trend.NEW) + told.count(Trend.REOPENED)


def again(number: int, verdict: Verdict) -> Sighting:
    return replace(sighting(number, verdict), purpose=RECHECK)


def look(number: int, verdict: Verdict) -> Sighting:
    return replace(sighting(number, verdict), purpose=VERIFY)


def told_by(story: list[Sighting]) -> list[str]:
    return [moved.trend.value if moved else "" for _now, moved in walk(story, Proof(passes_needed=2))]


@pytest.mark.parametrize(
    ("story", "told"),
    [
        ([sighting(0, F), again(1, P)], ["new", "fixed"]),
        ([sighting(0, F), again(1, P), sighting(2, P)], ["new", "fixed", "fixed"]),
        ([sighting(0, F), again(1, P), sighting(2, P), sighting(3, P)], ["new", "fixed", "fixed", ""]),
        ([sighting(0, F), again(1, P), sighting(2, U), sighting(3, P)], ["new", "fixed", "", ""]),
        ([sighting(0, F), again(1, P), sighting(2, F)], ["new", "fixed", "reopened"]),
        ([sighting(0, F), again(1, P), again(2, F), sighting(3, F)], ["new", "fixed", "reopened", "same"]),
        ([again(0, F), sighting(1, F), sighting(2, F)], ["new", "new", "same"]),
        ([again(0, F), again(1, P), sighting(2, P)], ["new", "fixed", ""]),
        ([sighting(0, F), again(1, U)], ["new", "lost-sight"]),
        ([sighting(0, F), sighting(1, P), again(2, P)], ["new", "lost-sight", "fixed"]),
    ],
)
def test_a_recheck_closes_at_its_first_pass_and_the_next_scan_tells_it(
    story: list[Sighting], told: list[str]
) -> None:
    assert told_by(story) == told


@pytest.mark.parametrize(
    ("story", "told"),
    [
        ([sighting(0, F), look(1, P)], ["new", "lost-sight"]),
        ([sighting(0, F), look(1, P), sighting(2, P)], ["new", "lost-sight", "fixed"]),
        ([sighting(0, F), look(1, P), sighting(2, F)], ["new", "lost-sight", "same"]),
        ([look(0, F), sighting(1, F)], ["new", "new"]),
    ],
)
def test_a_look_before_mail_goes_out_is_one_pass_and_closes_nothing_alone(
    story: list[Sighting], told: list[str]
) -> None:
    assert told_by(story) == told


def test_a_first_pass_is_counted_while_it_awaits_the_second() -> None:
    moved = change([sighting(0, F)], sighting(1, P), Proof(passes_needed=2))

    assert moved is not None
    assert (moved.trend, moved.passes) == (Trend.LOST_SIGHT, 1)
