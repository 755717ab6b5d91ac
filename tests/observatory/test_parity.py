"""Our grade equals that of the real analyser, result by result."""

import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from scanner.identify.observatory import ALGORITHM, ObservatoryGrade, grade
from scanner.identify.observatory_seen import seen_of
from scanner.model.evidence import Missing
from scanner.parse.suffix import read_suffixes
from tests.observatory.cases import HOST, Case, cases
from tests.observatory.oracle import ask, recorded

SUFFIXES = read_suffixes("com\nnet\norg\n")


def ours(case: Case) -> ObservatoryGrade:
    seen = seen_of(case.http, host=HOST, verified=case.is_verified, suffixes=SUFFIXES)
    assert not isinstance(seen, Missing)
    found = grade(seen)
    assert isinstance(found, ObservatoryGrade)
    return found


def differences(said: dict[str, Any]) -> list[str]:
    """Every result, modifier, score or letter that differs, with the case's number."""
    wrong = []
    for number, (case, theirs) in enumerate(zip(cases(), said["results"], strict=True)):
        mine = ours(case)
        results = {(r.result, r.modifier) for r in mine.results}
        other = {(name, modifier) for name, modifier in theirs["results"]}
        if results != other:
            wrong.append(f"{number}: {sorted(results - other)} but {sorted(other - results)}")
        if (mine.grade, mine.score) != (theirs["grade"], theirs["score"]):
            wrong.append(f"{number}: {mine.grade} {mine.score} but {theirs['grade']} {theirs['score']}")
    return wrong


def test_every_case_has_the_results_and_the_grade_of_the_real_analyser() -> None:
    said = recorded()

    assert said["algorithm"] == ALGORITHM
    assert differences(said) == []


def test_the_cases_reach_nearly_every_result() -> None:
    said = recorded()
    seen = Counter(name for row in said["results"] for name, _ in row["results"])

    assert len(seen) >= 68, sorted(seen)


def test_the_real_analyser_still_says_what_was_recorded() -> None:
    folder = os.environ.get("RASOAT_OBSERVATORY", "")
    if not folder or shutil.which("node") is None:
        pytest.skip("set RASOAT_OBSERVATORY to the folder of an installed analyser (needs node)")

    said = ask(Path(folder), cases())

    if said["algorithm"] == ALGORITHM:
        assert differences(said) == []
