"""How long a public certificate may live: the limit of the day it was issued, to the second."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from checks.tls.certificate_lifetime_too_long import LIMITS, certificate_lifetime_too_long
from scanner.model.check import Context, Fail, Pass
from scanner.model.reference import Reference
from scanner.samples.tls import SEEN_AT, certificates, chain, leaf

SECOND = timedelta(seconds=1)


def judged(issued: datetime, lifetime: timedelta) -> object:
    facts = replace(leaf(), not_before=issued, not_after=issued + lifetime)
    context = Context(SEEN_AT, Reference(SEEN_AT.date()))
    return certificate_lifetime_too_long.judge(certificates(chain(facts)), context)


@pytest.mark.parametrize(
    ("issued", "days"),
    [
        (datetime(2020, 8, 31, 23, 59, 59, tzinfo=UTC), 825),
        (datetime(2020, 9, 1, tzinfo=UTC), 398),
        (datetime(2026, 3, 14, 23, 59, 59, tzinfo=UTC), 398),
        (datetime(2026, 3, 15, tzinfo=UTC), 200),
        (datetime(2027, 3, 14, 23, 59, 59, tzinfo=UTC), 200),
        (datetime(2027, 3, 15, tzinfo=UTC), 100),
        (datetime(2029, 3, 14, 23, 59, 59, tzinfo=UTC), 100),
        (datetime(2029, 3, 15, tzinfo=UTC), 47),
    ],
)
def test_the_limit_is_that_of_the_day_of_issue_and_both_ends_belong_to_the_life(
    issued: datetime, days: int
) -> None:
    whole = timedelta(days=days)

    assert isinstance(judged(issued, whole - SECOND), Pass)
    too_long = judged(issued, whole)
    assert isinstance(too_long, Fail)
    assert ("limit", str(days)) in too_long.values


def test_the_table_falls_with_time() -> None:
    since, days = [s for s, _ in LIMITS], [d for _, d in LIMITS]

    assert since == sorted(since, reverse=True)
    assert days == sorted(days)
