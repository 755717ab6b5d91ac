"""Our grade equals that of the real analyser, result by result."""

import os
import shutil
import subprocess
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

PACKAGE = "@mdn/mdn-http-observatory"
# from algorithm 4 on the same: the others got comma-separated policies, a bonus, streamed HTML or are new
UNCHANGED = (
    "cookies-",
    "cross-origin-resource-sharing-",
    "redirection-",
    "referrer-",
    "hsts-",
    "x-content-type-options-",
)
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


@pytest.mark.peer
def test_the_real_analyser_still_says_what_was_recorded(tmp_path: Path) -> None:
    wanted = os.environ.get("RASOAT_OBSERVATORY", "")
    if not wanted or shutil.which("node") is None:
        pytest.skip("set RASOAT_OBSERVATORY to `install` or to the folder of an analyser (needs node, npm)")

    said = ask(install(tmp_path) if wanted == "install" else Path(wanted), cases())

    if said["algorithm"] == ALGORITHM:
        assert differences(said) == []
    else:
        assert shared_differences(said) == []


def shared_differences(said: dict[str, Any]) -> list[str]:
    """The same for an older analyser, over the tests that have not changed since."""
    wrong = []
    for number, (case, theirs) in enumerate(zip(cases(), said["results"], strict=True)):
        mine = {(r.result, r.modifier) for r in ours(case).results if r.result.startswith(UNCHANGED)}
        other = {(name, modifier) for name, modifier in theirs["results"] if name.startswith(UNCHANGED)}
        if mine != other:
            wrong.append(f"{number}: {sorted(mine - other)} but {sorted(other - mine)}")
    return wrong


def install(folder: Path) -> Path:
    """The published analyser in a folder of the test's own, with an empty preload list."""
    (folder / "package.json").write_text("{}", encoding="utf-8")
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", PACKAGE]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    home = folder / "node_modules" / PACKAGE
    (home / "conf" / "hsts-preload.json").write_text("{}", encoding="utf-8")
    return home
