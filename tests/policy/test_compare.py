"""Two scans side by side."""

import pytest

from scanner.model.finding import Verdict
from scanner.policy.compare import Step, differences
from tests.policy.nouns import finding, visit

F, P, U, E, N = Verdict.FAIL, Verdict.PASS, Verdict.UNKNOWN, Verdict.ERROR, Verdict.NOTAPPLICABLE


@pytest.mark.parametrize(
    ("before", "after", "step"),
    [
        (P, F, Step.FAILS),
        (U, F, Step.FAILS),
        (None, F, Step.FAILS),
        (F, P, Step.PASSES),
        (F, U, Step.LOST),
        (F, E, Step.LOST),
        (F, N, Step.LOST),
        (F, None, Step.LOST),
        (P, U, Step.UNSEEN),
        (P, None, Step.UNSEEN),
        (N, E, Step.UNSEEN),
        (U, P, Step.SEEN),
        (E, N, Step.SEEN),
        (U, E, Step.OTHER),
        (None, U, Step.OTHER),
        (P, N, Step.OTHER),
        (None, P, Step.OTHER),
    ],
)
def test_what_a_difference_means(before: Verdict | None, after: Verdict | None, step: Step) -> None:
    old = [visit("s1", *([finding("s1", "http.a", before)] if before else []))]
    new = [visit("s1", *([finding("s1", "http.a", after)] if after else []))]

    (found,) = differences(old, new)

    assert (found.step, found.before, found.after) == (step, before, after)


@pytest.mark.parametrize("verdict", Verdict)
def test_what_is_the_same_is_no_difference(verdict: Verdict) -> None:
    one = [visit("s1", finding("s1", "http.a", verdict))]

    assert differences(one, one) == ()


def test_rows_come_in_the_order_of_the_later_scan_and_lost_ones_last() -> None:
    old = [visit("s1", finding("s1", "http.gone"), finding("s1", "http.b", P))]
    new = [visit("s1", finding("s1", "http.b"), finding("s1", "http.a"))]

    assert [d.check_id for d in differences(old, new)] == ["http.b", "http.a", "http.gone"]
